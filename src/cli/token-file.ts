/** The file of a desktop token: JSON, versioned, readable by its owner only (0600). */
import { constants } from 'node:fs'
import { open, readFile, rm } from 'node:fs/promises'
import { fromBase64url, SEED_BYTES } from '../oath/key-agreement.ts'

export interface TokenFile {
  readonly version: 1
  readonly serial: string
  readonly algorithm: 'SHA256'
  readonly digits: 6 | 8
  readonly periodSeconds: number
  /** base64url, 32 bytes. Unlike on the phone it must be readable: protect the file. */
  readonly seed: string
  readonly server: string
  /**
   * The server's clock minus this computer's, when the token was made: used while it is
   * unreachable.
   */
  readonly clockOffsetMs: number
}

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
  EEXIST: 'the file already exists, and a token in it would be lost',
}

/**
 * Claims the file before the server is asked for anything: an existing one is never overwritten,
 * because it may hold the only copy of a registered token.
 */
export async function claimTokenFile(file: string): Promise<FileOutcome<ClaimedFile>> {
  try {
    const flags = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY
    const handle = await open(file, flags, 0o600)
    return {
      ok: true,
      value: {
        async write(token) {
          await handle.writeFile(`${JSON.stringify(token, null, 2)}\n`)
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

export interface ClaimedFile {
  /** Writes the token and waits until it is on the disk. */
  write(token: TokenFile): Promise<void>
  keep(): Promise<void>
  discard(): Promise<void>
}

/** Reads a token file; the reason of a refusal is one line without the file's content. */
export async function readTokenFile(file: string): Promise<FileOutcome<TokenFile>> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    return { ok: false, reason: reasonOf(error) }
  }
  const token = parseTokenFile(text)
  return token === null
    ? { ok: false, reason: 'it is not a token file' }
    : { ok: true, value: token }
}

/** The token in the text of a file, or null when the text is anything else. */
export function parseTokenFile(text: string): TokenFile | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null) return null
  const { version, serial, algorithm, digits, periodSeconds, seed, server, clockOffsetMs } =
    value as Record<string, unknown>
  if (version !== 1 || algorithm !== 'SHA256' || (digits !== 6 && digits !== 8)) return null
  if (typeof serial !== 'string' || typeof server !== 'string' || typeof seed !== 'string')
    return null
  if (fromBase64url(seed)?.length !== SEED_BYTES) return null
  if (typeof periodSeconds !== 'number' || !Number.isInteger(periodSeconds) || periodSeconds < 1)
    return null
  if (typeof clockOffsetMs !== 'number' || !Number.isFinite(clockOffsetMs)) return null
  return { version, serial, algorithm, digits, periodSeconds, seed, server, clockOffsetMs }
}

function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  if (code === undefined) throw error
  return REASONS[code] ?? code
}
