/** TOTP: HOTP whose counter is the number of time steps since T0 (RFC 6238). */
import type { Digits } from './code.ts'
import type { HmacKey } from './hmac-key.ts'
import { hotp } from './hotp.ts'

/**
 * The time step T = floor((now - T0) / X) of RFC 6238 §4.2; negative before T0. Doubles divide
 * these exactly enough for every date that JavaScript has, so nothing happens in 2038.
 */
export function timeStep(nowMs: number, periodSeconds: number, t0Seconds = 0): number {
  return Math.floor((nowMs - t0Seconds * 1000) / (periodSeconds * 1000))
}

/** Whole seconds for which the current code is still shown: from `periodSeconds` down to 1. */
export function secondsLeft(nowMs: number, periodSeconds: number, t0Seconds = 0): number {
  const nextStep = timeStep(nowMs, periodSeconds, t0Seconds) + 1
  return Math.ceil(t0Seconds + nextStep * periodSeconds - nowMs / 1000)
}

/** The code at a moment: exactly `digits` ASCII digits. A clock before T0 is a RangeError. */
export function totp(
  key: HmacKey,
  nowMs: number,
  digits: Digits,
  periodSeconds: number,
  t0Seconds = 0,
): string {
  return hotp(key, timeStep(nowMs, periodSeconds, t0Seconds), digits)
}
