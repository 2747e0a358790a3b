/**
 * The bytes of the key agreement between a software token and the bank, shared by the phone's app,
 * the desktop token and the server. Pure: who computes ECDH, HKDF, HMAC and ECDSA is the caller's
 * business (WebCrypto on the phone, so that its seed is never readable; node:crypto elsewhere).
 *
 *   transcript = "ichido-provision-v1" ‖ 0x00 ‖ client key ‖ server key ‖ serial
 *   seed       = HKDF-SHA-256 (RFC 5869) of the ECDH x-coordinate, salt = SHA-256(transcript)
 *   signature  = ECDSA P-256/SHA-256 of the institution key over the transcript, raw r‖s
 *   proof      = HMAC-SHA-256(seed, "ichido confirm" ‖ SHA-256(transcript))
 */
export type Bytes = Uint8Array<ArrayBuffer>

const utf8 = (text: string): Bytes => new TextEncoder().encode(text)

/** The `info` of HKDF: binds the derived seed to its one use. */
export const SEED_INFO: Bytes = utf8('ichido totp seed')
export const SEED_BYTES = 32
/** An uncompressed P-256 point: 0x04 ‖ x ‖ y (SEC 1 §2.3.3). */
const PUBLIC_KEY_BYTES = 65
/** r ‖ s, as WebCrypto and JOSE write a signature, not DER. */
const SIGNATURE_BYTES = 64

const TRANSCRIPT_LABEL = utf8('ichido-provision-v1\0')
const PROOF_LABEL = utf8('ichido confirm')

export interface Agreement {
  readonly clientKey: Uint8Array
  readonly serverKey: Uint8Array
  readonly serial: string
}

/**
 * What both sides agreed on, in one unambiguous string of bytes: label and keys have fixed lengths
 * and the serial comes last. The server signs it, and its hash is the salt of the seed, so a
 * swapped key or serial gives another seed.
 */
export function transcriptOf({ clientKey, serverKey, serial }: Agreement): Bytes {
  return joined(TRANSCRIPT_LABEL, clientKey, serverKey, utf8(serial))
}

/**
 * The message whose HMAC under the seed proves that the other side derived the same one. It is 46
 * bytes long; a TOTP message (RFC 4226 §5.1) always 8: one key can serve both without either
 * passing for the other.
 */
export function proofMessage(transcriptHash: Uint8Array): Bytes {
  return joined(PROOF_LABEL, transcriptHash)
}

/** Only the form of a point; whether it lies on the curve is checked by whoever imports it. */
export function hasPublicKeyForm(bytes: Uint8Array): boolean {
  return bytes.length === PUBLIC_KEY_BYTES && bytes[0] === 4
}

/** What the server answers to `POST /provision`, its encodings undone. */
export interface Offer {
  readonly serial: string
  readonly serverKey: Bytes
  readonly signature: Bytes
  readonly digits: 6 | 8
  readonly periodSeconds: number
  /** The server's clock when it answered, in milliseconds since the epoch. */
  readonly nowMs: number
}

/** Reads the answer of `POST /provision`; null for anything that is not exactly such an answer. */
export function readOffer(answer: unknown): Offer | null {
  if (typeof answer !== 'object' || answer === null) return null
  const { serial, publicKey, signature, algorithm, digits, period, now } = answer as Record<
    string,
    unknown
  >
  if (typeof serial !== 'string' || !/^[A-Z]{2}\d{8}$/.test(serial)) return null
  if (algorithm !== 'SHA256' || (digits !== 6 && digits !== 8)) return null
  if (typeof period !== 'number' || !Number.isInteger(period) || period < 1) return null
  if (typeof now !== 'number' || !Number.isFinite(now)) return null
  const serverKey = readPublicKey(publicKey)
  const signed = readBytes(signature)
  if (serverKey === null || signed?.length !== SIGNATURE_BYTES) return null
  return { serial, serverKey, signature: signed, digits, periodSeconds: period, nowMs: now }
}

/** Reads a base64url public key out of JSON; null when it is not the form of a P-256 point. */
export function readPublicKey(value: unknown): Bytes | null {
  const bytes = readBytes(value)
  return bytes !== null && hasPublicKeyForm(bytes) ? bytes : null
}

/** base64url without padding (RFC 4648 §5). */
export function toBase64url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/**
 * The bytes of an unpadded base64url text, or null. Strict: one text for one string of bytes, so
 * padding, other alphabets, blanks and stray low bits (RFC 4648 §3.5) are refused.
 */
export function fromBase64url(text: string): Bytes | null {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return null
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
  return toBase64url(bytes) === text ? bytes : null
}

function readBytes(value: unknown): Bytes | null {
  return typeof value === 'string' ? fromBase64url(value) : null
}

function joined(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}
