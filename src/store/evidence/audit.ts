import type { Pool } from 'pg'
import type { Clock } from '../../bank/ports.ts'
import type { Finding } from '../../evidence/findings.ts'
import { type LogKey, verifierKey } from '../../evidence/head.ts'
import { rows } from '../connection.ts'
import type { LogKeys } from './log-keys.ts'
import { type LogReport, verifyLog } from './log-verification.ts'
import { type PublishedHeads, readPublishedHeads } from './published-heads.ts'
import { BANKS } from './sealer.ts'

export interface AuditParts {
  readonly pool: Pool
  readonly clock: Clock
  readonly keys: LogKeys
}

export interface AuditQuestion {
  /** Without one, every bank that has events, a log or published heads. */
  readonly bankCode?: string | undefined
  readonly headsFile?: string | undefined
  /** Verifier keys that were kept elsewhere, one for each bank. */
  readonly pinnedKeys?: readonly string[] | undefined
  readonly unsealedMs: number
}

const NONE: PublishedHeads = { byBank: new Map(), unsigned: [] }

/** Examines the logs of the banks, one after another, and says what it has found of each. */
export async function* auditLogs(
  { pool, clock, keys }: AuditParts,
  question: AuditQuestion,
): AsyncGenerator<LogReport> {
  const stored = await keys.published()
  const replaced = await keys.replaced()
  const { headsFile, unsealedMs } = question
  const published =
    headsFile === undefined ? NONE : await readPublishedHeads(headsFile, [...stored.values()])
  for (const bankCode of await banksOf(pool, question, published)) {
    const heads = published.byBank.get(bankCode) ?? new Map()
    const asked = { bankCode, keys: stored, published: heads, nowMs: clock.now(), unsealedMs }
    const report = await verifyLog(pool, asked)
    const ofKeys: Finding[] = [
      ...replaced.map((version) => `version ${version} does not open, or to another key`),
      ...unpinned(bankCode, stored, question.pinnedKeys),
    ].map((more) => ({ bankCode, kind: 'key-replaced', more }))
    const ofHeads: Finding[] = published.unsigned
      .filter((unsigned) => unsigned.bankCode === bankCode)
      .map(({ line }) => ({ bankCode, kind: 'bad-signature', more: `line ${line} of the heads` }))
    yield { ...report, findings: [...ofKeys, ...ofHeads, ...report.findings] }
  }
}

async function banksOf(
  pool: Pool,
  { bankCode }: AuditQuestion,
  { byBank, unsigned }: PublishedHeads,
): Promise<string[]> {
  if (bankCode !== undefined) return [bankCode]
  const found = await rows<{ bank_code: string }>(pool, BANKS, [])
  const stored = found.map((bank) => bank.bank_code)
  const named = unsigned.map((line) => line.bankCode)
  return [...new Set([...stored, ...byBank.keys(), ...named])].sort()
}

/** The keys of the log that are not among those that were kept elsewhere. */
function unpinned(
  bankCode: string,
  stored: ReadonlyMap<number, LogKey>,
  pinned: readonly string[] | undefined,
): string[] {
  if (pinned === undefined) return []
  return [...stored.values()]
    .map((key) => verifierKey(bankCode, key))
    .filter((key) => !pinned.includes(key))
    .map((key) => `${key} is not among the pinned ones`)
}
