/** Base32 (RFC 4648 §6), the way seeds are written down. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Upper case, without padding, as key URIs want it. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = ''
  let pending = 0
  let pendingBits = 0
  for (const byte of bytes) {
    pending = (pending << 8) | byte
    pendingBits += 8
    while (pendingBits >= 5) {
      pendingBits -= 5
      text += ALPHABET.charAt((pending >>> pendingBits) & 31)
    }
    pending &= 31
  }
  return pendingBits === 0 ? text : text + ALPHABET.charAt((pending << (5 - pendingBits)) & 31)
}

/**
 * Reads either case, spaces anywhere (seeds are printed in groups), and padding that is whole or
 * absent. `undefined` for any other character, an impossible length, or left-over bits that are not
 * zero: what §3.5 warns of is refused, so that every accepted spelling has one meaning and no
 * typing error is lost.
 */
export function decodeBase32(text: string): Uint8Array | undefined {
  const grouped = /^([A-Za-z2-7]*)(=*)$/.exec(text.replaceAll(' ', ''))
  // Raised only after the check: letters of other scripts become ASCII when raised (ſ, ß).
  const symbols = grouped?.[1]?.toUpperCase()
  const padding = grouped?.[2]
  if (symbols === undefined || padding === undefined) return undefined
  if (padding !== '' && padding.length !== (8 - (symbols.length % 8)) % 8) return undefined
  const bytes = new Uint8Array((symbols.length * 5) >>> 3)
  if (Math.ceil((bytes.length * 8) / 5) !== symbols.length) return undefined
  let filled = 0
  let pending = 0
  let pendingBits = 0
  for (const symbol of symbols) {
    pending = (pending << 5) | ALPHABET.indexOf(symbol)
    pendingBits += 5
    if (pendingBits >= 8) {
      pendingBits -= 8
      bytes[filled] = pending >>> pendingBits
      filled += 1
      pending &= (1 << pendingBits) - 1
    }
  }
  return pending === 0 ? bytes : undefined
}
