import type { Refused } from '../../bank/refusal.ts'
import { SOFTWARE_TYPES } from '../../bank/token-type.ts'
import { isIssuedSerial, normaliseSerial } from '../../oath/serial.ts'
import { type Visit, wordedFor } from './visit.tsx'

/**
 * The visit with other words for an unknown serial that begins as our own do but whose digits or
 * check digit are wrong: a slip of the hand, which no new token mends.
 */
export function wordedForSerial(visit: Visit, refused: Refused | undefined, typed: string): Visit {
  if (refused?.refusal !== 'serial-unknown' || !isMistyped(typed)) return visit
  return wordedFor(visit, { refusals: visit.words.account.mistypedSerial })
}

function isMistyped(typed: string): boolean {
  const serial = normaliseSerial(typed)
  const prefix = SOFTWARE_TYPES.find((type) => serial?.startsWith(type))
  return serial !== undefined && prefix !== undefined && !isIssuedSerial(prefix, serial)
}
