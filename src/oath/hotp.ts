/** HOTP: a code for each value of a counter (RFC 4226). */
import type { Digits } from './code.ts'
import type { HmacKey } from './hmac-key.ts'
import { codeOf } from './truncate.ts'

const MAX_COUNTER = 2n ** 64n - 1n

/**
 * The moving factor as the eight bytes, high byte first, that the MAC is taken over (RFC 4226
 * §5.1). A number must be a safe integer, since beyond 2^53 neighbouring counters would share a
 * message; a bigint reaches the whole range. Anything else is a bug of the caller, and a
 * RangeError.
 */
export function counterMessage(counter: bigint | number): Uint8Array<ArrayBuffer> {
  if (typeof counter === 'bigint') {
    if (counter < 0n || counter > MAX_COUNTER) throw new RangeError('counter is not 64 bits')
    return eightBytes(Number(counter >> 32n), Number(counter & 0xffff_ffffn))
  }
  if (!Number.isSafeInteger(counter) || counter < 0) {
    throw new RangeError('counter is not a safe non-negative integer')
  }
  return eightBytes(Math.floor(counter / 2 ** 32), counter)
}

/** The code of one counter value: exactly `digits` ASCII digits. */
export function hotp(key: HmacKey, counter: bigint | number, digits: Digits): string {
  return codeOf(key.mac(counterMessage(counter)), digits)
}

/** Both halves high byte first; of the lower one its 32 low bits count. */
function eightBytes(high: number, low: number): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(8)
  for (let place = 0; place < 4; place += 1) {
    message[place] = high >>> (24 - 8 * place)
    message[4 + place] = low >>> (24 - 8 * place)
  }
  return message
}
