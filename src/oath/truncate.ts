/** From a MAC to the digits people read: dynamic truncation (RFC 4226 §5.3). */
import type { Digits } from './code.ts'

const POWER_OF_TEN: Record<Digits, number> = { 6: 1e6, 7: 1e7, 8: 1e8 }

/**
 * The code as a number, without its leading zeros. The low four bits of the last byte choose where
 * to read: the last byte also of the longer MACs of RFC 6238. The top bit is masked because
 * processors differ over the remainder of a negative number (§5.3).
 */
export function codeValueOf(mac: Uint8Array, digits: Digits): number {
  const offset = byteAt(mac, mac.length - 1) & 0x0f
  const value =
    ((byteAt(mac, offset) & 0x7f) << 24) |
    (byteAt(mac, offset + 1) << 16) |
    (byteAt(mac, offset + 2) << 8) |
    byteAt(mac, offset + 3)
  return value % POWER_OF_TEN[digits]
}

const byteAt = (bytes: Uint8Array, place: number): number => bytes[place] as number

/**
 * The code as shown: exactly `digits` ASCII digits. `mac` is HMAC-SHA-1, -256 or -512 over
 * `counterMessage`, wherever it was computed: a WebCrypto key that cannot be read serves as well.
 */
export function codeOf(mac: Uint8Array, digits: Digits): string {
  return codeValueOf(mac, digits).toString().padStart(digits, '0')
}
