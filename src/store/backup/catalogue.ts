import type pg from 'pg'

export interface BackupTable {
  readonly table: string
  readonly columns: readonly string[]
}

/** A sequence with the number that comes next. */
export interface BackupSequence {
  readonly sequence: string
  readonly next: number
}

/**
 * What is not kept: what customers are in the middle of, answers to calls that may be repeated, and
 * who serves at the moment. After a restore it would speak of acts that have never happened.
 */
export const FLEETING: readonly string[] = [
  'session',
  'staff_session',
  'draft',
  'idempotent_call',
  'key_holder',
]

/** The list of migrations makes the schema, and is not a row of it. */
const NO_TABLES_OF_DATA = [...FLEETING, 'migration']

/**
 * All tables of the schema with what can be written into them, those first that others refer to.
 */
export async function tablesOf(client: pg.Client): Promise<readonly BackupTable[]> {
  const { rows } = await client.query<BackupTable>(
    `select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c
       join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
        and not c.relispartition and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        and c.relname <> all ($1::text[])
      group by c.relname order by c.relname`,
    [NO_TABLES_OF_DATA],
  )
  const references = await client.query<{ from: string; to: string }>(
    `select distinct f.relname as from, t.relname as to
       from pg_constraint c
       join pg_class f on f.oid = c.conrelid
       join pg_class t on t.oid = c.confrelid
      where c.contype = 'f' and c.connamespace = current_schema()::regnamespace
        and f.relname <> t.relname`,
  )
  return inOrder(rows, references.rows)
}

function inOrder(
  tables: readonly BackupTable[],
  references: readonly { readonly from: string; readonly to: string }[],
): readonly BackupTable[] {
  const known = new Set(tables.map(({ table }) => table))
  const placed = new Set<string>()
  const ordered: BackupTable[] = []
  let waiting = tables
  while (waiting.length > 0) {
    const ready = waiting.filter(({ table }) =>
      references.every(({ from, to }) => from !== table || !known.has(to) || placed.has(to)),
    )
    if (ready.length === 0) throw new Error('tables refer to one another in a circle')
    for (const one of ready) placed.add(one.table)
    ordered.push(...ready)
    waiting = waiting.filter((one) => !ready.includes(one))
  }
  return ordered
}

/** All sequences, those of identity columns, too. */
export async function sequencesOf(client: pg.Client): Promise<readonly BackupSequence[]> {
  const named = await client.query<{ name: string }>(
    `select sequencename as name from pg_sequences
      where schemaname = current_schema() order by 1`,
  )
  const sequences: BackupSequence[] = []
  for (const { name } of named.rows) {
    const text = `select last_value, is_called from ${quoted(name)}`
    const { rows } = await client.query<{ last_value: string; is_called: boolean }>(text)
    const last = Number(rows[0]?.last_value)
    sequences.push({ sequence: name, next: rows[0]?.is_called ? last + 1 : last })
  }
  return sequences
}

/** The migrations that the schema has had, in the order of their names. */
export async function migrationsOf(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>('select name from migration order by name')
  return rows.map(({ name }) => name)
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
