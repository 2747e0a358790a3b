import type { Pool } from 'pg'
import { type Head, type LogKey, noteOf } from '../../evidence/head.ts'
import { changes, row, rows } from '../connection.ts'
import type { LogKeys } from './log-keys.ts'

/** A head of a log with what proves it. */
export interface StoredHead extends Head {
  readonly note: string
  readonly key: LogKey
}

interface HeadRow {
  bank_code: string
  size: number
  root: Buffer
  at_ms: number
  log_key: number
  signature: Buffer
}

/** The last batch of each log that is asked for. */
const NEWEST = `
  select l.bank_code, b.first_leaf + b.leaves as size, b.root, b.log_key, b.signature,
         (extract(epoch from b.sealed_at) * 1000)::float8 as at_ms
    from evidence_log l
   cross join lateral (
     select * from evidence_batch b where b.bank_code = l.bank_code
      order by b.first_leaf desc limit 1) as b
   where l.bank_code = $1 or $1 is null
   order by l.bank_code`

/** The newest head of the bank's log, or of every log. */
export async function newestHeads(
  pool: Pool,
  keys: LogKeys,
  bankCode: string | null,
): Promise<StoredHead[]> {
  const found = await rows<HeadRow>(pool, NEWEST, [bankCode])
  const known = found.length === 0 ? new Map<number, LogKey>() : await keys.published()
  return found.flatMap(({ bank_code, size, root, at_ms, log_key, signature }) => {
    const key = known.get(log_key)
    if (key === undefined) return []
    const head: Head = { bankCode: bank_code, size, root, atMs: at_ms }
    return [{ ...head, note: noteOf(head, signature, key), key }]
  })
}

/** Keeps the head that has just gone out: every process that hands out a proof finds it. */
export async function keepPublished(pool: Pool, { bankCode, note }: StoredHead): Promise<void> {
  const text = `insert into evidence_published (bank_code, note) values ($1, $2)
                on conflict (bank_code) do update set note = excluded.note`
  await changes(pool, text, [bankCode, note])
}

/** The note of the last head that went out, of whichever process. */
export async function publishedNoteOf(pool: Pool, bankCode: string): Promise<string | undefined> {
  const text = 'select note from evidence_published where bank_code = $1'
  return (await row<{ note: string }>(pool, text, [bankCode]))?.note
}
