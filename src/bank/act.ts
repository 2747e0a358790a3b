import { type Attempted, eventOf, type Request } from './attempt.ts'
import type { Contract } from './contract.ts'
import type { BankEvent } from './event.ts'
import { type NoticeFacts, noticeOf } from './notice.ts'
import type { Ports, Tx } from './ports.ts'

/** What every result page shows first. */
export interface ReceiptFacts {
  readonly receiptNo: string
  readonly receivedAtMs: number
}

export interface DoneAct {
  readonly attempted: Attempted
  /** The contract as it was before the act: its notice goes to the address known before. */
  readonly contract: Contract
  readonly receipt: ReceiptFacts
  /** None where the customer learns nothing by it, such as of a serial that is laid aside. */
  readonly notice?: NoticeFacts
  /** A further address that the act made known: of a new mail address both learn of it. */
  readonly alsoTo?: string
  readonly detail?: BankEvent['detail']
}

/** Draws the receipt number of an act that is about to be done. */
export async function drawReceipt(ports: Ports, tx: Tx): Promise<ReceiptFacts> {
  return { receiptNo: await tx.journal.nextReceiptNo(), receivedAtMs: ports.clock.now() }
}

/** Writes what belongs to every act, in its own transaction: receipt, event and notice. */
export async function recordAct(ports: Ports, tx: Tx, request: Request, act: DoneAct) {
  const { bankCode, contractId, mail } = act.contract
  const { receiptNo, receivedAtMs } = act.receipt
  const { procedure } = act.attempted
  const more = { receiptNo, ...(act.detail && { detail: act.detail }) }
  const { notice: facts } = act
  const notice = facts && noticeOf(request.bank, contractId, act.receipt, facts)
  const notices = [...new Set([mail, act.alsoTo ?? mail])].flatMap((to) =>
    notice ? [{ bankCode, contractId, to, createdAtMs: receivedAtMs, ...notice }] : [],
  )
  const event = eventOf(ports, request, act.attempted, 'done', more)
  const receipt = { bankCode, receiptNo, contractId, procedure, receivedAtMs }
  await tx.journal.record(event, receipt, notices)
}
