import type { ReceiptFacts } from '../act.ts'
import { attempt, type Request } from '../attempt.ts'
import { type Authorisation, authorise } from '../authorisation.ts'
import { dayOf } from '../calendar.ts'
import { mayAct } from '../credentials.ts'
import { RESERVATION_CANCEL, takeBack } from '../money/reservation-cancelling.ts'
import { holdCustomer } from '../office/held-customer.ts'
import type { Ports, TransferRecord } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

export interface CancellationResult extends ReceiptFacts {
  readonly transfer: TransferRecord
}

/**
 * 予約取消: takes a reserved transfer back, until the day before. The reservation itself stands for the
 * draft: it is cancelled once, and sent again the first result is told.
 *
 * Refusals: `out-of-order` (no such transfer of this customer, or no reservation any more),
 * `frozen`, `draft-expired` (its day has come), those of `authorise`.
 */
export async function cancelReservation(
  ports: Ports,
  request: Request,
  form: Authorisation & { readonly receiptNo: string },
): Promise<Outcome<CancellationResult>> {
  const { bankCode } = request.bank
  const contractId = request.actor.id
  const attempted = { procedure: RESERVATION_CANCEL, contractId }
  return attempt(
    ports,
    request,
    attempted,
    // Held in this order in every act; the scheduler, which holds the same row, passes over it
    // meanwhile.
    async (tx) => {
      const [held, transfer] = await Promise.all([
        holdCustomer(tx, bankCode, contractId),
        tx.transfers.lock({ bankCode, contractId }, form.receiptNo),
      ])
      return { ...held, transfer }
    },
    async (tx, { contract, token, transfer }) => {
      // 1. The transfer is this customer's; a second click gets the first's result.
      if (contract === undefined || transfer === undefined) return refused('out-of-order')
      const cancelled = cancellationOf(transfer)
      if (cancelled !== undefined) return done(cancelled)
      // 2. The contract may act, and the reservation may still be cancelled.
      const may = mayAct(contract)
      if (!may.ok) return may
      const cancellable = mayCancel(transfer, ports.clock.now())
      if (!cancellable.ok) return cancellable
      // 3. The customer is proven: by a code if there is a token, else by the confirmation method.
      const proven = await authorise(ports, tx, request.bank, { contract, token }, form)
      if (!proven.ok) return proven
      // 4. It is no reservation any more: one conditional write. Its day's limit is free again.
      // 5. Receipt, event and notice.
      const by = { contract, ...(token && { serial: token.serial }) }
      const receipt = await takeBack(ports, tx, request, by, transfer)
      return receipt === undefined ? refused('out-of-order') : done({ ...receipt, transfer })
    },
  )
}

/**
 * Whether the reservation can still be cancelled: it waits, and its day has not come.
 *
 * Refusals: `out-of-order`, `draft-expired`.
 */
export function mayCancel(transfer: TransferRecord, nowMs: number): Outcome<true> {
  if (transfer.status !== 'reserved') return refused('out-of-order')
  return dayOf(nowMs) < transfer.day ? done(true) : refused('draft-expired')
}

/**
 * What the result page of the cancellation shows; undefined for a transfer that was not cancelled.
 */
export function cancellationOf(transfer: TransferRecord): CancellationResult | undefined {
  const { cancelReceiptNo: receiptNo, closedAtMs: receivedAtMs } = transfer
  if (receiptNo === undefined || receivedAtMs === undefined) return undefined
  return { receiptNo, receivedAtMs, transfer }
}
