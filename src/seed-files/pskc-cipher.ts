/** The ciphers of PSKC files (RFC 6030 §6.1): AES in CBC mode, and AES key wrap. */
import { createDecipheriv, type Decipheriv, type KeyObject } from 'node:crypto'
import { done } from '../bank/refusal.ts'
import { faulty, type Read } from './read.ts'
import { childOf, descendantOf, type XmlElement } from './xml.ts'

export interface Cipher {
  readonly mode: 'cbc' | 'wrap'
  readonly keyBytes: number
}

/** Opens bytes that were encrypted under one key. Undefined when it cannot have been that key. */
export type Decrypt = (cipher: Cipher, bytes: Buffer, line: number) => Read<Buffer>

export const KEY_BYTES: readonly number[] = [16, 24, 32]
const XMLENC = 'http://www.w3.org/2001/04/xmlenc#'
const CIPHERS = new Map<string, Cipher>(
  KEY_BYTES.flatMap((keyBytes): [string, Cipher][] => [
    [`${XMLENC}aes${keyBytes * 8}-cbc`, { mode: 'cbc', keyBytes }],
    [`${XMLENC}kw-aes${keyBytes * 8}`, { mode: 'wrap', keyBytes }],
  ]),
)
const MOST_CIPHER_BYTES = 4096
const BLOCK_BYTES = 16
/** RFC 3394 §2.2.3.1 */
const WRAP_IV = Buffer.alloc(8, 0xa6)

/** The cipher that an encrypted value names. Fault: `encryption-unsupported`. */
export function cipherOf(value: XmlElement): Read<Cipher> {
  const method = childOf(value, 'xenc:EncryptionMethod')
  const cipher = CIPHERS.get(method?.attributes.Algorithm ?? '')
  if (cipher !== undefined) return done(cipher)
  return faulty((method ?? value).line, 'encryption-unsupported', method?.attributes.Algorithm)
}

/** What it holds. Fault: `field-invalid`. */
export function cipherBytes(value: XmlElement): Read<Buffer> {
  const found = descendantOf(value, 'xenc:CipherData', 'xenc:CipherValue')
  const bytes = base64Bytes(found?.text ?? '')
  if (bytes !== undefined && bytes.length <= MOST_CIPHER_BYTES) return done(bytes)
  return faulty((found ?? value).line, 'field-invalid', 'CipherValue')
}

/** Faults: `key-length`, `wrong-key`. */
export function decryptWith(key: KeyObject): Decrypt {
  const chain = chainOf(key)
  return (cipher, bytes, line) => {
    if (key.symmetricKeySize !== cipher.keyBytes) {
      return faulty(line, 'key-length', String(cipher.keyBytes))
    }
    const plain = cipher.mode === 'cbc' ? chain(bytes) : unwrapped(cipher, key, bytes)
    return plain === undefined ? faulty(line, 'wrong-key') : done(plain)
  }
}

/**
 * CBC with the IV in front; of the padding only the last byte means anything (xmlenc §5.2). Each
 * block needs nothing but the one before it, so all values of a file go through one chain, and the
 * block that comes of an IV is dropped: a decipher of its own for each of them would cost more than
 * all the rest.
 */
function chainOf(key: KeyObject): (bytes: Buffer) => Buffer | undefined {
  let chain: Decipheriv | undefined
  return (bytes) => {
    if (bytes.length < 2 * BLOCK_BYTES || bytes.length % BLOCK_BYTES !== 0) return undefined
    const name = `aes-${(key.symmetricKeySize ?? 0) * 8}-cbc`
    chain ??= createDecipheriv(name, key, Buffer.alloc(BLOCK_BYTES)).setAutoPadding(false)
    const padded = chain.update(bytes)
    const padding = padded.at(-1) ?? 0
    if (padding < 1 || padding > BLOCK_BYTES) return undefined
    return padded.subarray(BLOCK_BYTES, padded.length - padding)
  }
}

/** AES key wrap (RFC 3394), which fails as a whole when one bit differs. */
function unwrapped({ keyBytes }: Cipher, key: KeyObject, bytes: Buffer): Buffer | undefined {
  if (bytes.length < 24 || bytes.length % 8 !== 0) return undefined
  const decipher = createDecipheriv(`aes${keyBytes * 8}-wrap`, key, WRAP_IV)
  try {
    return Buffer.concat([decipher.update(bytes), decipher.final()])
  } catch {
    return undefined
  }
}

/** Base64 (RFC 4648 §4) with the line breaks that XML leaves in it. */
export function base64Bytes(text: string): Buffer | undefined {
  const symbols = /\s/.test(text) ? text.replace(/[ \t\r\n]+/g, '') : text
  if (symbols.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(symbols)) return undefined
  return Buffer.from(symbols, 'base64')
}
