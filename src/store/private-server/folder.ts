/** The private server's share of the data folder: which file is where, and who may write it. */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { CannotServe } from './trouble.ts'

export interface DataFolder {
  readonly root: string
  /** The PostgreSQL cluster; it gets this name only when it is complete. */
  readonly cluster: string
  readonly lock: string
  readonly owner: string
  readonly passwords: string
  readonly log: string
}

/** Random passwords of the two roles: PostgreSQL's superuser, and the one that ichido works as. */
export interface Passwords {
  readonly superuser: string
  readonly program: string
}

/** Makes the data folder if need be (for nobody else's eyes) and resolves links in its name. */
export function openDataFolder(name: string): DataFolder {
  fs.mkdirSync(name, { recursive: true, mode: 0o700 })
  const root = fs.realpathSync(name)
  fs.accessSync(root, fs.constants.W_OK | fs.constants.X_OK)
  const at = (file: string) => path.join(root, file)
  return {
    root,
    cluster: at('postgres'),
    lock: at('postgres.lock'),
    owner: at('postgres.owner'),
    passwords: at('postgres.passwords'),
    log: at('postgres.log'),
  }
}

/**
 * Writes a small file whole or not at all, for this user only. For the owner: there is one draft.
 */
export function writeWhole(file: string, content: string): void {
  const draft = `${file}.draft`
  fs.writeFileSync(draft, content, { mode: 0o600, flush: true })
  fs.renameSync(draft, file)
}

/** Makes the passwords of a cluster about to be created; they survive a creation broken off. */
export function makePasswords(folder: DataFolder): Passwords {
  if (fs.existsSync(folder.passwords)) return readPasswords(folder)
  const random = () => randomBytes(32).toString('base64url')
  const passwords = { superuser: random(), program: random() }
  writeWhole(folder.passwords, JSON.stringify(passwords))
  return passwords
}

export function readPasswords(folder: DataFolder): Passwords {
  try {
    const { superuser, program } = JSON.parse(fs.readFileSync(folder.passwords, 'utf8'))
    if (typeof superuser === 'string' && typeof program === 'string') return { superuser, program }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code !== 'ENOENT') throw error
  }
  throw new CannotServe(
    `${folder.passwords} is missing or damaged, and with it the password of the private ` +
      'PostgreSQL. Put the file back from a backup of the data folder.',
  )
}
