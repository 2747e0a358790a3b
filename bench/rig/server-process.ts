/** The real server as a process of its own, started and ended as an operator would. */
import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const PROGRAM = fileURLToPath(new URL('../../../bin/ichido.mjs', import.meta.url))
const PATIENCE_MS = 60_000

export type Environment = Readonly<Record<string, string>>

/** What the `ready` line says. */
export interface Ready {
  readonly banking: string
  readonly token: string
  readonly office: string
  readonly api: string
  readonly demo: { readonly apiKey: string }
}

export interface ServerProcess {
  readonly ready: Ready
  /** From the start of the process to its `ready` line. */
  readonly readyMs: number
  /** Memory that the process holds now; undefined where the system does not tell. */
  residentBytes(): number | undefined
  /** Ends it in order. */
  stop(): Promise<void>
  /** `kill -9`. Resolves when the process is gone. */
  kill(): Promise<void>
}

const ANY_PORTS = { BANKING_PORT: '0', TOKEN_PORT: '0', OFFICE_PORT: '0', API_PORT: '0' }

/**
 * Starts `ichido serve` on free ports and waits for its `ready` line. Throws with its last words.
 */
export async function startServer(environment: Environment): Promise<ServerProcess> {
  const startedMs = performance.now()
  const child = spawn(PROGRAM, ['serve'], {
    env: { ...inherited(), ...ANY_PORTS, ...profiling(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const words = listenTo(child)
  const ready = await readyLine(child, gone, words)
  const readyMs = performance.now() - startedMs
  let told = false
  gone.then(() => {
    if (!told) process.stderr.write(`the server ended by itself:\n${words()}\n`)
  })
  const end = (signal: NodeJS.Signals) => async () => {
    told = true
    child.kill(signal)
    await gone
  }
  return {
    ready,
    readyMs,
    residentBytes: () => residentBytes(child.pid),
    stop: end('SIGTERM'),
    kill: end('SIGKILL'),
  }
}

/** `ICHIDO_PROFILE=FOLDER npm run bench` writes a CPU profile of each server there. */
function profiling(): Environment {
  const folder = process.env.ICHIDO_PROFILE
  return folder ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${folder}` } : {}
}

/** Nothing of the caller's own settings reaches the server under measurement. */
function inherited(): NodeJS.ProcessEnv {
  const own = /^(ICHIDO_|DATABASE_URL$|SMTP_URL$|MAIL_FROM$|LOG_LEVEL$|HOST$|.*_(PORT|ORIGIN)$)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)))
}

/** The last words of the process on its standard error. */
function listenTo(child: ChildProcess): () => string {
  let words = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-2_000)
  })
  return () => words.trim()
}

function readyLine(child: ChildProcess, gone: Promise<void>, words: () => string): Promise<Ready> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`the server ${why}: ${words()}`))
    const patience = setTimeout(() => {
      child.kill('SIGKILL')
      fail(`was not ready after ${PATIENCE_MS} ms`)
    }, PATIENCE_MS)
    gone.then(() => fail('ended before it was ready'))
    if (child.stdout === null) return
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('ready ')) return
      clearTimeout(patience)
      resolve(JSON.parse(line.slice('ready '.length)) as Ready)
    })
  })
}

function residentBytes(pid: number | undefined): number | undefined {
  try {
    const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024
  } catch {
    return undefined
  }
}
