import { normaliseSerial } from '../../oath/serial.ts'
import { drawReceipt, type ReceiptFacts, recordAct } from '../act.ts'
import { attempt, type Request } from '../attempt.ts'
import { type Answers, confirm } from '../confirmation.ts'
import type { Contract } from '../contract.ts'
import { type CredentialsForm, mayAct, withCredentials } from '../credentials.ts'
import { draftAtStep, openDraft } from '../draft.ts'
import { acceptFirstCode } from '../one-time-password.ts'
import type { Browser, Ports, Tx } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'
import { mayUseSerial, recordedSerial } from '../serials.ts'
import type { Token } from '../token.ts'
import { bind } from '../token-binding.ts'
import { startNotice } from '../token-notices.ts'

const PROCEDURE = 'otp-start'

export type OtpAtLogin = 'required' | 'not-required'

export interface OtpStartForm {
  readonly draftId: string | undefined
  readonly serial: string
  readonly otp: string
  readonly otpAtLogin: string
  /** The answers of the customer's own confirmation method. */
  readonly answers: Answers
}

export interface OtpStartResult extends ReceiptFacts {
  readonly serial: string
  readonly otpAtLogin: OtpAtLogin
}

/**
 * 利用開始, step 1: contract ID and login password, from the foot of the login page.
 *
 * Refusals: those of `withCredentials`, `frozen`, `has-token`.
 */
export function beginOtpStart(
  ports: Ports,
  request: Omit<Request, 'actor'>,
  browser: Browser,
  form: CredentialsForm,
): Promise<Outcome<{ draftId: string }>> {
  return withCredentials(ports, request, PROCEDURE, form, async (tx, contract) => {
    // 1. The contract may act and has no token yet: with one, the way is the exchange.
    const may = mayStart(contract)
    if (!may.ok) return may
    // 2. The draft waits for the token.
    const { id } = await openDraft(ports, tx, {
      browser,
      contract,
      procedure: PROCEDURE,
      step: 'token',
    })
    return done({ draftId: id })
  })
}

/**
 * 利用開始, step 2: serial, code, whether login asks for a code, and the customer's own confirmation
 * method. Sent again it answers with the first result and changes nothing.
 *
 * Refusals: `out-of-order`, `draft-expired`, `frozen`, `has-token`, `invalid-input`,
 * `serial-unknown`, `type-closed`, `serial-not-yours`, `serial-in-use`, those of `acceptCode` and
 * of `confirm`.
 */
export async function completeOtpStart(
  ports: Ports,
  request: Omit<Request, 'actor'>,
  browser: Browser,
  form: OtpStartForm,
): Promise<Outcome<OtpStartResult>> {
  const found = await ports.store.tables.drafts.find(browser, PROCEDURE, form.draftId)
  if (found === undefined) return refused('out-of-order')
  const { bankCode, contractId } = found
  const serial = normaliseSerial(form.serial)
  const customer: Request = { ...request, actor: { kind: 'customer', id: contractId } }
  const record = await recordedSerial(ports, bankCode, serial)
  const attempted = { procedure: PROCEDURE, contractId, ...record }
  return attempt<Held, OtpStartResult>(
    ports,
    customer,
    attempted,
    async (tx) => ({
      draft: await tx.drafts.lock(browser, PROCEDURE, found.id),
      contract: await tx.contracts.lock(bankCode, contractId),
      token: serial === undefined ? undefined : await tx.tokens.lockBySerial(bankCode, serial),
    }),
    async (tx, { draft, contract, token }) => {
      // 1. The draft waits for the token; a second click gets the first click's result.
      if (draft?.step === 'done') return done(draft.result as OtpStartResult)
      const open = draftAtStep(draft, 'token', ports.clock.now())
      if (!open.ok) return open
      // 2. The contract may still act and still has no token.
      if (contract === undefined) return refused('out-of-order')
      const may = mayStart(contract)
      if (!may.ok) return may
      // 3. The form is whole.
      if (serial === undefined) return refused('invalid-input', 'serial')
      const { otpAtLogin } = form
      if (!isOtpAtLogin(otpAtLogin)) return refused('invalid-input', 'otpAtLogin')
      // 4. The serial is one that this customer may start.
      const startable = await mayUseSerial(ports, tx, contract, token)
      if (!startable.ok) return startable
      // 5. The code proves that the token is at hand.
      const { bank } = request
      const first = { contract, token: startable.value }
      const accepted = await acceptFirstCode(ports, tx, first, form.otp, bank.thresholds)
      if (!accepted.ok) return accepted
      // 6. The confirmation method proves the customer.
      const confirmed = await confirm(ports, tx, bank, contract, form.answers)
      if (!confirmed.ok) return confirmed
      // 7. The token is the contract's; until 0:00 the low limits apply.
      const atLogin = otpAtLogin === 'required'
      if (!(await bind(ports, tx, contract, startable.value, atLogin))) return refused('has-token')
      const receipt = await drawReceipt(ports, tx)
      const result: OtpStartResult = { ...receipt, serial, otpAtLogin }
      await recordAct(ports, tx, customer, {
        attempted,
        contract,
        receipt,
        notice: startNotice(serial, atLogin),
        detail: { otpAtLogin },
      })
      await tx.drafts.finish(open.value, result)
      return done(result)
    },
  )
}

interface Held {
  readonly draft: Awaited<ReturnType<Tx['drafts']['lock']>>
  readonly contract: Contract | undefined
  readonly token: Token | undefined
}

function mayStart(contract: Contract): Outcome<Contract> {
  const may = mayAct(contract)
  if (!may.ok) return may
  return contract.token === undefined ? done(contract) : refused('has-token')
}

const isOtpAtLogin = (text: string): text is OtpAtLogin =>
  text === 'required' || text === 'not-required'
