import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Algorithm, hmacKey } from '../../src/oath/hmac-key.ts'
import { secondsLeft, timeStep, totp } from '../../src/oath/totp.ts'
import vectors from '../vectors/rfc6238.json' with { type: 'json' }

const LAST_DATE_MS = 8.64e15

describe('RFC 6238 appendix B', () => {
  test.each(vectors.rows)('$algorithm at $timeSeconds gives $code', (row) => {
    const algorithm = row.algorithm as Algorithm
    const key = hmacKey(algorithm, Buffer.from(vectors.seedsHex[algorithm], 'hex'))
    const nowMs = row.timeSeconds * 1000
    expect(timeStep(nowMs, 30)).toBe(Number.parseInt(row.stepHex, 16))
    expect(totp(key, nowMs, 8, 30)).toBe(row.code)
    expect(totp(key, nowMs, 6, 30)).toBe(row.code.slice(2))
    expect(totp(key, nowMs + 1_000_000, 8, 30, 1000)).toBe(row.code)
  })

  test('holds three algorithms at six times', () => {
    expect(vectors.rows).toHaveLength(18)
  })
})

describe('time steps', () => {
  test.each([
    [0, 30, 0, 0, 30],
    [1, 30, 0, 0, 30],
    [1000, 30, 0, 0, 29],
    [29_999, 30, 0, 0, 1],
    [30_000, 30, 0, 1, 30],
    [59_000, 60, 0, 0, 1],
    [2 ** 31 * 1000, 30, 0, 71_582_788, 22],
    [10_000, 30, 10, 0, 30],
    [9_000, 30, 10, -1, 1],
  ])('at %i ms, period %i s, T0 %i s: step %i with %i s left', (nowMs, period, t0, step, left) => {
    expect(timeStep(nowMs, period, t0)).toBe(step)
    expect(secondsLeft(nowMs, period, t0)).toBe(left)
  })

  test('are exact for any date and period', () => {
    const dates = fc.integer({ min: -LAST_DATE_MS, max: LAST_DATE_MS })
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 86_400 }), (nowMs, periodSeconds) => {
        const periodMs = BigInt(periodSeconds) * 1000n
        const elapsedMs = ((BigInt(nowMs) % periodMs) + periodMs) % periodMs
        const step = (BigInt(nowMs) - elapsedMs) / periodMs
        expect(BigInt(timeStep(nowMs, periodSeconds))).toBe(step)
        const leftMs = Number(periodMs - elapsedMs)
        expect(secondsLeft(nowMs, periodSeconds)).toBe(Math.ceil(leftMs / 1000))
      }),
    )
  })

  test('a clock before T0 has no code', () => {
    const key = hmacKey('SHA1', new Uint8Array(20))
    expect(() => totp(key, -1, 6, 30)).toThrow(RangeError)
  })
})
