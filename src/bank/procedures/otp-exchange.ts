import { normaliseSerial } from '../../oath/serial.ts'
import { drawReceipt, type ReceiptFacts, recordAct } from '../act.ts'
import { attempt, type Request } from '../attempt.ts'
import { type CredentialsForm, mayAct, withCredentials } from '../credentials.ts'
import { draftAtStep, openDraft } from '../draft.ts'
import { type Held, hold, holdWithSuccessor } from '../hold.ts'
import { acceptCode, acceptFirstCode } from '../one-time-password.ts'
import type { Browser, Ports } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'
import { mayUseSerial, recordedSerial } from '../serials.ts'
import type { Token } from '../token.ts'
import { swap } from '../token-binding.ts'
import { exchangeNotice } from '../token-notices.ts'

const PROCEDURE = 'otp-exchange'

export interface OtpExchangeResult extends ReceiptFacts {
  /** 変更後 */
  readonly newSerial: string
  /** 変更前 */
  readonly oldSerial: string
}

/**
 * 交換, step 1: contract ID and login password, from the foot of the login page.
 *
 * Refusals: those of `withCredentials`, `frozen`, `no-token`.
 */
export function beginOtpExchange(
  ports: Ports,
  request: Omit<Request, 'actor'>,
  browser: Browser,
  form: CredentialsForm,
): Promise<Outcome<{ draftId: string }>> {
  return withCredentials(ports, request, PROCEDURE, form, async (tx, contract) => {
    // 1. The contract may act and has a token that can be exchanged.
    const may = mayAct(contract)
    if (!may.ok) return may
    if (contract.token === undefined) return refused('no-token')
    // 2. The draft waits for the code of that token.
    const draft = await openDraft(ports, tx, {
      browser,
      contract,
      procedure: PROCEDURE,
      step: 'current',
    })
    return done({ draftId: draft.id })
  })
}

/**
 * 交換, step 2: the code of the token in use. It is spent on the permission to exchange; the token
 * itself stays valid.
 *
 * Refusals: `out-of-order`, `draft-expired`, `frozen`, `no-token`, those of `acceptCode`.
 */
export async function proveCurrentToken(
  ports: Ports,
  request: Omit<Request, 'actor'>,
  browser: Browser,
  form: { readonly draftId: string | undefined; readonly otp: string },
): Promise<Outcome<{ draftId: string }>> {
  const found = await ports.store.tables.drafts.find(browser, PROCEDURE, form.draftId)
  if (found === undefined) return refused('out-of-order')
  const { bankCode, contractId } = found
  const customer: Request = { ...request, actor: { kind: 'customer', id: contractId } }
  return attempt<Held, { draftId: string }>(
    ports,
    customer,
    { procedure: PROCEDURE, contractId },
    (tx) => hold(tx, { browser, procedure: PROCEDURE, draftId: found.id, bankCode, contractId }),
    async (tx, { draft, contract, token }) => {
      // 1. The draft waits for this code; a second click finds it a step further.
      if (draft?.step === 'new') return done({ draftId: draft.id })
      const open = draftAtStep(draft, 'current', ports.clock.now())
      if (!open.ok) return open
      // 2. The contract may still act and still has a token.
      if (contract === undefined) return refused('out-of-order')
      const may = mayAct(contract)
      if (!may.ok) return may
      if (token === undefined) return refused('no-token')
      // 3. The code is right and fresh.
      const accepted = await acceptCode(ports, tx, token, form.otp, request.bank.thresholds)
      if (!accepted.ok) return accepted
      // 4. The draft waits for the new token, and remembers which one it is to replace.
      await tx.drafts.advance(open.value, 'new', { oldSerial: token.serial })
      return done({ draftId: open.value.id })
    },
  )
}

/**
 * 交換, step 3: serial and code of the new token. Until here the old one is valid; one commit swaps
 * them. Sent again it answers with the first result.
 *
 * Refusals: `out-of-order`, `draft-expired`, `frozen`, `no-token`, `token-suspended`,
 * `invalid-input`, `same-serial`, those of `mayUseSerial` and of `acceptFirstCode`.
 */
export async function completeOtpExchange(
  ports: Ports,
  request: Omit<Request, 'actor'>,
  browser: Browser,
  form: { readonly draftId: string | undefined; readonly serial: string; readonly otp: string },
): Promise<Outcome<OtpExchangeResult>> {
  const found = await ports.store.tables.drafts.find(browser, PROCEDURE, form.draftId)
  if (found === undefined) return refused('out-of-order')
  const { bankCode, contractId } = found
  const serial = normaliseSerial(form.serial)
  const customer: Request = { ...request, actor: { kind: 'customer', id: contractId } }
  const record = await recordedSerial(ports, bankCode, serial)
  const attempted = { procedure: PROCEDURE, contractId, ...record }
  return attempt<Held & { readonly successor: Token | undefined }, OtpExchangeResult>(
    ports,
    customer,
    attempted,
    (tx) => {
      const by = { browser, procedure: PROCEDURE, draftId: found.id, bankCode, contractId }
      return holdWithSuccessor(tx, by, serial)
    },
    async (tx, { draft, contract, token, successor }) => {
      // 1. The draft waits for the new token; a second click gets the first click's result.
      if (draft?.step === 'done') return done(draft.result as OtpExchangeResult)
      const open = draftAtStep(draft, 'new', ports.clock.now())
      if (!open.ok) return open
      // 2. The contract may still act, and its token is still the one that was proven.
      if (contract === undefined) return refused('out-of-order')
      const may = mayAct(contract)
      if (!may.ok) return may
      if (token === undefined) return refused('no-token')
      if (token.state === 'suspended') return refused('token-suspended')
      const { oldSerial } = open.value.facts as { oldSerial: string }
      if (token.serial !== oldSerial) return refused('out-of-order')
      // 3. The new serial is another one, and one that this customer may use.
      if (serial === undefined) return refused('invalid-input', 'serial')
      if (serial === oldSerial) return refused('same-serial', 'serial')
      const usable = await mayUseSerial(ports, tx, contract, successor)
      if (!usable.ok) return usable
      // 4. The code proves that the new token is at hand.
      const { thresholds } = request.bank
      const first = { contract, token: usable.value }
      const accepted = await acceptFirstCode(ports, tx, first, form.otp, thresholds)
      if (!accepted.ok) return accepted
      // 5. One commit: the new token in, the old one out; until 0:00 the low limits apply.
      if (!(await swap(ports, tx, contract, token, usable.value))) return refused('out-of-order')
      const receipt = await drawReceipt(ports, tx)
      const result: OtpExchangeResult = { ...receipt, newSerial: serial, oldSerial }
      await recordAct(ports, tx, customer, {
        attempted,
        contract,
        receipt,
        notice: exchangeNotice(serial, oldSerial),
        detail: { oldSerial },
      })
      await tx.drafts.finish(open.value, result)
      return done(result)
    },
  )
}
