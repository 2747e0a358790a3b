import { addDays } from '../../../bank/calendar.ts'
import type { EventCount, Period } from '../../../bank/office/figures.ts'

export const PERIODS = ['today', '7', '30', '90'] as const
export type PeriodName = (typeof PERIODS)[number]

export const periodNamed = (text: string | undefined): PeriodName =>
  PERIODS.find((known) => known === text) ?? '7'

/** What one bar stands for: few enough bars to be looked at, and rows to be read. */
export const BUCKET_OF = { today: 'hour', '7': 'day', '30': 'day', '90': 'week' } as const
export type BucketKind = (typeof BUCKET_OF)[PeriodName]

/** The period that ends today. */
export function periodOf(name: PeriodName, today: string): Period {
  const days = { today: 1, '7': 7, '30': 30, '90': 91 }[name]
  return { from: addDays(today, 1 - days), to: today }
}

export interface Bucket {
  /** `09` for an hour, `11/24` for a day or the first day of a week. */
  readonly label: string
  readonly counts: readonly EventCount[]
}

const DAYS_IN = { day: 1, week: 7 } as const

/** The counts of a period, bar by bar, those without any too. */
export function bucketsOf(
  name: PeriodName,
  period: Period,
  counts: readonly EventCount[],
): readonly Bucket[] {
  const kind = BUCKET_OF[name]
  if (kind === 'hour') {
    return Array.from({ length: 24 }, (_, hour) => {
      const label = String(hour).padStart(2, '0')
      return { label, counts: counts.filter(({ at }) => at === label) }
    })
  }
  const buckets: Bucket[] = []
  for (let day = period.from; day <= period.to; day = addDays(day, DAYS_IN[kind])) {
    const end = addDays(day, DAYS_IN[kind])
    const within = counts.filter(({ at }) => at >= day && at < end)
    buckets.push({ label: shortDay(day), counts: within })
  }
  return buckets
}

const shortDay = (day: string) => `${Number(day.slice(5, 7))}/${Number(day.slice(8, 10))}`
