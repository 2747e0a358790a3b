/**
 * What the tests of the private server share: owner processes, scratch folders, and who is running.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import readline from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

const SCRIPT = fileURLToPath(new URL('owner-process.js', import.meta.url))
export const NOBODY = 65_534
export const isRoot = process.getuid?.() === 0

export interface Owner {
  readonly child: ChildProcess
  readonly ok: boolean
  readonly reason: string | undefined
  readonly url: string
  readonly tookMs: number
}

export interface OwnerOptions {
  readonly manner?: 'start' | 'join' | 'exit'
  readonly uid?: number
  readonly umask?: string
  /** Another copy of the compiled script. */
  readonly script?: string
}

const children: ChildProcess[] = []
const folders: string[] = []

/** Spawns the process without waiting for its server. */
export function spawnOwner(folder: string, options: OwnerOptions = {}): ChildProcess {
  const { manner = 'start', uid, umask, script = SCRIPT } = options
  const args = [script, folder, manner, ...(umask === undefined ? [] : [umask])]
  const child = spawn(process.execPath, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: '/',
    ...(uid !== undefined && { uid, gid: uid }),
  })
  children.push(child)
  return child
}

/** Spawns an owner and waits for its line. */
export async function owner(folder: string, options: OwnerOptions = {}): Promise<Owner> {
  const child = spawnOwner(folder, options)
  if (child.stdout === null) throw new Error('no output to read')
  const [line] = await once(readline.createInterface(child.stdout), 'line')
  return { child, ...JSON.parse(String(line)) }
}

export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await once(child, 'exit')
}

export function scratch(...below: string[]): string {
  const top = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-scratch-'))
  folders.push(top)
  return path.join(top, ...below)
}

/** Ends and removes whatever a test left behind. */
export async function cleanUp(): Promise<void> {
  for (const child of children.splice(0)) {
    await end(child, 'SIGTERM')
  }
  for (const folder of folders.splice(0)) {
    for (const pid of postgresUnder(folder)) process.kill(pid, 'SIGKILL')
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}

/** Process numbers of the PostgreSQL processes working anywhere below a folder. */
export function postgresUnder(folder: string): number[] {
  const top = fs.realpathSync(folder)
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const works = fs.readlinkSync(`/proc/${pid}/cwd`)
        const name = fs.readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
        return works.startsWith(top) && (name === 'postgres' || name === 'initdb')
      } catch {
        return false
      }
    })
    .map(Number)
}

export const postmasterOf = (folder: string) =>
  Number.parseInt(fs.readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8'), 10)

/** One statement on a connection of its own. */
export async function ask(url: string, statement: string): Promise<string[]> {
  const client = new pg.Client(url)
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query<string[]>({ text: statement, rowMode: 'array' })
    return rows.flat().map(String)
  } finally {
    await client.end()
  }
}
