import type { Pool } from 'pg'
import type { Evidence, ProvenEvent, ReceiptProof } from '../../bank/evidence.ts'
import { leafHash } from '../../evidence/hashing.ts'
import { type Head, type LogKey, openNote, verifierKey } from '../../evidence/head.ts'
import { provesInclusion } from '../../evidence/proofs.ts'
import { rows } from '../connection.ts'
import { EVENT_TEXT, type EventRow } from './event-rows.ts'
import { newestHeads } from './heads.ts'
import type { LogKeys } from './log-keys.ts'
import { leafOf, treeOf } from './tree-reading.ts'

/** The evidence that the database can show. */
export function evidenceOn(pool: Pool, keys: LogKeys): Evidence {
  return {
    async newestHead(bankCode) {
      const [head] = await newestHeads(pool, keys, bankCode)
      if (head === undefined) return undefined
      const { size, root, atMs, note, key } = head
      const shown = { root: root.toString('base64'), verifierKey: verifierKey(bankCode, key) }
      return { bankCode, size, atMs, note, ...shown }
    },
    proofOfReceipt: (bankCode, receiptNo) => proveReceipt(pool, keys, { bankCode, receiptNo }),
  }
}

interface ReceiptQuestion {
  readonly bankCode: string
  readonly receiptNo: string
  /** A head that others have seen; it is taken if it covers the receipt and belongs to the log. */
  readonly publishedNote?: string | undefined
}

/** See `Evidence.proofOfReceipt`. Throws when the log does not lead to any of its heads. */
export async function proveReceipt(
  pool: Pool,
  keys: LogKeys,
  { bankCode, receiptNo, publishedNote }: ReceiptQuestion,
): Promise<ReceiptProof | 'unsealed' | undefined> {
  // 1. The receipt has events, and they are sealed.
  const events = await eventsOf(pool, bankCode, receiptNo)
  if (events.length === 0) return undefined
  const leaves = await Promise.all(events.map(({ seq }) => leafOf(pool, bankCode, seq)))
  const [newest] = await newestHeads(pool, keys, bankCode)
  if (newest === undefined || leaves.includes(undefined)) return 'unsealed'
  const sealed = events.map(({ text }, place) => ({ leaf: leaves[place] ?? 0, text }))
  // 2. A head that others have seen proves more than one that only the database has.
  const known = [...(await keys.published()).values()]
  const notes = publishedNote === undefined ? [newest.note] : [publishedNote, newest.note]
  for (const note of notes) {
    const proof = await proofUnder(pool, note, known, sealed)
    if (proof === undefined) continue
    return { format: 'ichido-receipt-proof-1', bankCode, receiptNo, ...proof }
  }
  throw new Error(`the log of bank ${bankCode} does not lead to its signed head: run audit verify`)
}

interface SealedEvent {
  readonly leaf: number
  readonly text: string
}

/** Undefined when the note does not cover the events, or the log does not lead to it. */
async function proofUnder(
  pool: Pool,
  note: string,
  known: readonly LogKey[],
  sealed: readonly SealedEvent[],
) {
  const key = known.find((candidate) => openNote(note, [candidate]) !== undefined)
  const head = key && openNote(note, [key])
  if (key === undefined || head === undefined) return undefined
  const events: ProvenEvent[] = []
  for (const event of sealed) {
    const path = await pathTo(pool, head, event)
    if (path === undefined) return undefined
    events.push({
      leaf: event.leaf,
      event: event.text,
      path: path.map((hash) => hash.toString('base64')),
    })
  }
  return { verifierKey: verifierKey(head.bankCode, key), head: note, events }
}

async function pathTo(pool: Pool, { bankCode, size, root }: Head, { leaf, text }: SealedEvent) {
  if (leaf >= size) return undefined
  const path = await treeOf(pool, bankCode).inclusion(leaf, size)
  return provesInclusion({ leaf, size }, leafHash(text), path, root) ? path : undefined
}

async function eventsOf(pool: Pool, bankCode: string, receiptNo: string): Promise<EventRow[]> {
  if (!/^\d{1,15}$/.test(receiptNo)) return []
  return rows<EventRow>(
    pool,
    `select e.seq, ${EVENT_TEXT} as text from event e
      where e.bank_code = $1 and e.receipt_no = $2 order by e.seq`,
    [bankCode, receiptNo],
  )
}
