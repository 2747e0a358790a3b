import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

const KEY_BYTES = 32

/**
 * Reads the wrapping key: 32 bytes as 64 hexadecimal digits. With `create` (demonstration only) a
 * missing file is made; two processes that start at once end up with the same one.
 *
 * Throws with a sentence for the operator when the file is missing or malformed.
 */
export function readKeyFile(file: string, create: boolean): Buffer {
  if (create && !fs.existsSync(file)) createKeyFile(file)
  let text: string
  try {
    text = fs.readFileSync(file, 'utf8').trim()
  } catch {
    throw new Error(`the key file ${file} cannot be read`)
  }
  if (!create && mayOthersRead(file)) {
    throw new Error(`the key file ${file} can be read by others: chmod 600 it`)
  }
  if (!/^[0-9a-f]{64}$/i.test(text)) {
    throw new Error(`the key file ${file} does not hold 64 hexadecimal digits`)
  }
  return Buffer.from(text, 'hex')
}

/** Windows has no such bits: there the folder's access list decides. */
const mayOthersRead = (file: string): boolean =>
  process.platform !== 'win32' && (fs.statSync(file).mode & 0o077) !== 0

/**
 * Written aside and linked into place, so that no reader ever sees half a key and the first one
 * wins.
 */
function createKeyFile(file: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const aside = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  fs.writeFileSync(aside, `${randomBytes(KEY_BYTES).toString('hex')}\n`, {
    mode: 0o600,
    flush: true,
  })
  try {
    fs.linkSync(aside, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    fs.rmSync(aside)
  }
}
