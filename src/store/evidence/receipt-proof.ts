import type { Pool } from 'pg'
import type { Evidence, ProvenEvent, ReceiptAnswer, SignedHead } from '../../bank/evidence.ts'
import { leafHash } from '../../evidence/hashing.ts'
import { type Head, type LogKey, openNote, verifierKey } from '../../evidence/head.ts'
import { provesInclusion } from '../../evidence/proofs.ts'
import { row, rows } from '../connection.ts'
import { EVENT_TEXT, type EventRow } from './event-rows.ts'
import { newestHeads, publishedNoteOf } from './heads.ts'
import { eventsInExport, type SealedEvent } from './kept-export.ts'
import type { LogKeys } from './log-keys.ts'
import { leafOf, treeOf } from './tree-reading.ts'

/** The evidence that the database can show. */
export function evidenceOn(pool: Pool, keys: LogKeys): Evidence {
  return {
    async newestHead(bankCode) {
      const [head] = await newestHeads(pool, keys, bankCode)
      return head && shown(head, head.key, head.note)
    },
    async publishedHead(bankCode) {
      const note = await publishedNoteOf(pool, bankCode)
      const opened = note && opening(note, [...(await keys.published()).values()])
      return opened ? shown(opened.head, opened.key, note) : undefined
    },
    proofOfReceipt: (bankCode, receiptNo) => proveReceipt(pool, keys, { bankCode, receiptNo }),
  }
}

const shown = ({ bankCode, size, root, atMs }: Head, key: LogKey, note: string): SignedHead => ({
  bankCode,
  size,
  root: root.toString('base64'),
  atMs,
  note,
  verifierKey: verifierKey(bankCode, key),
})

interface ReceiptQuestion {
  readonly bankCode: string
  readonly receiptNo: string
  /**
   * A head that others have seen; it is taken if it covers the receipt and belongs to the log.
   * Without it the last one that this installation has published is.
   */
  readonly publishedNote?: string | undefined
  /** The export that retention has left, for a receipt whose events are removed. */
  readonly exportFile?: string | undefined
}

/**
 * See `Evidence.proofOfReceipt`. Throws when the log does not lead to any of its heads; an export
 * that does not belong to it proves nothing, as if the receipt were not in it.
 */
export async function proveReceipt(
  pool: Pool,
  keys: LogKeys,
  question: ReceiptQuestion,
): Promise<ReceiptAnswer> {
  const { bankCode, receiptNo } = question
  // 1. The receipt has events, and they are sealed.
  const found = await eventsWithLeaves(pool, question)
  if (found.length === 0) return retainedIn(pool, bankCode, receiptNo)
  const [newest] = await newestHeads(pool, keys, bankCode)
  if (newest === undefined || !found.every(isSealed)) return 'unsealed'
  // 2. A head that others have seen proves more than one that only the database has.
  const known = [...(await keys.published()).values()]
  const published = question.publishedNote ?? (await publishedNoteOf(pool, bankCode))
  const notes = published === undefined ? [newest.note] : [published, newest.note]
  for (const note of notes) {
    const proof = await proofUnder(pool, note, known, found)
    if (proof === undefined) continue
    return { format: 'ichido-receipt-proof-1', bankCode, receiptNo, ...proof }
  }
  if (question.exportFile !== undefined) return undefined
  throw new Error(`the log of bank ${bankCode} does not lead to its signed head: run audit verify`)
}

type FoundEvent = Omit<SealedEvent, 'leaf'> & { readonly leaf: number | undefined }

const isSealed = (event: FoundEvent): event is SealedEvent => event.leaf !== undefined

/** The events with their leaves: from the database, or from an export, whose leaves it still has. */
async function eventsWithLeaves(
  pool: Pool,
  { bankCode, receiptNo, exportFile }: ReceiptQuestion,
): Promise<readonly FoundEvent[]> {
  if (!/^\d{1,15}$/.test(receiptNo)) return []
  if (exportFile !== undefined) return eventsInExport(exportFile, bankCode, receiptNo)
  const events = await eventsOf(pool, bankCode, receiptNo)
  return Promise.all(
    events.map(async ({ seq, text }) => ({ text, leaf: await leafOf(pool, bankCode, seq) })),
  )
}

async function retainedIn(pool: Pool, bankCode: string, receiptNo: string): Promise<ReceiptAnswer> {
  if (!/^\d{1,15}$/.test(receiptNo)) return undefined
  const found = await row<{ export_file: string }>(
    pool,
    'select export_file from retained_receipt where bank_code = $1 and receipt_no = $2',
    [bankCode, receiptNo],
  )
  return found && { retainedIn: found.export_file }
}

/** The head of the note, with the key of the log that has signed it. */
function opening(note: string, known: readonly LogKey[]) {
  for (const key of known) {
    const head = openNote(note, [key])
    if (head !== undefined) return { head, key }
  }
  return undefined
}

/** Undefined when the note does not cover the events, or the log does not lead to it. */
async function proofUnder(
  pool: Pool,
  note: string,
  known: readonly LogKey[],
  sealed: readonly SealedEvent[],
) {
  const opened = opening(note, known)
  if (opened === undefined) return undefined
  const { head, key } = opened
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

function eventsOf(pool: Pool, bankCode: string, receiptNo: string): Promise<EventRow[]> {
  return rows<EventRow>(
    pool,
    `select e.seq, ${EVENT_TEXT} as text from event e
      where e.bank_code = $1 and e.receipt_no = $2 order by e.seq`,
    [bankCode, receiptNo],
  )
}
