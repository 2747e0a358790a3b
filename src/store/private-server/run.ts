/** How PostgreSQL's programs are started: as whom, where, and with what around them. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import type { Account } from './account.ts'
import { CannotServe } from './trouble.ts'

/**
 * The cluster's name as its server sees it. On Linux a magic link to the working folder, which the
 * system sets before it changes the user: so that user needs no way through the folders above it.
 */
export const clusterName = (cluster: string) =>
  process.platform === 'linux' ? '/proc/self/cwd' : cluster

/** Settings as command-line arguments, in the order given. */
export const settingArguments = (settings: Record<string, string>) =>
  Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])

/** Where, as whom and without PG… variables from around. `detached` keeps Ctrl-C from it. */
export function spawnOptions(cluster: string, account: Account | undefined): SpawnOptions {
  const { PATH, SystemRoot, TEMP } = process.env
  const surroundings = { PATH, SystemRoot, TEMP, LC_ALL: 'C' }
  return { cwd: cluster, env: surroundings, detached: true, windowsHide: true, ...account }
}

/** Runs a program to its end, gives it `input`, and throws its last words when it fails. */
export function runToEnd(
  program: string,
  args: readonly string[],
  options: SpawnOptions,
  input = '',
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child: ChildProcess = spawn(program, args, { ...options, stdio: 'pipe' })
    let words = ''
    const listen = (chunk: Buffer) => {
      words = (words + chunk.toString()).slice(-2_000)
    }
    child.stdout?.resume()
    child.stderr?.on('data', listen)
    child.stdin?.on('error', () => {}) // It may end before it has read everything.
    child.stdin?.end(input)
    child.once('error', (error) =>
      reject(new CannotServe(`${program} does not run: ${error.message}`)),
    )
    child.once('close', (status) => {
      if (status === 0) resolve()
      else reject(new CannotServe(`${program} failed: ${words.trim() || `exit status ${status}`}`))
    })
  })
}
