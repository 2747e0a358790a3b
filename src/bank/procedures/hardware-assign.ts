import { normaliseSerial } from '../../oath/serial.ts'
import { drawReceipt, type ReceiptFacts, recordAct } from '../act.ts'
import { attempt, type Request } from '../attempt.ts'
import type { Application } from '../hardware/hardware.ts'
import { type HeldApplication, holdApplication } from '../hardware/held-application.ts'
import type { Ports } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'
import { isOpen } from '../token-type.ts'

const PROCEDURE = 'hardware-assign'
const UNDONE = 'hardware-assign-undone'

export interface AssignResult extends ReceiptFacts {
  readonly serial: string
}

/**
 * シリアルの割当: this very token is meant for the customer of the application. Of two clerks who take the
 * same one the second is refused.
 *
 * Refusals: `unknown-application`, `wrong-state` (the application does not wait for a token), all
 * others at `serial`: `invalid-input`, `not-in-stock`, `wrong-shape`, `type-closed`.
 */
export async function assignSerial(
  ports: Ports,
  request: Request,
  form: { readonly applicationNo: string; readonly serial: string },
): Promise<Outcome<AssignResult>> {
  const { bankCode } = request.bank
  const { applications, stock } = ports.store.tables.hardware
  const found = await applications.find(bankCode, form.applicationNo)
  if (found === undefined) return refused('unknown-application')
  const serial = normaliseSerial(form.serial)
  if (serial === undefined) return refused('invalid-input', 'serial')
  // Only a serial that exists is kept: people type other things into the field.
  const isKnown = (await stock.find(bankCode, serial)) !== undefined
  const { contractId, applicationNo } = found
  const attempted = { procedure: PROCEDURE, contractId, ...(isKnown && { serial }) }
  return attempt<HeldApplication, AssignResult>(
    ports,
    request,
    attempted,
    (tx) => holdApplication(tx, found, serial),
    async (tx, { contract, application, hardware }) => {
      // 1. The application waits for a token.
      if (contract === undefined || application === undefined) return refused('unknown-application')
      if (application.state !== 'received') return refused('wrong-state')
      // 2. The token lies on stock, in the shape that the customer wished.
      if (hardware?.token.state !== 'stocked') return refused('not-in-stock', 'serial')
      const { token, shape } = hardware
      if (application.shape !== undefined && shape !== application.shape) {
        return refused('wrong-shape', 'serial')
      }
      // 3. The customer will be able to start it.
      const type = await tx.banks.tokenType(bankCode, token.type)
      const nowMs = ports.clock.now()
      if (type === undefined || !isOpen(type, nowMs)) return refused('type-closed', 'serial')
      // 4. Taken from stock, by one write that only one clerk can win.
      if (!(await tx.tokens.move(token, 'assigned'))) return refused('not-in-stock', 'serial')
      const move = { to: 'assigned', serial } as const
      if (!(await tx.hardware.applications.move(application, move, nowMs))) {
        return refused('wrong-state')
      }
      // 5. Receipt and event; the customer is told when the parcel leaves.
      const receipt = await drawReceipt(ports, tx)
      const detail = { applicationNo }
      await recordAct(ports, tx, request, { attempted, contract, receipt, detail })
      return done({ ...receipt, serial })
    },
  )
}

/**
 * 割当の取消, before the parcel leaves: the token goes back to stock.
 *
 * Refusals: `unknown-application`, `wrong-state`.
 */
export async function undoAssignment(
  ports: Ports,
  request: Request,
  applicationNo: string,
): Promise<Outcome<Application>> {
  const { bankCode } = request.bank
  const found = await ports.store.tables.hardware.applications.find(bankCode, applicationNo)
  if (found === undefined) return refused('unknown-application')
  const { contractId, serial } = found
  const attempted = { procedure: UNDONE, contractId, ...(serial !== undefined && { serial }) }
  return attempt<HeldApplication, Application>(
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
      if (hardware?.token.state !== 'assigned') return refused('wrong-state')
      // 2. Both are as before.
      if (!(await tx.tokens.move(hardware.token, 'stocked'))) return refused('wrong-state')
      const move = { to: 'received' } as const
      if (!(await tx.hardware.applications.move(application, move, ports.clock.now()))) {
        return refused('wrong-state')
      }
      const receipt = await drawReceipt(ports, tx)
      const detail = { applicationNo }
      await recordAct(ports, tx, request, { attempted, contract, receipt, detail })
      return done({ ...application, state: 'received' })
    },
  )
}
