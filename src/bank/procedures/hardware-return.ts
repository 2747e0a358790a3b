import { normaliseSerial } from '../../oath/serial.ts'
import { drawReceipt, type ReceiptFacts, recordAct } from '../act.ts'
import { attempt, eventOf, type Request } from '../attempt.ts'
import type { Contract } from '../contract.ts'
import type { Application } from '../hardware/hardware.ts'
import { returnNotice, undeliveredNotice } from '../hardware/hardware-notices.ts'
import type { HardwareToken } from '../hardware/hardware-stock.ts'
import type { Ports, Tx } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const PROCEDURE = 'hardware-return'

export interface ReturnForm {
  readonly serial: string
  /** `unopened` for a parcel that came back as it was sent, `opened` for everything else. */
  readonly condition: string
}

export interface ReturnResult extends ReceiptFacts {
  readonly serial: string
  readonly to: 'stocked' | 'returned'
}

interface Held {
  readonly contract: Contract | undefined
  readonly application: Application | undefined
  readonly hardware: HardwareToken | undefined
}

/**
 * 返却: a token is back at the bank. Undelivered and unopened it goes on stock again, and its
 * customer still waits for one; anything else waits to be destroyed: its seed has lived outside.
 *
 * Refusals: `invalid-input`, `serial-unknown`, `wrong-state` (never sent, still in use, or here
 * already; or called unopened though somebody has had it), all but the first at `serial`.
 */
export async function takeBack(
  ports: Ports,
  request: Request,
  form: ReturnForm,
): Promise<Outcome<ReturnResult>> {
  const { bankCode } = request.bank
  const { condition } = form
  const serial = normaliseSerial(form.serial)
  if (serial === undefined) return refused('invalid-input', 'serial')
  if (condition !== 'unopened' && condition !== 'opened') {
    return refused('invalid-input', 'condition')
  }
  const { stock, applications } = ports.store.tables.hardware
  const found = await stock.find(bankCode, serial)
  if (found === undefined) return refused('serial-unknown', 'serial')
  const { shippedTo: contractId } = found.token
  const sent = await applications.ofSerial(bankCode, serial)
  const attempted = {
    procedure: PROCEDURE,
    serial,
    ...(contractId !== undefined && { contractId }),
  }
  return attempt<Held, ReturnResult>(
    ports,
    request,
    attempted,
    (tx) => hold(tx, bankCode, { serial, contractId, applicationNo: sent?.applicationNo }),
    async (tx, { contract, application, hardware }) => {
      // 1. It is still the customer's as it was found, and not in use any more.
      if (hardware === undefined || hardware.token.shippedTo !== contractId) {
        return refused('wrong-state', 'serial')
      }
      const isMissing = application?.state === 'missing'
      const isUndelivered = isMissing || hardware.token.state === 'shipped'
      const to = condition === 'unopened' ? 'stocked' : 'returned'
      if (!(await mayComeBack(tx, hardware, to))) return refused('wrong-state', 'serial')
      // 2. Back on stock for anybody, or laid aside for good.
      const moved =
        to === 'stocked'
          ? await tx.hardware.stock.restock(hardware.token)
          : await tx.tokens.move(hardware.token, 'returned')
      if (!moved) return refused('wrong-state', 'serial')
      // 3. Who never got it waits for another one.
      if (isUndelivered && (isMissing || application?.state === 'shipped')) {
        await tx.hardware.applications.move(application, { to: 'received' }, ports.clock.now())
      }
      // 4. Receipt and event, and the customer is told.
      const receipt = await drawReceipt(ports, tx)
      const notice = isUndelivered ? undeliveredNotice() : returnNotice(serial)
      const act = { attempted, receipt, detail: { condition } }
      if (contract !== undefined) await recordAct(ports, tx, request, { ...act, contract, notice })
      else {
        const more = { receiptNo: receipt.receiptNo, detail: act.detail }
        await tx.journal.append(eventOf(ports, request, attempted, 'done', more))
      }
      return done({ ...receipt, serial, to })
    },
  )
}

/** Contract, application, token: in the order in which every act locks them. */
async function hold(
  tx: Tx,
  bankCode: string,
  of: {
    readonly serial: string
    readonly contractId: string | undefined
    readonly applicationNo: string | undefined
  },
): Promise<Held> {
  const { contractId, applicationNo } = of
  const { applications, stock } = tx.hardware
  return {
    contract: contractId === undefined ? undefined : await tx.contracts.lock(bankCode, contractId),
    application:
      applicationNo === undefined ? undefined : await applications.lock(bankCode, applicationNo),
    hardware: await stock.lock(bankCode, of.serial),
  }
}

const GIVEN_UP = ['suspended', 'exchanged', 'stopped', 'reissued', 'expired']

/**
 * On stock comes only what was under way and of which nobody has tried a code: whoever did has had
 * it in hand. Aside comes what no contract uses.
 */
async function mayComeBack(
  tx: Tx,
  { token }: HardwareToken,
  to: 'stocked' | 'returned',
): Promise<boolean> {
  if (to === 'stocked') return token.state === 'shipped' && token.guesses === 0
  if (token.state === 'shipped') return true
  return GIVEN_UP.includes(token.state) && (await tx.tokens.contractsUsing(token)) === 0
}
