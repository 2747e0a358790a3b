import { createHash } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import type { Pool } from 'pg'
import type { Clock, Random } from '../../bank/ports.ts'
import { RETENTION } from '../../evidence/log-check.ts'
import { changes, row, rows } from '../connection.ts'
import { EVENT_COLUMNS, eventValues } from '../events/journal.ts'
import { exportLines, leavesIn } from './log-export.ts'
import type { LogKeys } from './log-keys.ts'
import { sealerOn } from './sealer.ts'
import { leafOf } from './tree-reading.ts'

export interface RetentionParts {
  readonly pool: Pool
  readonly clock: Clock
  readonly random: Random
  readonly keys: LogKeys
}

export interface RetentionQuestion {
  readonly bankCode: string
  /** Everything before this Japanese day, `YYYY-MM-DD`, … */
  readonly day: string
  /** … which begins at this moment. */
  readonly beforeMs: number
  /** The file for what is removed. It must not be there yet. */
  readonly file: string
}

export type RetentionOutcome =
  | { readonly ok: true; readonly first: number; readonly end: number; readonly removed: number }
  | { readonly ok: false; readonly reason: string }

/** A server may be sealing: it takes a second or two until the declaration is a leaf. */
const SEALING_PATIENCE = { times: 100, waitMs: 100 }
const ROWS_IN_ONE = 1_000

/**
 * Exports the events before a day and removes their rows. Their leaves stay, so that the log is
 * whole as before. What is removed is declared by an event, which is sealed before the first row
 * goes: whatever else is missing was not removed by this.
 */
export async function retain(
  parts: RetentionParts,
  question: RetentionQuestion,
): Promise<RetentionOutcome> {
  const { pool } = parts
  const { bankCode, beforeMs, file } = question
  // 1. What was declared earlier is gone: a run that was cut off is brought to its end.
  const declared = await declaredLeaves(pool, bankCode)
  let removed = await removeRows(pool, bankCode, { first: 0, end: declared })
  // 2. From there to the first event of the day or after it.
  const range = { first: declared, end: await leavesBefore(pool, bankCode, beforeMs) }
  if (range.end <= range.first) return { ok: true, ...range, end: range.first, removed }
  // 3. Every one of them is genuine: nothing that was changed is hidden by removing it.
  for await (const { leaf, seq, genuine } of leavesIn(pool, bankCode, range)) {
    const where = `leaf ${leaf} seq ${seq}`
    if (!genuine) return refusal(`${where} is not the event that was sealed: run audit verify`)
  }
  // 4. The export is on the disk, and which receipts are in it is known; then the declaration is in
  //    the log, then the rows go.
  const digest = await writeExport(parts, question, range)
  if (digest === undefined) return refusal(`${file} exists already: name a new file`)
  await noteReceipts(pool, bankCode, range, path.basename(file))
  if (!(await declare(parts, question, range, digest))) {
    return refusal('the declaration was not sealed: nothing was removed, run it again')
  }
  removed += await removeRows(pool, bankCode, range)
  return { ok: true, ...range, removed }
}

const refusal = (reason: string) => ({ ok: false, reason }) as const

/**
 * The leaves below it are declared as removed, by an event that is the one that was sealed: a row
 * that was made into a declaration by hand removes nothing.
 */
async function declaredLeaves(pool: Pool, bankCode: string): Promise<number> {
  const found = await rows<{ seq: number; leaves: number }>(
    pool,
    `select e.seq, (e.detail ->> 'leaves')::bigint as leaves from event e
      where e.bank_code = $1 and e.kind = $2 and e.outcome = 'done' order by leaves desc`,
    [bankCode, RETENTION],
  )
  for (const { seq, leaves } of found) {
    const leaf = await leafOf(pool, bankCode, seq)
    if (leaf === undefined) continue
    const range = { first: leaf, end: leaf + 1 }
    for await (const { genuine } of leavesIn(pool, bankCode, range)) if (genuine) return leaves
  }
  return 0
}

/** The first leaf whose event is of that moment or later; else as many as there are. */
async function leavesBefore(pool: Pool, bankCode: string, beforeMs: number): Promise<number> {
  const found = await row<{ leaf: number | null; size: number | null }>(
    pool,
    `select (select size from evidence_log l where l.bank_code = $1) as size,
            min(b.first_leaf + s.place - 1) as leaf
       from evidence_batch b
      cross join unnest(b.seqs) with ordinality as s (seq, place)
       join event e on e.bank_code = b.bank_code and e.seq = s.seq
      where b.bank_code = $1 and e.at >= $2`,
    [bankCode, new Date(beforeMs)],
  )
  return found?.leaf ?? found?.size ?? 0
}

type Leaves = { readonly first: number; readonly end: number }

/** Returns the SHA-256 of the file; undefined when there is one of that name. */
async function writeExport(
  { pool, keys }: RetentionParts,
  { bankCode, file }: RetentionQuestion,
  range: Leaves,
): Promise<string | undefined> {
  const handle = await fs.open(file, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return undefined
    throw error
  })
  if (handle === undefined) return undefined
  try {
    const digest = createHash('sha256')
    for await (const line of exportLines(pool, keys, bankCode, range)) {
      digest.update(`${line}\n`)
      await handle.write(`${line}\n`)
    }
    await handle.sync()
    return digest.digest('hex')
  } finally {
    await handle.close()
  }
}

/** Appends the event and waits until it is a leaf, sealing itself if no server does. */
async function declare(
  { pool, clock, random, keys }: RetentionParts,
  { bankCode, day, file }: RetentionQuestion,
  range: Leaves,
  exportSha256: string,
): Promise<boolean> {
  const id = random.id()
  const values = eventValues({
    id,
    bankCode,
    atMs: clock.now(),
    actor: { kind: 'system', id: 'audit retain' },
    kind: RETENTION,
    outcome: 'done',
    requestId: id,
    detail: {
      firstLeaf: range.first,
      leaves: range.end,
      before: day,
      exportFile: path.basename(file),
      exportSha256,
    },
  })
  const text = `insert into event (${EVENT_COLUMNS})
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning seq`
  const seq = (await row<{ seq: number }>(pool, text, values))?.seq ?? 0
  const sealer = sealerOn({ pool, clock, keys }, () => {})
  for (let times = 0; times < SEALING_PATIENCE.times; times += 1) {
    while (await sealer.round());
    if ((await leafOf(pool, bankCode, seq)) !== undefined) return true
    await new Promise((resolve) => setTimeout(resolve, SEALING_PATIENCE.waitMs))
  }
  return false
}

async function removeRows(pool: Pool, bankCode: string, range: Leaves): Promise<number> {
  let removed = 0
  for await (const seqs of portions(pool, bankCode, range)) {
    const text = 'delete from event where bank_code = $1 and seq = any ($2)'
    removed += await changes(pool, text, [bankCode, seqs])
  }
  return removed
}

/**
 * Whoever asks for a receipt later is told where it is. A run that ends before the declaration
 * leaves names behind that nobody reads: the events themselves are still there.
 */
async function noteReceipts(pool: Pool, bankCode: string, range: Leaves, exportFile: string) {
  const text = `insert into retained_receipt (bank_code, receipt_no, export_file)
                select distinct bank_code, receipt_no, $3 from event
                 where bank_code = $1 and seq = any ($2) and receipt_no is not null
                on conflict (bank_code, receipt_no)
                do update set export_file = excluded.export_file`
  for await (const seqs of portions(pool, bankCode, range)) {
    await changes(pool, text, [bankCode, seqs, exportFile])
  }
}

/** The numbers of the events that are still there, in portions for one statement each. */
async function* portions(pool: Pool, bankCode: string, range: Leaves): AsyncGenerator<number[]> {
  let seqs: number[] = []
  for await (const { seq, text } of leavesIn(pool, bankCode, range)) {
    if (text !== undefined) seqs.push(seq)
    if (seqs.length < ROWS_IN_ONE) continue
    yield seqs
    seqs = []
  }
  if (seqs.length > 0) yield seqs
}
