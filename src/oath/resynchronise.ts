/** Two consecutive codes find a token that has run too far away (RFC 4226 §7.4, RFC 6238 §6). */
import { type Digits, isCode } from './code.ts'
import type { HmacKey } from './hmac-key.ts'
import { counterMessage } from './hotp.ts'
import { codeValueOf } from './truncate.ts'
import { equalMask } from './verify.ts'
import type { FactorWindow } from './window.ts'

/**
 * The moving factor of `nextCode`, where `code` and `nextCode` belong to two neighbouring factors
 * that both lie in the window; else `undefined`. Two codes together are as hard to guess as one of
 * twice the digits, which is what makes the wide window safe. Compared as in `findMovingFactor`:
 * all candidates, without a branch, the later one of several. Whether the factor is still unspent
 * the caller decides.
 */
export function resynchronise(
  key: HmacKey,
  digits: Digits,
  code: string,
  nextCode: string,
  window: FactorWindow,
): number | undefined {
  if (!isCode(code, digits) || !isCode(nextCode, digits)) return undefined
  const wanted = Number(code)
  const wantedNext = Number(nextCode)
  const size = window.last - window.first + 1
  let found = 0
  let previousMatch = 0
  for (let place = 1; place <= size; place += 1) {
    const value = codeValueOf(key.mac(counterMessage(window.first + place - 1)), digits)
    const match = previousMatch & equalMask(value, wantedNext)
    found = (found & ~match) | (place & match)
    previousMatch = equalMask(value, wanted)
  }
  return found === 0 ? undefined : window.first + found - 1
}
