import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ALGORITHMS, hmacKey } from '../../src/oath/hmac-key.ts'
import { counterMessage, hotp } from '../../src/oath/hotp.ts'
import { codeOf, codeValueOf } from '../../src/oath/truncate.ts'
import vectors from '../vectors/rfc4226.json' with { type: 'json' }

const secret = Buffer.from(vectors.secretHex, 'hex')
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

describe('RFC 4226 appendix D', () => {
  test.each(vectors.rows)('count $count gives $code', ({ count, macHex, truncated, code }) => {
    const key = hmacKey('SHA1', secret)
    expect(hex(key.mac(counterMessage(count)))).toBe(macHex)
    expect(codeValueOf(Buffer.from(macHex, 'hex'), 8)).toBe(truncated % 1e8)
    expect(hotp(key, count, 6)).toBe(code)
    expect(hotp(key, BigInt(count), 6)).toBe(code)
    expect(hotp(key, count, 7)).toBe(String(truncated % 1e7).padStart(7, '0'))
  })

  test('a code keeps its leading zeros', () => {
    expect(codeOf(new Uint8Array(20), 6)).toBe('000000')
    expect(codeOf(new Uint8Array(20), 8)).toBe('00000000')
  })

  test('the top bit of the truncated word does not count', () => {
    const mac = new Uint8Array(20).fill(0xff)
    mac[19] = 0
    expect(codeValueOf(mac, 8)).toBe(0x7fffffff % 1e8)
  })
})

describe('the counter as a message', () => {
  test.each([
    [0, '0000000000000000'],
    [2 ** 31, '0000000080000000'],
    [2 ** 32 - 1, '00000000ffffffff'],
    [2 ** 32, '0000000100000000'],
    [2 ** 53 - 1, '001fffffffffffff'],
    [2n ** 53n + 1n, '0020000000000001'],
    [2n ** 64n - 1n, 'ffffffffffffffff'],
  ])('%s', (counter, message) => {
    expect(hex(counterMessage(counter))).toBe(message)
  })

  test.each([-1, 0.5, Number.NaN, Infinity, 2 ** 53, -1n, 2n ** 64n])('%s is none', (counter) => {
    expect(() => counterMessage(counter)).toThrow(RangeError)
  })

  test('a number and the same bigint agree', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (counter) => {
        expect(counterMessage(counter)).toEqual(counterMessage(BigInt(counter)))
      }),
    )
  })
})

describe('HMAC', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    // Around the edges of one and two blocks, where padding goes wrong if it does.
    fc
      .constantFrom(54, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129)
      .chain((length) => fc.uint8Array({ minLength: length, maxLength: length })),
  )

  test.each(ALGORITHMS)('%s equals the runtime for any seed and messages', (algorithm) => {
    fc.assert(
      fc.property(bytes, fc.array(bytes, { minLength: 1, maxLength: 4 }), (seed, messages) => {
        const key = hmacKey(algorithm, seed)
        const kept = Uint8Array.from(seed)
        const macs = messages.map((message) => key.mac(message))
        const expected = messages.map((message) =>
          createHmac(algorithm, kept).update(message).digest('hex'),
        )
        expect(macs.map(hex)).toEqual(expected)
        expect(seed).toEqual(kept)
      }),
      { numRuns: 400 },
    )
  })

  test.each(ALGORITHMS)('%s equals the runtime over a long message', (algorithm) => {
    const seed = new Uint8Array(32).fill(9)
    const message = Uint8Array.from({ length: 1_000_003 }, (_, place) => place * 31)
    const expected = createHmac(algorithm, seed).update(message).digest('hex')
    expect(hex(hmacKey(algorithm, seed).mac(message))).toBe(expected)
  })

  test('a key does not print its seed', () => {
    const seed = new Uint8Array(20).fill(0xab)
    expect(JSON.stringify(hmacKey('SHA1', seed))).toBe('{"algorithm":"SHA1"}')
  })
})
