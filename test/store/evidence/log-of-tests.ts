/** A bank of the tests whose log is sealed when the test says so, and examined as `audit verify` does. */
import { randomBytes } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import type { BankEvent } from '../../../src/bank/event.ts'
import { EVENT_COLUMNS } from '../../../src/store/events/journal.ts'
import { auditLogs } from '../../../src/store/evidence/audit.ts'
import { type LogKeys, logKeysOn } from '../../../src/store/evidence/log-keys.ts'
import type { LogReport } from '../../../src/store/evidence/log-verification.ts'
import { type Sealer, sealerOn } from '../../../src/store/evidence/sealer.ts'
import { openTestBank, type Process, type TestBank } from '../../bank/test-bank.ts'

export const BANK = '1184'

export interface LogBank extends TestBank {
  readonly keys: LogKeys
  /** A sealer of one more process. A bank that cannot be sealed fails the test. */
  anotherSealer(): Sealer & Process
  /** Seals until nothing is left and nothing is open. */
  seal(): Promise<void>
  append(count: number, like?: Partial<BankEvent>): Promise<BankEvent[]>
  report(options?: VerifyOptions): Promise<LogReport>
  /** What is found, as `kind leaf`; sorted. */
  found(options?: VerifyOptions): Promise<string[]>
  /** The numbers of the events in the order of their leaves. */
  sealedSeqs(bankCode?: string): Promise<number[]>
  /** Everything of events and log is gone. */
  clear(): Promise<void>
}

export interface VerifyOptions {
  readonly bankCode?: string
  readonly headsFile?: string
  readonly pinnedKeys?: readonly string[]
  readonly unsealedMs?: number
}

const fail = (error: unknown): never => {
  throw error
}

export const INSERT_EVENT = `insert into event (${EVENT_COLUMNS})
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`

let appended = 0
let bulks = 0

/** Very many events in one statement. */
export async function insertBulk(on: Pool | PoolClient, count: number, atMs: number) {
  bulks += 1
  await on.query(
    `insert into event (bank_code, id, at, actor_kind, actor_id, contract_id, kind, outcome,
                        request_id, detail)
     select '${BANK}', $1 || n, $3, 'api', 'demo', '10000000001', 'verification', 'done',
            'request ' || n, '{"purpose": "login", "reference": "abc"}'
       from generate_series(1, $2::int) as n`,
    [`bulk ${bulks} `, count, new Date(atMs)],
  )
}

export async function openLogBank(): Promise<LogBank> {
  const bank = await openTestBank()
  const { pool, clock, ports } = bank
  const keys = logKeysOn(pool, ports.vault, clock)
  const anotherSealer = () => {
    const process = bank.another()
    const parts = { pool: process.pool, clock, keys }
    return { ...process, ...sealerOn(parts, fail) }
  }
  const sealer = sealerOn({ pool, clock, keys }, fail)
  const report = async (options: VerifyOptions = {}): Promise<LogReport> => {
    const question = { bankCode: BANK, unsealedMs: 60_000, ...options }
    for await (const found of auditLogs({ pool, clock, keys }, question)) return found
    throw new Error('no bank was examined')
  }
  return {
    ...bank,
    keys,
    anotherSealer,
    async seal() {
      // The second look after the last transaction has ended settles what the first one saw.
      for (let round = 0; round < 3; round += 1) while (await sealer.round());
    },
    async append(count, like = {}) {
      const events = Array.from({ length: count }, () => newEvent(clock.nowMs, like))
      await Promise.all(events.map((event) => ports.store.tables.journal.append(event)))
      return events
    },
    report,
    async found(options) {
      const { findings } = await report(options)
      return findings.map(({ kind, leaf }) => `${kind} ${leaf ?? '-'}`).sort()
    },
    async sealedSeqs(bankCode = BANK) {
      const { rows } = await pool.query<{ seq: number }>(
        `select seq from evidence_batch cross join unnest(seqs) with ordinality as u (seq, place)
          where bank_code = $1 order by first_leaf, place`,
        [bankCode],
      )
      return rows.map(({ seq }) => seq)
    },
    async clear() {
      await pool.query(`truncate event, evidence_log, evidence_batch, evidence_node,
                                 evidence_published, retained_receipt`)
    },
  }
}

export function newEvent(atMs: number, like: Partial<BankEvent> = {}): BankEvent {
  appended += 1
  return {
    id: randomBytes(16).toString('base64url'),
    bankCode: BANK,
    atMs,
    actor: { kind: 'customer', id: `T${appended}` },
    contractId: `T${appended}`,
    kind: 'login',
    outcome: 'done',
    requestId: `request ${appended}`,
    detail: { purpose: 'transfer', no: appended },
    ...like,
  }
}
