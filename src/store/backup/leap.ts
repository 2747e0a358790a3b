import type pg from 'pg'
import { STAFF_TOKEN_TYPE } from '../../bank/office/staff.ts'
import { CENTRE } from '../../bank/token.ts'
import { type BackupSequence, quoted } from './catalogue.ts'

/** The time between snapshot and restore, of which nothing is known. */
export interface LostTime {
  readonly takenMs: number
  readonly nowMs: number
}

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * More numbers than any installation draws: one for each millisecond of the lost time, and a
 * million for clocks that differ.
 */
const NUMBERS_AT_LEAST = 1_000_000

/**
 * Puts every sequence so far ahead that no receipt number or number of an event is given out twice,
 * though customers and other systems may hold some of which this database knows nothing.
 */
export async function leapOver(
  client: pg.Client,
  sequences: readonly BackupSequence[],
  { takenMs, nowMs }: LostTime,
): Promise<void> {
  const leap = NUMBERS_AT_LEAST + Math.max(0, Math.round(nowMs - takenMs))
  for (const { sequence, next } of sequences) {
    await client.query('select setval($1::regclass, $2, false)', [quoted(sequence), next + leap])
  }
}

/** From when on codes are accepted again, ISO 8601 in UTC. */
export interface CodesDead {
  readonly softTokensUntil: string
  readonly hardTokensUntil: string
  /** So many codes of an event-based token are passed over. */
  readonly eventCodes: number
}

/**
 * How far ahead of the bank's clock the last accepted step may be, beside the drift that the
 * snapshot knows: one step of the acceptance window, and one that the drift has walked since.
 */
const SOFT_STEPS_AHEAD = 2
/** A customer's hardware token may have been resynchronised since: half an hour (`otp-resync.ts`). */
const HARD_STEPS_AHEAD = SOFT_STEPS_AHEAD + 60
const PERIOD_MS = 30_000

/** More than anyone presses in a day. */
const EVENT_CODES_A_DAY = 100

/** The states in which a code may have been accepted since. */
const USED = `('provisioned', 'shipped', 'active', 'suspended')`

/**
 * A code that was accepted after the snapshot must not be accepted again, though its acceptance is
 * lost: every step that any clock may have reached by now is taken as used, and of an event-based
 * token as many codes as may have been used in the lost time.
 */
export async function endWhatIsLost(client: pg.Client, lost: LostTime): Promise<CodesDead> {
  const { takenMs, nowMs } = lost
  await client.query(
    `update token
        set last_accepted = greatest(last_accepted,
              floor($1::numeric / (period_seconds * 1000)) + drift_steps
                + case when issuer = $2 or type = $5 then $3::int else $4::int end)
      where kind = 'totp' and state in ${USED}`,
    [nowMs, CENTRE, SOFT_STEPS_AHEAD, HARD_STEPS_AHEAD, STAFF_TOKEN_TYPE],
  )
  const days = Math.max(1, Math.ceil((nowMs - takenMs) / DAY_MS))
  const eventCodes = EVENT_CODES_A_DAY * days
  await client.query(
    `update token set last_accepted = last_accepted + $1
      where kind = 'hotp' and state in ${USED}`,
    [eventCodes],
  )
  return {
    softTokensUntil: deadUntil(nowMs, SOFT_STEPS_AHEAD),
    hardTokensUntil: deadUntil(nowMs, HARD_STEPS_AHEAD),
    eventCodes,
  }
}

/** When a token whose clock is right shows the first code that is not taken as used. */
function deadUntil(nowMs: number, stepsAhead: number): string {
  const step = Math.floor(nowMs / PERIOD_MS) + stepsAhead + 1
  return new Date(step * PERIOD_MS).toISOString()
}
