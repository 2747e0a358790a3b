/** The rooms of the house and the doors between them (`docs/ARCHITECTURE.md`), as data. */
import { describe, expect, test } from 'vitest'
import { places, type Source, sources, under, withoutComments } from './source.ts'

/** From each room the rooms it may use, and the packages. What is not named is closed. */
const DOORS: Readonly<Record<string, { rooms: readonly string[]; packages: readonly RegExp[] }>> = {
  'src/oath': { rooms: [], packages: [/^@noble\/hashes\//] },
  'src/bank': { rooms: ['src/oath'], packages: [] },
  'src/seed-files': {
    rooms: ['src/bank', 'src/oath'],
    packages: [/^node:(crypto|util)$/, /^saxes$/],
  },
  'src/token-app': { rooms: ['src/oath'], packages: [] },
  'src/evidence': { rooms: [], packages: [/^node:crypto$/] },
  'src/store': {
    rooms: ['src/bank', 'src/oath', 'src/evidence'],
    packages: [
      /^node:/,
      /^pg$/,
      /^pg-copy-streams$/,
      /^pino$/,
      /^nodemailer$/,
      /^@node-rs\/argon2$/,
      /^@holiday-jp\/holiday_jp$/,
    ],
  },
  'src/web': {
    rooms: ['src/bank', 'src/oath', 'src/seed-files'],
    packages: [
      /^node:/,
      /^@fastify\/busboy$/,
      /^hono(\/|$)/,
      /^@hono\/node-server/,
      /^zod$/,
      /^pino$/,
      /^uqr$/,
    ],
  },
  'src/metrics': { rooms: ['src/bank'], packages: [/^hono$/, /^prom-client$/] },
  'src/cli': { rooms: ['src/bank', 'src/oath'], packages: [/^node:/, /^commander$/] },
}

/** Wiring may use every room, but no room may use it. */
const WIRING = /^src\/(?:(?:commands|background)\/)?[\w-]+\.ts$/

const roomOf = (file: string): string => file.split('/').slice(0, 2).join('/')

describe.each(Object.entries(DOORS))('%s', (room, { rooms, packages }) => {
  test('exists', () => expect(under(room).length).toBeGreaterThan(0))

  test('uses only the rooms and packages that it may', () => {
    const closed = under(room).flatMap(({ file, imports }) =>
      imports
        .filter((name) =>
          name.startsWith('src/')
            ? roomOf(name) !== room && !rooms.includes(roomOf(name))
            : !packages.some((known) => known.test(name)),
        )
        .map((name) => `${file} uses ${name}`),
    )
    expect(closed).toEqual([])
  })
})

test('every source file stands in a room or is wiring', () => {
  const homeless = under('src').filter(
    ({ file }) => DOORS[roomOf(file)] === undefined && !WIRING.test(file),
  )
  expect(homeless.map(({ file }) => file)).toEqual([])
})

test('procedures never use one another', () => {
  const inside = (name: string) => name.startsWith('src/bank/procedures/')
  const crossing = under('src/bank/procedures').flatMap(({ file, imports }) =>
    imports.filter(inside).map((name) => `${file} uses ${name}`),
  )
  expect(crossing).toEqual([])
})

test('the sites never use one another', () => {
  const sites = ['banking', 'office', 'api', 'token'].map((site) => `src/web/${site}/`)
  const crossing = under('src/web').flatMap(({ file, imports }) => {
    const own = sites.find((site) => file.startsWith(site))
    const others = sites.filter((site) => site !== own)
    return imports
      .filter((name) => others.some((site) => name.startsWith(site)))
      .map((name) => `${file} uses ${name}`)
  })
  expect(crossing).toEqual([])
})

test('the subject and the algorithms get clock, randomness and surroundings as arguments', () => {
  const pure = [...under('src/bank'), ...under('src/oath')]
  const impure =
    /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bprocess\b|\bBuffer\b|\bfetch\(|\bsetTimeout\b|\bsetInterval\b|\bperformance\b|\bglobalThis\b|\bcrypto\b|\brequire\b/
  expect(places(pure, impure)).toEqual([])
})

test('the evidence gets times and keys as arguments', () => {
  const impure =
    /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bprocess\b|\bfetch\(|\bset(Timeout|Interval)\b/
  expect(places(under('src/evidence'), impure)).toEqual([])
})

test('the program that verifies receipts shares no code with what made them', () => {
  const [program] = sources.filter(({ file }) => file === 'tools/verify-receipt.mjs')
  expect(program?.imports.filter((name) => !name.startsWith('node:'))).toEqual([])
  expect(program?.imports.length).toBeGreaterThan(0)
})

test('the environment is read in one place', () => {
  // The private server hands PATH and the like on to the PostgreSQL that it starts.
  const readers = ['src/main.ts', 'src/store/private-server/run.ts']
  const others = under('src').filter(({ file }) => !readers.includes(file))
  expect(places(others, /\bprocess\.env\b/)).toEqual([])
})

test('only the command line and the wiring write to the terminal', () => {
  const silent = under('src').filter(
    ({ file }) => !file.startsWith('src/cli/') && !WIRING.test(file),
  )
  expect(places(silent, /\bprocess\.(stdout|stderr|exit)\b/)).toEqual([])
})

test('SQL stands in the store only', () => {
  const elsewhere = under('src').filter(({ file }) => !file.startsWith('src/store/'))
  const sql = /\b(select .+ from|insert into|update \w+ set|delete from) /i
  expect(places(elsewhere, sql)).toEqual([])
})

test('there is no circle among the files of a room', () => {
  const byFile = new Map(sources.map((source) => [source.file, source]))
  const done = new Set<string>()
  const circles: string[] = []
  const follow = (source: Source, way: readonly string[]): void => {
    if (way.includes(source.file)) {
      circles.push([...way.slice(way.indexOf(source.file)), source.file].join(' → '))
      return
    }
    if (done.has(source.file)) return
    for (const name of valueImportsOf(source)) {
      const next = byFile.get(name)
      if (next) follow(next, [...way, source.file])
    }
    done.add(source.file)
  }
  for (const source of under('src')) follow(source, [])
  expect(circles).toEqual([])
})

/** Imports of types alone cost nothing and tie nothing at run time. */
function valueImportsOf({ code, imports }: Source): readonly string[] {
  return imports.filter((name) => {
    const base = name.split('/').at(-1)?.replaceAll('.', '\\.') ?? ''
    return !new RegExp(`import type [^'"]*from '[^']*${base}'`).test(code)
  })
}

test('the scanner itself sees through strings and comments', () => {
  const text = `const a = 'it is // no comment' // but this is\n/* and\nthis */ const b = \`/* not */\``
  const code = withoutComments(text)
  expect(code).toContain("'it is // no comment'")
  expect(code).toContain('`/* not */`')
  expect(code).not.toMatch(/but this|and|this/)
  expect(code.split('\n')).toHaveLength(3)
})
