/**
 * The business days of Japanese banks, and when the payee's bank books a transfer. Days are
 * Japanese days `YYYY-MM-DD`; nothing here reads a clock.
 */
import { addDays, dayOf, isDay, startOfDayMs, weekdayOf } from './calendar.ts'

/** Public holidays change by law from year to year: they are data, handed in. */
export interface Holidays {
  isPublicHoliday(day: string): boolean
}

/** Other banks book what reaches them until 15:00 on the same business day. */
const BOOKING_ENDS_MS = 15 * 60 * 60 * 1000
/** Reservations run from 8:00 on their day. */
const RESERVATIONS_START_MS = 8 * 60 * 60 * 1000
/** So many calendar days ahead a reservation is taken. */
export const MOST_DAYS_AHEAD = 30

/** Banks are closed on Saturdays, Sundays, public holidays and from 12/31 to 1/3 (銀行法施行令 第5条). */
export function isBusinessDay(day: string, holidays: Holidays): boolean {
  const weekday = weekdayOf(day)
  if (weekday === 0 || weekday === 6) return false
  if (['12-31', '01-01', '01-02', '01-03'].includes(day.slice(5))) return false
  return !holidays.isPublicHoliday(day)
}

/** The first business day after the given day. */
export function nextBusinessDay(day: string, holidays: Holidays): string {
  let next = addDays(day, 1)
  while (!isBusinessDay(next, holidays)) next = addDays(next, 1)
  return next
}

export interface Schedule {
  /** When the money leaves the account. */
  readonly day: string
  /** When the payee's bank books it. */
  readonly bookingDay: string
  readonly status: 'executed' | 'reserved'
}

/**
 * When a transfer of that day leaves and arrives. Any calendar day from today to 30 days ahead is
 * taken; a later day than today is a reservation. The own bank books at once on any day; another
 * bank on a business day before 15:00, else on its next business day.
 *
 * Undefined when that day is not taken.
 */
export function scheduleOf(
  day: string,
  toOwnBank: boolean,
  nowMs: number,
  holidays: Holidays,
): Schedule | undefined {
  const today = dayOf(nowMs)
  if (!isDay(day) || day < today || day > addDays(today, MOST_DAYS_AHEAD)) return undefined
  const status = day === today ? 'executed' : 'reserved'
  const late = day === today && nowMs >= startOfDayMs(day) + BOOKING_ENDS_MS
  const sameDay = toOwnBank || (isBusinessDay(day, holidays) && !late)
  return { day, bookingDay: sameDay ? day : nextBusinessDay(day, holidays), status }
}

/** The latest day whose reservations are due at that moment. */
export const dueDayOf = (nowMs: number): string => dayOf(nowMs - RESERVATIONS_START_MS)

/** When the reservations of a day begin to run. */
export const reservationsRunAtMs = (day: string): number =>
  startOfDayMs(day) + RESERVATIONS_START_MS
