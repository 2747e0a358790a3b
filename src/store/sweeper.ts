import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Clock } from '../bank/ports.ts'
import { changes } from './connection.ts'

const EVERY_MS = 60_000
const DAY_MS = 24 * 60 * 60 * 1000

/** What ends by itself: statement and how long after its time a row is kept. */
const SWEEPS: readonly (readonly [text: string, keptMs: number])[] = [
  [`delete from draft where expires_at < $1`, DAY_MS],
  [`delete from session where started_at < $1`, DAY_MS],
  [`delete from staff_session where started_at < $1`, DAY_MS],
  [`delete from import_progress where noted_at < $1`, DAY_MS],
  [`delete from customer_viewing where noted_at < $1`, DAY_MS],
  [`delete from idempotent_call where created_at < $1`, DAY_MS],
  [`delete from wrong_look_up where day < $1`, 2 * DAY_MS],
  // IDs that nobody has, which someone typed: kept long enough to lock like known ones. Those of
  // staff begin with @.
  [
    `delete from login_counter l where changed_at < $1 and not exists (
       select from contract c where c.bank_code = l.bank_code and c.contract_id = l.contract_id)
     and not exists (
       select from staff s where s.bank_code = l.bank_code and '@' || s.staff_id = l.contract_id)`,
    30 * DAY_MS,
  ],
  [`delete from token where state = 'agreed' and expires_at < $1`, 0],
  [
    `update token set state = 'expired', expires_at = null
     where state = 'provisioned' and expires_at < $1`,
    0,
  ],
]

/**
 * Removes what has ended: drafts, sessions, old answers, unconfirmed and unregistered credentials.
 */
export function startSweeper(pool: Pool, clock: Clock, logger: Logger): { stop(): void } {
  const sweep = async () => {
    try {
      for (const [text, keptMs] of SWEEPS) {
        await changes(pool, text, [new Date(clock.now() - keptMs)])
      }
    } catch (error) {
      logger.warn({ err: error }, 'sweeping failed and is tried again')
    }
  }
  const timer = setInterval(sweep, EVERY_MS)
  return { stop: () => clearInterval(timer) }
}
