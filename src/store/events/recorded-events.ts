import type { BankEvent } from '../../bank/event.ts'
import type { RecordedEvent } from '../../bank/event-reading.ts'
import { EVENT_COLUMNS } from './journal.ts'

export interface EventRow {
  seq: number
  bank_code: string
  id: string
  at: Date
  actor_kind: BankEvent['actor']['kind']
  actor_id: string
  contract_id: string | null
  serial: string | null
  kind: string
  outcome: BankEvent['outcome']
  receipt_no: number | null
  request_id: string
  detail: Required<BankEvent>['detail'] | null
}

/** What `recordedEventOf` reads. */
export const RECORDED_COLUMNS = `seq, ${EVENT_COLUMNS}`

export const recordedEventOf = (found: EventRow): RecordedEvent => ({
  seq: found.seq,
  id: found.id,
  bankCode: found.bank_code,
  atMs: found.at.getTime(),
  actor: { kind: found.actor_kind, id: found.actor_id },
  kind: found.kind,
  outcome: found.outcome,
  requestId: found.request_id,
  ...(found.contract_id !== null && { contractId: found.contract_id }),
  ...(found.serial !== null && { serial: found.serial }),
  ...(found.receipt_no !== null && { receiptNo: String(found.receipt_no) }),
  ...(found.detail !== null && { detail: found.detail }),
})
