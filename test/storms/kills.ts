/** kill -9 at random moments under load: of the server, and of PostgreSQL under it. */
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { joinInstallation, makeDataFolder } from '../../bench/rig/installation.ts'
import { openLine } from '../../bench/rig/line.ts'
import { type ServerProcess, startServer } from '../../bench/rig/server-process.ts'
import { median } from '../../bench/rig/statistics.ts'
import { PERIOD_SECONDS } from '../../bench/rig/tokens.ts'
import { checkAfterKill } from './checks.ts'
import { gatherCrowd, type LoadRecord } from './crowd.ts'
import { checkEvidence } from './evidence.ts'
import type { Findings } from './findings.ts'
import { makeClock } from './movable-clock.ts'

const READY_AGAIN_MS = 10_000
/** After the first acknowledgements: a server that nobody uses yet has nothing to lose. */
const LATEST_MS = 1_400

/**
 * Kills something under load and returns the server that serves after it, and how long that took.
 */
type Kill = (
  folder: string,
  server: ServerProcess,
  start: () => Promise<ServerProcess>,
) => Promise<{ server: ServerProcess; readyAgainMs: number }>

/** The server dies and is started anew; it takes over the PostgreSQL that was left behind. */
export const stormServerKills = (findings: Findings, kills: number) =>
  stormKills('server', findings, kills, async (_folder, server, start) => {
    await server.kill()
    const next = await start()
    return { server: next, readyAgainMs: next.readyMs }
  })

/** PostgreSQL dies under the server, which has to bring it back. */
export const stormDatabaseKills = (findings: Findings, kills: number) =>
  stormKills('PostgreSQL', findings, kills, async (folder, server) => {
    const startedMs = performance.now()
    const before = postmasterOf(folder)
    if (before !== undefined) process.kill(before, 'SIGKILL')
    while (postmasterOf(folder) === before || !(await isReady(server))) {
      if (performance.now() - startedMs > 6 * READY_AGAIN_MS) break
      await sleep(10)
    }
    return { server, readyAgainMs: performance.now() - startedMs }
  })

async function stormKills(
  what: string,
  findings: Findings,
  kills: number,
  kill: Kill,
): Promise<void> {
  const data = makeDataFolder('storm')
  const clock = makeClock(path.join(data.folder, 'clock'))
  const start = () => startServer({ ICHIDO_DATA: data.folder, ICHIDO_CLOCK: clock.file })
  let server = await start()
  const crowd = await gatherCrowd(data.folder, server, clock)
  const readyAgainMs: number[] = []
  let leaves = 0
  const total = { acknowledged: 0, unknown: 0, transfers: 0, unknownTransfers: 0 }
  for (let round = 0; round < kills; round += 1) {
    // Every token has a fresh code again.
    clock.advance(PERIOD_SECONDS * 1000)
    const load = crowd.start(server)
    await load.underWay()
    await sleep(Math.random() * LATEST_MS)
    const killing = kill(data.folder, server, start)
    const record = await load.end()
    const killed = await killing
    server = killed.server
    readyAgainMs.push(killed.readyAgainMs)
    findings.expect(
      killed.readyAgainMs <= READY_AGAIN_MS,
      `kill ${round} of ${what}: ready again after ${Math.round(killed.readyAgainMs)} ms`,
    )
    addUp(total, record)
    const backdoor = await joinInstallation(data.folder)
    await checkAfterKill(backdoor.pool, server, record, findings)
    leaves = await checkEvidence(backdoor, data.folder, findings)
    await backdoor.close()
  }
  await server.stop()
  data.remove()
  // A crowd that sends nothing would find nothing.
  if (kills > 0) {
    findings.expect(total.acknowledged > 0, `kill -9 of ${what}: no code was acknowledged`)
    findings.expect(total.transfers > 0, `kill -9 of ${what}: no transfer was acknowledged`)
  }
  const [middle, most] = [median(readyAgainMs), Math.max(...readyAgainMs)].map(Math.round)
  findings.note(
    `kill -9 of ${what}, ${kills} times: ready again after ${middle} ms, most ${most} ms`,
  )
  findings.note(
    `  ${total.acknowledged} codes and ${total.transfers} transfers acknowledged, ` +
      `${total.unknown} codes and ${total.unknownTransfers} transfers cut off`,
  )
  findings.note(`  the log verified after each of them, at last with ${leaves} events`)
}

function addUp(total: Record<string, number>, { submissions, transfers }: LoadRecord): void {
  const add = (name: string, count: number) => {
    total[name] = (total[name] ?? 0) + count
  }
  const known = submissions.filter(({ verdict }) => verdict !== undefined).length
  const acknowledged = transfers.filter((transfer) => transfer.acknowledged).length
  add('acknowledged', known)
  add('unknown', submissions.length - known)
  add('transfers', acknowledged)
  add('unknownTransfers', transfers.length - acknowledged)
}

/** The process ID of the private server's postmaster; undefined while there is none. */
function postmasterOf(folder: string): number | undefined {
  try {
    const file = fs.readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8')
    return Number.parseInt(file, 10)
  } catch {
    return undefined
  }
}

async function isReady({ ready }: ServerProcess): Promise<boolean> {
  try {
    const line = await openLine(ready.api)
    const { status } = await line.send(Buffer.from('GET /readyz HTTP/1.1\r\nHost: api\r\n\r\n'))
    line.close()
    return status === 200
  } catch {
    return false
  }
}
