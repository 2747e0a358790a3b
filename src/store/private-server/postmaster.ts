/** The running server: started, watched, started again when it dies, and stopped. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Account } from './account.ts'
import { type Address, listenSettings, refreshAlias } from './address.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import type { DataFolder } from './folder.ts'
import { stopLeftovers } from './leftovers.ts'
import { boundLog, logSince, openLog } from './log.ts'
import { clusterName, settingArguments, spawnOptions } from './run.ts'
import { CannotServe } from './trouble.ts'

const READY_LIMIT_MS = 120_000 // Recovery after a crash replays up to max_wal_size.
const POLL_MS = 5
const STOP_LIMIT_MS = 10_000
const LONGEST_PAUSE_MS = 3_000
const UPKEEP_MS = 10 * 60_000

/**
 * Durable first, then fit for a small machine. The log keeps no failed statement and no detail:
 * both would carry customers' values.
 */
const SETTINGS = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '1GB',
  shared_buffers: '160MB',
  max_connections: '200',
  max_parallel_workers_per_gather: '0',
  io_method: 'sync',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
}

export interface Postmaster {
  /** Stops in order (clients are sent away) and waits until no process is left. */
  stop(): Promise<void>
}

export interface Plan {
  readonly folder: DataFolder
  readonly address: Address
  readonly account: Account | undefined
  readonly binaries: Binaries
  /** Hears of deaths and new starts, one line each. */
  readonly report: (line: string) => void
}

/** Starts the server, ready when this returns, and keeps it up until `stop`. */
export async function keepPostmaster(plan: Plan): Promise<Postmaster> {
  let child = await launch(plan)
  let stopping = false
  const watch = async () => {
    while (!stopping) {
      await ended(child)
      if (stopping) return
      plan.report(`PostgreSQL (process ${child.pid}) died; starting it again`)
      await revive()
    }
  }
  const revive = async () => {
    for (let pauseMs = 50; !stopping; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        // Found anew, so that a swept copy of the programs is mended too.
        child = await launch({ ...plan, binaries: await findBinaries(plan.account) })
        return plan.report(`PostgreSQL is up again (process ${child.pid})`)
      } catch (error) {
        plan.report(`PostgreSQL does not start: ${String(error)}`)
        await sleep(pauseMs)
      }
    }
  }
  const watching = watch()
  const upkeep = setInterval(() => keepTidy(plan), UPKEEP_MS).unref()
  // Not every end of the process comes by stop(): without it the server must not outlive us.
  const lastResort = () => child.kill('SIGINT')
  process.once('exit', lastResort)
  const stop = async () => {
    stopping = true
    clearInterval(upkeep)
    await halt(child, plan)
    await watching
    await halt(child, plan)
    process.off('exit', lastResort)
  }
  let stopped: Promise<void> | undefined
  return {
    stop: () => {
      stopped ??= stop()
      return stopped
    },
  }
}

async function launch(plan: Plan): Promise<ChildProcess> {
  const { folder, address, account, binaries } = plan
  await stopLeftovers(folder.cluster, binaries)
  refreshAlias(address, folder.cluster)
  const log = openLog(folder.log)
  const logged = fs.fstatSync(log).size
  const settings = settingArguments({ ...SETTINGS, ...listenSettings(address) })
  const child = spawn(binaries.postgres, ['-D', clusterName(folder.cluster), ...settings], {
    ...spawnOptions(folder.cluster, account),
    stdio: ['ignore', log, log],
  })
  fs.closeSync(log)
  const failure = once(child, 'error').then(([error]) => error as Error)
  child.unref()
  const deadline = Date.now() + READY_LIMIT_MS
  while (!isReady(folder.cluster, child)) {
    if (child.pid === undefined) {
      throw new CannotServe(`${binaries.postgres} does not run: ${(await failure).message}`)
    }
    if (hasEnded(child) || Date.now() > deadline) {
      child.kill('SIGQUIT')
      throw new CannotServe(
        `PostgreSQL did not start in ${folder.cluster}:\n${logSince(folder.log, logged)}`,
      )
    }
    await sleep(POLL_MS)
  }
  return child
}

/** PostgreSQL says so itself: line 8 of `postmaster.pid`, under its own process number. */
function isReady(cluster: string, child: ChildProcess): boolean {
  const file = path.join(cluster, 'postmaster.pid')
  if (!fs.existsSync(file)) return false
  const lines = readMeanwhile(file).split('\n')
  return Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready'
}

/** The file's text; empty when it vanished since we saw it. */
function readMeanwhile(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

async function ended(child: ChildProcess): Promise<void> {
  if (!hasEnded(child)) await once(child, 'exit')
}

/** Fast shutdown; what does not follow within the limit is ended without ceremony. */
async function halt(child: ChildProcess, { folder, binaries }: Plan): Promise<void> {
  if (process.platform === 'win32') await stopLeftovers(folder.cluster, binaries)
  else if (!hasEnded(child)) child.kill('SIGINT')
  child.ref()
  const limit = new AbortController()
  await Promise.race([ended(child), sleep(STOP_LIMIT_MS, undefined, { signal: limit.signal })])
  limit.abort()
  await stopLeftovers(folder.cluster, binaries)
}

function keepTidy({ folder, address, report }: Plan): void {
  try {
    boundLog(folder.log)
    refreshAlias(address, folder.cluster)
  } catch (error) {
    report(`Upkeep of the data folder failed: ${String(error)}`)
  }
}
