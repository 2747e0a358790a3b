/** One `KeyPackage` of a PSKC file (RFC 6030 §4), from the tree to the token that it describes. */

import type { SeedRecord } from '../bank/hardware/seed.ts'
import { done } from '../bank/refusal.ts'
import type { OtpKind } from '../bank/token.ts'
import { base64Bytes } from './pskc-cipher.ts'
import type { Opening } from './pskc-opening.ts'
import { faulty, type Read, type SeedLimits } from './read.ts'
import { algorithmNamed, dayWritten, usableToken, wholeNumber } from './seed-record.ts'
import { childOf, descendantOf, type XmlElement } from './xml.ts'

export type PskcKey =
  | {
      readonly for: 'one-time-passwords'
      readonly id: string
      readonly record: SeedRecord
    }
  /** A PIN or a challenge-response key: part of a device, and nothing for the stock. */
  | {
      readonly for: 'something-else'
      readonly line: number
      readonly serial: string
      readonly algorithm: string
    }

/** RFC 6030 §10 and the OATH profiles; behind them the names of the drafts, still in use. */
const KINDS = new Map<string, OtpKind>(
  (['hotp', 'totp'] as const).flatMap((kind): [string, OtpKind][] => [
    [`urn:ietf:params:xml:ns:keyprov:pskc:${kind}`, kind],
    [`urn:ietf:params:xml:ns:keyprov:pskc#${kind}`, kind],
    [`http://www.ietf.org/keyprov/pskc#${kind}`, kind],
  ]),
)
/** How the values of the file are to be opened, if it is locked. */
export interface Locking {
  readonly opening: Opening | undefined
  /** Then a seed that lies open is refused. */
  readonly expectsLock: boolean
}

const SOMETHING_ELSE = /^urn:ietf:params:xml:ns:keyprov:pskc[:#](?:pin|ocra)$/

/**
 * Faults: `field-missing`, `field-invalid`, `algorithm-unsupported`, `policy-unsupported`,
 * `seed-not-encrypted`, `digits-unsupported`, those of `Opening` and of `usableToken`.
 */
export function readKeyPackage(
  part: XmlElement,
  locking: Locking,
  limits: SeedLimits,
): Read<PskcKey> {
  const { line } = part
  // 1. What the key is for, and in which device it is. Without a serial number it is the key's ID.
  const key = childOf(part, 'pskc:Key')
  if (key === undefined) return faulty(line, 'field-missing', 'Key')
  const device = childOf(part, 'pskc:DeviceInfo')
  const { Id: id = '', Algorithm: named } = key.attributes
  const serial = childOf(device, 'pskc:SerialNo')?.text.trim() || id
  if (serial === '') return faulty(line, 'field-missing', 'SerialNo')
  if (named === undefined) return faulty(key.line, 'field-missing', 'Algorithm')
  if (SOMETHING_ELSE.test(named)) {
    return done({ for: 'something-else', line, serial, algorithm: named })
  }
  const kind = KINDS.get(named)
  if (kind === undefined) return faulty(key.line, 'algorithm-unsupported', named)
  // 2. The rules that came with it are ones that we can keep.
  const policy = childOf(key, 'pskc:Policy')
  const broken = policy && unkeptRule(policy)
  if (broken !== undefined) return faulty(broken.line, 'policy-unsupported', broken.name)
  // 3. How its codes look.
  const shape = readShape(key)
  if (!shape.ok) return shape
  // 4. The seed and what moves it.
  const data = readData(key, kind, locking)
  if (!data.ok) return data
  // 5. Its days.
  const days = readDays(device, policy)
  if (!days.ok) return days
  const record = usableToken(
    {
      line,
      serial,
      kind,
      ...shape.value,
      ...data.value,
      ...days.value,
      manufacturer: childOf(device, 'pskc:Manufacturer')?.text.trim(),
      model: childOf(device, 'pskc:Model')?.text.trim(),
    },
    limits,
  )
  return record.ok ? done({ for: 'one-time-passwords', id, record: record.value }) : record
}

/** Rules that change nothing for us: days are kept with the token, a local PIN is the device's. */
const KEPT = new Set(['pskc:StartDate', 'pskc:ExpiryDate', 'pskc:KeyUsage', 'pskc:PINPolicy'])

/** The first rule that we cannot keep: then the key must not be used at all (RFC 6030 §5). */
function unkeptRule(policy: XmlElement): XmlElement | undefined {
  const usages = policy.children.filter(({ name }) => name === 'pskc:KeyUsage')
  if (usages.length > 0 && !usages.some(({ text }) => text.trim() === 'OTP')) return usages[0]
  return policy.children.find(
    ({ name, attributes }) =>
      !KEPT.has(name) ||
      (name === 'pskc:PINPolicy' && (attributes.PINUsageMode ?? 'Local') !== 'Local'),
  )
}

function readShape(key: XmlElement) {
  const parameters = childOf(key, 'pskc:AlgorithmParameters')
  const suite = childOf(parameters, 'pskc:Suite')
  const algorithm = suite === undefined ? 'SHA1' : algorithmNamed(suite.text.trim())
  if (algorithm === undefined) {
    return faulty(suite?.line ?? key.line, 'algorithm-unsupported', suite?.text)
  }
  const format = childOf(parameters, 'pskc:ResponseFormat')
  const { Length, Encoding = 'DECIMAL', CheckDigits = 'false' } = format?.attributes ?? {}
  const { line } = format ?? key
  if (Encoding !== 'DECIMAL') return faulty(line, 'digits-unsupported', Encoding)
  if (!['false', '0'].includes(CheckDigits))
    return faulty(line, 'digits-unsupported', 'CheckDigits')
  const digits = Length === undefined ? undefined : wholeNumber(Length)
  if (Length !== undefined && digits === undefined) return faulty(line, 'field-invalid', 'Length')
  return done({ algorithm, digits })
}

function readData(key: XmlElement, kind: OtpKind, locking: Locking) {
  const data = childOf(key, 'pskc:Data')
  const secret = childOf(data, 'pskc:Secret')
  // RFC 6030 figure 4: to be derived from a master key that only the maker has.
  if (secret === undefined) return faulty((data ?? key).line, 'field-missing', 'Secret')
  const seed = readSecret(secret, locking)
  if (!seed.ok) return seed
  const moving = kind === 'hotp' ? ['Counter'] : ['TimeInterval', 'TimeDrift']
  const found: Record<string, number | undefined> = {}
  for (const name of moving) {
    const value = readInteger(childOf(data, `pskc:${name}`), name, locking.opening)
    if (!value.ok) return value
    found[name] = value.value
  }
  const { Counter: counter, TimeInterval: periodSeconds, TimeDrift: driftSteps } = found
  return done({ seed: seed.value, counter, periodSeconds, driftSteps })
}

function readSecret(secret: XmlElement, { opening, expectsLock }: Locking): Read<Uint8Array> {
  const plain = childOf(secret, 'pskc:PlainValue')
  if (plain === undefined) return openedValue(secret, 'Secret', opening)
  if (expectsLock) return faulty(plain.line, 'seed-not-encrypted')
  const seed = base64Bytes(plain.text)
  return seed === undefined ? faulty(plain.line, 'field-invalid', 'Secret') : done(seed)
}

function readInteger(
  element: XmlElement | undefined,
  name: string,
  opening: Opening | undefined,
): Read<number | undefined> {
  if (element === undefined) return done(undefined)
  const plain = childOf(element, 'pskc:PlainValue')
  const bytes = plain === undefined ? openedValue(element, name, opening) : undefined
  if (bytes !== undefined && !bytes.ok) return bytes
  const value = bytes === undefined ? wholeNumber(plain?.text.trim() ?? '') : integerOf(bytes.value)
  return value === undefined ? faulty(element.line, 'field-invalid', name) : done(value)
}

/**
 * Encrypted numbers are four or eight octets, highest first; with some makers as few as will do, or
 * digits.
 */
function integerOf(bytes: Buffer): number | undefined {
  const digits = wholeNumber(bytes.toString('latin1'))
  if (digits !== undefined) return digits
  if (bytes.length === 0 || bytes.length > 8) return undefined
  const value = BigInt(`0x${bytes.toString('hex')}`)
  return Number([4, 8].includes(bytes.length) ? BigInt.asIntN(bytes.length * 8, value) : value)
}

function openedValue(
  element: XmlElement,
  name: string,
  opening: Opening | undefined,
): Read<Buffer> {
  if (childOf(element, 'pskc:EncryptedValue') === undefined || opening === undefined) {
    return faulty(element.line, 'field-missing', name)
  }
  return opening(element)
}

/** The elements of a package that hold an encrypted value. */
export function lockedValuesOf(part: XmlElement): readonly XmlElement[] {
  const data = descendantOf(part, 'pskc:Key', 'pskc:Data')
  return (data?.children ?? []).filter(
    (value) => childOf(value, 'pskc:EncryptedValue') !== undefined,
  )
}

/** The battery's days are those of the device, the key's those of its policy: both must hold. */
function readDays(device: XmlElement | undefined, policy: XmlElement | undefined) {
  const found: { startsOn?: string; endsOn?: string } = {}
  for (const holder of [device, policy]) {
    const startsOn = readDay(holder, 'StartDate')
    if (!startsOn.ok) return startsOn
    const endsOn = readDay(holder, 'ExpiryDate')
    if (!endsOn.ok) return endsOn
    const { startsOn: start = '', endsOn: end = '9999' } = found
    if (startsOn.value !== undefined && startsOn.value > start) found.startsOn = startsOn.value
    if (endsOn.value !== undefined && endsOn.value < end) found.endsOn = endsOn.value
  }
  return done(found)
}

function readDay(holder: XmlElement | undefined, name: string): Read<string | undefined> {
  const stated = childOf(holder, `pskc:${name}`)
  if (stated === undefined) return done(undefined)
  const day = dayWritten(stated.text.trim())
  return day === undefined ? faulty(stated.line, 'field-invalid', name) : done(day)
}
