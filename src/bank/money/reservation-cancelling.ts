import { drawReceipt, type ReceiptFacts, recordAct } from '../act.ts'
import type { Request } from '../attempt.ts'
import { writtenDay } from '../calendar.ts'
import type { Contract } from '../contract.ts'
import type { Ports, TransferRecord, Tx } from '../ports.ts'
import { transferLines } from './transfer-movements.ts'

export const RESERVATION_CANCEL = 'reservation-cancel'

/**
 * Takes back a reservation whose row is held: one conditional write, and its day's limit is free
 * again; with receipt, event and notice. Undefined when it is no reservation any more.
 */
export async function takeBack(
  ports: Ports,
  tx: Tx,
  request: Request,
  by: { readonly contract: Contract; readonly serial?: string; readonly why?: string },
  transfer: TransferRecord,
): Promise<ReceiptFacts | undefined> {
  const { contract, serial, why } = by
  const receipt = await drawReceipt(ports, tx)
  const { receiptNo, receivedAtMs: atMs } = receipt
  const closing = { status: 'cancelled', atMs, receiptNo } as const
  if (!(await tx.transfers.close(transfer, closing))) return undefined
  await tx.transfers.giveBackLimit(transfer)
  const { contractId } = contract
  const attempted = { procedure: RESERVATION_CANCEL, contractId }
  await recordAct(ports, tx, request, {
    attempted: { ...attempted, ...(serial !== undefined && { serial }) },
    contract,
    receipt,
    notice: {
      act: '予約振込の取消',
      lines: [
        ['取り消した振込の受付番号', transfer.receiptNo],
        ...transferLines({ ...transfer, payee: { ...transfer.to, name: transfer.payeeName } }),
        ['お振込予定日', writtenDay(transfer.day)],
      ],
    },
    detail: {
      reservation: transfer.receiptNo,
      amountYen: transfer.amountYen,
      ...(why !== undefined && { why }),
    },
  })
  return receipt
}
