/** The pages of `docs/procedures/` tell the steps of their procedures as the files take them. */
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const FOLDER = path.join(root, 'docs/procedures')

interface Told {
  readonly page: string
  readonly procedure: string
  /** The file that the heading or the top of the page links to. */
  readonly file: string
  readonly steps: readonly string[]
}

/** The numbered steps under each heading that names a function. */
function stepsTold(page: string): Told[] {
  const text = fs.readFileSync(path.join(FOLDER, page), 'utf8')
  return text
    .split(/^## /m)
    .slice(1)
    .flatMap((section) => {
      const [heading = ''] = section.split('\n')
      const procedure = /`(\w+)`/.exec(heading)?.[1]
      const file = procedure && fileOf(procedure, [...linksOf(heading), ...linksOf(text)])
      if (procedure === undefined || file === undefined) return []
      const steps = [...section.matchAll(/^\d+\. (.*(?:\n {3}.*)*)/gm)].map(([, step = '']) => step)
      // What is numbered further down is another list.
      const first = section.split(/\n\n(?=Of step )/)[0] ?? ''
      return [{ page, procedure, file, steps: steps.filter((step) => first.includes(step)) }]
    })
}

const linksOf = (text: string): string[] =>
  [...text.matchAll(/\]\(\.\.\/\.\.\/(src\/[^)]+\.ts)\)/g)].map(([, link = '']) => link)

const fileOf = (procedure: string, files: readonly string[]): string | undefined =>
  files.find((file) => functionOf(procedure, read(file)) !== undefined)

const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8')

/** The function, with what of its own is in the file behind it. */
function functionOf(name: string, source: string): string | undefined {
  const start = source.search(new RegExp(`^export (async )?function ${name}\\b`, 'm'))
  if (start < 0) return undefined
  const rest = source.slice(start + 1)
  const end = rest.search(/^export (async )?function /m)
  return end < 0 ? rest : rest.slice(0, end)
}

/** The steps of the comments, `// 1. …`, by their numbers. */
function stepsTaken({ procedure, file }: Told): string[] {
  const source = functionOf(procedure, read(file)) ?? ''
  const steps = [...source.matchAll(/^ *\/\/ (\d+)\. (.*(?:\n *\/\/ {1,4}(?!\d+\.).*)*)/gm)]
  return steps
    .map(([, number, step = '']) => ({ number: Number(number), step }))
    .toSorted((one, other) => one.number - other.number)
    .map(({ step }) => step.replace(/\n *\/\/ */g, ' '))
}

/** As far as the first sentence goes; a page may go on to explain. */
const opening = (step: string): string =>
  (/^[^.:;(`]+/.exec(step.replace(/\s+/g, ' '))?.[0] ?? '').trim().toLowerCase()

const pages = fs.readdirSync(FOLDER).filter((name) => name.endsWith('.md'))

const told = pages.flatMap(stepsTold)

test.each(told)('$page, $procedure: the steps are those of $file', (one) => {
  expect(one.steps.map(opening)).toEqual(stepsTaken(one).map(opening))
})

/** What a customer can do has its page here, whatever else may have one. */
const CUSTOMERS = [
  ...['beginOtpStart', 'completeOtpStart', 'completeOtpExchange', 'completeOtpStop', 'agree'],
  ...['completeOtpResync', 'login', 'completeEnrolment', 'executeTransfer', 'cancelReservation'],
  ...['payBill', 'keepPayee', 'changeLimit', 'confirmChange', 'completeFreeze'],
]

test('every procedure of a customer has its page', () => {
  expect(told.map(({ procedure }) => procedure)).toEqual(expect.arrayContaining(CUSTOMERS))
})
