import type { Pool } from 'pg'
import type { Clock, Random } from '../../bank/ports.ts'
import { changes, rows } from '../connection.ts'
import { journalOn } from '../events/journal.ts'
import { systemEvent } from '../events/system-event.ts'
import { inTransaction } from '../transaction.ts'
import {
  FOREIGN_KEY_VIOLATION,
  insertDataKey,
  type KeyRing,
  wrappingKeyOfDatabase,
} from './key-ring.ts'
import {
  isInUse,
  type Onward,
  resealBank,
  type Superseded,
  supersededKeys,
  type Unopenable,
} from './resealing.ts'
import type { WrappingKeys } from './wrapping-keys.ts'

/** What a rotation of keys works with. */
export interface RotationParts {
  readonly pool: Pool
  readonly clock: Clock
  readonly random: Random
  readonly keyRing: KeyRing
  readonly wrappingKeys: WrappingKeys
  /** Who rotates, and in which run: for the events. */
  readonly by: string
  readonly runId: string
}

export type DataRotation =
  | { readonly outcome: 'begun'; readonly bankCode: string; readonly version: number }
  /** An earlier rotation of this bank has rows left: it is finished first, and no new one begun. */
  | { readonly outcome: 'under-way'; readonly bankCode: string }

/**
 * Gives every bank, or the one named, a new version of its data key, with which all processes seal
 * within two seconds. Sealing anew what is there is left to `continueRotation`. Undefined when the
 * bank has no data key.
 */
export async function rotateDataKeys(
  parts: RotationParts,
  bankCode?: string,
): Promise<readonly DataRotation[] | undefined> {
  const banks = await rows<{ bank_code: string; newest: number; versions: number }>(
    parts.pool,
    `select bank_code, max(version) as newest, count(*) as versions from data_key
      where $1::text is null or bank_code = $1 group by bank_code order by bank_code`,
    [bankCode ?? null],
  )
  if (bankCode !== undefined && banks.length === 0) return undefined
  const rotations: DataRotation[] = []
  for (const bank of banks) {
    const begun = bank.versions === 1 && (await addVersion(parts, bank.bank_code, bank.newest + 1))
    rotations.push(
      begun
        ? { outcome: 'begun', bankCode: bank.bank_code, version: bank.newest + 1 }
        : { outcome: 'under-way', bankCode: bank.bank_code },
    )
  }
  return rotations
}

/** False when someone else has made this version first. */
function addVersion(parts: RotationParts, bankCode: string, version: number): Promise<boolean> {
  return inTransaction(parts.pool, async (client) => {
    const nowMs = parts.clock.now()
    const wrappingKey = await wrappingKeyOfDatabase(client, parts.wrappingKeys, nowMs)
    if (!(await insertDataKey(client, wrappingKey, bankCode, version, nowMs))) return false
    const detail = { key: 'data', version }
    const event = systemEvent(parts, { ...parts, kind: 'key-rotation', bankCode, detail })
    await journalOn(client).append(event)
    return true
  })
}

/**
 * So long an old data key stays after the last row has left it: for whoever has read a row before
 * it was sealed anew and opens it now. A writer who is later than that fails on the foreign key.
 */
const PAUSE_MS = 20_000

export interface RotationProgress {
  readonly bankCode: string
  /**
   * `resealed`: a walk is done, and the next one looks for what it has left. `waiting`: no row uses
   * the old key any more, and the pause is not over. `destroyed`: it is gone.
   */
  readonly state: 'resealed' | 'waiting' | 'destroyed' | 'stopped'
  readonly unopenable: Unopenable
}

export interface Rounds {
  /** Hears how many rows were sealed anew, and may end the round. */
  onBatch(resealed: number): Promise<Onward>
  readonly pauseMs?: number
}

/**
 * One round of what a rotation of data keys leaves to be done, for each bank in which it is not
 * finished: none is left when the answer is empty. Whoever runs it goes on where another, who may
 * have been killed, has ended.
 */
export async function continueRotation(
  parts: RotationParts,
  { onBatch, pauseMs = PAUSE_MS }: Rounds,
): Promise<readonly RotationProgress[]> {
  const progress: RotationProgress[] = []
  for (const of of await supersededKeys(parts.pool)) {
    let ended = false
    const { state, unopenable } = await continueBank(parts, of, pauseMs, async (resealed) => {
      const answer = await onBatch(resealed)
      ended = answer === 'stop'
      return answer
    })
    progress.push({ bankCode: of.bankCode, state: ended ? 'stopped' : state, unopenable })
    if (ended) break
  }
  return progress
}

const NONE: Unopenable = { count: 0, named: [] }

async function continueBank(
  parts: RotationParts,
  of: Superseded,
  pauseMs: number,
  onBatch: Rounds['onBatch'],
): Promise<Omit<RotationProgress, 'bankCode'>> {
  const { pool, keyRing } = parts
  const values = [of.bankCode, of.newest]
  // 1. While the pause lasts there is nothing to look for.
  const old = await rows<{ unused: boolean; ripe: boolean | null }>(
    pool,
    `select unused_since is not null as unused,
            unused_since <= clock_timestamp() - $3 * interval '1 millisecond' as ripe
       from data_key where bank_code = $1 and version < $2`,
    [...values, pauseMs],
  )
  if (old.length > 0 && old.every(({ unused, ripe }) => unused && !ripe)) {
    return { state: 'waiting', unopenable: NONE }
  }
  // 2. What is sealed under an old version is sealed anew.
  if (await isInUse(pool, of)) {
    const text = 'update data_key set unused_since = null where bank_code = $1 and version < $2'
    await changes(pool, text, values)
    return { state: 'resealed', unopenable: await resealBank(pool, keyRing, of, onBatch) }
  }
  // 3. From now on no row is known to use it.
  if (!old.every(({ ripe }) => ripe)) {
    await changes(
      pool,
      `update data_key set unused_since = clock_timestamp()
        where bank_code = $1 and version < $2 and unused_since is null`,
      values,
    )
    return { state: 'waiting', unopenable: NONE }
  }
  // 4. The pause is over, and still nobody uses it.
  return { state: (await destroy(parts, of, pauseMs)) ? 'destroyed' : 'resealed', unopenable: NONE }
}

/** False when a row has come meanwhile that needs the key: the next round seals it anew. */
async function destroy(parts: RotationParts, of: Superseded, pauseMs: number): Promise<boolean> {
  try {
    await inTransaction(parts.pool, async (client) => {
      const gone = await rows<{ version: number }>(
        client,
        `delete from data_key
          where bank_code = $1 and version < $2
            and unused_since <= clock_timestamp() - $3 * interval '1 millisecond'
          returning version`,
        [of.bankCode, of.newest, pauseMs],
      )
      for (const { version } of gone) {
        const detail = { key: 'data', version }
        const act = { ...parts, kind: 'key-destruction', bankCode: of.bankCode, detail } as const
        await journalOn(client).append(systemEvent(parts, act))
      }
    })
    return true
  } catch (error) {
    if ((error as { code?: string }).code !== FOREIGN_KEY_VIOLATION) throw error
    return false
  }
}
