import { normaliseCode } from '../../oath/code.ts'
import { hmacKey } from '../../oath/hmac-key.ts'
import { resynchronise } from '../../oath/resynchronise.ts'
import { timeStep } from '../../oath/totp.ts'
import { around, type FactorWindow } from '../../oath/window.ts'
import { drawReceipt, type ReceiptFacts, recordAct } from '../act.ts'
import { attempt, type Request } from '../attempt.ts'
import { type CredentialsForm, mayAct, withCredentials } from '../credentials.ts'
import { draftAtStep, openDraft } from '../draft.ts'
import { type Held, hold } from '../hold.ts'
import { codeStanding, whyNotWritten, wrongCode } from '../one-time-password.ts'
import type { Browser, Ports } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'
import type { Token } from '../token.ts'

const PROCEDURE = 'otp-resync'

/** Half an hour of 30-second steps either side of where the token's clock was last seen. */
const STEPS_EITHER_SIDE = 60
/** Presses of an event-based token that nobody has seen. */
const PRESSES_AHEAD = 200

export interface OtpResyncResult extends ReceiptFacts {
  readonly serial: string
}

/**
 * 時刻補正, step 1: contract ID and login password.
 *
 * Refusals: those of `withCredentials`, `frozen`, `no-token`.
 */
export function beginOtpResync(
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
    // 2. The draft waits for two consecutive codes.
    const draft = await openDraft(ports, tx, {
      browser,
      contract,
      procedure: PROCEDURE,
      step: 'codes',
    })
    return done({ draftId: draft.id })
  })
}

/**
 * 時刻補正, step 2: two consecutive codes (RFC 4226 §7.4, RFC 6238 §6). Both are spent, and the token's
 * drift is known from now on. Nothing else is authorised by them.
 *
 * Refusals: `out-of-order`, `draft-expired`, `frozen`, `no-token`, `token-suspended`,
 * `locked-code`, `invalid-input`, `wrong-code` (counts), `code-already-used`.
 */
export async function completeOtpResync(
  ports: Ports,
  request: Omit<Request, 'actor'>,
  browser: Browser,
  form: { readonly draftId: string | undefined; readonly otp: string; readonly nextOtp: string },
): Promise<Outcome<OtpResyncResult>> {
  const found = await ports.store.tables.drafts.find(browser, PROCEDURE, form.draftId)
  if (found === undefined) return refused('out-of-order')
  const { bankCode, contractId } = found
  const customer: Request = { ...request, actor: { kind: 'customer', id: contractId } }
  const attempted = { procedure: PROCEDURE, contractId }
  return attempt<Held, OtpResyncResult>(
    ports,
    customer,
    attempted,
    (tx) => hold(tx, { browser, procedure: PROCEDURE, draftId: found.id, bankCode, contractId }),
    async (tx, { draft, contract, token }) => {
      // 1. The draft waits for the codes; a second click gets the first click's result.
      if (draft?.step === 'done') return done(draft.result as OtpResyncResult)
      const open = draftAtStep(draft, 'codes', ports.clock.now())
      if (!open.ok) return open
      // 2. The contract may still act, still has a token, and its codes are judged.
      if (contract === undefined) return refused('out-of-order')
      const may = mayAct(contract)
      if (!may.ok) return may
      if (token === undefined) return refused('no-token')
      const { thresholds } = request.bank
      const standing = codeStanding(token, thresholds)
      if (!standing.ok) return standing
      // 3. Two neighbouring codes lie in the wide window.
      const code = normaliseCode(form.otp, token.digits as 6)
      if (code === undefined) return refused('invalid-input', 'otp')
      const nextCode = normaliseCode(form.nextOtp, token.digits as 6)
      if (nextCode === undefined) return refused('invalid-input', 'nextOtp')
      const key = hmacKey(token.algorithm, await ports.vault.openSeed(token))
      const nowMs = ports.clock.now()
      const window = wideWindow(token, nowMs)
      const step = resynchronise(key, token.digits as 6, code, nextCode, window)
      if (step === undefined) return wrongCode(token)
      // 4. Neither was spent, both are now, and the token's error is known: one conditional write.
      const drift = token.kind === 'hotp' ? 0 : step - timeStep(nowMs, token.periodSeconds)
      if (!(await tx.tokens.acceptPair(token, step, drift, thresholds))) {
        return whyNotWritten(await tx.tokens.get(token), thresholds)
      }
      // 5. Receipt, event and notice.
      const { serial } = token
      const receipt = await drawReceipt(ports, tx)
      const result: OtpResyncResult = { ...receipt, serial }
      await recordAct(ports, tx, customer, {
        attempted: { ...attempted, serial },
        contract,
        receipt,
        notice: { act: 'トークンの時刻補正', lines: [['シリアル番号', serial]] },
        detail: { driftSteps: drift },
      })
      await tx.drafts.finish(open.value, result)
      return done(result)
    },
  )
}

/**
 * That of an event-based token begins at its last accepted press, so that a pair with it is told to
 * be used, not wrong.
 */
function wideWindow(token: Token, nowMs: number): FactorWindow {
  if (token.kind === 'hotp') return around(token.lastAccepted, 0, PRESSES_AHEAD)
  const centre = timeStep(nowMs, token.periodSeconds) + token.driftSteps
  return around(centre, STEPS_EITHER_SIDE, STEPS_EITHER_SIDE)
}
