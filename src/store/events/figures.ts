import type { EventCount, Figures, Standing } from '../../bank/office/figures.ts'
import { type Runner, row, rows } from '../connection.ts'
import { type EventRow, RECORDED_COLUMNS, recordedEventOf } from './recorded-events.ts'

/** The figures as they were counted (`figures-counting.ts`): no look into the events themselves. */
export function figuresOn(on: Runner): Figures {
  return {
    byDay: (bankCode, { from, to }) =>
      rows<EventCount>(
        on,
        `select day::text as at, kind, outcome, actor_kind as "actorKind", events from event_day
          where bank_code = $1 and day between $2 and $3
          order by day, kind, outcome, actor_kind`,
        [bankCode, from, to],
      ),

    byHour: (bankCode, day) =>
      rows<EventCount>(
        on,
        `select to_char(hour at time zone 'Asia/Tokyo', 'HH24') as at, kind, outcome,
                actor_kind as "actorKind", events
           from event_hour
          where bank_code = $1 and hour >= $2::date::timestamp at time zone 'Asia/Tokyo'
            and hour < ($2::date + 1)::timestamp at time zone 'Asia/Tokyo'
          order by hour, kind, outcome, actor_kind`,
        [bankCode, day],
      ),

    async codesByMinute(bankCode, fromMs) {
      const found = await rows<{ minute: Date; codes: number }>(
        on,
        `select minute, codes from code_minute
          where bank_code = $1 and minute >= $2 order by minute`,
        [bankCode, new Date(fromMs)],
      )
      return found.map(({ minute, codes }) => ({ atMs: minute.getTime(), codes }))
    },

    async standing(bankCode) {
      const text = `select day, measure, customers from standing_day
                     where bank_code = $1 and day = (
                       select max(day) from standing_day where bank_code = $1)`
      return standingsOf(await rows<StandingRow>(on, text, [bankCode]))[0]
    },

    async standings(bankCode, { from, to }) {
      const text = `select day, measure, customers from standing_day
                     where bank_code = $1 and day between $2 and $3 order by day, measure`
      return standingsOf(await rows<StandingRow>(on, text, [bankCode, from, to]))
    },

    async countedAtMs(bankCode, nowMs) {
      const found = await row<{ counted_at: Date | null; waits: boolean }>(
        on,
        `select p.counted_at, exists (
           select from event e where e.bank_code = p.bank_code and e.seq > p.counted_seq) as waits
           from figures_progress p where p.bank_code = $1`,
        [bankCode],
      )
      if (found === undefined || found.counted_at === null) return undefined
      return found.waits ? found.counted_at.getTime() : nowMs
    },

    async range(bankCode, { from, to }) {
      const found = await row<{ first: number | null; last: number | null }>(
        on,
        `select min(first_seq) as first, max(last_seq) as last from event_day
          where bank_code = $1 and day between $2 and $3`,
        [bankCode, from, to],
      )
      if (found === undefined || found.first === null || found.last === null) return undefined
      return { after: found.first - 1, upTo: found.last }
    },

    async events(bankCode, { from, to }, { after, upTo }, most) {
      const found = await rows<EventRow>(
        on,
        `select ${RECORDED_COLUMNS} from event
          where bank_code = $1 and seq > $4 and seq <= $5
            and at >= $2::date::timestamp at time zone 'Asia/Tokyo'
            and at < ($3::date + 1)::timestamp at time zone 'Asia/Tokyo'
          order by seq limit $6`,
        [bankCode, from, to, after, upTo, most],
      )
      return found.map(recordedEventOf)
    },
  }
}

interface StandingRow {
  day: string
  measure: string
  customers: number
}

function standingsOf(found: readonly StandingRow[]): Standing[] {
  const byDay = new Map<string, Record<string, number>>()
  for (const { day, measure, customers } of found) {
    const measures = byDay.get(day) ?? {}
    measures[measure] = customers
    byDay.set(day, measures)
  }
  return [...byDay].map(([day, customers]) => ({ day, customers }))
}
