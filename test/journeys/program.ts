/**
 * The program as it is delivered, in a process of its own with its own database, keys and clock.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createTestDatabase } from '../database.ts'

const COMMAND = fileURLToPath(new URL('../../../bin/ichido.mjs', import.meta.url))
const READY_WITHIN_MS = 60_000
const HOUR_MS = 60 * 60 * 1000
const JST_OFFSET_MS = 9 * HOUR_MS

/** The server's clock, which a journey moves instead of waiting. */
export interface ServerClock {
  now(): number
  moveBy(ms: number): void
}

export interface Program {
  readonly banking: string
  readonly token: string
  readonly office: string
  readonly api: string
  readonly apiKey: string
  readonly clock: ServerClock
  /** What it wrote to its log, warnings and worse: a journey expects nothing there. */
  readonly log: readonly string[]
  stop(): Promise<void>
}

export async function startProgram(): Promise<Program> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-journey-'))
  const clockFile = path.join(folder, 'clock')
  const clock = clockIn(clockFile)
  const database = await createTestDatabase()
  const log: string[] = []
  const child = spawn(process.execPath, ['--enable-source-maps', COMMAND, 'serve'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ICHIDO_MODE: 'demo',
      ICHIDO_DATA: path.join(folder, 'data'),
      ICHIDO_CLOCK: clockFile,
      DATABASE_URL: database.connectionString,
      LOG_LEVEL: 'warn',
      HOST: '127.0.0.1',
      BANKING_PORT: '0',
      TOKEN_PORT: '0',
      OFFICE_PORT: '0',
      API_PORT: '0',
    },
  })
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line))
  const ready = await readyLineOf(child, log)
  return {
    banking: `${ready.banking}/1184`,
    token: ready.token,
    office: `${ready.office}/1184`,
    api: ready.api,
    apiKey: ready.demo.apiKey,
    clock,
    log,
    async stop() {
      await ended(child)
      await database.drop()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

interface Ready {
  readonly banking: string
  readonly token: string
  readonly office: string
  readonly api: string
  readonly demo: { readonly apiKey: string }
}

/** Waits for the line `ready {…}`; what follows on the standard output is log. */
function readyLineOf(child: ChildProcess, log: string[]): Promise<Ready> {
  const { promise, resolve, reject } = Promise.withResolvers<Ready>()
  const fail = (why: string) => reject(new Error([`the program ${why}`, ...log].join('\n')))
  const timer = setTimeout(() => fail('did not get ready'), READY_WITHIN_MS)
  child.once('exit', (code) => fail(`ended with ${code}`))
  if (child.stdout === null) throw new Error('the program has no standard output')
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('ready ')) resolve(JSON.parse(line.slice('ready '.length)))
    else if (line.startsWith('{')) log.push(line)
  })
  return promise.finally(() => clearTimeout(timer))
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await exit
}

function clockIn(file: string): ServerClock {
  let offsetMs = awayFromMidnightMs()
  const write = () => {
    // Replaced at once: the server may read at any moment.
    fs.writeFileSync(`${file}.new`, String(offsetMs))
    fs.renameSync(`${file}.new`, file)
  }
  write()
  return {
    now: () => Date.now() + offsetMs,
    moveBy(ms) {
      offsetMs += ms
      write()
    },
  }
}

/** Limits end at midnight in Japan: no journey runs over it by accident. */
function awayFromMidnightMs(): number {
  const hour = Math.floor(((Date.now() + JST_OFFSET_MS) / HOUR_MS) % 24)
  return hour >= 21 ? (24 + 1 - hour) * HOUR_MS : 0
}
