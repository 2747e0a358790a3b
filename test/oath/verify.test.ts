import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type { Digits } from '../../src/oath/code.ts'
import { ALGORITHMS, type HmacKey, hmacKey } from '../../src/oath/hmac-key.ts'
import { hotp } from '../../src/oath/hotp.ts'
import { resynchronise } from '../../src/oath/resynchronise.ts'
import { equalMask, findMovingFactor } from '../../src/oath/verify.ts'
import { ahead, around } from '../../src/oath/window.ts'

const MAX = Number.MAX_SAFE_INTEGER
const algorithms = fc.constantFrom(...ALGORITHMS)
const digitCounts = fc.constantFrom<Digits>(6, 7, 8)
const seeds = fc.uint8Array({ minLength: 16, maxLength: 64 })
const factors = fc.integer({ min: 0, max: MAX - 100 })
const reaches = fc.integer({ min: 0, max: 10 })

/**
 * A key whose codes are given: the MAC is built so that truncation reads the code of its factor.
 */
function scriptedKey(codes: Record<number, number>, fallback = 999_999): HmacKey {
  const mac = vi.fn((message: Uint8Array) => {
    const bytes = Buffer.alloc(20)
    bytes.writeUInt32BE(codes[Number(Buffer.from(message).readBigUInt64BE())] ?? fallback)
    return new Uint8Array(bytes)
  })
  return { algorithm: 'SHA1', mac }
}

describe('windows', () => {
  test('around a step, never before T0 or beyond 2^53', () => {
    expect(around(100, 1, 2)).toEqual({ first: 99, last: 102 })
    expect(around(0, 1, 1)).toEqual({ first: 0, last: 1 })
    expect(around(MAX, 1, 1)).toEqual({ first: MAX - 1, last: MAX })
    const beforeT0 = around(-5, 1, 1)
    expect(beforeT0.last).toBeLessThan(beforeT0.first)
  })

  test('ahead of the last accepted counter, never at it', () => {
    expect(ahead(-1, 3)).toEqual({ first: 0, last: 2 })
    expect(ahead(41, 10)).toEqual({ first: 42, last: 51 })
    const none = ahead(41, 0)
    expect(none.last).toBeLessThan(none.first)
  })

  test.each([
    ['a fraction', () => around(0.5, 1, 1)],
    ['no number', () => around(Number.NaN, 1, 1)],
    ['a negative reach', () => around(5, -1, 1)],
    ['a fractional reach', () => ahead(5, 1.5)],
    ['an endless reach', () => ahead(5, Infinity)],
    ['more candidates than the limit', () => around(1e6, 5001, 5000)],
  ])('%s is a bug of the caller', (_, make) => {
    expect(make).toThrow(RangeError)
  })
})

describe('findMovingFactor', () => {
  test('finds any code generated within the window, at its step', () => {
    fc.assert(
      fc.property(
        fc.record({ algorithm: algorithms, seed: seeds, digits: digitCounts, factor: factors }),
        reaches,
        reaches,
        ({ algorithm, seed, digits, factor }, below, above) => {
          const key = hmacKey(algorithm, seed)
          const code = hotp(key, factor, digits)
          for (const centre of [factor - above, factor, factor + below]) {
            const found = findMovingFactor(key, digits, code, around(centre, below, above))
            expect(found).toBeGreaterThanOrEqual(factor)
            expect(hotp(key, found ?? -1, digits)).toBe(code)
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  test('never finds a factor outside the window', () => {
    const key = scriptedKey({ 10: 123456 })
    expect(findMovingFactor(key, 6, '123456', around(11, 1, 1))).toBe(10)
    expect(findMovingFactor(key, 6, '123456', around(9, 1, 1))).toBe(10)
    expect(findMovingFactor(key, 6, '123456', around(12, 1, 1))).toBeUndefined()
    expect(findMovingFactor(key, 6, '123456', around(8, 1, 1))).toBeUndefined()
    expect(findMovingFactor(key, 6, '123456', ahead(9, 1))).toBe(10)
    expect(findMovingFactor(key, 6, '123456', ahead(10, 10))).toBeUndefined()
    expect(findMovingFactor(key, 6, '123456', around(-5, 1, 1))).toBeUndefined()
  })

  test('finds nothing for a code that no factor in the window has', () => {
    fc.assert(
      fc.property(seeds, factors, reaches, fc.nat(999_999), (seed, centre, reach, guess) => {
        const key = hmacKey('SHA1', seed)
        const code = String(guess).padStart(6, '0')
        const window = around(centre, reach, reach)
        const has = Array.from({ length: window.last - window.first + 1 }, (_, place) =>
          hotp(key, window.first + place, 6),
        )
        fc.pre(!has.includes(code))
        expect(findMovingFactor(key, 6, code, window)).toBeUndefined()
      }),
      { numRuns: 60 },
    )
  })

  test('computes every candidate, wherever the match lies', () => {
    for (const matching of [4, 5, 6, 7]) {
      const key = scriptedKey({ [matching]: 123456 })
      findMovingFactor(key, 6, '123456', around(5, 1, 1))
      expect(key.mac).toHaveBeenCalledTimes(3)
    }
  })

  test('takes the later of two factors with the same digits: both are spent', () => {
    const key = scriptedKey({ 4: 123456, 6: 123456 })
    expect(findMovingFactor(key, 6, '123456', around(5, 1, 1))).toBe(6)
  })

  test('leading zeros count', () => {
    const key = scriptedKey({ 5: 42 })
    expect(findMovingFactor(key, 6, '000042', around(5, 1, 1))).toBe(5)
    expect(findMovingFactor(key, 6, '42', around(5, 1, 1))).toBeUndefined()
    expect(findMovingFactor(key, 7, '000042', around(5, 1, 1))).toBeUndefined()
  })

  test.each(['', ' 00042', '+00042', '4.2e01', '0x002a', '-00042', '00004２', '42\0\0\0\0'])(
    'the text %j is no code, and matches nothing',
    (text) => {
      const key = scriptedKey({ 4: 0, 5: 42, 6: 42 })
      expect(findMovingFactor(key, 6, text, around(5, 1, 1))).toBeUndefined()
    },
  )

  test('works at the last counter that a number can hold', () => {
    const key = hmacKey('SHA256', new Uint8Array(32).fill(3))
    const code = hotp(key, BigInt(MAX), 8)
    expect(findMovingFactor(key, 8, code, around(MAX, 1, 1))).toBe(MAX)
  })

  test('equalMask is all ones exactly for equal numbers', () => {
    const values = fc.nat(99_999_999)
    fc.assert(
      fc.property(values, values, (one, other) => {
        expect(equalMask(one, other)).toBe(one === other ? -1 : 0)
        expect(equalMask(one, one)).toBe(-1)
        expect(equalMask(one, one ^ 1)).toBe(0)
      }),
    )
  })
})

describe('resynchronise', () => {
  test('finds a token anywhere in a wide window by two consecutive codes', () => {
    fc.assert(
      fc.property(seeds, factors, fc.integer({ min: -100, max: 99 }), (seed, centre, drift) => {
        fc.pre(centre >= 100)
        const key = hmacKey('SHA1', seed)
        const [code, next] = [hotp(key, centre + drift, 8), hotp(key, centre + drift + 1, 8)]
        const window = around(centre, 100, 100)
        expect(resynchronise(key, 8, code, next, window)).toBe(centre + drift + 1)
      }),
      { numRuns: 30 },
    )
  })

  test('wants the second code right after the first, both within the window', () => {
    const key = scriptedKey({ 10: 111111, 11: 222222, 12: 333333 })
    const find = (code: string, next: string, first: number, last: number) =>
      resynchronise(key, 6, code, next, { first, last })
    expect(find('111111', '222222', 5, 15)).toBe(11)
    expect(find('111111', '222222', 10, 11)).toBe(11)
    expect(find('111111', '222222', 11, 15)).toBeUndefined()
    expect(find('111111', '222222', 5, 10)).toBeUndefined()
    expect(find('111111', '333333', 5, 15)).toBeUndefined()
    expect(find('222222', '111111', 5, 15)).toBeUndefined()
    expect(find('111111', '111111', 5, 15)).toBeUndefined()
    expect(find('111111', '22222', 5, 15)).toBeUndefined()
    expect(find('11111', '222222', 5, 15)).toBeUndefined()
  })

  test('takes the later of two pairs and computes every candidate once', () => {
    const pair = { 3: 1, 4: 2, 7: 1, 8: 2 }
    const key = scriptedKey(pair)
    expect(resynchronise(key, 6, '000001', '000002', { first: 0, last: 9 })).toBe(8)
    expect(key.mac).toHaveBeenCalledTimes(10)
  })
})
