/**
 * The content of a backup as a row of frames: facts as JSON, and rows as PostgreSQL copies them.
 */
import { createHash } from 'node:crypto'
import { UnusableBackup } from './archive.ts'
import type { BackupSequence, BackupTable } from './catalogue.ts'

/** The first frame. */
export interface Preface {
  /** The schema of the rows: these migrations and no others. */
  readonly migrations: readonly string[]
}

export interface TableCount {
  readonly table: string
  readonly rows: number
  /** Of all bytes of its rows, hexadecimal. */
  readonly sha256: string
}

/** The last frame. */
export interface Manifest {
  readonly tables: readonly TableCount[]
  readonly sequences: readonly BackupSequence[]
}

export type Frame =
  | { readonly kind: 'preface'; readonly value: Preface }
  /** The rows of this table follow, in any number of frames. */
  | { readonly kind: 'table'; readonly value: BackupTable }
  | { readonly kind: 'rows'; readonly value: Buffer }
  | { readonly kind: 'manifest'; readonly value: Manifest }

const KINDS = ['preface', 'table', 'rows', 'manifest'] as const
const HEAD_BYTES = 5

export function frameOf(frame: Frame): Buffer {
  const body = frame.kind === 'rows' ? frame.value : Buffer.from(JSON.stringify(frame.value))
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUInt8(KINDS.indexOf(frame.kind), 0)
  head.writeUInt32BE(body.length, 1)
  return Buffer.concat([head, body])
}

/** The frames of a content, which is known to be genuine. */
export async function* framesIn(content: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let held: Buffer = Buffer.alloc(0)
  for await (const chunk of content) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    for (;;) {
      const end = held.length < HEAD_BYTES ? undefined : HEAD_BYTES + held.readUInt32BE(1)
      if (end === undefined || held.length < end) break
      yield frameIn(held.readUInt8(0), held.subarray(HEAD_BYTES, end))
      held = held.subarray(end)
    }
  }
  if (held.length > 0) throw new UnusableBackup('it ends within a frame')
}

function frameIn(kind: number, body: Buffer): Frame {
  const name = KINDS[kind]
  if (name === undefined) throw new UnusableBackup('it holds a frame of an unknown kind')
  if (name === 'rows') return { kind: name, value: body }
  return { kind: name, value: JSON.parse(body.toString()) } as Frame
}

/** Sums up the rows of a table as they go by. */
export function rowSum() {
  const hash = createHash('sha256')
  return {
    add: (bytes: Buffer) => void hash.update(bytes),
    sha256: () => hash.digest('hex'),
  }
}
