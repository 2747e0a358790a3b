/** A file for something that cannot be had again: readable by its owner only, never overwritten. */
import { constants } from 'node:fs'
import { open, rm } from 'node:fs/promises'

export type FileOutcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string }

/** Why a path cannot be used, in words for the operator; never with the file's content. */
const REASONS: Record<string, string> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'part of the path is not a folder',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EEXIST: 'the file already exists, and what is in it would be lost',
}

export interface ClaimedFile<T> {
  /** Writes the thing and waits until it is on the disk. */
  write(thing: T): Promise<void>
  keep(): Promise<void>
  discard(): Promise<void>
}

/**
 * Claims the file before the thing is made: an existing one is never overwritten, because it may
 * hold the only copy of another.
 */
export async function claimFile<T>(
  file: string,
  textOf: (thing: T) => string,
): Promise<FileOutcome<ClaimedFile<T>>> {
  try {
    const flags = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY
    const handle = await open(file, flags, 0o600)
    return {
      ok: true,
      value: {
        async write(thing) {
          await handle.writeFile(textOf(thing))
          await handle.sync()
        },
        async keep() {
          await handle.close()
        },
        async discard() {
          await handle.close()
          await rm(file, { force: true })
        },
      },
    }
  } catch (error) {
    return { ok: false, reason: reasonOf(error) }
  }
}

export function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  if (code === undefined) throw error
  return REASONS[code] ?? code
}
