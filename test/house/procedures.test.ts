/** The pages of `docs/procedures/` tell the steps of their procedures as the files take them. */
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { sources } from './source.ts'

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

/** What a customer does begins at one of these, or is done for the customer by the timer. */
const DOORS = sources.filter(({ file }) =>
  /^src\/(?:web\/(?:banking|token|api)\/|background\/reservation-timer)/.test(file),
)

/** The functions with steps in the procedures that those call. */
const ofCustomers = [...new Set(DOORS.flatMap(({ imports }) => imports))]
  .filter((file) => file.startsWith('src/bank/procedures/'))
  .concat('src/bank/settings-change.ts')
  .flatMap((file) => {
    const names = [...read(file).matchAll(/^export (?:async )?function (\w+)/gm)]
    return names.map(([, procedure = '']) => ({ page: '', procedure, file, steps: [] }))
  })
  .filter((one) => stepsTaken(one).length > 0)

test.each(ofCustomers)('$procedure of $file has its page', ({ procedure, file }) => {
  expect(told).toContainEqual(expect.objectContaining({ procedure, file }))
})

test('what a customer can do is found among them', () => {
  const known = [
    'loginWithCode',
    'agree',
    'completeOtpExchange',
    'payBill',
    'beginFreeze',
    'verify',
  ]
  const names = ofCustomers.map(({ procedure }) => procedure)
  expect(names).toEqual(expect.arrayContaining([...known, 'confirmChange', 'runReservations']))
})
