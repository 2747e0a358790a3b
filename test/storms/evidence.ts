/** After whatever happened, the log of the events verifies, and has the heads that were published. */
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Backdoor } from '../../bench/rig/installation.ts'
import { type Finding, findingLine } from '../../src/evidence/findings.ts'
import { auditLogs } from '../../src/store/evidence/audit.ts'
import { logKeysOn } from '../../src/store/evidence/log-keys.ts'
import type { LogReport } from '../../src/store/evidence/log-verification.ts'
import type { Findings } from './findings.ts'

/** A server that has just started seals within a second or two. */
const SEALED_MS = 10_000
const LOOK_AGAIN_MS = 100

/**
 * Waits until everything is sealed, and examines all of it. Returns how many leaves there are.
 * Where the clock was moved by more than ten minutes, that must be found, and nothing else.
 */
export async function checkEvidence(
  backdoor: Pick<Backdoor, 'pool' | 'vault'>,
  folder: string,
  findings: Findings,
  clock: 'steady' | 'moved' = 'steady',
): Promise<number> {
  const startedMs = performance.now()
  for (;;) {
    const reports = await examine(backdoor, folder)
    const waiting = reports.reduce((sum, { unsealed }) => sum + unsealed, 0)
    const late = performance.now() - startedMs > SEALED_MS
    if (waiting > 0 && !late) {
      await sleep(LOOK_AGAIN_MS)
      continue
    }
    findings.expect(waiting === 0, `${waiting} events were not sealed within ${SEALED_MS} ms`)
    const found = reports.flatMap((report) => report.findings)
    const isMove = (finding: Finding) => clock === 'moved' && finding.kind === 'misdated'
    for (const finding of found) {
      findings.expect(isMove(finding), `the log: ${findingLine(finding)}`)
    }
    const isSeen = clock === 'steady' || found.some(isMove)
    findings.expect(isSeen, 'the log: the clock was moved, and no event is misdated')
    return reports.reduce((sum, { leaves }) => sum + leaves, 0)
  }
}

async function examine(
  { pool, vault }: Pick<Backdoor, 'pool' | 'vault'>,
  folder: string,
): Promise<LogReport[]> {
  const clock = { now: Date.now }
  const keys = logKeysOn(pool, vault, clock)
  const heads = path.join(folder, 'heads.log')
  const headsFile = fs.existsSync(heads) ? heads : undefined
  const question = { headsFile, unsealedMs: Number.POSITIVE_INFINITY }
  const reports: LogReport[] = []
  for await (const report of auditLogs({ pool, clock, keys }, question)) reports.push(report)
  return reports
}
