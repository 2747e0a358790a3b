/** The file of a desktop token: JSON, versioned, readable by its owner only (0600). */
import { readFile } from 'node:fs/promises'
import { fromBase64url, SEED_BYTES } from '../oath/key-agreement.ts'
import { type ClaimedFile, claimFile, type FileOutcome, reasonOf } from './claimed-file.ts'

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

/** Claims the file before the server is asked for anything. */
export async function claimTokenFile(file: string): Promise<FileOutcome<ClaimedFile<TokenFile>>> {
  return claimFile(file, (token: TokenFile) => `${JSON.stringify(token, null, 2)}\n`)
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
