/**
 * The phone's side of the key agreement, in WebCrypto: ECDH → HKDF → HMAC without one step whose
 * result script could read. Its bytes are in `oath/key-agreement.ts`.
 */
import {
  type Bytes,
  type Offer,
  proofMessage,
  SEED_BYTES,
  SEED_INFO,
  toBase64url,
  transcriptOf,
} from '../oath/key-agreement.ts'

const ECDH = { name: 'ECDH', namedCurve: 'P-256' }
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' }
const SHA256 = 'SHA-256'

export interface OwnHalf {
  /** Not extractable, and dropped after the agreement. */
  readonly privateKey: CryptoKey
  readonly publicKey: Bytes
}

/** A fresh ephemeral key pair for one agreement. */
export async function ownHalf(): Promise<OwnHalf> {
  const pair = await crypto.subtle.generateKey(ECDH, false, ['deriveKey'])
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  return { privateKey: pair.privateKey, publicKey }
}

export interface Agreed {
  readonly key: CryptoKey
  /** base64url */
  readonly proof: string
}

/**
 * Checks the bank's signature, then derives the token's key. Null when anything about it is wrong.
 */
export async function agree(
  own: OwnHalf,
  offer: Offer,
  institution: Bytes,
): Promise<Agreed | null> {
  const { serverKey, serial } = offer
  const transcript = transcriptOf({ clientKey: own.publicKey, serverKey, serial })
  if (!(await isSignedBy(institution, transcript, offer.signature))) return null

  const salt = await crypto.subtle.digest(SHA256, transcript)
  const theirs = await crypto.subtle.importKey('raw', serverKey, ECDH, false, [])
  const hkdf = { name: 'HKDF', hash: SHA256, salt, info: SEED_INFO }
  const ecdh = { name: 'ECDH', public: theirs }
  const secret = await crypto.subtle.deriveKey(ecdh, own.privateKey, hkdf, false, ['deriveKey'])
  const hmac = { name: 'HMAC', hash: SHA256, length: SEED_BYTES * 8 }
  const key = await crypto.subtle.deriveKey(hkdf, secret, hmac, false, ['sign'])
  const proof = await crypto.subtle.sign('HMAC', key, proofMessage(new Uint8Array(salt)))
  return { key, proof: toBase64url(new Uint8Array(proof)) }
}

async function isSignedBy(rawKey: Bytes, message: Bytes, signature: Bytes): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('raw', rawKey, ECDSA, false, ['verify'])
    return await crypto.subtle.verify({ name: 'ECDSA', hash: SHA256 }, key, signature, message)
  } catch {
    return false // The key is no point of the curve.
  }
}
