import type { Pool } from 'pg'
import { row } from '../connection.ts'

/** Up to `seq` every event is final once all transactions below `bound` have ended. */
interface Probe {
  readonly seq: number
  readonly bound: number
}

/** So often, and so far apart, a reader looks whether those have ended: a fifth of a second. */
const MOST_LOOKS = 8
const BETWEEN_LOOKS_MS = 25

/**
 * Tells up to which `seq` no event can appear any more. Numbers are drawn before the commit, and
 * transactions commit in any order: what is missing below a visible event may still come.
 *
 * Whoever draws a number has a transaction ID by then (the column's default sees to that,
 * `0011-administration.sql`). So a probe first reads the last number that was drawn, then draws a
 * transaction ID of its own: all who drew a number up to that one have smaller IDs. When the
 * oldest running transaction has a larger one, they have all ended, and a statement that begins
 * later sees what they left.
 *
 * A transaction that runs long holds the horizon back, whichever table or database of the server
 * it writes to. Nothing is locked, and writers pay nothing; each reading uses up a transaction ID.
 * These three statements are all that is not portable: an engine without transaction IDs needs
 * another horizon, behind the same function.
 */
export function eventHorizon(pool: Pool): () => Promise<number> {
  let final = 0
  /** A probe that was not final when its reader gave up: it will be, and newer ones may not. */
  let oldest: Probe | undefined

  return async () => {
    const own = await probe(pool)
    for (let look = 1; ; look += 1) {
      const running = await oldestRunning(pool)
      if (oldest !== undefined && running >= oldest.bound) {
        final = Math.max(final, oldest.seq)
        oldest = undefined
      }
      if (running >= own.bound) {
        final = Math.max(final, own.seq)
        return final
      }
      if (look === MOST_LOOKS) break
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS))
    }
    oldest ??= own
    return final
  }
}

async function probe(pool: Pool): Promise<Probe> {
  const drawn = await row<{ seq: number }>(
    pool,
    'select case when is_called then last_value else last_value - 1 end as seq from event_seq',
    [],
  )
  const own = await row<{ id: number }>(pool, 'select pg_current_xact_id()::text::bigint as id', [])
  if (drawn === undefined || own === undefined) throw new Error('a select without its row')
  return { seq: drawn.seq, bound: own.id }
}

async function oldestRunning(pool: Pool): Promise<number> {
  const text = 'select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as id'
  const found = await row<{ id: number }>(pool, text, [])
  if (found === undefined) throw new Error('a select without its row')
  return found.id
}
