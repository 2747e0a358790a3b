/**
 * Who serves a data folder: one process at a time. The proof is a lock of the operating system,
 * which dies with its holder, so that kill -9 leaves no stale lock and a reused process number
 * deceives nobody. Node has no flock(2) of its own; SQLite's file lock, part of Node, is one on
 * every platform.
 */
import fs from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { type Address, removeAlias } from './address.ts'
import { type DataFolder, writeWhole } from './folder.ts'

const SQLITE_BUSY = 5

/** A serving process keeps the server up until it ends; a command only for its own duration. */
export type Role = 'serve' | 'command'

/** What the owner tells others; for their messages and connections only, never the proof. */
export interface OwnerRecord {
  readonly pid: number
  readonly role: Role
  /** Present once the server is ready. */
  readonly address?: Address
}

export interface Ownership {
  /** Tells others where the server is. */
  announce(address: Address): void
  /** Takes that back. Writes nothing, so that a full disk keeps nobody from stopping. */
  withdraw(): void
  /** Withdraws and lets the next owner in. */
  release(): void
}

/**
 * Becomes the owner, or returns undefined while another process (or another part of this one) is.
 * Nothing else may open the lock file: closing any descriptor of it would drop the lock (POSIX
 * fcntl).
 */
export function takeOwnership(folder: DataFolder, role: Role): Ownership | undefined {
  if (!fs.existsSync(folder.lock)) fs.writeFileSync(folder.lock, '', { flag: 'a', mode: 0o600 })
  const lock = new DatabaseSync(folder.lock)
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY)
      return undefined
    throw error
  }
  const tell = (record: OwnerRecord) => writeWhole(folder.owner, JSON.stringify(record))
  try {
    const abandoned = readRecord(folder)?.address
    if (abandoned) removeAlias(abandoned)
    tell({ pid: process.pid, role })
  } catch (error) {
    lock.close()
    throw error
  }
  const withdraw = () => fs.rmSync(folder.owner, { force: true })
  return {
    announce: (address) => tell({ pid: process.pid, role, address }),
    withdraw,
    release: () => {
      withdraw()
      lock.close()
    },
  }
}

/** The record of the owner, when there is one and it names a living process. */
export function readOwner(folder: DataFolder): OwnerRecord | undefined {
  const record = readRecord(folder)
  return record && isAlive(record.pid) ? record : undefined
}

/** The record as it stands, perhaps of an owner that was killed. */
function readRecord(folder: DataFolder): OwnerRecord | undefined {
  try {
    return JSON.parse(fs.readFileSync(folder.owner, 'utf8'))
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
