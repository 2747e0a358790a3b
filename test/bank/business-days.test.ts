import { describe, expect, test } from 'vitest'
import {
  dueDayOf,
  isBusinessDay,
  nextBusinessDay,
  reservationsRunAtMs,
  scheduleOf,
} from '../../src/bank/business-days.ts'
import { addDays, isDay, startOfDayMs, weekdayOf, writtenDay } from '../../src/bank/calendar.ts'
import { publicHolidays } from '../../src/store/holidays.ts'

const at = (time: string) => Date.parse(`${time}+09:00`)

describe('business days', () => {
  test.each([
    ['2026-11-24', true, 'a Tuesday'],
    ['2026-11-23', false, '勤労感謝の日, a Monday'],
    ['2026-11-21', false, 'a Saturday'],
    ['2026-11-22', false, 'a Sunday'],
    ['2026-05-06', false, 'a substitute holiday, a Wednesday'],
    ['2026-12-30', true, 'the last business day of the year'],
    ['2026-12-31', false, 'a Thursday'],
    ['2027-01-01', false, '元日'],
    ['2025-01-02', false, 'a Thursday'],
    ['2025-01-03', false, 'a Friday'],
    ['2027-01-04', true, 'a Monday'],
  ])('%s: %s, %s', (day, is) => expect(isBusinessDay(day, publicHolidays)).toBe(is))

  test.each([
    ['2026-11-20', '2026-11-24'],
    ['2026-11-24', '2026-11-25'],
    ['2026-12-30', '2027-01-04'],
    ['2026-05-01', '2026-05-07'],
  ])('after %s comes %s', (day, next) => expect(nextBusinessDay(day, publicHolidays)).toBe(next))

  test('no inherited name is a holiday', () => {
    expect(publicHolidays.isPublicHoliday('constructor')).toBe(false)
  })
})

describe('when a transfer leaves and arrives', () => {
  const schedule = (day: string, toOwnBank: boolean, now: string) =>
    scheduleOf(day, toOwnBank, at(now), publicHolidays)

  test.each([
    ['own bank, a holiday at night', '2026-11-23', true, '2026-11-23T23:59:59', '2026-11-23'],
    ['another bank before 15:00', '2026-11-24', false, '2026-11-24T14:59:59', '2026-11-24'],
    ['another bank at 15:00', '2026-11-24', false, '2026-11-24T15:00:00', '2026-11-25'],
    ['another bank on a Saturday', '2026-11-21', false, '2026-11-21T09:00:00', '2026-11-24'],
    ['another bank at the end of the year', '2026-12-30', false, '2026-12-30T15:00', '2027-01-04'],
  ])('today, %s', (_, day, own, now, bookingDay) => {
    expect(schedule(day, own, now)).toEqual({ day, bookingDay, status: 'executed' })
  })

  test.each([
    ['another bank, however late it is today', '2026-11-25', false, '2026-11-25'],
    ['another bank, for a Saturday', '2026-11-28', false, '2026-11-30'],
    ['own bank, for a Saturday', '2026-11-28', true, '2026-11-28'],
    ['the thirtieth day', '2026-12-24', false, '2026-12-24'],
  ])('a reservation, %s', (_, day, own, bookingDay) => {
    const found = schedule(day, own, '2026-11-24T18:00')
    expect(found).toEqual({ day, bookingDay, status: 'reserved' })
  })

  test.each(['2026-11-23', '2026-12-25', '2026-11-31', '2026-1-1', '', 'morgen', '9999-99-99'])(
    '%j is not taken',
    (day) => expect(schedule(day, true, '2026-11-24T10:00')).toBeUndefined(),
  )
})

test('reservations are due from 8:00 on their day', () => {
  expect(dueDayOf(at('2026-11-24T07:59:59'))).toBe('2026-11-23')
  expect(dueDayOf(at('2026-11-24T08:00:00'))).toBe('2026-11-24')
  expect(reservationsRunAtMs('2026-11-24')).toBe(at('2026-11-24T08:00:00'))
})

test('days are counted over the ends of months and years, and written', () => {
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  expect(weekdayOf('2026-11-22')).toBe(0)
  expect(startOfDayMs('2026-11-24')).toBe(at('2026-11-24T00:00:00'))
  expect(isDay('2026-02-29')).toBe(false)
  expect(isDay('2028-02-29')).toBe(true)
  expect(writtenDay('2026-01-04')).toBe('2026年1月4日')
})
