/** Two shares on paper: any key comes back, any slip of the pen is found, one share tells nothing. */
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { joinShares, LINES, readLine, readShare, splitKey } from '../../src/cli/key-share.ts'
import { fingerprintOf } from '../../src/store/keys/wrapping-keys.ts'

const DAY = '2026-11-24'
const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const keys = fc.uint8Array({ minLength: 32, maxLength: 32 })
const split = (key: Uint8Array, day = DAY) => splitKey(key, fingerprintOf(key), day)

function shareIn(text: string) {
  const read = readShare(text)
  if (!read.ok) throw new Error(read.reason)
  return read.value
}
const reasonOf = (read: { ok: true } | { ok: false; reason: string }) =>
  read.ok ? undefined : read.reason

/** The ten characters of each line. */
const linesIn = (text: string) =>
  [...text.matchAll(/^ {3}\d {3}(\S{4}) (\S{4}) {3}(\S{2})$/gm)].map(([, ...parts]) =>
    parts.join(''),
  )

test('any key splits and joins, whichever share comes first', () => {
  fc.assert(
    fc.property(keys, (key) => {
      const [one, two] = split(key).map(shareIn)
      if (one === undefined || two === undefined) throw new Error('there are two shares')
      const wanted = { ok: true, value: { key: Buffer.from(key), fingerprint: fingerprintOf(key) } }
      expect(joinShares(one, two)).toEqual(wanted)
      expect(joinShares(two, one)).toEqual(wanted)
      expect(one).toMatchObject({ number: 1, day: DAY, fingerprint: fingerprintOf(key) })
    }),
  )
})

test('a share is the same however it was typed', () => {
  const [text] = split(randomBytes(32))
  const share = shareIn(text)
  const lines = linesIn(text)
  expect(lines).toHaveLength(LINES)
  const typed = lines.map((line, place) => `${place + 1}: ${line.toLowerCase()}`).reverse()
  const asWide = (line: string) =>
    line.replace(/[0-9A-Za-z]/g, (symbol) => String.fromCharCode(symbol.charCodeAt(0) + 0xfee0))
  const asRead = lines.map((line, place) => {
    const read = line.replaceAll('0', 'O').replaceAll('1', place % 2 === 0 ? 'l' : 'I')
    return `${place + 1}. ${read.slice(0, 4)}-${read.slice(4, 8)}-${read.slice(8)}`
  })
  for (const variant of [typed.join('\n'), asRead.join('\r\n'), asWide(text)]) {
    expect(shareIn(variant)).toEqual(share)
  }
})

describe('a slip', () => {
  test('of one character is found, and its line is told', () => {
    fc.assert(
      fc.property(
        keys,
        fc.nat({ max: LINES - 1 }),
        fc.nat({ max: 9 }),
        fc.integer({ min: 1, max: 31 }),
        (key, line, place, by) => {
          const wrong = [...(linesIn(split(key)[0])[line] ?? '')]
          const right = SYMBOLS.indexOf(wrong[place] ?? '')
          wrong[place] = SYMBOLS.charAt((right + by) % 32)
          const reason = `line ${line + 1}: a character is wrong, or two have changed places`
          expect(reasonOf(readLine(line + 1, wrong.join('')))).toBe(reason)
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('that swaps any two characters is found', () => {
    fc.assert(
      fc.property(keys, fc.nat({ max: 7 }), fc.nat({ max: 7 }), (key, one, other) => {
        const line = [...(linesIn(split(key)[1])[3] ?? '')]
        const swapped = [...line]
        swapped[one] = line[other] ?? ''
        swapped[other] = line[one] ?? ''
        expect(readLine(4, swapped.join('')).ok).toBe(line[one] === line[other])
      }),
    )
  })

  test('that swaps two lines is found', () => {
    fc.assert(
      fc.property(keys, fc.nat({ max: 8 }), fc.nat({ max: 8 }), (key, one, other) => {
        fc.pre(one !== other)
        const line = linesIn(split(key)[0])[one] ?? ''
        expect(readLine(other + 1, line).ok).toBe(false)
      }),
    )
  })

  test.each([
    ['a character that is never used', 'ABCDU234 56', 'line 1: "U" is never used'],
    ['one too few', 'ABCD1234 5', 'line 1 has 9 characters instead of 4 + 4 + 2'],
    ['nothing', '', 'line 1 has 0 characters instead of 4 + 4 + 2'],
    ['another script', '鍵', 'line 1: "鍵" is never used'],
  ])('%s is told', (_, typed, reason) => {
    expect(reasonOf(readLine(1, typed))).toBe(reason)
  })

  test('that leaves a line out, or has it twice, is told', () => {
    const [text] = split(randomBytes(32))
    const lines = text.split('\n')
    const without = lines.filter((line) => !line.startsWith('   5')).join('\n')
    expect(reasonOf(readShare(without))).toBe('line 5 is missing')
    const twice = lines.flatMap((line) => (line.startsWith('   5') ? [line, line] : [line]))
    expect(reasonOf(readShare(twice.join('\n')))).toBe('line 5 is there twice')
    expect(reasonOf(readShare(''))).toBe('line 1 is missing')
  })

  test('that mixes the lines of both shares is found', () => {
    const [one, two] = split(randomBytes(32)).map((text) => text.split('\n'))
    const mixed = one?.map((line, place) => (line.startsWith('   6') ? two?.[place] : line))
    const reason = 'the lines of share 1 do not belong together'
    expect(reasonOf(readShare(mixed?.join('\n') ?? ''))).toBe(reason)
  })
})

describe('two shares do not make a key', () => {
  const key = randomBytes(32)
  const [one, two] = split(key).map(shareIn)
  if (one === undefined || two === undefined) throw new Error('there are two shares')

  test('when one is there twice', () => {
    expect(reasonOf(joinShares(one, one))).toBe('both are share 1')
  })

  test('when they are of different keys', () => {
    const [, other = two] = split(randomBytes(32)).map(shareIn)
    const reason = `they belong to different keys: ${one.fingerprint} and ${other.fingerprint}`
    expect(reasonOf(joinShares(one, other))).toBe(reason)
  })

  test('when the key was split twice', () => {
    const [, later = two] = split(key, '2027-04-01').map(shareIn)
    expect(reasonOf(joinShares(one, later))).toMatch(
      /different times, on 2026-11-24 and 2027-04-01/,
    )
    const [, sameDay = two] = split(key).map(shareIn)
    const joined = joinShares(one, sameDay)
    expect(joined.ok && fingerprintOf(joined.value.key) === fingerprintOf(key)).toBe(false)
  })
})

test('a share alone is as random as a coin, whatever the key', () => {
  const rounds = 2_000
  for (const key of [new Uint8Array(32), new Uint8Array(32).fill(0xff)]) {
    const ones = [new Array<number>(256).fill(0), new Array<number>(256).fill(0)]
    for (let round = 0; round < rounds; round += 1) {
      for (const [place, text] of split(key).entries()) {
        const { bytes } = shareIn(text)
        const counts = ones[place] ?? []
        for (let bit = 0; bit < 256; bit += 1) {
          counts[bit] = (counts[bit] ?? 0) + (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1)
        }
      }
    }
    // Six standard deviations: by chance once in some million runs.
    const most = 6 * Math.sqrt(rounds / 4)
    for (const count of ones.flat()) expect(Math.abs(count - rounds / 2)).toBeLessThan(most)
  }
})
