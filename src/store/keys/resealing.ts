import type { Pool } from 'pg'
import { changes, type Runner, row, rows } from '../connection.ts'
import { inTransaction } from '../transaction.ts'
import type { KeyRing } from './key-ring.ts'
import { SEALED_COLUMNS, type SealedColumn } from './sealed-columns.ts'
import { bindingOf, open, seal } from './sealing.ts'

/** A bank with older versions of its data key beside the newest one. */
export interface Superseded {
  readonly bankCode: string
  readonly newest: number
}

/** Few enough that a code which waits for one of the rows never waits long. */
const BATCH = 100

/** Rows whose box does not open: they are left as they are, and their key stays. */
export interface Unopenable {
  readonly count: number
  /** The first of them, as `table bank row`. */
  readonly named: readonly string[]
}

const MOST_NAMED = 20

/** Whether a walk goes on after a batch. */
export type Onward = 'go on' | 'stop'

/** The banks in which sealing anew is not finished. */
export function supersededKeys(pool: Pool): Promise<readonly Superseded[]> {
  return rows<Superseded>(
    pool,
    `select bank_code as "bankCode", max(version) as newest from data_key
      group by bank_code having count(*) > 1 order by bank_code`,
    [],
  )
}

/** Whether any row of the bank is still sealed under an older version. */
export async function isInUse(on: Runner, { bankCode, newest }: Superseded): Promise<boolean> {
  for (const { table, bank, keyVersion } of SEALED_COLUMNS) {
    const text = `select 1 from ${table} where ${bank} = $1 and ${keyVersion} < $2 limit 1`
    if ((await row(on, text, [bankCode, newest])) !== undefined) return true
  }
  return false
}

/** How many rows of the bank are still sealed under an older version. */
export async function boxesLeft(pool: Pool, { bankCode, newest }: Superseded): Promise<number> {
  let left = 0
  for (const { table, bank, keyVersion } of SEALED_COLUMNS) {
    const text = `select count(*) as boxes from ${table} where ${bank} = $1 and ${keyVersion} < $2`
    left += (await row<{ boxes: number }>(pool, text, [bankCode, newest]))?.boxes ?? 0
  }
  return left
}

/**
 * Walks once over all rows of the bank and seals anew what is under an older version. Any number of
 * processes may walk at once: they share the rows out among them, and a row that someone holds is
 * left for the next walk. What is done is done: after a crash the next walk finds the rest.
 */
export async function resealBank(
  pool: Pool,
  keys: KeyRing,
  of: Superseded,
  onBatch: (resealed: number) => Promise<Onward>,
): Promise<Unopenable> {
  let count = 0
  const named: string[] = []
  for (const column of SEALED_COLUMNS) {
    let after = ''
    for (;;) {
      const batch = await inTransaction(pool, (client) =>
        resealSome({ on: client, keys, of, column }, after),
      )
      count += batch.unopenable.length
      for (const name of batch.unopenable) {
        if (named.length < MOST_NAMED) named.push(`${column.table} ${of.bankCode} ${name}`)
      }
      if (batch.last === undefined) break
      after = batch.last
      if ((await onBatch(batch.resealed)) === 'stop') return { count, named }
    }
  }
  return { count, named }
}

interface Batch {
  readonly resealed: number
  readonly unopenable: readonly string[]
  /** The row with which the batch ends; undefined when there is nothing behind the cursor. */
  readonly last: string | undefined
}

interface SealedRow {
  name: string
  box: Buffer
  key_version: number
  facts: string[]
}

/**
 * The rows are locked from reading to writing, so that none is written that has changed meanwhile.
 * A locked one is passed over: this never waits, and so is never part of a circle.
 */
async function resealSome(
  { on, keys, of, column }: { on: Runner; keys: KeyRing; of: Superseded; column: SealedColumn },
  after: string,
): Promise<Batch> {
  const { table, sealed, keyVersion, bank, row: name, label, facts } = column
  const found = await rows<SealedRow>(
    on,
    `select ${name} as name, ${sealed} as box, ${keyVersion} as key_version,
            array[${facts.join(', ')}]::text[] as facts
       from ${table}
      where ${bank} = $1 and ${keyVersion} < $2 and ${name} > $3
      order by ${name} limit ${BATCH}
        for no key update skip locked`,
    [of.bankCode, of.newest, after],
  )
  const newest = await keys.dataKey(of.bankCode, of.newest)
  const unopenable: string[] = []
  const anew: { readonly name: string; readonly box: Buffer }[] = []
  for (const one of found) {
    const bind = bindingOf(label, one.facts)
    const old = await keys.dataKey(of.bankCode, one.key_version)
    try {
      const plain = open(old, one.box, bind(one.key_version))
      anew.push({ name: one.name, box: seal(newest, plain, bind(of.newest)) })
    } catch {
      unopenable.push(one.name)
    }
  }
  const resealed = await changes(
    on,
    `update ${table} set ${sealed} = anew.box, ${keyVersion} = $2
       from unnest($3::text[], $4::bytea[]) as anew (row_name, box)
      where ${bank} = $1 and ${name} = anew.row_name and ${keyVersion} < $2`,
    [of.bankCode, of.newest, anew.map((one) => one.name), anew.map(({ box }) => box)],
  )
  return { resealed, unopenable, last: found.at(-1)?.name }
}
