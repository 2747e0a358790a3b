/**
 * How the values of a PSKC file are locked and opened (RFC 6030 §6): pre-shared key or passphrase,
 * AES-CBC under a MAC, or AES key wrap, which carries its own check.
 */
import { createSecretKey, pbkdf2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { done } from '../bank/refusal.ts'
import { type Algorithm, type HmacKey, hmacKey } from '../oath/hmac-key.ts'
import {
  base64Bytes,
  cipherBytes,
  cipherOf,
  type Decrypt,
  decryptWith,
  KEY_BYTES,
} from './pskc-cipher.ts'
import { faulty, type Read } from './read.ts'
import { wholeNumber } from './seed-record.ts'
import { childOf, type XmlElement } from './xml.ts'

/** What the operator has to open a file with. */
export interface Unlocking {
  readonly key?: Uint8Array
  readonly passphrase?: string
}

/** What a file says of its locks before the first key. */
export interface PskcHeader {
  readonly encryptionKey: XmlElement | undefined
  readonly macMethod: XmlElement | undefined
}

/** Opens an element that holds `EncryptedValue`, after its `ValueMAC` has proven right. */
export type Opening = (locked: XmlElement) => Read<Buffer>

/** Both namespaces of XML Signature are in use for SHA-1; the prefix is not told in a fault. */
const HMAC =
  /^http:\/\/www\.w3\.org\/(?:2000\/09\/xmldsig|2001\/04\/xmldsig-more)#hmac-sha(1|256|512)$/
const PBKDF2 =
  /^http:\/\/www\.(?:rsasecurity\.com\/rsalabs\/pkcs\/schemas\/pkcs-5v2-0|w3\.org\/2009\/xmlenc11)#pbkdf2$/

/** Takes most of a second; makers' files ask for 250 to 100,000. */
const MOST_ITERATIONS = 1_000_000
const SALT_BYTES = { least: 8, most: 256 }
/** An empty key would make every MAC right that anyone computes. */
const LEAST_MAC_KEY_BYTES = 16

/**
 * Makes the key of a file ready, once. `first` is its first encrypted element, which tells the
 * length of a derived key where the file does not.
 *
 * Faults: `key-needed`, `passphrase-needed`, `encryption-unsupported`, `derivation-unsupported`,
 * `mac-unsupported`, and of the MAC key those of opening.
 */
export async function openingOf(
  header: PskcHeader,
  unlocking: Unlocking,
  first: XmlElement,
): Promise<Read<Opening>> {
  // 1. The encryption key: what was handed over, or what the passphrase gives.
  const key = await encryptionKey(header, unlocking, first)
  if (!key.ok) return key
  const decrypt = decryptWith(createSecretKey(key.value))
  // 2. The MAC key, encrypted with it; older files have none and use the encryption key itself.
  const { macMethod } = header
  if (macMethod === undefined) return done((locked) => opened(locked, decrypt, undefined))
  const { line } = macMethod
  const { Algorithm } = macMethod.attributes
  const named = HMAC.exec(Algorithm ?? '')
  if (named === null) return faulty(line, 'mac-unsupported', Algorithm)
  const macKey = decryptedMacKey(macMethod, decrypt)
  if (!macKey.ok) return macKey
  const mac = hmacKey(`SHA${named[1]}` as Algorithm, macKey.value ?? key.value)
  return done((locked) => opened(locked, decrypt, mac))
}

async function encryptionKey(
  { encryptionKey, macMethod }: PskcHeader,
  { key, passphrase }: Unlocking,
  first: XmlElement,
): Promise<Read<Uint8Array>> {
  const { line } = encryptionKey ?? first
  const [foreign] = encryptionKey?.children.filter(({ name }) => !OURS.has(name)) ?? []
  if (foreign !== undefined) return faulty(foreign.line, 'encryption-unsupported', foreign.name)
  if (key !== undefined) return done(key)
  const derived = childOf(encryptionKey, 'xenc11:DerivedKey')
  if (derived === undefined) return faulty(line, 'key-needed')
  if (passphrase === undefined) return faulty(line, 'passphrase-needed')
  const locked = childOf(macMethod, 'pskc:MACKey') ?? childOf(first, 'pskc:EncryptedValue') ?? first
  return derivedKey(derived, passphrase, locked)
}

/** Certificates and wrapped keys (RFC 6030 figure 8) are what we have no key for. */
const OURS = new Set(['ds:KeyName', 'xenc11:DerivedKey'])

/** PBKDF2 (RFC 8018 §5.2), away from the main thread. */
async function derivedKey(
  derived: XmlElement,
  passphrase: string,
  locked: XmlElement,
): Promise<Read<Uint8Array>> {
  const method = childOf(derived, 'xenc11:KeyDerivationMethod')
  const { line } = method ?? derived
  const { Algorithm = '' } = method?.attributes ?? {}
  if (!PBKDF2.test(Algorithm)) return faulty(line, 'derivation-unsupported', Algorithm)
  // 1. The parameters stand in the namespace of PKCS #5, in that of xmlenc11, or in none.
  const parameters = method?.children.find(({ name }) => localName(name) === 'PBKDF2-params')
  const parameter = (name: string) =>
    parameters?.children.find((child) => localName(child.name) === name)
  const stated = parameter('Salt')?.children.find(({ name }) => localName(name) === 'Specified')
  const salt = base64Bytes(stated?.text ?? '')
  const iterations = wholeNumber(parameter('IterationCount')?.text ?? '')
  const length = parameter('KeyLength')
  const cipher = cipherOf(locked)
  if (!cipher.ok) return cipher
  const keyBytes = length === undefined ? cipher.value.keyBytes : wholeNumber(length.text)
  const prf = parameter('PRF')?.attributes.Algorithm
  const hash = prf === undefined ? '1' : pseudoRandomFunction(prf)
  // 2. Each within its bounds.
  if (salt === undefined || salt.length < SALT_BYTES.least || salt.length > SALT_BYTES.most) {
    return faulty(line, 'derivation-unsupported', 'Salt')
  }
  if (iterations === undefined || iterations < 1 || iterations > MOST_ITERATIONS) {
    return faulty(line, 'derivation-unsupported', 'IterationCount')
  }
  if (keyBytes === undefined || !KEY_BYTES.includes(keyBytes)) {
    return faulty(line, 'derivation-unsupported', 'KeyLength')
  }
  if (hash === undefined) return faulty(line, 'derivation-unsupported', prf)
  const key = await promisify(pbkdf2)(passphrase, salt, iterations, keyBytes, `sha${hash}`)
  return done(key)
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1)

/** `…#hmac-sha256`, `…#HMAC-SHA256`, `hmacWithSHA256`: makers name it in several ways. */
const pseudoRandomFunction = (uri: string) =>
  /(?:^|[#/])hmac(?:-|with)?sha-?(1|224|256|384|512)$/i.exec(uri)?.[1]

/** Undefined where the file has none. */
function decryptedMacKey(macMethod: XmlElement, decrypt: Decrypt): Read<Buffer | undefined> {
  const locked = childOf(macMethod, 'pskc:MACKey')
  if (locked === undefined) return done(undefined)
  const plain = decryptedValue(locked, decrypt)
  if (!plain.ok || plain.value.length >= LEAST_MAC_KEY_BYTES) return plain
  return faulty(locked.line, 'wrong-key')
}

function decryptedValue(value: XmlElement, decrypt: Decrypt): Read<Buffer> {
  const cipher = cipherOf(value)
  if (!cipher.ok) return cipher
  const bytes = cipherBytes(value)
  return bytes.ok ? decrypt(cipher.value, bytes.value, value.line) : bytes
}

function opened(locked: XmlElement, decrypt: Decrypt, mac: HmacKey | undefined): Read<Buffer> {
  const { line } = locked
  const value = childOf(locked, 'pskc:EncryptedValue')
  if (value === undefined) return faulty(line, 'field-missing', 'EncryptedValue')
  const cipher = cipherOf(value)
  if (!cipher.ok) return cipher
  const bytes = cipherBytes(value)
  if (!bytes.ok) return bytes
  // 1. The MAC over all octets of the cipher value, IV included (RFC 6030 §6.1.1).
  const stated = childOf(locked, 'pskc:ValueMAC')
  if (stated !== undefined && mac !== undefined) {
    const expected = mac.mac(bytes.value)
    const given = base64Bytes(stated.text)
    if (given === undefined || given.length !== expected.length) return faulty(line, 'wrong-key')
    if (!timingSafeEqual(given, expected)) return faulty(line, 'wrong-key')
    // 2. CBC tells nothing of a changed value, so without a MAC it is not opened at all.
  } else if (cipher.value.mode === 'cbc' || stated !== undefined) {
    return faulty(line, 'mac-missing')
  }
  // 3. Only now is anything decrypted.
  return decrypt(cipher.value, bytes.value, line)
}
