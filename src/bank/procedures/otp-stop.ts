import { drawReceipt, type ReceiptFacts, recordAct } from '../act.ts'
import { attempt, type Request } from '../attempt.ts'
import { type Answers, confirm } from '../confirmation.ts'
import { type CredentialsForm, mayAct, withCredentials } from '../credentials.ts'
import { draftAtStep, openDraft } from '../draft.ts'
import { type Held, hold } from '../hold.ts'
import { acceptCode } from '../one-time-password.ts'
import type { Browser, Ports } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'
import { release } from '../token-binding.ts'
import { stopNotice } from '../token-notices.ts'

const PROCEDURE = 'otp-stop'

export interface OtpStopForm {
  readonly draftId: string | undefined
  readonly otp: string
  /** The answers of the customer's own confirmation method. */
  readonly answers: Answers
}

export interface OtpStopResult extends ReceiptFacts {
  readonly serial: string
}

/**
 * 利用中止, step 1: contract ID and login password, from the foot of the login page.
 *
 * Refusals: those of `withCredentials`, `frozen`, `no-token`.
 */
export function beginOtpStop(
  ports: Ports,
  request: Omit<Request, 'actor'>,
  browser: Browser,
  form: CredentialsForm,
): Promise<Outcome<{ draftId: string }>> {
  return withCredentials(ports, request, PROCEDURE, form, async (tx, contract) => {
    // 1. The contract may act and has a token.
    const may = mayAct(contract)
    if (!may.ok) return may
    if (contract.token === undefined) return refused('no-token')
    // 2. The draft waits for code and confirmation.
    const draft = await openDraft(ports, tx, {
      browser,
      contract,
      procedure: PROCEDURE,
      step: 'confirm',
    })
    return done({ draftId: draft.id })
  })
}

/**
 * 利用中止, step 2: the code and the customer's own confirmation method, which authorises from now on.
 * Sent again it answers with the first result.
 *
 * Refusals: `out-of-order`, `draft-expired`, `frozen`, `no-token`, those of `acceptCode` and of
 * `confirm`.
 */
export async function completeOtpStop(
  ports: Ports,
  request: Omit<Request, 'actor'>,
  browser: Browser,
  form: OtpStopForm,
): Promise<Outcome<OtpStopResult>> {
  const found = await ports.store.tables.drafts.find(browser, PROCEDURE, form.draftId)
  if (found === undefined) return refused('out-of-order')
  const { bankCode, contractId } = found
  const customer: Request = { ...request, actor: { kind: 'customer', id: contractId } }
  const attempted = { procedure: PROCEDURE, contractId }
  return attempt<Held, OtpStopResult>(
    ports,
    customer,
    attempted,
    (tx) => hold(tx, { browser, procedure: PROCEDURE, draftId: found.id, bankCode, contractId }),
    async (tx, { draft, contract, token }) => {
      // 1. The draft waits for this; a second click gets the first click's result.
      if (draft?.step === 'done') return done(draft.result as OtpStopResult)
      const open = draftAtStep(draft, 'confirm', ports.clock.now())
      if (!open.ok) return open
      // 2. The contract may still act and still has a token.
      if (contract === undefined) return refused('out-of-order')
      const may = mayAct(contract)
      if (!may.ok) return may
      if (token === undefined) return refused('no-token')
      // 3. The code is right and fresh: it is the token's last.
      const { bank } = request
      const accepted = await acceptCode(ports, tx, token, form.otp, bank.thresholds)
      if (!accepted.ok) return accepted
      // 4. The confirmation method proves the customer.
      const confirmed = await confirm(ports, tx, bank, contract, form.answers)
      if (!confirmed.ok) return confirmed
      // 5. The contract has no token any more, and the token no use.
      if (!(await release(tx, contract, token))) return refused('no-token')
      const { serial } = token
      const receipt = await drawReceipt(ports, tx)
      const result: OtpStopResult = { ...receipt, serial }
      await recordAct(ports, tx, customer, {
        attempted: { ...attempted, serial },
        contract,
        receipt,
        notice: stopNotice(serial),
      })
      await tx.drafts.finish(open.value, result)
      return done(result)
    },
  )
}
