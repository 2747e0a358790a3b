import type { Pool } from 'pg'
import type { Finding } from '../../evidence/findings.ts'
import type { StoredNode } from '../../evidence/growing-tree.ts'
import { type Head, type LogKey, momentOf } from '../../evidence/head.ts'
import { LogCheck, type Retention, type StoredBatch } from '../../evidence/log-check.ts'
import { row, rows } from '../connection.ts'
import { textsOf } from './event-rows.ts'

export interface LogQuestion {
  readonly bankCode: string
  /** The keys of the log by version, as they are stored. */
  readonly keys: ReadonlyMap<number, LogKey>
  readonly published: ReadonlyMap<number, readonly Head[]>
  readonly nowMs: number
  /** Events may wait so long to be sealed. */
  readonly unsealedMs: number
}

export interface LogReport {
  readonly bankCode: string
  readonly leaves: number
  /** Events that wait to be sealed. */
  readonly unsealed: number
  readonly retentions: readonly Retention[]
  readonly publishedHeads: number
  readonly findings: readonly Finding[]
}

/** So many batches are read at once, with their events. */
const BATCHES_IN_ONE = 20
const MOST_TOLD = 100

/** Examines one log from its first leaf to its last, beside those who append and seal. */
export async function verifyLog(pool: Pool, question: LogQuestion): Promise<LogReport> {
  const { bankCode, published } = question
  const check = new LogCheck(bankCode, published)
  await readAll(pool, question, check)
  await tellInserted(pool, bankCode, check)
  await tellDuplicated(pool, bankCode, check)
  const unsealed = await tellUnsealed(pool, question, check)
  return {
    bankCode,
    leaves: check.leaves,
    unsealed,
    retentions: check.retentions,
    publishedHeads: published.size,
    findings: check.findings.all(),
  }
}

/** The logs grow while they are read: the end is where size and leaves meet. */
async function readAll(pool: Pool, question: LogQuestion, check: LogCheck): Promise<void> {
  const { bankCode } = question
  let after = -1
  for (;;) {
    const batches = await readBatches(pool, question, after)
    const seqs = batches.flatMap((batch) => batch.seqs)
    const events = await textsOf(pool, bankCode, seqs)
    for (const batch of batches) {
      const completed = check.batch(batch, events)
      if (completed.length > 0) await compareNodes(pool, bankCode, completed, check)
      after = batch.firstLeaf
    }
    if (batches.length > 0) continue
    const log = await row<{ size: number; edge: Buffer }>(
      pool,
      'select size, edge from evidence_log where bank_code = $1',
      [bankCode],
    )
    const grown = log !== undefined && log.size > check.leaves
    if (grown && (await readBatches(pool, question, after)).length > 0) continue
    return check.end(log)
  }
}

interface BatchRow {
  first_leaf: number
  seqs: string[]
  leaf_hashes: Buffer
  root: Buffer
  at_ms: number
  log_key: number
  signature: Buffer
}

async function readBatches(
  pool: Pool,
  { bankCode, keys }: LogQuestion,
  after: number,
): Promise<StoredBatch[]> {
  const found = await rows<BatchRow>(
    pool,
    `select first_leaf, seqs, leaf_hashes, root, log_key, signature,
            (extract(epoch from sealed_at) * 1000)::float8 as at_ms
       from evidence_batch
      where bank_code = $1 and first_leaf > $2 order by first_leaf limit ${BATCHES_IN_ONE}`,
    [bankCode, after],
  )
  return found.map((batch) => ({
    firstLeaf: batch.first_leaf,
    seqs: batch.seqs.map(Number),
    leafHashes: batch.leaf_hashes,
    root: batch.root,
    atMs: batch.at_ms,
    key: keys.get(batch.log_key),
    signature: batch.signature,
  }))
}

/** The stored inner nodes serve proofs only: a changed one would make every proof fail. */
async function compareNodes(
  pool: Pool,
  bankCode: string,
  nodes: readonly StoredNode[],
  check: LogCheck,
): Promise<void> {
  const stored = await rows<{ place: number; level: number; hash: Buffer }>(
    pool,
    `select level, place, hash from evidence_node join unnest($2::int[], $3::bigint[])
         as asked (level, place) using (level, place)
      where bank_code = $1`,
    [bankCode, nodes.map(({ level }) => level), nodes.map(({ place }) => place)],
  )
  for (const { level, place, hash } of nodes) {
    const same = stored.find((node) => node.level === level && node.place === place)
    if (same?.hash.equals(hash)) continue
    check.findings.add('broken-log', { more: `node ${place} of level ${level} is another` })
  }
}

/** Every number that a batch of the bank names. */
const SEALED = `
  (select unnest(b.seqs) as seq from evidence_batch b where b.bank_code = $1) as sealed`

/** Below a settled number every event is sealed: one that is not came there by another way. */
async function tellInserted(pool: Pool, bankCode: string, check: LogCheck): Promise<void> {
  const found = await rows<{ seq: number; id: string }>(
    pool,
    `select e.seq, e.id from event e left join ${SEALED} on sealed.seq = e.seq
      where e.bank_code = $1 and sealed.seq is null
        and e.seq <= (select settled_seq from evidence_log l where l.bank_code = $1)
      order by e.seq limit ${MOST_TOLD}`,
    [bankCode],
  )
  for (const { seq, id } of found) check.findings.add('inserted', { seq, eventId: id })
}

async function tellDuplicated(pool: Pool, bankCode: string, check: LogCheck): Promise<void> {
  const copies = await rows<{ id: string; seqs: string[] }>(
    pool,
    `select e.id, (array_agg(e.seq order by e.seq))[1:5] as seqs from event e
      where e.bank_code = $1 group by e.id having count(*) > 1 order by min(e.seq)
      limit ${MOST_TOLD}`,
    [bankCode],
  )
  for (const { id, seqs } of copies) {
    const more = `under the numbers ${seqs.join(', ')}`
    check.findings.add('duplicated', { eventId: id, more })
  }
  const twice = await rows<{ seq: number }>(
    pool,
    `select seq from ${SEALED} group by seq having count(*) > 1 order by seq limit ${MOST_TOLD}`,
    [bankCode],
  )
  for (const { seq } of twice) check.findings.add('duplicated', { seq, more: 'as two leaves' })
}

/** How many events wait to be sealed; a finding if the first of them has waited for too long. */
async function tellUnsealed(
  pool: Pool,
  { bankCode, nowMs, unsealedMs }: LogQuestion,
  check: LogCheck,
): Promise<number> {
  const found = await row<{ waiting: number; oldest_ms: number | null; seq: number | null }>(
    pool,
    `select count(*) as waiting, min(e.seq) as seq,
            (extract(epoch from min(e.at)) * 1000)::float8 as oldest_ms
       from event e left join ${SEALED} on sealed.seq = e.seq
      where e.bank_code = $1 and sealed.seq is null
        and e.seq > coalesce((select settled_seq from evidence_log l where l.bank_code = $1), 0)`,
    [bankCode],
  )
  const { waiting = 0, oldest_ms = null, seq = null } = found ?? {}
  if (oldest_ms !== null && seq !== null && nowMs - oldest_ms > unsealedMs) {
    const more = `${waiting} of them, since ${momentOf(oldest_ms)}: does a server run?`
    check.findings.add('unsealed', { seq, more })
  }
  return waiting
}
