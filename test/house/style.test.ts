/** The habits of the house (`docs/ARCHITECTURE.md`) that a machine can see. */
import { describe, expect, test } from 'vitest'
import { places, sources, under } from './source.ts'

const MOST_LINES = 300
const MOST_COLUMNS = 100
/** What may be left of a longer line without its texts. */
const COLUMNS_BARE = 60
const bare = (line: string) => line.replace(/(['"`/])(?:\\.|(?!\1).)+\1/g, '')

/** Files above the limit, each with the reason. */
const LONG: Readonly<Record<string, string>> = {}

test(`files have at most ${MOST_LINES} lines`, () => {
  const long = sources
    .filter(({ file, text }) => text.split('\n').length > MOST_LINES + 1 && !(file in LONG))
    .map(({ file, text }) => `${file}: ${text.split('\n').length}`)
  expect(long).toEqual([])
})

test(`lines have at most ${MOST_COLUMNS} columns`, () => {
  const wide = sources.flatMap(({ file, text }) =>
    text
      .split('\n')
      // A text, a pattern or a drawing is not broken in two for the sake of a column.
      .map((line, place) => ({ line, at: `${file}:${place + 1}`, columns: [...line].length }))
      .filter(
        ({ line, columns }) => columns > MOST_COLUMNS && [...bare(line)].length > COLUMNS_BARE,
      )
      .map(({ at, columns }) => `${at}: ${columns}`),
  )
  expect(wide).toEqual([])
})

describe('names', () => {
  const EMPTY_WORDS = /(^|[/.-])(utils?|helpers?|commons?|managers?|misc)([/.-]|$)/i

  test('of files say what is in them', () => {
    expect(sources.filter(({ file }) => EMPTY_WORDS.test(file)).map(({ file }) => file)).toEqual([])
  })

  test('of what is exported, too', () => {
    const exported =
      /export (async )?(function|const|class|interface|type) \w*(utils?|helper|manager)\b/i
    expect(places(under('src'), exported)).toEqual([])
  })

  test('of files are kebab-case', () => {
    const odd = sources.filter(({ file }) => !/^[a-z0-9./-]+$/.test(file))
    expect(odd.map(({ file }) => file)).toEqual([])
  })
})

describe('pages', () => {
  const pages = sources.filter(({ file }) => file.startsWith('src/') && file.endsWith('.tsx'))

  test('there are some', () => expect(pages.length).toBeGreaterThan(10))

  test.each([
    ['raw markup', /\braw\(|dangerouslySetInnerHTML|\binnerHTML\b/],
    [
      'attributes spread from an object',
      /<[A-Za-z][\w.]*\s[^>]*\{\.\.\.|^\s*\{\.\.\.[^}]*\}\s*(\/?>)?$/,
    ],
    ['style in line', /\sstyle=/],
    ['scripts in line', /\son[a-z]+=|<script(?! src=)/i],
    ['links to scripts', /javascript:/i],
    ['tags made of text', /createElement\(|\bjsx\(/],
  ])('have no %s', (_, pattern) => {
    expect(places(pages, pattern)).toEqual([])
  })
})

test.each([
  ['write to the console', /\bconsole\.\w+/],
  ['evaluate text', /\beval\(|new Function\(/],
  ['switch the types off', /@ts-(ignore|nocheck|expect-error)|: any\b|as any\b|<any>/],
  ['leave something for later', /\b(TODO|FIXME|XXX|HACK)\b/],
  ['wait for the debugger', /\bdebugger\b/],
])('sources do not %s', (_, pattern) => {
  const typed = places(under('src'), pattern).filter((place) => !place.includes('Hono<any>'))
  expect(typed).toEqual([])
})

test('comments leave nothing for later', () => {
  const later = under('src').filter(({ text }) => /\b(TODO|FIXME|XXX|HACK)\b/.test(text))
  expect(later.map(({ file }) => file)).toEqual([])
})

test('no test is left out or alone', () => {
  // The journeys are left out, and say so, where no browser is installed.
  const tests = under('test').filter(({ file }) => file !== 'test/journeys/stage.ts')
  const skipped = /\b(test|describe|it)\.(only|skip|todo|fails)\b/
  expect(places(tests, skipped)).toEqual([])
})
