/** A function is read in one look; one that is longer says why. */
import { expect, test } from 'vitest'
import { type Source, sources, withoutComments } from './source.ts'

const MOST_LINES = 70

/** A list of addresses, a text, a story: read from top to bottom, nothing in it branches. */
const LIST = 'which address leads to which page, in one list'
const STEPS = 'the numbered steps of its page in docs/procedures, in one piece'
const STORY = 'one story of several people, which no part of it tells alone'

/** Functions above the limit, as `file name`, each with the reason. */
const LONG: Readonly<Record<string, string>> = {
  'src/bank/procedures/bill-payment.ts payBill': STEPS,
  'src/seed-files/xml.ts xmlReader': 'one parser and its handlers, which share where they are',
  'src/token-app/views/code-card.ts codeCard': 'one card and its elements, which move together',
  'src/web/api/api-site.tsx apiSite': LIST,
  'src/web/api/openapi.ts openapi': 'a document',
  'src/web/banking/banking-site.tsx bankingSite': LIST,
  'src/web/banking/guide.tsx guidePage': 'a text with its headings',
  'src/web/banking/paths.ts pathsUnder': LIST,
  'src/web/office/office-site.tsx officeSite': LIST,
  'test/journeys/office-campaigns.test.ts it': STORY,
  'test/journeys/office-hardware.test.ts it': STORY,
}

/** A port on its tables, a group of tests: what is in them is measured one by one. */
const OF_SEVERAL = /^export function \w+On\(|^(describe|journeys|deskJourneys|phoneJourneys)\b/

const BEGINS = [
  /^(export )?(default )?(async )?function\b/,
  /=> ?[{([]*$/,
  /^(async |static |get |set |\*)*#?(?!(if|for|while|switch|catch|return|await)\b)\w+(<.*>)?\(.*\{$/,
]
const NAME = /^(?:(?:export|default|async|static|get|set|function|const) )*(#?\w+)/
const indentOf = (line: string) => line.length - line.trimStart().length

interface Measured {
  readonly name: string
  readonly lines: number
}

/** By the indentation, which the formatter keeps: a function ends where its line is closed again. */
function functionsIn(code: string): Measured[] {
  const lines = code.split('\n')
  return lines.flatMap((line, first) => {
    const text = line.trim()
    if (OF_SEVERAL.test(text) || !BEGINS.some((begin) => begin.test(text))) return []
    const last = lines.findIndex(
      (other, place) =>
        place > first &&
        other.trim() !== '' &&
        indentOf(other) <= indentOf(line) &&
        // What ends a signature opens the body.
        !(/^\s*[)}\]]/.test(other) && /([{(]|=>)$/.test(other)),
    )
    const name = NAME.exec(text)?.[1] ?? text
    return last < 0 ? [] : [{ name, lines: last - first + 1 }]
  })
}

/** Templates may begin lines where they like. */
const flat = (code: string) =>
  code.replace(/`(?:\\[\s\S]|[^`\\])*`/g, (found) => found.replace(/[^\n]/g, '').padEnd(1, "'"))

const longIn = ({ file, code }: Source): string[] =>
  functionsIn(flat(code))
    .filter(({ lines }) => lines > MOST_LINES)
    .map(({ name }) => `${file} ${name}`)

test(`functions have at most ${MOST_LINES} lines`, () => {
  const long = sources.flatMap(longIn)
  expect(long.filter((place) => !(place in LONG))).toEqual([])
  // A reason that is no longer needed goes.
  expect(Object.keys(LONG).filter((place) => !long.includes(place))).toEqual([])
})

test('they are seen in every form', () => {
  const body = (indent: string) => Array.from({ length: 70 }, () => `${indent}  act()`)
  const seen = (...lines: string[]) =>
    functionsIn(flat(withoutComments(lines.join('\n')))).filter(({ lines: most }) => most > 70)
  for (const [name, first, last] of [
    ['plain', 'export async function plain(a: string) {', '}'],
    ['arrow', 'const arrow = async (a: string) => {', '}'],
    ['object', 'export const object = (a: string) => ({', '})'],
    ['method', '  async method(a, b) {', '  },'],
    ['#own', '  async #own<T>(a: T): Promise<T> {', '  }'],
    ['test', "test('of a story', async () => {", '})'],
    ['wide', 'export function wide(\n  a: string,\n): Promise<string> {', '}'],
    ['Props', 'function Props({\n  a,\n}: Given) {', '}'],
  ] as const) {
    const lines = [first, ...body(/^ */.exec(first)?.[0] ?? ''), last, 'const after = 1']
    expect(seen(...lines).map((found) => found.name)).toEqual([name])
    expect(seen(...lines.filter((line) => line.trim() !== 'act()'))).toEqual([])
  }
  expect(seen("describe('a group', () => {", ...body(''), '})')).toEqual([])
})
