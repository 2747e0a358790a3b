import type { HmacKey } from '../../oath/hmac-key.ts'
import { timeStep } from '../../oath/totp.ts'
import { findMovingFactor } from '../../oath/verify.ts'
import { around } from '../../oath/window.ts'
import type { BankEvent } from '../event.ts'
import type { Token } from '../token.ts'

/*
 * Why a code was not accepted, for the event of the attempt: so that a clerk can answer the
 * customer who asks. It is never told to whoever sent the code, and nothing is accepted by it.
 */

type Detail = NonNullable<BankEvent['detail']>

const DIAGNOSIS = ['usedFor', 'usedAt', 'olderThanUsed', 'offSeconds', 'offPresses', 'foundNear']

/**
 * The details of an event as channels may read them. Whoever guesses through one would learn that a
 * guess is the code of a moment to come, and need only wait for it.
 */
export function withoutDiagnosis(detail: Detail): Detail {
  return Object.fromEntries(Object.entries(detail).filter(([name]) => !DIAGNOSIS.includes(name)))
}

/** Ten minutes of 30-second steps, or as many presses, either way. */
const FACTORS_EITHER_SIDE = 20

/**
 * Of a used code: what the token's last code was accepted for, and when; or that this one is older
 * than that.
 */
export function diagnoseUsed(token: Token, factor: number): Detail {
  return {
    ...(token.lastUse && {
      usedFor: token.lastUse.procedure,
      usedAt: new Date(token.lastUse.atMs).toISOString(),
    }),
    ...(factor < token.lastAccepted && { olderThanUsed: true }),
  }
}

/**
 * Of a wrong code: by how many seconds it is too late (−) or too early (+), or by how many presses;
 * or that it is no code of this token from near by. Looked for after the judgement and over
 * all candidates, whichever fits, so that the time it takes says nothing.
 */
export function diagnoseWrong(key: HmacKey, token: Token, code: string, nowMs: number): Detail {
  const { kind, periodSeconds, lastAccepted } = token
  const centre = kind === 'hotp' ? lastAccepted : timeStep(nowMs, periodSeconds) + token.driftSteps
  const window = around(Math.max(centre, 0), FACTORS_EITHER_SIDE, FACTORS_EITHER_SIDE)
  const factor = findMovingFactor(key, token.digits as 6 | 7 | 8, code, window)
  if (factor === undefined) return { foundNear: false }
  const off =
    kind === 'hotp'
      ? { offPresses: factor - lastAccepted }
      : { offSeconds: (factor - timeStep(nowMs, periodSeconds)) * periodSeconds }
  return { ...off, ...(factor <= lastAccepted && { olderThanUsed: true }) }
}
