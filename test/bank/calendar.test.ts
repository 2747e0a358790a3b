import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addMonths,
  dayOf,
  monthsBetween,
  nextMidnightMs,
  wallTime,
} from '../../src/bank/calendar.ts'
import { isOpen } from '../../src/bank/token-type.ts'
import { DEMO_TOKEN_TYPES } from '../../src/store/demo/demo-bank.ts'

const at = (text: string) => Date.parse(text)

test.each([
  ['2026-11-24T14:59:59.999Z', '2026-11-24'],
  ['2026-11-24T15:00:00Z', '2026-11-25'],
  ['2024-02-28T15:00:00Z', '2024-02-29'],
  ['2024-02-29T15:00:00Z', '2024-03-01'],
  ['2100-02-28T15:00:00Z', '2100-03-01'],
  ['2026-12-31T15:00:00Z', '2027-01-01'],
  ['2038-01-19T03:14:08Z', '2038-01-19'],
])('%s is %s in Japan', (moment, day) => {
  expect(dayOf(at(moment))).toBe(day)
})

test.each([
  ['2026-11-24T00:00:00+09:00', '2026-11-25T00:00:00+09:00'],
  ['2026-11-24T23:59:59.999+09:00', '2026-11-25T00:00:00+09:00'],
  ['2024-02-28T12:00:00+09:00', '2024-02-29T00:00:00+09:00'],
  ['2026-12-31T23:00:00+09:00', '2027-01-01T00:00:00+09:00'],
])('the midnight after %s is %s', (moment, midnight) => {
  expect(nextMidnightMs(at(moment))).toBe(at(midnight))
})

test('a midnight is the first moment of the next day, whenever one asks', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (nowMs) => {
      const midnight = nextMidnightMs(nowMs)
      expect(midnight - nowMs).toBeGreaterThan(0)
      expect(midnight - nowMs).toBeLessThanOrEqual(24 * 60 * 60 * 1000)
      expect(dayOf(midnight - 1)).toBe(dayOf(nowMs))
      expect(dayOf(midnight) > dayOf(nowMs)).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('wall time as receipts print it', () => {
  expect(wallTime(at('2026-11-22T01:05:09Z'))).toBe('2026年11月22日 10時05分09秒')
})

test.each([
  ['GM', '2017-03-12T23:59:59+09:00', false],
  ['GM', '2017-03-13T00:00:00+09:00', true],
  ['GM', '2026-11-24T10:00:00+09:00', true],
  ['SY', '2017-07-23T23:59:59+09:00', true],
  ['SY', '2017-07-24T00:00:00+09:00', false],
  ['PC', '2018-03-11T23:59:59+09:00', true],
  ['PC', '2018-03-12T00:00:00+09:00', false],
  ['HW', '1999-01-01T00:00:00+09:00', true],
  ['HW', '2099-01-01T00:00:00+09:00', true],
])('registration of %s at %s: %s', (name, moment, open) => {
  const type = DEMO_TOKEN_TYPES.find((known) => known.type === name)
  if (type === undefined) throw new Error('the demonstration has changed')
  expect(isOpen(type, at(moment))).toBe(open)
})

test.each([
  ['2026-11-24', 0, '2026-11-24'],
  ['2026-11-24', 2, '2027-01-24'],
  ['2026-11-30', 3, '2027-02-28'],
  ['2023-12-31', 2, '2024-02-29'],
  ['2026-11-24', 60, '2031-11-24'],
  ['2024-02-29', 12, '2025-02-28'],
])('%s and %i months: %s', (from, months, day) => {
  expect(addMonths(from, months)).toBe(day)
  expect(monthsBetween(from, day)).toBe(months)
})

test('a month is whole on its last day only', () => {
  expect(monthsBetween('2026-11-24', '2026-12-23')).toBe(0)
  expect(monthsBetween('2026-11-24', '2026-12-24')).toBe(1)
  expect(monthsBetween('2021-12-01', '2026-11-24')).toBe(59)
})
