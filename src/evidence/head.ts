/**
 * Signed heads of a bank's log, as signed notes (C2SP signed-note and tlog-checkpoint): the log's
 * name, its size, its root, one more line with the time; below a blank line the signature, Ed25519
 * (RFC 8032) over the text above. Witnesses of other transparency logs read the same form.
 */
import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'

export interface Head {
  readonly bankCode: string
  readonly size: number
  readonly root: Buffer
  readonly atMs: number
}

/** The public half of a key that signs heads: the 32 bytes of RFC 8032, and ready for use. */
export interface LogKey {
  readonly bytes: Buffer
  readonly key: KeyObject
}

export function logKeyOf(bytes: Buffer): LogKey {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') }
  return { bytes, key: createPublicKey({ key: jwk, format: 'jwk' }) }
}

const nameOf = (bankCode: string): string => `ichido/${bankCode}`
const ED25519 = Buffer.of(1)

/** What tells keys apart in a note: four bytes of a hash over name, algorithm and key. */
function keyIdOf(bankCode: string, { bytes }: LogKey): Buffer {
  const named = [Buffer.from(`${nameOf(bankCode)}\n`), ED25519, bytes]
  return hash('sha256', Buffer.concat(named), 'buffer').subarray(0, 4)
}

/** The key as verifiers keep it: `ichido/1184+1a2b3c4d+AQ…`. */
export function verifierKey(bankCode: string, key: LogKey): string {
  const material = Buffer.concat([ED25519, key.bytes]).toString('base64')
  return `${nameOf(bankCode)}+${keyIdOf(bankCode, key).toString('hex')}+${material}`
}

/** Also of what nobody can have meant: a time that was changed by hand is to be told, not thrown at. */
export function momentOf(atMs: number): string {
  const at = new Date(atMs)
  return Number.isInteger(atMs) && !Number.isNaN(at.getTime()) ? at.toISOString() : String(atMs)
}

export function headText({ bankCode, size, root, atMs }: Head): string {
  return `${nameOf(bankCode)}\n${size}\n${root.toString('base64')}\ntime ${momentOf(atMs)}\n`
}

export const signHead = (head: Head, key: KeyObject): Buffer =>
  sign(null, Buffer.from(headText(head)), key)

export const isSigned = (head: Head, signature: Buffer, { key }: LogKey): boolean =>
  verify(null, Buffer.from(headText(head)), key, signature)

export function noteOf(head: Head, signature: Buffer, key: LogKey): string {
  const signed = Buffer.concat([keyIdOf(head.bankCode, key), signature]).toString('base64')
  return `${headText(head)}\n— ${nameOf(head.bankCode)} ${signed}\n`
}

const SIGNATURE = String.raw`— \S+ [A-Za-z0-9+/=]+\n`
const NOTE = new RegExp(
  [
    String.raw`^ichido/(?<bankCode>\d{4})\n(?<size>0|[1-9]\d{0,15})\n(?<root>[A-Za-z0-9+/]{43}=)\n`,
    String.raw`time (?<at>\S+)\n\n(?<signatures>(?:${SIGNATURE})+)$`,
  ].join(''),
)

/** The head of a note, if one of the keys signed it; lines of others are passed over. */
export function openNote(note: string, keys: readonly LogKey[]): Head | undefined {
  const { bankCode, size, root, at, signatures } = NOTE.exec(note)?.groups ?? {}
  if (!bankCode || !size || !root || !at || !signatures) return undefined
  const atMs = Date.parse(at)
  if (Number.isNaN(atMs)) return undefined
  const head: Head = { bankCode, size: Number(size), root: Buffer.from(root, 'base64'), atMs }
  // Written anew it must be the same, or something else was signed than what was read.
  if (!note.startsWith(`${headText(head)}\n— `)) return undefined
  const signed = signatures
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, name]) => name === nameOf(bankCode))
    .map(([, , signature]) => Buffer.from(signature ?? '', 'base64'))
  const isOf = (key: LogKey) => (signature: Buffer) =>
    signature.subarray(0, 4).equals(keyIdOf(bankCode, key)) &&
    isSigned(head, signature.subarray(4), key)
  return keys.some((key) => signed.some(isOf(key))) ? head : undefined
}
