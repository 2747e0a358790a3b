/**
 * Ends what an earlier owner left running in a cluster: the whole server after kill -9 of ichido,
 * or orphaned backends after kill -9 of the server itself. Only to be called by the owner of the
 * data folder. Nothing committed is lost: PostgreSQL stops in order, or recovers from its log.
 */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { CannotServe } from './trouble.ts'

const ORDERLY_STOP_MS = 8_000
const ABRUPT_STOP_MS = 2_000
const POLL_MS = 10

export async function stopLeftovers(cluster: string, binaries: Binaries): Promise<void> {
  if (process.platform !== 'linux') return stopByPidFile(cluster, binaries)
  const running = processesIn(cluster)
  const postmaster = pidInFile(cluster)
  if (postmaster !== undefined && running.includes(postmaster)) {
    kill(postmaster, 'SIGINT')
    await allGone(cluster, ORDERLY_STOP_MS)
  }
  for (const signal of ['SIGQUIT', 'SIGKILL'] as const) {
    for (const pid of processesIn(cluster)) kill(pid, signal)
    await allGone(cluster, ABRUPT_STOP_MS)
  }
  const left = processesIn(cluster)
  if (left.length === 0) return forgetPids(cluster)
  throw new CannotServe(
    `An earlier PostgreSQL still runs in ${cluster} and cannot be ended: ${left.join(', ')}`,
  )
}

async function allGone(cluster: string, limitMs: number): Promise<void> {
  const deadline = Date.now() + limitMs
  while (processesIn(cluster).length > 0 && Date.now() < deadline) await sleep(POLL_MS)
}

/**
 * PostgreSQL's processes whose working folder this is. Told by the folder and not by the process
 * number in `postmaster.pid`, which may by now belong to somebody else's process.
 */
export function processesIn(folder: string): number[] {
  const wanted = fs.statSync(folder, { throwIfNoEntry: false })
  if (wanted === undefined) return []
  return fs
    .readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        const working = fs.statSync(`/proc/${pid}/cwd`)
        if (working.ino !== wanted.ino || working.dev !== wanted.dev) return false
        return /^(postgres|initdb)$/.test(fs.readFileSync(`/proc/${pid}/comm`, 'utf8').trim())
      } catch {
        return false // Ended meanwhile, or not ours to look at.
      }
    })
}

/**
 * PostgreSQL takes any living process with the dead server's number for that server and would not
 * start: a stranger who got the number since, or the dead one itself while nobody has reaped it.
 */
function forgetPids(cluster: string): void {
  for (const name of fs.readdirSync(cluster)) {
    if (/^(postmaster\.pid|\.s\.PGSQL\.\d+(\.lock)?)$/.test(name)) {
      fs.rmSync(path.join(cluster, name), { force: true })
    }
  }
}

function pidInFile(cluster: string): number | undefined {
  const file = path.join(cluster, 'postmaster.pid')
  if (!fs.existsSync(file)) return undefined
  return Number.parseInt(fs.readFileSync(file, 'utf8'), 10)
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/**
 * Elsewhere PostgreSQL's own tool decides by `postmaster.pid`; a stale one is PostgreSQL's to
 * replace.
 */
function stopByPidFile(cluster: string, binaries: Binaries): void {
  if (pidInFile(cluster) === undefined) return
  const seconds = String(ORDERLY_STOP_MS / 1000)
  const stop = ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', seconds]
  spawnSync(binaries.pgCtl, stop, { stdio: 'ignore', windowsHide: true })
}
