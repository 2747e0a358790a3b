/** The file of a backup: whatever is changed in it is found before anything of it is used. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { disclose, enclose, UnusableBackup } from '../../../src/store/backup/archive.ts'
import { checkBackup, openBackup } from '../../../src/store/backup/check.ts'
import { frameOf, framesIn } from '../../../src/store/backup/frames.ts'
import { fixedKey, wrappingKeyOf } from '../../../src/store/keys/wrapping-keys.ts'
import { knownMigrations } from '../../../src/store/migrate.ts'

const KEY = Buffer.alloc(32, 'key of a test')
const NOW_MS = Date.parse('2026-11-24T10:00:00+09:00')

let folder: string
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-archive-'))
})
afterAll(() => fs.rmSync(folder, { recursive: true }))

async function* chunksOf(...chunks: Uint8Array[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield Buffer.from(chunk)
}
async function all(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return Buffer.concat(parts)
}
const enclosed = (...content: Uint8Array[]) =>
  all(enclose(chunksOf(...content), wrappingKeyOf(KEY), NOW_MS))
const disclosed = (file: Uint8Array, key = KEY) => all(disclose(chunksOf(file), fixedKey(key)))

/** Three pieces and a bit. */
const CONTENT = Buffer.from(Array.from({ length: 200_000 }, (_, place) => (place * 7919) & 255))
const PIECE = 64 * 1024 + 16

describe('an archive', () => {
  test('gives back what was enclosed, of any length and cut in any way', async () => {
    const sizes = [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...sizes), fc.nat(200_000), async (size, cut) => {
        const content = CONTENT.subarray(0, size)
        const file = await enclosed(content.subarray(0, cut), content.subarray(cut))
        const pieces = chunksOf(file.subarray(0, cut), file.subarray(cut))
        expect((await all(disclose(pieces, fixedKey(KEY)))).equals(content)).toBe(true)
      }),
      { numRuns: 30 },
    )
  })

  test('with any bit changed is refused', async () => {
    const file = await enclosed(CONTENT)
    const headEnd = file.indexOf('\n')
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.nat(headEnd), fc.nat(file.length - 1)),
        fc.nat(7),
        async (place, bit) => {
          const changed = Buffer.from(file)
          changed[place] = (changed[place] ?? 0) ^ (1 << bit)
          await expect(disclosed(changed)).rejects.toBeInstanceOf(UnusableBackup)
        },
      ),
      { numRuns: 150 },
    )
  })

  test('that is cut off anywhere is refused, even between two pieces', async () => {
    const file = await enclosed(CONTENT)
    const first = file.indexOf('\n') + 1
    const cuts = [0, 1, first - 1, first, first + 1, first + PIECE, first + 2 * PIECE]
    for (const length of [...cuts, file.length - 1]) {
      const cut = disclosed(file.subarray(0, length))
      await expect(cut).rejects.toBeInstanceOf(UnusableBackup)
    }
  })

  test('with a piece swapped, doubled, left out or added is refused', async () => {
    const file = await enclosed(CONTENT)
    const first = file.indexOf('\n') + 1
    const head = file.subarray(0, first)
    const parts = [0, 1, 2, 3].map((number) =>
      file.subarray(first + number * PIECE, first + (number + 1) * PIECE),
    )
    for (const order of [
      [1, 0, 2, 3],
      [0, 0, 1, 2, 3],
      [0, 2, 3],
      [1, 2, 3],
      [0, 1, 2, 3, 3],
      [3],
    ]) {
      const mixed = Buffer.concat([head, ...order.map((number) => parts[number] ?? head)])
      await expect(disclosed(mixed)).rejects.toBeInstanceOf(UnusableBackup)
    }
  })

  test('is never the same twice', async () => {
    const [one, two] = [await enclosed(CONTENT), await enclosed(CONTENT)]
    expect(one.subarray(300, 400).equals(two.subarray(300, 400))).toBe(false)
  })

  test.each([
    ['nothing', '', 'it is not a backup of ichido'],
    ['another file', 'PK\u0003\u0004', 'it is not a backup of ichido'],
    ['another JSON', '{"format":"tar"}\n', 'it is not a backup of ichido'],
    ['no end of its head', 'x'.repeat(5000), 'it is not a backup of ichido'],
    ['a list', '[]\n', 'it is not a backup of ichido'],
    ['null', 'null\n', 'it is not a backup of ichido'],
    [
      'a later version',
      '{"format":"ichido-backup","version":2}\n',
      'it was made by a newer ichido',
    ],
    [
      'a head without its facts',
      '{"format":"ichido-backup","version":1}\n',
      'it is not a backup of ichido',
    ],
  ])('that is %s is told', async (_, text, reason) => {
    const reading = disclosed(Buffer.from(text))
    await expect(reading).rejects.toThrow(reason)
    await expect(reading).rejects.toBeInstanceOf(UnusableBackup)
  })
})

test('frames come back however the stream is cut', async () => {
  const frames = [
    { kind: 'preface', value: { migrations: ['0001'] } },
    { kind: 'table', value: { table: 'bank', columns: ['a', '名'] } },
    { kind: 'rows', value: Buffer.from('1\tone\n') },
    { kind: 'rows', value: Buffer.alloc(0) },
    { kind: 'rows', value: CONTENT.subarray(0, 2_000) },
    { kind: 'manifest', value: { tables: [], sequences: [] } },
  ] as const
  const bytes = Buffer.concat(frames.map(frameOf))
  for (const size of [1, 3, 1_000, bytes.length]) {
    const count = Math.ceil(bytes.length / size)
    const parts = Array.from({ length: count }, (_, place) =>
      bytes.subarray(place * size, (place + 1) * size),
    )
    const found: unknown[] = []
    for await (const frame of framesIn(chunksOf(...parts))) found.push(frame)
    expect(found).toEqual(frames)
  }
  const cut = async () => {
    for await (const _ of framesIn(chunksOf(bytes.subarray(0, -1))));
  }
  await expect(cut()).rejects.toThrow('it ends within a frame')
})

describe('a genuine file', () => {
  let made = 0
  /** Written by whoever holds the key, but not by this program. */
  async function checked(frames: readonly Parameters<typeof frameOf>[0][]) {
    made += 1
    const file = path.join(folder, `file-${made}`)
    fs.writeFileSync(file, await enclosed(gzipSync(Buffer.concat(frames.map(frameOf)))))
    const handle = await openBackup(file)
    try {
      return await checkBackup(handle, fixedKey(KEY))
    } finally {
      await handle.close()
    }
  }
  const preface = { kind: 'preface', value: { migrations: knownMigrations() } } as const
  const manifest = { kind: 'manifest', value: { tables: [], sequences: [] } } as const

  test('of this program is good', async () => {
    expect(await checked([preface, manifest])).toMatchObject({ manifest: manifest.value })
  })

  test('of a newer schema is refused, and the reason told', async () => {
    const newer = { kind: 'preface', value: { migrations: ['9999-later.sql'] } } as const
    const reason = 'it was made by a newer ichido, whose schema has 9999-later.sql'
    await expect(checked([newer, manifest])).rejects.toThrow(reason)
  })

  test('without manifest, or with rows that are not those of it, is refused', async () => {
    await expect(checked([preface])).rejects.toThrow('it is not whole')
    const table = { kind: 'table', value: { table: 'bank', columns: ['a'] } } as const
    const rows = { kind: 'rows', value: Buffer.from('x\n') } as const
    const reason = 'its rows are not those of its manifest'
    await expect(checked([preface, table, rows, manifest])).rejects.toThrow(reason)
  })
})
