/** A command of the program in a process of its own, as an operator runs it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

export interface CommandEnd {
  /** Null when it was killed. */
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface CommandProcess {
  readonly child: ChildProcess
  readonly ended: Promise<CommandEnd>
}

const MAIN = new URL('../src/main.js', import.meta.url).href

/** Starts it; the settings are environment variables. */
export function startCommand(
  args: readonly string[],
  settings: Record<string, string>,
): CommandProcess {
  const { PATH = '', SystemRoot = '' } = process.env
  const script = `const { main } = await import(${JSON.stringify(MAIN)})
process.exitCode = await main(${JSON.stringify(args)})`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, SystemRoot, ...settings },
  })
  const written = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    written.out += chunk
  })
  child.stderr.on('data', (chunk) => {
    written.err += chunk
  })
  const ended = once(child, 'close').then(([code]) => ({ code, ...written }) as CommandEnd)
  return { child, ended }
}

export const runCommand = (
  args: readonly string[],
  settings: Record<string, string>,
): Promise<CommandEnd> => startCommand(args, settings).ended
