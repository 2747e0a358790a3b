import { drawReceipt, type ReceiptFacts, recordAct } from '../act.ts'
import { attempt, type Request } from '../attempt.ts'
import { dispatchNotice } from '../hardware/hardware-notices.ts'
import { type HeldApplication, holdApplication } from '../hardware/held-application.ts'
import { readParcelNumber, writtenParcelNumber } from '../hardware/parcel-number.ts'
import type { Ports } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const PROCEDURE = 'hardware-dispatch'

/** The post office uses a number again after years; within this time it is a slip of the hand. */
const PARCEL_ONCE_MS = 100 * 24 * 60 * 60 * 1000

export interface DispatchResult extends ReceiptFacts {
  readonly serial: string
  readonly parcelNo: string
}

/**
 * 発送: the parcel (簡易書留) leaves. From this commit on the token can be started, by this customer
 * only, who is told the number of the parcel.
 *
 * Refusals: `invalid-input` at `parcelNo` (no such number, or another parcel has it),
 * `unknown-application`, `wrong-state` (nothing is assigned, or it was sent already).
 */
export async function dispatchToken(
  ports: Ports,
  request: Request,
  form: { readonly applicationNo: string; readonly parcelNo: string },
): Promise<Outcome<DispatchResult>> {
  const { bankCode } = request.bank
  const parcelNo = readParcelNumber(form.parcelNo)
  if (parcelNo === undefined) return refused('invalid-input', 'parcelNo')
  const found = await ports.store.tables.hardware.applications.find(bankCode, form.applicationNo)
  if (found === undefined) return refused('unknown-application')
  const { contractId, serial } = found
  const attempted = { procedure: PROCEDURE, contractId, ...(serial !== undefined && { serial }) }
  return attempt<HeldApplication, DispatchResult>(
    ports,
    request,
    attempted,
    (tx) => holdApplication(tx, found, serial),
    async (tx, { contract, application, hardware }) => {
      // 1. The token that was found is still the one that is assigned.
      if (contract === undefined || application === undefined) return refused('unknown-application')
      if (application.state !== 'assigned' || application.serial !== serial) {
        return refused('wrong-state')
      }
      if (serial === undefined || hardware?.token.state !== 'assigned') {
        return refused('wrong-state')
      }
      // 2. No other parcel of these months has the number.
      const nowMs = ports.clock.now()
      const { applications, stock } = tx.hardware
      if (await applications.hasParcel(bankCode, parcelNo, nowMs - PARCEL_ONCE_MS)) {
        return refused('invalid-input', 'parcelNo')
      }
      // 3. On its way to this customer, and to nobody else.
      if (!(await stock.ship(hardware.token, contractId, nowMs))) return refused('wrong-state')
      if (!(await applications.move(application, { to: 'shipped', parcelNo }, nowMs))) {
        return refused('wrong-state')
      }
      // 4. Receipt and event, and the customer learns what to wait for.
      const receipt = await drawReceipt(ports, tx)
      const hasToken = contract.token !== undefined
      await recordAct(ports, tx, request, {
        attempted,
        contract,
        receipt,
        notice: dispatchNotice(writtenParcelNumber(parcelNo), hasToken),
        detail: { applicationNo: found.applicationNo, parcelNo },
      })
      return done({ ...receipt, serial, parcelNo })
    },
  )
}
