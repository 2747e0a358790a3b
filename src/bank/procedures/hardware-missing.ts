import { drawReceipt, type ReceiptFacts, recordAct } from '../act.ts'
import { attempt, type Request } from '../attempt.ts'
import type { ApplicationState } from '../hardware/hardware.ts'
import { missingNotice, resendNotice } from '../hardware/hardware-notices.ts'
import { type HeldApplication, holdApplication } from '../hardware/held-application.ts'
import type { NoticeFacts } from '../notice.ts'
import type { Ports } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'
import type { TokenState } from '../token.ts'

/** How both steps differ: from where to where, and what the customer is told. */
interface Step {
  readonly procedure: string
  readonly application: readonly [from: ApplicationState, to: 'missing' | 'received']
  readonly token: readonly [from: TokenState, to: TokenState]
  readonly notice: (serial: string) => NoticeFacts
}

const MISSING: Step = {
  procedure: 'hardware-missing',
  application: ['shipped', 'missing'],
  token: ['shipped', 'suspended'],
  notice: missingNotice,
}

const RESEND: Step = {
  procedure: 'hardware-resend',
  application: ['missing', 'received'],
  token: ['suspended', 'reissued'],
  notice: resendNotice,
}

/**
 * 不着・紛失: the parcel did not arrive. The token is suspended at once, so that nobody who has it can
 * start it; it is never released again, for it was out of everybody's hands.
 *
 * Refusals: `unknown-application`, `wrong-state` (not sent, or started meanwhile).
 */
export const reportMissing = (ports: Ports, request: Request, applicationNo: string) =>
  take(MISSING, ports, request, applicationNo)

/**
 * 再送: the post has not found the parcel. The lost token is retired, and the application waits for
 * another one, without a new fee.
 *
 * Refusals: `unknown-application`, `wrong-state`.
 */
export const resend = (ports: Ports, request: Request, applicationNo: string) =>
  take(RESEND, ports, request, applicationNo)

async function take(
  step: Step,
  ports: Ports,
  request: Request,
  applicationNo: string,
): Promise<Outcome<ReceiptFacts>> {
  const { bankCode } = request.bank
  const found = await ports.store.tables.hardware.applications.find(bankCode, applicationNo)
  if (found === undefined) return refused('unknown-application')
  const { contractId, serial } = found
  const { procedure } = step
  const attempted = { procedure, contractId, ...(serial !== undefined && { serial }) }
  return attempt<HeldApplication, ReceiptFacts>(
    ports,
    request,
    attempted,
    (tx) => holdApplication(tx, found, serial),
    async (tx, { contract, application, hardware }) => {
      // 1. Parcel and token are where this step begins; a token that was started has arrived.
      if (contract === undefined || application === undefined) return refused('unknown-application')
      const [from, to] = step.application
      const [tokenFrom, tokenTo] = step.token
      if (application.state !== from || application.serial !== serial) return refused('wrong-state')
      if (serial === undefined || hardware?.token.state !== tokenFrom) return refused('wrong-state')
      // 2. Both move on.
      if (!(await tx.tokens.move(hardware.token, tokenTo))) return refused('wrong-state')
      const nowMs = ports.clock.now()
      if (!(await tx.hardware.applications.move(application, { to }, nowMs))) {
        return refused('wrong-state')
      }
      // 3. Receipt and event, and the customer is told.
      const receipt = await drawReceipt(ports, tx)
      const { parcelNo } = application
      await recordAct(ports, tx, request, {
        attempted,
        contract,
        receipt,
        notice: step.notice(serial),
        detail: { applicationNo, ...(parcelNo !== undefined && { parcelNo }) },
      })
      return done(receipt)
    },
  )
}
