import { setImmediate } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import type { Clock } from '../../bank/ports.ts'
import { GrowingTree } from '../../evidence/growing-tree.ts'
import { hashesOf } from '../../evidence/hashing.ts'
import { type Head, signHead } from '../../evidence/head.ts'
import { type Numbers, OpenNumbers } from '../../evidence/open-numbers.ts'
import { changes, row, rows } from '../connection.ts'
import { inTransaction } from '../transaction.ts'
import { LEAF_HASH } from './event-rows.ts'
import type { LogKeys, SigningKey } from './log-keys.ts'

export interface SealingParts {
  readonly pool: Pool
  readonly clock: Clock
  readonly keys: LogKeys
}

/** So many events in one batch, … */
const MOST_IN_ONE = 2_000
/** … and so many go into the tree in one go: half a millisecond or so. */
const GROWN_IN_ONE = 500

interface LogRow {
  size: number
  edge: Buffer
  top_seq: number
  settled_seq: number
  mark_seq: number | null
  /** Whether every transaction that wrote when the mark was set has ended. */
  ended: boolean
}

/**
 * What this process remembers of a log while nobody else seals it: as long as the edge is the same,
 * all the leaves are.
 */
interface Remembered {
  readonly edge: Buffer
  readonly open: OpenNumbers
}

/**
 * The transactions that append events, seen by the lock that each holds on the table from before it
 * draws a number until its end is visible to all. No one waits for these locks here, they are only
 * looked at. (This is the one place that asks PostgreSQL about itself.)
 */
const WRITERS = `pg_locks w
  where w.locktype = 'relation' and w.relation = 'event'::regclass and w.mode = 'RowExclusiveLock'
    and w.database = (select oid from pg_database where datname = current_database())`

const LOCK_LOG = `
  select size, edge, top_seq, settled_seq, mark_seq,
         not exists (select from ${WRITERS} and w.virtualtransaction = any (mark_writers)) as ended
    from evidence_log where bank_code = $1 for update skip locked`

/** In one row, because a thousand rows cost the server more than all else that sealing takes. */
const READ_OPEN_EVENTS = `
  select string_agg(seq::text, ',' order by seq) as seqs,
         string_agg(hash, '' order by seq) as hashes
    from (
      select found.seq, found.hash
        from unnest($2::bigint[], $3::bigint[]) as open (first, last)
       cross join lateral (
         select e.seq, ${LEAF_HASH} as hash from event e
          where e.bank_code = $1 and e.seq between open.first and open.last
          order by e.seq limit $4) as found
       order by found.seq limit $4) as taken`

/**
 * Seals the log of one bank, a batch at a time, each in a transaction of its own. Several processes
 * take turns: who finds the log's row locked leaves it to the other.
 *
 * Nobody who appends an event waits for this, or knows of it. The price is that numbers are drawn
 * before they are committed, so that a lower one may turn up after a higher one was sealed. So a
 * sealed number settles nothing by itself: those below it stay open, and are looked for in every
 * batch, until each transaction that was under way when it was seen has ended, and a look after
 * that has found nothing more.
 */
export function logSealer(parts: SealingParts, bankCode: string) {
  let remembered: Remembered | undefined
  return {
    /** Seals what is there, up to the size of a batch. True when there is more. */
    async sealBatch(): Promise<boolean> {
      const signing = await parts.keys.signing()
      const before = remembered
      remembered = undefined
      const sealed = await inTransaction(parts.pool, (client) =>
        sealOpenEvents({ client, bankCode, signing, nowMs: parts.clock.now() }, before),
      )
      remembered = sealed?.remembered
      return sealed?.more ?? false
    },
  }
}

interface Batch {
  readonly client: PoolClient
  readonly bankCode: string
  readonly signing: SigningKey
  readonly nowMs: number
}

async function sealOpenEvents(batch: Batch, before: Remembered | undefined) {
  const { client, bankCode } = batch
  // 1. This log is ours for a moment; what has ended is asked before the events are read.
  const log = await row<LogRow>(client, LOCK_LOG, [bankCode])
  if (log === undefined) return undefined
  const open = before?.edge.equals(log.edge)
    ? before.open.after([], log.settled_seq)
    : await readOpenNumbers(client, bankCode, log.settled_seq)
  // 2. What is there of all numbers that are open, late-comers first.
  const taken = await readOpenEvents(client, bankCode, open.ranges())
  const { seqs } = taken
  const more = seqs.length === MOST_IN_ONE
  // 3. The tree grows by them, and its new head is signed.
  const tree = new GrowingTree(log.size, log.edge)
  if (seqs.length > 0) await appendBatch(batch, tree, taken)
  // 4. The mark is settled if the look that came after its writers' end went as far.
  const top = Math.max(log.top_seq, ...seqs)
  // A full batch may have left late-comers for the next one, far below the top.
  const looked = more ? (seqs.at(-1) ?? 0) : Number.MAX_SAFE_INTEGER
  const passed = log.mark_seq !== null && log.ended && log.mark_seq <= looked
  const settled = passed ? (log.mark_seq ?? 0) : log.settled_seq
  const { size, edge } = tree
  const mark = nextMark(log, passed, settled < top)
  await moveLog(batch, { size, edge, top, settled, mark })
  return { more, remembered: { edge, open: open.after(seqs, settled) } }
}

type Mark = 'keep' | 'set' | 'none'

function nextMark(log: LogRow, passed: boolean, unsettled: boolean): Mark {
  if (log.mark_seq !== null && !passed) return 'keep'
  return unsettled ? 'set' : 'none'
}

/** Known from the batches when another process sealed last, or this one has just begun. */
async function readOpenNumbers(client: PoolClient, bankCode: string, settled: number) {
  const found = await rows<{ seq: number }>(
    client,
    `select seq from evidence_batch b cross join unnest(b.seqs) as seq
      where b.bank_code = $1 and b.max_seq > $2 and seq > $2`,
    [bankCode, settled],
  )
  return new OpenNumbers(
    settled,
    found.map(({ seq }) => seq),
  )
}

/** Events by their numbers, the lowest first, and their leaves one after another. */
interface Taken {
  readonly seqs: readonly number[]
  readonly hashes: Buffer
}

async function readOpenEvents(
  client: PoolClient,
  bankCode: string,
  ranges: readonly Numbers[],
): Promise<Taken> {
  const found = await row<{ seqs: string | null; hashes: Buffer | null }>(
    client,
    READ_OPEN_EVENTS,
    [bankCode, ranges.map(({ first }) => first), ranges.map(({ last }) => last), MOST_IN_ONE],
  )
  const { seqs = null, hashes = null } = found ?? {}
  if (seqs === null || hashes === null) return { seqs: [], hashes: Buffer.alloc(0) }
  return { seqs: seqs.split(',').map(Number), hashes }
}

async function appendBatch(
  { client, bankCode, signing, nowMs }: Batch,
  tree: GrowingTree,
  { seqs, hashes }: Taken,
): Promise<void> {
  const firstLeaf = tree.size
  for (const leaf of hashesOf(hashes)) {
    tree.append(leaf)
    if (tree.size % GROWN_IN_ONE === 0) await setImmediate()
  }
  const head: Head = { bankCode, size: tree.size, root: tree.root(), atMs: nowMs }
  await changes(
    client,
    `insert into evidence_batch (bank_code, first_leaf, leaves, min_seq, max_seq, seqs, leaf_hashes,
                                 root, sealed_at, log_key, signature)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      bankCode,
      firstLeaf,
      seqs.length,
      seqs[0],
      seqs.at(-1),
      `{${seqs}}`,
      hashes,
      head.root,
      new Date(nowMs),
      signing.version,
      signHead(head, signing.key),
    ],
  )
  const completed = tree.takeCompleted()
  if (completed.length === 0) return
  await changes(
    client,
    `insert into evidence_node (bank_code, level, place, hash)
     select $1, n.level, n.place, n.hash
       from unnest($2::int[], $3::bigint[], $4::bytea[]) as n (level, place, hash)`,
    [
      bankCode,
      completed.map(({ level }) => level),
      completed.map(({ place }) => place),
      completed.map(({ hash }) => hash),
    ],
  )
}

interface Moved {
  readonly size: number
  readonly edge: Buffer
  readonly top: number
  readonly settled: number
  readonly mark: Mark
}

/** Who writes at this moment is asked after the events were read: see `logSealer`. */
async function moveLog({ client, bankCode }: Batch, moved: Moved): Promise<void> {
  await changes(
    client,
    `update evidence_log
        set size = $2, edge = $3, top_seq = $4, settled_seq = $5,
            mark_seq = case $6 when 'keep' then mark_seq when 'set' then $4 end,
            mark_writers =
              case $6 when 'keep' then mark_writers
                      when 'set' then array(select w.virtualtransaction from ${WRITERS}) end
      where bank_code = $1`,
    [bankCode, moved.size, moved.edge, moved.top, moved.settled, moved.mark],
  )
}
