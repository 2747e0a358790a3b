import os from 'node:os'
import type { Pool } from 'pg'
import { changes, rows } from '../connection.ts'
import type { WrappingKeys } from './wrapping-keys.ts'

/** A serving process, as an operator finds it. */
export interface KeyHolder {
  readonly host: string
  readonly pid: number
}

/** Who has not been seen for so long is gone: a process says every two seconds that it is there. */
const ALIVE = `seen_at > clock_timestamp() - interval '10 seconds'`
const LONG_GONE = `seen_at < clock_timestamp() - interval '1 hour'`

/** Says, under the ID of this process, that it serves and which wrapping keys it has read. */
export async function announceHolder(pool: Pool, id: string, keys: WrappingKeys): Promise<void> {
  await changes(
    pool,
    `insert into key_holder (id, host, pid, fingerprints, seen_at)
     values ($1, $2, $3, $4, clock_timestamp())
     on conflict (id) do update
        set fingerprints = excluded.fingerprints, seen_at = excluded.seen_at`,
    [id, os.hostname(), process.pid, keys.known().map(({ fingerprint }) => fingerprint)],
  )
  await changes(pool, `delete from key_holder where ${LONG_GONE}`, [])
}

export async function withdrawHolder(pool: Pool, id: string): Promise<void> {
  await changes(pool, 'delete from key_holder where id = $1', [id])
}

/** The serving processes that have not read the key of this fingerprint. */
export function holdersWithout(pool: Pool, fingerprint: string): Promise<readonly KeyHolder[]> {
  const text = `select host, pid from key_holder
                 where ${ALIVE} and not ($1 = any (fingerprints)) order by host, pid`
  return rows<KeyHolder>(pool, text, [fingerprint])
}
