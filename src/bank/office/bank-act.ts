import { drawReceipt, type ReceiptFacts } from '../act.ts'
import { type Attempted, eventOf, type Request } from '../attempt.ts'
import type { BankEvent } from '../event.ts'
import type { Ports, Tx } from '../ports.ts'

/**
 * Writes what belongs to an act of the bank that is about no single customer: its event, under a
 * receipt number of its own. There is nobody to send a notice to.
 */
export async function recordBankAct(
  ports: Ports,
  tx: Tx,
  request: Request,
  attempted: Attempted,
  detail: Required<BankEvent>['detail'],
): Promise<ReceiptFacts> {
  const receipt = await drawReceipt(ports, tx)
  const { receiptNo } = receipt
  await tx.journal.append(eventOf(ports, request, attempted, 'done', { receiptNo, detail }))
  return receipt
}
