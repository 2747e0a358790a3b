import { type FileHandle, open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { WrappingKeys } from '../keys/wrapping-keys.ts'
import { knownMigrations } from '../migrate.ts'
import { type ArchiveHead, disclose, readHead, UnusableBackup } from './archive.ts'
import { type Frame, framesIn, type Manifest, type Preface, rowSum } from './frames.ts'

/** A backup that is whole, genuine and of a schema that this program knows. */
export interface CheckedBackup {
  readonly head: ArchiveHead
  readonly preface: Preface
  readonly manifest: Manifest
}

/**
 * Reads a backup to its end and changes nothing. Throws `UnusableBackup` when it is no backup,
 * needs another key, was changed, damaged or cut off, or was made by a newer program.
 */
export async function checkBackup(file: FileHandle, keys: WrappingKeys): Promise<CheckedBackup> {
  const start = await file.read(Buffer.alloc(READ_BYTES), 0, READ_BYTES, 0)
  const { head } = readHead(start.buffer.subarray(0, start.bytesRead))
  let preface: Preface | undefined
  let manifest: Manifest | undefined
  const found: { readonly table: string; readonly sum: ReturnType<typeof rowSum> }[] = []
  await readFrames(file, keys, async (frame) => {
    if (frame.kind === 'preface') preface = frame.value
    if (frame.kind === 'table') found.push({ table: frame.value.table, sum: rowSum() })
    if (frame.kind === 'rows') found.at(-1)?.sum.add(frame.value)
    if (frame.kind === 'manifest') manifest = frame.value
  })
  if (preface === undefined || manifest === undefined) throw new UnusableBackup('it is not whole')
  const unknown = preface.migrations.find((name) => !knownMigrations().includes(name))
  if (unknown !== undefined) {
    throw new UnusableBackup(`it was made by a newer ichido, whose schema has ${unknown}`)
  }
  const sums = found.map(({ table, sum }) => `${table} ${sum.sha256()}`)
  const listed = manifest.tables.map(({ table, sha256 }) => `${table} ${sha256}`)
  if (sums.join('\n') !== listed.join('\n')) {
    throw new UnusableBackup('its rows are not those of its manifest')
  }
  return { head, preface, manifest }
}

export interface BackupFacts {
  /** The moment of the snapshot, ISO 8601 in UTC. */
  readonly madeAt: string
  readonly tables: number
  readonly rows: number
}

export function factsOf({ head, manifest }: CheckedBackup): BackupFacts {
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  return { madeAt: head.madeAt, tables: manifest.tables.length, rows }
}

/** Opens a backup. Throws `UnusableBackup` when it cannot be read. */
export async function openBackup(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r')
  } catch (error) {
    throw new UnusableBackup(`it cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
}

const READ_BYTES = 64 * 1024

/** Hands on each frame of the file, one after the other. */
export async function readFrames(
  file: FileHandle,
  keys: WrappingKeys,
  onFrame: (frame: Frame) => Promise<void>,
): Promise<void> {
  await pipeline(
    () => disclose(bytesOf(file), keys),
    createGunzip(),
    async (content: AsyncIterable<Buffer>) => {
      for await (const frame of framesIn(content)) await onFrame(frame)
    },
  )
}

/** From the beginning; whoever has opened the file closes it. */
async function* bytesOf(file: FileHandle): AsyncGenerator<Buffer> {
  for (let at = 0; ; ) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(READ_BYTES), 0, READ_BYTES, at)
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
    at += bytesRead
  }
}
