import { normaliseCode } from '../oath/code.ts'
import { type HmacKey, hmacKey } from '../oath/hmac-key.ts'
import { secondsLeft, timeStep } from '../oath/totp.ts'
import { findMovingFactor } from '../oath/verify.ts'
import { ahead, around, type FactorWindow } from '../oath/window.ts'
import type { Contract, Thresholds } from './contract.ts'
import type { BankEvent } from './event.ts'
import { diagnoseUsed, diagnoseWrong } from './office/code-diagnosis.ts'
import type { Ports, Tx } from './ports.ts'
import { done, type Outcome, type Refused, refused } from './refusal.ts'
import type { Token } from './token.ts'

/** One step either side of the current one: what typing and transmission take (RFC 6238 §5.2). */
const STEPS_EITHER_SIDE = 1

/** How many presses of an event-based token may have gone unused (RFC 4226 §7.4). */
const HOTP_LOOK_AHEAD = 10

/** What a code turned out to be, before anything is written. */
export type Judged =
  | { readonly verdict: 'fresh'; readonly step: number; readonly driftSteps: number }
  | { readonly verdict: 'used' | 'wrong'; readonly detail: NonNullable<BankEvent['detail']> }

/**
 * Judges a submitted code against a token as it was read: without effect, so a `fresh` is a promise
 * only until `Tokens.accept` has written it.
 *
 * Refusals: `token-suspended`, `no-token` (not in use), `locked-code`, `invalid-input`.
 */
export async function judgeCode(
  ports: Pick<Ports, 'vault' | 'clock'>,
  token: Token,
  typed: string,
  thresholds: Thresholds,
  field = 'otp',
): Promise<Outcome<Judged>> {
  const standing = codeStanding(token, thresholds, field)
  if (!standing.ok) return standing
  const digits = token.digits as 6 | 7 | 8
  const code = normaliseCode(typed, digits)
  if (code === undefined) return refused('invalid-input', field)
  const key = hmacKey(token.algorithm, await ports.vault.openSeed(token))
  const nowMs = ports.clock.now()
  const step = findMovingFactor(key, digits, code, windowOf(token, nowMs))
  const used = (factor: number): Judged => ({
    verdict: 'used',
    detail: diagnoseUsed(token, factor),
  })
  if (step === undefined) {
    if (isLastAccepted(key, token, code)) return done(used(token.lastAccepted))
    return done({ verdict: 'wrong', detail: diagnoseWrong(key, token, code, nowMs) })
  }
  if (step <= token.lastAccepted) return done(used(step))
  return done({ verdict: 'fresh', step, driftSteps: driftAfter(token, step, nowMs) })
}

/**
 * Whether codes of this token are judged at all.
 *
 * Refusals: `token-suspended`, `no-token`, `locked-code`.
 */
export function codeStanding(token: Token, limits: Thresholds, field = 'otp'): Outcome<Token> {
  if (token.state === 'suspended') return refused('token-suspended', field)
  if (!['active', 'provisioned', 'shipped'].includes(token.state)) return refused('no-token', field)
  if (token.failures >= limits.code || token.guesses >= limits.seedGuesses) {
    return refused('locked-code', field)
  }
  return done(token)
}

/**
 * Accepts the code within the act's transaction: judged, then written by one conditional update.
 * The caller has nothing left to decide: when this is done, the code is spent with the act, or
 * neither is.
 *
 * Refusals: `token-suspended`, `no-token`, `locked-code`, `invalid-input`, `code-already-used`,
 * `wrong-code` (which counts, see `attempt`).
 */
export async function acceptCode(
  ports: Ports,
  tx: Tx,
  token: Token,
  typed: string,
  thresholds: Thresholds,
  field = 'otp',
): Promise<Outcome<Token>> {
  const judged = await judgeCode(ports, token, typed, thresholds, field)
  if (!judged.ok) return judged
  if (judged.value.verdict !== 'fresh') {
    const { verdict, detail } = judged.value
    const why = verdict === 'wrong' ? wrongCode(token, field) : refused('code-already-used', field)
    return { ...why, detail }
  }
  const { step, driftSteps } = judged.value
  if (await tx.tokens.accept(token, step, driftSteps, thresholds)) return done(token)
  return whyNotWritten(await tx.tokens.get(token), thresholds, 'code-already-used', field)
}

/**
 * Why a judgement did not hold when it was written: the token was locked or withdrawn meanwhile, or
 * else what a lost race means for this judgement.
 */
export function whyNotWritten(
  now: Token | undefined,
  thresholds: Thresholds,
  otherwise: 'code-already-used' | 'locked-code' = 'code-already-used',
  field = 'otp',
): Refused {
  if (now === undefined) return refused('no-token', field)
  const standing = codeStanding(now, thresholds, field)
  if (!standing.ok) return standing
  if (otherwise === 'locked-code') return refused(otherwise, field)
  return { ...refused(otherwise, field), detail: diagnoseUsed(now, now.lastAccepted) }
}

/** A wrong code names the token on which it has to be counted. */
export function wrongCode(token: Token, field = 'otp'): Refused {
  return { ...refused('wrong-code', field), counts: { counter: 'code', token } }
}

/**
 * Accepts the first code of a token that a contract wants to take into use. Guesses at a token that
 * others use already count against the contract that makes them, not against the token: else anyone
 * who has read its serial could lock it for them. A contract that has guessed too often is not
 * judged any more.
 *
 * Refusals: those of `acceptCode`, `locked-confirmation`.
 */
export async function acceptFirstCode(
  ports: Ports,
  tx: Tx,
  by: { readonly contract: Contract; readonly token: Token },
  typed: string,
  thresholds: Thresholds,
): Promise<Outcome<Token>> {
  const { contract, token } = by
  const othersUseIt = token.state === 'active'
  if (othersUseIt && contract.confirmationFailures >= thresholds.confirmation) {
    return refused('locked-confirmation', 'otp')
  }
  const accepted = await acceptCode(ports, tx, token, typed, thresholds)
  const isGuess = !accepted.ok && accepted.counts?.counter === 'code'
  if (!othersUseIt || !isGuess) return accepted
  return { ...accepted, counts: { counter: 'confirmation', contract } }
}

function windowOf(token: Token, nowMs: number): FactorWindow {
  if (token.kind === 'hotp') return ahead(token.lastAccepted, HOTP_LOOK_AHEAD)
  const centre = timeStep(nowMs, token.periodSeconds) + token.driftSteps
  return around(centre, STEPS_EITHER_SIDE, STEPS_EITHER_SIDE)
}

/**
 * The token's clock error in steps, as this acceptance shows it (RFC 6238 §6). Typing only ever
 * makes a code look older, so an older code tells of a slow clock only when it comes late in the
 * step; else a slow typist would walk the window away from an exact token.
 */
function driftAfter(token: Token, step: number, nowMs: number): number {
  if (token.kind === 'hotp') return 0
  const offset = step - timeStep(nowMs, token.periodSeconds)
  const late = secondsLeft(nowMs, token.periodSeconds) <= token.periodSeconds / 3
  return offset >= token.driftSteps || late ? offset : token.driftSteps
}

/**
 * Whether this is the very code that was accepted last, though its step has left the window: a
 * customer who sends it again is told so, and is not a guesser.
 */
function isLastAccepted(key: HmacKey, token: Token, code: string): boolean {
  if (token.lastAccepted < 0) return false
  const only = around(token.lastAccepted, 0, 0)
  return findMovingFactor(key, token.digits as 6 | 7 | 8, code, only) !== undefined
}
