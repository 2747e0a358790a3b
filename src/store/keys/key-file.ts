import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { syncFolderOf } from '../sync-folder.ts'
import { type WrappingKeys, wrappingKeyOf } from './wrapping-keys.ts'

const KEY_BYTES = 32

export const newKey = (): Buffer => randomBytes(KEY_BYTES)

/** The newest key of the key file: see `readKeys`. */
export function readKeyFile(file: string, create: boolean): Buffer {
  const [newest] = readKeys(file, create)
  if (newest === undefined) throw new Error(`the key file ${file} is empty`)
  return newest
}

/**
 * Reads the wrapping keys: each 32 bytes as a line of 64 hexadecimal digits, the newest first.
 * There is one, or two while a rotation is under way. With `create` (demonstration only) a missing
 * file is made; two processes that start at once end up with the same one.
 *
 * Throws with a sentence for the operator when the file is missing or malformed.
 */
export function readKeys(file: string, create: boolean): Buffer[] {
  if (create && !fs.existsSync(file)) claimKeyFile(file, newKey())
  return keysIn(file, create)
}

/** `mayBeShared`: the demonstration does not mind who else can read its key. */
function keysIn(file: string, mayBeShared: boolean): Buffer[] {
  let text: string
  try {
    text = fs.readFileSync(file, 'utf8').trim()
  } catch {
    throw new Error(`the key file ${file} cannot be read`)
  }
  if (!mayBeShared && mayOthersRead(file)) {
    throw new Error(`the key file ${file} can be read by others: chmod 600 it`)
  }
  const lines = text.toLowerCase().split(/\s*\n\s*/)
  const wellFormed = lines.length <= 2 && new Set(lines).size === lines.length
  if (!wellFormed || !lines.every((line) => /^[0-9a-f]{64}$/.test(line))) {
    throw new Error(`the key file ${file} does not hold 64 hexadecimal digits`)
  }
  return lines.map((line) => Buffer.from(line, 'hex'))
}

/** The wrapping keys of the file as it is now and as it becomes: see `WrappingKeys`. */
export function followKeyFile(file: string, create: boolean): WrappingKeys {
  if (create) readKeys(file, create)
  const read = () => ({
    // The stamp first: a change in between is then read once more, not missed.
    stamp: stampOf(file),
    keys: keysIn(file, create).map(wrappingKeyOf),
  })
  let now = read()
  const held = (wanted: string) => now.keys.find(({ fingerprint }) => fingerprint === wanted)
  return {
    known: () => now.keys,
    find(fingerprint) {
      if (held(fingerprint) === undefined) now = read()
      return held(fingerprint)
    },
    refresh() {
      if (stampOf(file) !== now.stamp) now = read()
    },
  }
}

/** Differs whenever the file was replaced or written to. */
function stampOf(file: string): string {
  const stat = fs.statSync(file, { throwIfNoEntry: false })
  return stat === undefined ? 'none' : `${stat.ino} ${stat.size} ${stat.mtimeMs}`
}

/** Windows has no such bits: there the folder's access list decides. */
const mayOthersRead = (file: string): boolean =>
  process.platform !== 'win32' && (fs.statSync(file).mode & 0o077) !== 0

/** Makes the file with this key unless there is one. True if it was made: the first one wins. */
export function claimKeyFile(file: string, key: Uint8Array): boolean {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const aside = writeAside(file, [key])
  try {
    fs.linkSync(aside, file)
    syncFolderOf(file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  } finally {
    fs.rmSync(aside)
  }
}

/**
 * Puts these keys in the place of the file's, which keeps its owner: a rotation may be run by
 * another user than the one who serves. A link is followed. A reader finds the old keys or the new
 * ones.
 *
 * Throws with a sentence for the operator when that cannot be; then nothing has changed.
 */
export function replaceKeys(file: string, keys: readonly Uint8Array[]): void {
  let aside: string | undefined
  try {
    const real = fs.existsSync(file) ? fs.realpathSync(file) : file
    const before = fs.statSync(real, { throwIfNoEntry: false })
    aside = writeAside(real, keys)
    const made = fs.statSync(aside)
    if (before && (before.uid !== made.uid || before.gid !== made.gid)) {
      fs.chownSync(aside, before.uid, before.gid)
    }
    fs.renameSync(aside, real)
    syncFolderOf(real)
  } catch (error) {
    if (aside !== undefined) fs.rmSync(aside, { force: true })
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw new Error(`the key file ${file} cannot be replaced (${code})`)
  }
}

/** Written beside the file and put into place afterwards, so that no reader sees half a key. */
function writeAside(file: string, keys: readonly Uint8Array[]): string {
  const aside = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  const text = keys.map((key) => `${Buffer.from(key).toString('hex')}\n`).join('')
  fs.writeFileSync(aside, text, { mode: 0o600, flag: 'wx', flush: true })
  return aside
}
