/** A PSKC 1.0 file (RFC 6030), read as a stream. */

import type { SeedEnd, SeedReading, SeedRecord } from '../bank/hardware/seed.ts'
import { done } from '../bank/refusal.ts'
import { deviceSequence } from './pskc-devices.ts'
import { lockedValuesOf, readKeyPackage } from './pskc-key.ts'
import { type Opening, openingOf, type PskcHeader, type Unlocking } from './pskc-opening.ts'
import { type Faulty, faulty, type Read, type ReadPiece, type SeedLimits } from './read.ts'
import { textOf } from './text.ts'
import { type XmlElement, type XmlReader, xmlReader } from './xml.ts'

const KEY_PACKAGE = 'pskc:KeyPackage'
const REPEATABLE: ReadonlySet<string> = new Set([
  'pskc:KeyUsage',
  'pskc:FriendlyName',
  'pskc:Extensions',
  'xenc:DataReference',
  'ds:KeyName',
  'ds:X509Data',
  'ds:X509Certificate',
  'ds:Reference',
  'ds:Transform',
  'ds:Object',
])

/**
 * The tokens of the file, as they come. Every MAC is verified before anything is decrypted.
 *
 * Faults: those of `textOf`, `xmlReader`, `openingOf` and `readKeyPackage`; `not-pskc`,
 * `version-unsupported`, `element-twice`, `too-many-tokens`, `no-tokens`.
 */
export async function* readPskc(
  bytes: AsyncIterable<Uint8Array>,
  unlocking: Unlocking,
  limits: SeedLimits,
): SeedReading {
  const xml = xmlReader({ substance: KEY_PACKAGE, repeatable: REPEATABLE })
  const container = containerReader(unlocking, limits)
  for await (const piece of textOf(bytes, limits)) {
    const stopped = typeof piece === 'string' ? xml.write(piece) : piece
    // What stood before the fault may have one of its own, which is told then.
    const { records, fault = stopped } = await container.read(xml)
    if (records.length > 0) yield records
    if (fault !== undefined) return { ok: false, fault }
  }
  const cutOff = xml.end()
  if (cutOff !== undefined) return { ok: false, fault: cutOff }
  const { last, end } = container.end(xml)
  if (last !== undefined) yield [last]
  return end
}

const HEADER_PLACES = new Map<string, keyof PskcHeader>([
  ['pskc:EncryptionKey', 'encryptionKey'],
  ['pskc:MACMethod', 'macMethod'],
])

/** The container around the keys: what was read of it so far. */
function containerReader(unlocking: Unlocking, limits: SeedLimits) {
  const header: { -readonly [Name in keyof PskcHeader]: PskcHeader[Name] } = {
    encryptionKey: undefined,
    macMethod: undefined,
  }
  const devices = deviceSequence()
  let opening: Opening | undefined
  let tokens = 0
  let signed = false

  async function readPackage(part: XmlElement): Promise<Read<SeedRecord | undefined>> {
    tokens += 1
    if (tokens > limits.mostTokens) return faulty(part.line, 'too-many-tokens')
    const [locked] = opening === undefined ? lockedValuesOf(part) : []
    if (locked !== undefined) {
      const made = await openingOf(header, unlocking, locked)
      if (!made.ok) return made
      opening = made.value
    }
    // Whoever can change a file in transit could put a plain seed in an encrypted one's place.
    const expectsLock = header.encryptionKey !== undefined || isGiven(unlocking)
    const key = readKeyPackage(part, { opening, expectsLock }, limits)
    return key.ok ? devices.next(key.value) : key
  }

  function readHeader(part: XmlElement): Read<undefined> {
    const place = HEADER_PLACES.get(part.name)
    if (part.name === 'ds:Signature' || part.name === 'pskc:Signature') signed = true
    if (place === undefined) return done(undefined)
    if (header[place] !== undefined) return faulty(part.line, 'element-twice', place)
    header[place] = part
    return done(undefined)
  }

  return {
    async read(xml: XmlReader): Promise<ReadPiece> {
      const root = xml.root()
      const foreign = root && foreignRoot(root)
      const records: SeedRecord[] = []
      if (foreign !== undefined) return { records, fault: foreign.fault }
      for (const part of xml.take()) {
        const read = part.name === KEY_PACKAGE ? await readPackage(part) : readHeader(part)
        if (!read.ok) return { records, fault: read.fault }
        if (read.value !== undefined) records.push(read.value)
      }
      return { records }
    },
    end(xml: XmlReader): { readonly last: SeedRecord | undefined; readonly end: SeedEnd } {
      const { last, leftOut } = devices.end()
      if (last !== undefined) return { last, end: { ok: true, leftOut, signed } }
      return { last, end: faulty(xml.root()?.line ?? 1, 'no-tokens') }
    },
  }
}

const isGiven = ({ key, passphrase }: Unlocking) => key !== undefined || passphrase !== undefined

function foreignRoot({ name, line, attributes }: XmlElement): Faulty | undefined {
  const [prefix, local] = name.split(':')
  if (prefix === 'draft') return faulty(line, 'version-unsupported', 'before 1.0')
  if (name !== 'pskc:KeyContainer') return faulty(line, 'not-pskc', local ?? prefix)
  if (attributes.Version === '1.0') return undefined
  return faulty(line, 'version-unsupported', attributes.Version)
}
