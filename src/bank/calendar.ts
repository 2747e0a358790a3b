/** Japanese days. Japan has one time zone and no summer time: UTC+9 all year. */
const JST_OFFSET_MS = 9 * 60 * 60 * 1000
const DAY_MS = 24 * 60 * 60 * 1000

/** The Japanese day of a moment, `YYYY-MM-DD`. */
export function dayOf(nowMs: number): string {
  return new Date(nowMs + JST_OFFSET_MS).toISOString().slice(0, 10)
}

/** The first moment of the day after the given moment's Japanese day. */
export function nextMidnightMs(nowMs: number): number {
  return Math.floor((nowMs + JST_OFFSET_MS) / DAY_MS + 1) * DAY_MS - JST_OFFSET_MS
}

/** Japanese wall time, `2026年11月22日 10時35分25秒`, as the bank's receipts print it. */
export function wallTime(nowMs: number): string {
  const iso = new Date(nowMs + JST_OFFSET_MS).toISOString()
  const [year, month, day] = iso.slice(0, 10).split('-')
  return `${year}年${month}月${day}日 ${iso.slice(11, 13)}時${iso.slice(14, 16)}分${iso.slice(17, 19)}秒`
}

/** A day as notices write it: `2026年11月22日`. */
export function writtenDay(day: string): string {
  const [year, month, date] = day.split('-')
  return `${year}年${Number(month)}月${Number(date)}日`
}

/** Whether the text is a day that exists, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const atMs = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(text)
}

/** The day so many days later. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** The day so many months later: the last of its month where that has no such day. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const lastDate = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  const atMs = Date.UTC(year, month - 1 + months, Math.min(date, lastDate))
  return new Date(atMs).toISOString().slice(0, 10)
}

/** The whole months from one day to a later one. */
export function monthsBetween(from: string, to: string): number {
  const [year = 0, month = 0] = from.split('-').map(Number)
  const [toYear = 0, toMonth = 0] = to.split('-').map(Number)
  const months = (toYear - year) * 12 + toMonth - month
  return addMonths(from, months) > to ? months - 1 : months
}

/** 0 for Sunday to 6 for Saturday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay()

/** 0:00 of a Japanese day. */
export const startOfDayMs = (day: string): number => Date.parse(`${day}T00:00:00Z`) - JST_OFFSET_MS
