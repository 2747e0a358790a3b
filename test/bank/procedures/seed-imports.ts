/** Imports as the tests make them, and what they leave. */
import { randomBytes } from 'node:crypto'
import { type Lock, type MadeKey, pskcFile } from '../../../bench/rig/pskc-writer.ts'
import { importSeedFile } from '../../../src/seed-files/import-seed-file.ts'
import { pieces } from '../../seed-files/reading.ts'
import { type Process, request } from '../test-bank.ts'

export const lock: Lock = { cipher: 'aes128-cbc', key: randomBytes(16), macKey: randomBytes(20) }
export const unlocking = { key: lock.key }
export const byClerk = { ...request, actor: { kind: 'staff', id: 'clerk' } } as const

type Form = Partial<Parameters<typeof importSeedFile>[3]>

/** Imports the file as a clerk does; a PSKC file of hardware unless the test says otherwise. */
export function importing(
  { ports }: Process,
  content: string | AsyncIterable<Uint8Array>,
  form: Form = {},
) {
  const bytes = typeof content === 'string' ? pieces(content) : content
  const usual = { format: 'pskc', fileName: 'seeds.xml', type: 'HW' } as const
  return importSeedFile(ports, byClerk, bytes, { ...usual, ...form })
}

let made = 0

/** Keys that no other test of the file has. */
export const keys = (count: number, more: Partial<MadeKey> = {}): MadeKey[] =>
  Array.from({ length: count }, () => {
    made += 1
    return { serial: `SEED${String(made).padStart(8, '0')}`, seed: randomBytes(20), ...more }
  })

export function key(more: Partial<MadeKey> = {}): MadeKey {
  const [only] = keys(1, more)
  if (only === undefined) throw new Error('no key was made')
  return only
}

export const serialsOf = (of: readonly MadeKey[]) => of.map(({ serial }) => serial)

/** The keys as a table, so that lines are easy to count. */
export const tableOf = (of: readonly MadeKey[]) =>
  of.map(({ serial, seed }) => `${serial},${Buffer.from(seed).toString('hex')}\n`).join('')

export const locked = (of: readonly MadeKey[]) => pskcFile(of, lock)

export interface StockRow {
  readonly serial: string
  readonly batch_no: number
  readonly [column: string]: unknown
}

export async function stocked({ pool }: Process, of: readonly MadeKey[]): Promise<StockRow[]> {
  const text = 'select * from token where serial = any($1) order by serial'
  return (await pool.query<StockRow>(text, [serialsOf(of)])).rows
}

/** All that an import can leave: equal before and after means that it left nothing. */
export async function traces({ pool }: Process) {
  const counts = `select (select count(*) from token) as tokens,
                         (select count(*) from stock_batch) as batches`
  return (await pool.query(counts)).rows[0]
}

export async function lastEvent({ pool }: Process) {
  const text = `select * from event where kind = 'seed-import' order by seq desc limit 1`
  return (await pool.query(text)).rows[0]
}
