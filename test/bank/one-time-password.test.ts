/** Judging a code: the window, the drift of the token's clock, and clocks that jump. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Thresholds } from '../../src/bank/contract.ts'
import { judgeCode } from '../../src/bank/one-time-password.ts'
import type { Token } from '../../src/bank/token.ts'
import { codeOfFactor } from './held-token.ts'
import { DAY_MS, MORNING_MS } from './test-bank.ts'

const SEED = { seed: new Uint8Array(32).map((_, place) => place * 7) }
const LIMITS: Thresholds = { password: 6, confirmation: 6, code: 10, seedGuesses: 100 }
const STEP_MS = 30_000
const NOON_MS = Math.ceil(MORNING_MS / STEP_MS) * STEP_MS

const TOKEN: Token = {
  issuer: '0000',
  serial: 'GM90000000',
  type: 'GM',
  kind: 'totp',
  algorithm: 'SHA256',
  digits: 6,
  periodSeconds: 30,
  state: 'active',
  seed: { sealed: new Uint8Array(), keyVersion: 1 },
  lastAccepted: -1,
  driftSteps: 0,
  failures: 0,
  guesses: 0,
}

/** A token with a clock of its own, and the bank's record of it, without a database. */
function pair(token: Partial<Token> = {}) {
  let record: Token = { ...TOKEN, ...token }
  return {
    get record() {
      return record
    },
    /** Submits the code of a step at a moment, and writes what an acceptance writes. */
    async submit(step: number, nowMs: number): Promise<string> {
      const vault = { openSeed: async () => SEED.seed } as never
      const clock = { now: () => nowMs }
      const judged = await judgeCode({ vault, clock }, record, codeOfFactor(SEED, step), LIMITS)
      if (!judged.ok) return judged.refusal
      if (judged.value.verdict === 'fresh') {
        record = {
          ...record,
          lastAccepted: judged.value.step,
          driftSteps: judged.value.driftSteps,
        }
      }
      return judged.value.verdict
    },
  }
}
const stepAt = (nowMs: number) => Math.floor(nowMs / STEP_MS)

describe('the window', () => {
  test.each([
    [-3, 'wrong'],
    [-2, 'wrong'],
    [-1, 'fresh'],
    [0, 'fresh'],
    [1, 'fresh'],
    [2, 'wrong'],
    [3, 'wrong'],
  ])('a code %i steps from now is %s', async (offset, verdict) => {
    expect(await pair().submit(stepAt(NOON_MS) + offset, NOON_MS)).toBe(verdict)
  })

  test('moves with the drift of the token', async () => {
    for (const driftSteps of [-40, 40]) {
      const now = stepAt(NOON_MS)
      expect(await pair({ driftSteps }).submit(now, NOON_MS)).toBe('wrong')
      for (const offset of [-1, 0, 1]) {
        const token = pair({ driftSteps })
        expect(await token.submit(now + driftSteps + offset, NOON_MS)).toBe('fresh')
      }
    }
  })
})

describe('the drift', () => {
  test('a slow clock is followed, step by step', async () => {
    const token = pair()
    for (let day = 0; day < 60; day += 1) {
      const slowMs = day * 4_000
      // Typed late in the step, as half of all codes are.
      const nowMs = NOON_MS + day * DAY_MS + 25_000
      expect([day, await token.submit(stepAt(nowMs - slowMs), nowMs)]).toEqual([day, 'fresh'])
    }
    expect(token.record.driftSteps).toBeLessThanOrEqual(-7)
  })

  test('a fast clock is followed', async () => {
    const token = pair()
    for (let day = 0; day < 60; day += 1) {
      const nowMs = NOON_MS + day * DAY_MS + 15_000
      expect([day, await token.submit(stepAt(nowMs + day * 4_000), nowMs)]).toEqual([day, 'fresh'])
    }
    expect(token.record.driftSteps).toBeGreaterThanOrEqual(7)
  })

  test('an exact token whose codes are typed up to 40 s late is never refused for its drift', async () => {
    const use = fc.record({
      waitMs: fc.integer({ min: 60_000, max: 3 * DAY_MS }),
      lateMs: fc.integer({ min: 0, max: 40_000 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(use, { minLength: 1, maxLength: 30 }), async (uses) => {
        const token = pair()
        let shownMs = NOON_MS
        for (const { waitMs, lateMs } of uses) {
          shownMs += waitMs
          const nowMs = shownMs + lateMs
          const age = stepAt(nowMs) - stepAt(shownMs)
          const verdict = await token.submit(stepAt(shownMs), nowMs)
          // Two steps old is too old for a token without drift; anything younger always goes.
          if (age <= 1) expect(verdict).toBe('fresh')
        }
      }),
      { numRuns: 150 },
    )
  })
})

describe('a clock that jumps', () => {
  test('a day back: nothing is accepted again, and codes go on once the time has passed', async () => {
    const token = pair()
    const now = stepAt(NOON_MS)
    expect(await token.submit(now, NOON_MS)).toBe('fresh')
    for (const offset of [-1, 0, 1]) {
      const back = NOON_MS - DAY_MS
      expect(await token.submit(stepAt(back) + offset, back)).toBe('used')
    }
    expect(await token.submit(now, NOON_MS)).toBe('used')
    expect(await token.submit(now + 1, NOON_MS + STEP_MS)).toBe('fresh')
  })

  test('whatever the clock does, no step is accepted twice', async () => {
    const jump = fc.record({
      byMs: fc.integer({ min: -DAY_MS, max: DAY_MS }),
      offset: fc.integer({ min: -2, max: 2 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(jump, { minLength: 1, maxLength: 40 }), async (jumps) => {
        const token = pair()
        const accepted = new Set<number>()
        let nowMs = NOON_MS
        for (const { byMs, offset } of jumps) {
          nowMs += byMs
          const step = stepAt(nowMs) + offset
          if ((await token.submit(step, nowMs)) !== 'fresh') continue
          expect(accepted.has(step)).toBe(false)
          accepted.add(step)
        }
      }),
      { numRuns: 100 },
    )
  })

  test.each([
    ['2^31 seconds in 2038', 2 ** 31 * 1000],
    ['2^32 seconds in 2106', 2 ** 32 * 1000],
  ])('over %s codes go on', async (_, edgeMs) => {
    const token = pair()
    for (let nowMs = edgeMs - 90_000; nowMs <= edgeMs + 90_000; nowMs += STEP_MS) {
      expect(await token.submit(stepAt(nowMs), nowMs)).toBe('fresh')
      expect(await token.submit(stepAt(nowMs), nowMs)).toBe('used')
    }
  })

  test('before 1970 nothing breaks', async () => {
    expect(await pair().submit(0, -DAY_MS)).toBe('wrong')
    expect(await pair().submit(0, 0)).toBe('fresh')
  })
})
