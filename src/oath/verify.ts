/** Finds the moving factor that a submitted code belongs to. */
import { type Digits, isCode } from './code.ts'
import type { HmacKey } from './hmac-key.ts'
import { counterMessage } from './hotp.ts'
import { codeValueOf } from './truncate.ts'
import type { FactorWindow } from './window.ts'

/**
 * The moving factor in the window whose code this is, or `undefined`. `code` is normalised already
 * (`normaliseCode`); any other text matches nothing.
 *
 * Every candidate is computed and compared without a branch, so that time tells nothing of the
 * token's drift or of how near a guess came. Where two factors share the same digits the later one
 * is taken: the caller, who accepts only factors above the last accepted one, then never takes the
 * digits twice within a window.
 */
export function findMovingFactor(
  key: HmacKey,
  digits: Digits,
  code: string,
  window: FactorWindow,
): number | undefined {
  if (!isCode(code, digits)) return undefined
  const wanted = Number(code)
  const size = window.last - window.first + 1
  let found = 0
  for (let place = 1; place <= size; place += 1) {
    const message = counterMessage(window.first + place - 1)
    const match = equalMask(codeValueOf(key.mac(message), digits), wanted)
    found = (found & ~match) | (place & match)
  }
  return found === 0 ? undefined : window.first + found - 1
}

/** All ones when the two are equal, else zero; both are whole numbers from 0 to below 2^31. */
export function equalMask(one: number, other: number): number {
  return ((one ^ other) - 1) >> 31
}
