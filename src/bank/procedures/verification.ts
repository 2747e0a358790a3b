import { eventOf, type Request } from '../attempt.ts'
import type { BankEvent } from '../event.ts'
import { judgeCode, whyNotWritten } from '../one-time-password.ts'
import type { Judgement, KeyedCall, Ports, VerificationSubject } from '../ports.ts'
import { done, type Outcome, type Refusal, refused } from '../refusal.ts'
import type { Token } from '../token.ts'

const PROCEDURE = 'verification'

export const PURPOSES = ['login', 'transfer', 'bill', 'other'] as const
export type Purpose = (typeof PURPOSES)[number]

export interface VerificationForm {
  readonly contractId: string
  readonly otp: string
  /** What the other channel authorises with the code. */
  readonly purpose: Purpose
  /** The other channel's own reference, for the event. */
  readonly reference?: string | undefined
}

export type Verification =
  | {
      readonly result: 'accepted'
      readonly verificationId: string
      readonly serial: string
      /** ISO 8601 in UTC. */
      readonly at: string
    }
  | { readonly result: 'refused'; readonly code: Refusal }

/** The key and body hash of a call that may be repeated. */
export type CallKey = Pick<KeyedCall, 'key' | 'bodyHash'>

/**
 * Verifies a code for another channel of the bank: read, judge, and one conditional write, with
 * which the event is appended and the answer to a keyed call is kept. What the write no longer
 * finds true is read again and told as it now is.
 *
 * Refused with: `no-token` (also for an unknown contract), `frozen` (all purposes but login; where
 * the bank has stopped the service, that too), `token-suspended`, `locked-code`, `invalid-input`,
 * `code-already-used`, `wrong-code`. The outcome itself is refused with `invalid-input` for another
 * body under a known key.
 */
export async function verify(
  ports: Ports,
  request: Request,
  form: VerificationForm,
  callKey?: CallKey,
): Promise<Outcome<Verification>> {
  const call: Call = { ports, request, form, callKey }
  // 1. A repeated call gets the first answer.
  const before = await firstAnswer(call)
  if (before !== undefined) return before
  // 2. The contract has a token and may use it.
  const subject = await ports.store.verifications.find(request.bank.bankCode, form.contractId)
  const refusal = standing(subject, form.purpose)
  if (refusal !== undefined || subject?.token === undefined) {
    return record(call, subject?.token, refusal ?? 'no-token')
  }
  // 3. The code is judged against the token as it was read. A used one counts as no guess: the
  // customer
  //    only has to wait for the next.
  const { token } = subject
  const { thresholds } = request.bank
  const judged = await judgeCode(ports, token, form.otp, thresholds)
  if (!judged.ok) return record(call, token, judged.refusal)
  const diagnosis = judged.value.verdict === 'fresh' ? undefined : judged.value.detail
  if (judged.value.verdict === 'used') return record(call, token, 'code-already-used', diagnosis)
  // 4. One conditional write decides; only one caller can win it.
  const fresh = judged.value.verdict === 'fresh'
  const { event, answer } = answered(call, token, fresh ? 'done' : 'wrong-code', diagnosis)
  const judgement: Judgement =
    judged.value.verdict === 'fresh'
      ? { ...judged.value, kind: 'accept', token, event, call: kept(callKey, answer) }
      : { kind: 'count', token, event, call: kept(callKey, answer) }
  if (await ports.store.verifications.decide(judgement, thresholds)) return done(answer)
  // 5. Someone else was first, perhaps this very call; or the token was locked or withdrawn
  // meanwhile.
  const meanwhile = await firstAnswer(call)
  if (meanwhile !== undefined) return meanwhile
  const now = await ports.store.tables.tokens.get(token)
  const lost = fresh ? 'code-already-used' : 'locked-code'
  const { refusal: code, detail } = whyNotWritten(now, thresholds, lost)
  return record(call, token, code, detail)
}

interface Call {
  readonly ports: Ports
  readonly request: Request
  readonly form: VerificationForm
  readonly callKey: CallKey | undefined
}

async function firstAnswer({ ports, request, callKey }: Call) {
  if (callKey === undefined) return undefined
  const { bankCode } = request.bank
  const nowMs = ports.clock.now()
  const before = await ports.store.verifications.findCall(bankCode, callKey.key, nowMs)
  if (before === undefined) return undefined
  if (!sameBytes(before.bodyHash, callKey.bodyHash)) {
    return refused('invalid-input', 'Idempotency-Key')
  }
  return done(before.answer as Verification)
}

const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, place) => byte === other[place])

function standing(subject: VerificationSubject | undefined, purpose: Purpose): Refusal | undefined {
  if (subject?.serviceStopped === true) return 'frozen'
  if (subject?.frozen === true && purpose !== 'login') return 'frozen'
  const { state } = subject?.token ?? {}
  return state === 'active' || state === 'suspended' ? undefined : 'no-token'
}

/**
 * A refusal that counts nothing is an event all the same. When it is not written, this very call
 * was answered meanwhile: a code that it accepted itself is not told as used.
 */
async function record(
  call: Call,
  token: Token | undefined,
  code: Refusal,
  diagnosis?: BankEvent['detail'],
): Promise<Outcome<Verification>> {
  const { ports, request, callKey } = call
  const { event, answer } = answered(call, token, code, diagnosis)
  const judgement: Judgement = { kind: 'record', event, call: kept(callKey, answer) }
  if (await ports.store.verifications.decide(judgement, request.bank.thresholds))
    return done(answer)
  return (await firstAnswer(call)) ?? done(answer)
}

/** The event of an outcome, with why a code was not accepted, and the answer, without. */
function answered(
  call: Call,
  token: Token | undefined,
  outcome: 'done' | Refusal,
  diagnosis?: BankEvent['detail'],
) {
  const { purpose, reference, contractId } = call.form
  const subject = { procedure: PROCEDURE, contractId, ...(token && { serial: token.serial }) }
  const detail = { purpose, ...(reference !== undefined && { reference }), ...diagnosis }
  const event = eventOf(call.ports, call.request, subject, outcome, { detail })
  const at = new Date(event.atMs).toISOString()
  const answer: Verification =
    outcome === 'done'
      ? { result: 'accepted', verificationId: event.id, serial: token?.serial ?? '', at }
      : { result: 'refused', code: outcome }
  return { event, answer }
}

const kept = (callKey: CallKey | undefined, answer: Verification): KeyedCall | undefined =>
  callKey && { ...callKey, answer }
