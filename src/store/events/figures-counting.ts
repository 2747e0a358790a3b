import type { Pool, PoolClient } from 'pg'
import type { Logger } from 'pino'
import { CODE_KINDS } from '../../bank/office/figures.ts'
import type { Clock } from '../../bank/ports.ts'
import { changes, connect, row, rows, run } from '../connection.ts'
import { type Repeated, repeat } from '../repeat.ts'
import { noteStanding } from './standing.ts'

const EVERY_MS = 5_000
/** So many events are counted in one transaction; what is left follows at once. */
const MOST_AT_ONCE = 20_000

const HOUR_MS = 60 * 60 * 1000
const KEPT = { hoursMs: 3 * 24 * HOUR_MS, minutesMs: 3 * HOUR_MS }

interface ProgressRow {
  counted_seq: number
  mark_seq: number | null
  /** Whether every transaction that wrote when the mark was set has ended. */
  ended: boolean
}

/**
 * The transactions that append events, seen by the lock that each holds on the table from before it
 * draws a number until its end is visible to all. Nobody waits for these locks here: they are only
 * looked at.
 */
const WRITERS = `pg_locks w
  where w.locktype = 'relation' and w.relation = 'event'::regclass and w.mode = 'RowExclusiveLock'
    and w.database = (select oid from pg_database where datname = current_database())`

/** The banks with events that are not counted; one look into the index for each. */
const BANKS_WITH_NEWS = `
  select b.bank_code from bank b left join figures_progress p on p.bank_code = b.bank_code
   where p.bank_code is null or exists (
     select from event e where e.bank_code = b.bank_code and e.seq > p.counted_seq)
   order by b.bank_code`

/** Counts events into the figures, each once. True when there is more to be counted at once. */
export async function countFigures(pool: Pool, clock: Clock): Promise<boolean> {
  let more = false
  for (const { bank_code } of await rows<{ bank_code: string }>(pool, BANKS_WITH_NEWS, [])) {
    await changes(
      pool,
      'insert into figures_progress (bank_code) values ($1) on conflict do nothing',
      [bank_code],
    )
    more = (await inTransaction(pool, (client) => countBank(client, bank_code, clock))) || more
  }
  return more
}

/**
 * Counts the next events of one bank. Whoever finds its row locked leaves it to the other process.
 *
 * Numbers of events are drawn before they are committed, so that a lower one may turn up after a
 * higher one. So what is counted ends at a mark: the highest number that was seen, once every
 * transaction that was writing at that moment has ended. All that can turn up below it is there by
 * then, and the place up to which is counted moves in the transaction that counts.
 */
async function countBank(client: PoolClient, bankCode: string, clock: Clock): Promise<boolean> {
  const progress = await row<ProgressRow>(
    client,
    `select counted_seq, mark_seq,
            not exists (
              select from ${WRITERS} and w.virtualtransaction = any (mark_writers)) as ended
       from figures_progress where bank_code = $1 for update skip locked`,
    [bankCode],
  )
  if (progress === undefined) return false
  const mark = await markOf(client, bankCode, progress)
  if (mark === undefined) return false
  const upTo = await chunkEnd(client, bankCode, progress.counted_seq, mark)
  const values = [bankCode, progress.counted_seq, upTo]
  await changes(client, COUNT, [...values, CODE_KINDS])
  await changes(
    client,
    `update figures_progress
        set counted_seq = $2, counted_at = $3,
            mark_seq = case when mark_seq <= $2 then null else mark_seq end,
            mark_writers = case when mark_seq <= $2 then null else mark_writers end
      where bank_code = $1`,
    [bankCode, upTo, new Date(clock.now())],
  )
  return upTo < mark
}

/** The number up to which every event is there; undefined while some may still turn up. */
async function markOf(client: PoolClient, bankCode: string, progress: ProgressRow) {
  if (progress.mark_seq !== null) return progress.ended ? progress.mark_seq : undefined
  const top = await row<{ seq: number }>(
    client,
    'select seq from event where bank_code = $1 order by seq desc limit 1',
    [bankCode],
  )
  if (top === undefined || top.seq <= progress.counted_seq) return undefined
  // Asked after the highest number was read: who had drawn a lower one by then is still among them.
  const marked = await row<{ mark_writers: string[] }>(
    client,
    `update figures_progress
        set mark_seq = $2, mark_writers = array(select w.virtualtransaction from ${WRITERS})
      where bank_code = $1 returning mark_writers`,
    [bankCode, top.seq],
  )
  return marked?.mark_writers.length === 0 ? top.seq : undefined
}

async function chunkEnd(client: PoolClient, bankCode: string, after: number, mark: number) {
  const last = await row<{ seq: number }>(
    client,
    `select seq from event where bank_code = $1 and seq > $2 and seq <= $3
      order by seq offset ${MOST_AT_ONCE - 1} limit 1`,
    [bankCode, after, mark],
  )
  return last?.seq ?? mark
}

/** The events of one bank ($1) after one number ($2) up to another ($3), by day, hour and minute. */
const COUNT = `
  with taken as materialized (
    select seq, kind, outcome, actor_kind, (at at time zone 'Asia/Tokyo')::date as day,
           date_trunc('hour', at) as hour, date_trunc('minute', at) as minute,
           outcome = 'done' and serial is not null and actor_kind in ('customer', 'api')
             and kind = any ($4) as is_code
      from event where bank_code = $1 and seq > $2 and seq <= $3
  ), by_day as (
    insert into event_day as known (bank_code, day, kind, outcome, actor_kind, events,
                                    first_seq, last_seq)
    select $1, day, kind, outcome, actor_kind, count(*), min(seq), max(seq)
      from taken group by 2, 3, 4, 5
    on conflict (bank_code, day, kind, outcome, actor_kind) do update
       set events = known.events + excluded.events,
           first_seq = least(known.first_seq, excluded.first_seq),
           last_seq = greatest(known.last_seq, excluded.last_seq)
  ), by_hour as (
    insert into event_hour as known (bank_code, hour, kind, outcome, actor_kind, events)
    select $1, hour, kind, outcome, actor_kind, count(*) from taken group by 2, 3, 4, 5
    on conflict (bank_code, hour, kind, outcome, actor_kind) do update
       set events = known.events + excluded.events
  )
  insert into code_minute as known (bank_code, minute, codes)
  select $1, minute, count(*) from taken where is_code group by 2
  on conflict (bank_code, minute) do update set codes = known.codes + excluded.codes`

async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await connect(pool)
  let broken: Error | undefined
  try {
    await run(client, 'begin')
    const result = await work(client)
    await run(client, 'commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((failed) => {
      broken = failed
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** What is only kept for a while. */
async function sweep(pool: Pool, nowMs: number): Promise<void> {
  const hours = new Date(nowMs - KEPT.hoursMs)
  const minutes = new Date(nowMs - KEPT.minutesMs)
  await changes(pool, 'delete from event_hour where hour < $1', [hours])
  await changes(pool, 'delete from code_minute where minute < $1', [minutes])
}

/** Counts every few seconds until it is stopped, in every process: they take turns. */
export function startCounting(pool: Pool, clock: Clock, logger: Logger): Repeated {
  return repeat({
    everyMs: EVERY_MS,
    async step(isStopped) {
      while ((await countFigures(pool, clock)) && !isStopped());
      if (await noteStanding(pool, clock)) await sweep(pool, clock.now())
    },
    failed: (error) =>
      logger.warn({ err: error }, 'the figures could not be counted and are tried again'),
  })
}
