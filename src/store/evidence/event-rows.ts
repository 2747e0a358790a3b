import type { Pool } from 'pg'
import { EVENT_FIELDS } from '../../evidence/event-text.ts'
import { rows } from '../connection.ts'

/** Each field of the byte form as the database writes it, of an event `e`. */
const FIELDS: Readonly<Record<(typeof EVENT_FIELDS)[number], string>> = {
  bankCode: 'e.bank_code',
  seq: 'e.seq::text',
  id: 'e.id',
  // Whole milliseconds have no fraction; a time that was changed by less than one shows it.
  atMs: 'trim_scale(extract(epoch from e.at) * 1000)::text',
  actorKind: 'e.actor_kind',
  actorId: 'e.actor_id',
  contractId: 'e.contract_id',
  serial: 'e.serial',
  kind: 'e.kind',
  outcome: 'e.outcome',
  receiptNo: 'e.receipt_no::text',
  requestId: 'e.request_id',
  detail: 'e.detail::text',
}

const IN_ORDER = EVENT_FIELDS.map((field) => FIELDS[field])

/** The byte form of an event `e` (`evidence/event-text.ts`), as the database writes it. */
export const EVENT_TEXT = `array_to_json(array[${IN_ORDER}])::text`

/**
 * The leaf of an event `e` (`evidence/hashing.ts`). For sealing the database hashes as well: else
 * thirteen columns of each event would have to come to the server, which is busy answering. Who
 * examines a log hashes by himself.
 */
export const LEAF_HASH = `sha256('\\x00'::bytea || convert_to(${EVENT_TEXT}, 'UTF8'))`

/** An event as its leaf is made of it. */
export interface EventRow {
  readonly seq: number
  readonly text: string
}

/** The byte forms of these events, of those that are there. */
export async function textsOf(
  pool: Pool,
  bankCode: string,
  seqs: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (seqs.length === 0) return new Map()
  const found = await rows<EventRow>(
    pool,
    `select e.seq, ${EVENT_TEXT} as text from event e where e.bank_code = $1 and e.seq = any ($2)`,
    [bankCode, seqs],
  )
  return new Map(found.map(({ seq, text }) => [seq, text]))
}
