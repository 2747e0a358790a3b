import type { Pool } from 'pg'
import { dayOf } from '../../bank/calendar.ts'
import { LOCK_MEASURES, NO_TOKEN_MEASURE, TOKEN_MEASURE } from '../../bank/office/figures.ts'
import type { Clock } from '../../bank/ports.ts'
import { changes } from '../connection.ts'

const EVERY_MS = 10 * 60 * 1000

/**
 * Notes how many customers have which token, and how many are held by what, for the banks whose
 * turn it is: ten minutes after the last time. The first process that comes takes the turn, by one
 * statement with what it finds. True if anything was noted.
 */
export async function noteStanding(pool: Pool, clock: Clock): Promise<boolean> {
  const nowMs = clock.now()
  const times = [new Date(nowMs), new Date(nowMs - EVERY_MS), dayOf(nowMs)]
  return (await changes(pool, NOTE, [...times, [NO_TOKEN_MEASURE, ...LOCK_MEASURES]])) > 0
}

/** A clock that was moved back in a demonstration holds nobody up. */
const NOTE = `
  with due as (
    update figures_progress p set standing_at = $1
     where p.bank_code in (
             select bank_code from figures_progress
              where standing_at is null or standing_at <= $2 or standing_at > $1
                for update skip locked)
     returning p.bank_code
  ), customer as (
    select c.bank_code, c.frozen,
           case when t.type is null then '${NO_TOKEN_MEASURE}'
                else '${TOKEN_MEASURE}' || t.type end as token,
           t.state = 'suspended' as suspended,
           t.failures >= (b.thresholds ->> 'code')::int
             or t.guesses >= (b.thresholds ->> 'seedGuesses')::int as code,
           c.confirmation_failures >= (b.thresholds ->> 'confirmation')::int as confirmation,
           l.failures >= (b.thresholds ->> 'password')::int as password
      from due
      join bank b on b.bank_code = due.bank_code
      join contract c on c.bank_code = due.bank_code
      left join token t on t.issuer = c.token_issuer and t.serial = c.token_serial
      left join login_counter l on l.bank_code = c.bank_code and l.contract_id = c.contract_id
  ), found as (
    select bank_code, token as measure, count(*) as customers from customer group by 1, 2
    union all
    select c.bank_code, held.measure, count(*) filter (where held.is_held)
      from customer c
     cross join lateral (values ('frozen', c.frozen), ('suspended', c.suspended),
                                ('locked-code', c.code), ('locked-password', c.password),
                                ('locked-confirmation', c.confirmation)) held (measure, is_held)
     group by 1, 2
  ), measured as (
    select bank_code, '${TOKEN_MEASURE}' || type as measure from token_type
    union all
    select bank_code, measure from due cross join unnest($4::text[]) as measure
  )
  insert into standing_day as known (bank_code, day, measure, customers)
  select bank_code, $3, measure, coalesce(found.customers, 0)
    from due join measured using (bank_code) left join found using (bank_code, measure)
  on conflict (bank_code, day, measure) do update set customers = excluded.customers`
