/** The wiring of `ichido audit …`: options to the store, and what it found to words. */
import { once } from 'node:events'
import fs from 'node:fs'
import { addDays, startOfDayMs } from '../bank/calendar.ts'
import type { AuditActions, AuditReceiptOptions, AuditVerifyOptions } from '../cli/audit.ts'
import { findingLine } from '../evidence/findings.ts'
import { momentOf, verifierKey } from '../evidence/head.ts'
import type { OpenPorts } from '../open-ports.ts'
import type { Settings } from '../settings.ts'
import { auditLogs } from '../store/evidence/audit.ts'
import { newestHeads } from '../store/evidence/heads.ts'
import { exportLines, leavesOfTimes } from '../store/evidence/log-export.ts'
import { logKeysOn } from '../store/evidence/log-keys.ts'
import type { LogReport } from '../store/evidence/log-verification.ts'
import { lastHeads } from '../store/evidence/published-heads.ts'
import { proveReceipt } from '../store/evidence/receipt-proof.ts'
import { retain } from '../store/evidence/retention.ts'
import type { AsCommand } from './command.ts'

const out = (line: string) => process.stdout.write(`${line}\n`)
const err = (line: string) => process.stderr.write(`${line}\n`)

const keysOf = ({ pool, ports, clock }: OpenPorts) => logKeysOn(pool, ports.vault, clock)

export function auditCommands(asCommand: AsCommand): AuditActions {
  return {
    auditVerify: (options) =>
      asCommand((open, settings) => verify(open, options, headsFileOf(settings, options.heads))),

    auditHead: ({ bank, json }) =>
      asCommand(async (open) => {
        const heads = await newestHeads(open.pool, keysOf(open), bank ?? null)
        const shown = heads.map(({ bankCode, size, root, atMs, note, key }) => ({
          bankCode,
          size,
          root: root.toString('base64'),
          at: momentOf(atMs),
          verifierKey: verifierKey(bankCode, key),
          note,
        }))
        if (json) out(JSON.stringify(shown))
        else for (const { verifierKey, note } of shown) out(`${note}${verifierKey}\n`)
        return 0
      }),

    auditExport: ({ bank, from, to, file }) =>
      asCommand(async (open) => {
        const { pool } = open
        const fromMs = startOfDayMs(from ?? '0001-01-01')
        const endMs = startOfDayMs(addDays(to ?? '9999-12-30', 1))
        const range =
          from === undefined && to === undefined
            ? { first: 0, end: Number.MAX_SAFE_INTEGER }
            : await leavesOfTimes(pool, bank, { fromMs, endMs })
        return writeLines(file, exportLines(pool, keysOf(open), bank, range))
      }),

    auditReceipt: (receiptNo, options) =>
      asCommand((open, settings) =>
        receipt(open, receiptNo, options, headsFileOf(settings, options.heads)),
      ),

    auditRetain: ({ bank, before, export: file }) =>
      asCommand(async (open) => {
        const { pool, clock, ports } = open
        const parts = { pool, clock, random: ports.random, keys: keysOf(open) }
        const beforeMs = startOfDayMs(before)
        const outcome = await retain(parts, { bankCode: bank, day: before, beforeMs, file })
        if (!outcome.ok) return refuse(outcome.reason)
        const { first, end, removed } = outcome
        out(
          end === first
            ? `nothing is older than ${before}; ${removed} rows were left over and are removed`
            : `leaves ${first} to ${end - 1} are in ${file}; ${removed} rows are removed`,
        )
        return 0
      }),
  }
}

function refuse(reason: string): number {
  err(reason)
  return 1
}

/** The named file; else the file of this installation, if heads go to one and there is one. */
function headsFileOf({ heads }: Settings, named: string | undefined): string | undefined {
  if (named !== undefined) return named
  return 'file' in heads && fs.existsSync(heads.file) ? heads.file : undefined
}

async function receipt(
  open: OpenPorts,
  receiptNo: string,
  { bank, file, export: exportFile }: AuditReceiptOptions,
  headsFile: string | undefined,
): Promise<number> {
  const keys = keysOf(open)
  const published = await lastHeads(headsFile ?? '', [...(await keys.published()).values()])
  const publishedNote = published.get(bank)?.note
  const question = { bankCode: bank, receiptNo, publishedNote, exportFile }
  const proof = await proveReceipt(open.pool, keys, question)
  if (proof === undefined) {
    const where =
      exportFile === undefined ? `bank ${bank}` : `the log of bank ${bank}, by that export,`
    return refuse(`${where} has no receipt ${receiptNo}`)
  }
  if (proof === 'unsealed') return refuse('the receipt is not sealed yet: ask again soon')
  if ('retainedIn' in proof) {
    const { retainedIn } = proof
    return refuse(`its events were exported to ${retainedIn} and removed: name it with --export`)
  }
  return writeLines(file, [JSON.stringify(proof, undefined, 2)])
}

async function verify(
  open: OpenPorts,
  { bank, key, unsealedAfter, json }: AuditVerifyOptions,
  headsFile: string | undefined,
): Promise<number> {
  const { pool, clock } = open
  const pinnedKeys = key === undefined ? undefined : fs.readFileSync(key, 'utf8').split(/\s+/)
  const question = { bankCode: bank, headsFile, pinnedKeys, unsealedMs: unsealedAfter * 1_000 }
  const reports: LogReport[] = []
  for await (const report of auditLogs({ pool, clock, keys: keysOf(open) }, question)) {
    reports.push(report)
    if (!json) for (const line of linesOf(report)) out(line)
  }
  if (json) out(JSON.stringify(reports))
  else if (headsFile === undefined) err('no published heads were compared: name them with --heads')
  return reports.some(({ findings }) => findings.length > 0) ? 1 : 0
}

function linesOf(report: LogReport): string[] {
  const { bankCode, leaves, unsealed, retentions, publishedHeads, findings } = report
  return [
    ...findings.map(findingLine),
    ...retentions.map(
      ({ leaves, eventId, atMs, exportSha256 }) =>
        `${bankCode} retention: the rows of the first ${leaves} leaves were removed, declared by ` +
        `event ${JSON.stringify(eventId)} at ${momentOf(atMs)}, export SHA-256 ${exportSha256}`,
    ),
    `${bankCode} ${leaves} leaves, ${unsealed} events wait, ${publishedHeads} published heads: ` +
      (findings.length === 0 ? 'clean' : `${findings.length} findings`),
  ]
}

/** To a file that is not there yet, or to standard output. */
async function writeLines(
  file: string | undefined,
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<number> {
  if (file === undefined) {
    for await (const line of lines) {
      if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain')
    }
    return 0
  }
  if (fs.existsSync(file)) return refuse(`${file} exists already: name a new file`)
  const handle = await fs.promises.open(file, 'wx', 0o600)
  try {
    for await (const line of lines) await handle.write(`${line}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return 0
}
