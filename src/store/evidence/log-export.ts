import type { Pool } from 'pg'
import { hashesOf, leafHash } from '../../evidence/hashing.ts'
import { verifierKey } from '../../evidence/head.ts'
import type { Range } from '../../evidence/proofs.ts'
import { rows } from '../connection.ts'
import { textsOf } from './event-rows.ts'
import { newestHeads } from './heads.ts'
import type { LogKeys } from './log-keys.ts'
import { treeOf } from './tree-reading.ts'

/** A leaf with its event, if the row is still there. */
export interface Leaf {
  readonly leaf: number
  readonly seq: number
  readonly hash: Buffer
  readonly text: string | undefined
  /** Whether the event is the one that was sealed. */
  readonly genuine: boolean
}

const BATCHES_IN_ONE = 20

/** The leaves of the range in their order, a few batches at a time. */
export async function* leavesIn(pool: Pool, bankCode: string, range: Range): AsyncGenerator<Leaf> {
  for (let after = -1; after < range.end; ) {
    const batches = await rows<{ first_leaf: number; leaf_hashes: Buffer; seqs: string[] }>(
      pool,
      `select first_leaf, leaf_hashes, seqs from evidence_batch
        where bank_code = $1 and first_leaf > $2 and first_leaf < $4 and first_leaf + leaves > $3
        order by first_leaf limit ${BATCHES_IN_ONE}`,
      [bankCode, after, range.first, range.end],
    )
    if (batches.length === 0) return
    const seqs = batches.flatMap((batch) => batch.seqs.map(Number))
    const texts = await textsOf(pool, bankCode, seqs)
    for (const { first_leaf, leaf_hashes, seqs } of batches) {
      for (const [place, hash] of hashesOf(leaf_hashes).entries()) {
        const leaf = first_leaf + place
        if (leaf < range.first || leaf >= range.end) continue
        const seq = Number(seqs[place])
        const text = texts.get(seq)
        const genuine = text !== undefined && leafHash(text).equals(hash)
        yield { leaf, seq, hash, text, genuine }
      }
      after = first_leaf
    }
  }
}

/**
 * The lines of an export, JSON each: first the signed head with the hashes that tie the range to
 * it, then a line for each leaf. Nothing when the log has no head. A range that ends behind the
 * log's end ends with it.
 */
export async function* exportLines(
  pool: Pool,
  keys: LogKeys,
  bankCode: string,
  asked: Range,
): AsyncGenerator<string> {
  const [head] = await newestHeads(pool, keys, bankCode)
  if (head === undefined) return
  const range = { first: Math.min(asked.first, head.size), end: Math.min(asked.end, head.size) }
  const tree = treeOf(pool, bankCode)
  const before = await tree.cover({ first: 0, end: range.first })
  const after = await tree.cover({ first: range.end, end: head.size })
  const base64 = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString('base64'))
  yield JSON.stringify({
    format: 'ichido-evidence-export-1',
    bankCode,
    verifierKey: verifierKey(bankCode, head.key),
    head: head.note,
    ...range,
    before: base64(before),
    after: base64(after),
  })
  for await (const { leaf, hash, text } of leavesIn(pool, bankCode, range)) {
    yield JSON.stringify({ leaf, hash: hash.toString('base64'), event: text ?? null })
  }
}

/** The leaves from the first event of the days to the last, whatever else lies between them. */
export async function leavesOfTimes(
  pool: Pool,
  bankCode: string,
  { fromMs, endMs }: { readonly fromMs: number; readonly endMs: number },
): Promise<Range> {
  const [found] = await rows<{ first: number | null; last: number | null }>(
    pool,
    `select min(b.first_leaf + s.place - 1) as first, max(b.first_leaf + s.place - 1) as last
       from evidence_batch b
      cross join unnest(b.seqs) with ordinality as s (seq, place)
       join event e on e.bank_code = b.bank_code and e.seq = s.seq
      where b.bank_code = $1 and e.at >= $2 and e.at < $3`,
    [bankCode, new Date(fromMs), new Date(endMs)],
  )
  const { first = null, last = null } = found ?? {}
  return first === null || last === null ? { first: 0, end: 0 } : { first, end: last + 1 }
}
