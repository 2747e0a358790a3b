/**
 * The file around a backup: a line that anyone can read, then pieces of AES-256-GCM under a key of
 * this file alone, derived from the wrapping key. A piece is bound to its place and says whether it
 * is the last one, so that a changed, swapped or missing piece is found, and a cut end as well
 * (after Hoang, Reyhanitabar, Rogaway, Vizár: "Online authenticated encryption", STREAM).
 */
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import type { WrappingKey, WrappingKeys } from '../keys/wrapping-keys.ts'

/** A backup that cannot be used, with the reason in words for the operator. */
export class UnusableBackup extends Error {}

/** The first line of the file. */
export interface ArchiveHead {
  readonly format: 'ichido-backup'
  readonly version: 1
  /** The moment of the snapshot, ISO 8601 in UTC. */
  readonly madeAt: string
  /** The fingerprint of the wrapping key without which the file is of no use. */
  readonly key: string
  /** Random, base64url: no two files have the same key. */
  readonly salt: string
}

const VERSION = 1
const PIECE_BYTES = 64 * 1024
const TAG_BYTES = 16
const SALT_BYTES = 32
const MOST_HEAD_BYTES = 1024

/** Encloses the content under that wrapping key: the head, then the sealed pieces. */
export async function* enclose(
  content: AsyncIterable<Buffer>,
  wrappingKey: WrappingKey,
  madeAtMs: number,
): AsyncGenerator<Buffer> {
  const head: ArchiveHead = {
    format: 'ichido-backup',
    version: VERSION,
    madeAt: new Date(madeAtMs).toISOString(),
    key: wrappingKey.fingerprint,
    salt: randomBytes(SALT_BYTES).toString('base64url'),
  }
  const line = Buffer.from(`${JSON.stringify(head)}\n`)
  const key = keyOf(wrappingKey, head, line)
  yield line
  let number = 0
  for await (const { bytes, last } of pieces(content, PIECE_BYTES)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, last))
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
    number += 1
  }
}

/** The head of a file, whoever holds which key. Throws `UnusableBackup`. */
export function readHead(start: Uint8Array): { readonly head: ArchiveHead; readonly line: Buffer } {
  const bytes = Buffer.from(start.subarray(0, MOST_HEAD_BYTES))
  const end = bytes.indexOf('\n')
  const line = bytes.subarray(0, end + 1)
  const head = parsed(line.toString())
  if (head?.format !== 'ichido-backup') throw new UnusableBackup(NO_BACKUP)
  if (head.version !== VERSION) throw new UnusableBackup('it was made by a newer ichido')
  const { madeAt, key, salt } = head
  if (typeof key !== 'string' || typeof salt !== 'string') throw new UnusableBackup(NO_BACKUP)
  if (typeof madeAt !== 'string' || !Number.isFinite(Date.parse(madeAt))) {
    throw new UnusableBackup(NO_BACKUP)
  }
  return { head: { format: head.format, version: VERSION, madeAt, key, salt }, line }
}

const NO_BACKUP = 'it is not a backup of ichido'

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) ?? undefined
  } catch {
    return undefined
  }
}

/**
 * The content of a file, each piece once it is seen to be genuine. Throws `UnusableBackup` when the
 * key is another one, and where the file was changed or cut off.
 */
export async function* disclose(
  file: AsyncIterable<Buffer>,
  keys: WrappingKeys,
): AsyncGenerator<Buffer> {
  const { head, rest } = await beginning(file)
  const wrappingKey = keys.find(head.head.key)
  if (wrappingKey === undefined) {
    const held = keys.known().map(({ fingerprint }) => fingerprint)
    const words = `it was made with the key ${head.head.key}, and the key file holds ${held.join(', ')}`
    throw new UnusableBackup(words)
  }
  const key = keyOf(wrappingKey, head.head, head.line)
  let number = 0
  for await (const { bytes, last } of pieces(rest, PIECE_BYTES + TAG_BYTES)) {
    yield opened(key, bytes, nonceOf(number, last))
    number += 1
  }
}

function opened(key: KeyObject, piece: Buffer, nonce: Buffer): Buffer {
  try {
    const end = piece.length - TAG_BYTES
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
    decipher.setAuthTag(piece.subarray(end))
    return Buffer.concat([decipher.update(piece.subarray(0, end)), decipher.final()])
  } catch {
    throw new UnusableBackup('it is damaged, cut off or was changed')
  }
}

/** Separates the head from what follows. */
async function beginning(file: AsyncIterable<Buffer>) {
  const chunks = file[Symbol.asyncIterator]()
  let start: Buffer = Buffer.alloc(0)
  while (start.length < MOST_HEAD_BYTES && !start.includes('\n')) {
    const next = await chunks.next()
    if (next.done) break
    start = Buffer.concat([start, next.value])
  }
  const head = readHead(start)
  async function* rest(): AsyncGenerator<Buffer> {
    yield start.subarray(head.line.length)
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value
  }
  return { head, rest: rest() }
}

/** Bound to the whole head: with one character of it changed, no piece opens. */
function keyOf({ key }: WrappingKey, head: ArchiveHead, line: Buffer): KeyObject {
  const info = Buffer.concat([Buffer.from('ichido backup\0'), line])
  return createSecretKey(Buffer.from(hkdfSync('sha256', key, head.salt, info, 32)))
}

/** Eleven bytes of number, one that marks the last piece. No number comes twice under one key. */
function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(number, 5, 6)
  nonce.writeUInt8(last ? 1 : 0, 11)
  return nonce
}

interface Piece {
  readonly bytes: Buffer
  readonly last: boolean
}

/** Cuts a stream into pieces of that size; the last one is shorter or as long. */
async function* pieces(from: AsyncIterable<Buffer>, size: number): AsyncGenerator<Piece> {
  let held: Buffer = Buffer.alloc(0)
  for await (const chunk of from) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    while (held.length > size) {
      yield { bytes: held.subarray(0, size), last: false }
      held = held.subarray(size)
    }
  }
  yield { bytes: held, last: true }
}
