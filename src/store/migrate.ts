import fs from 'node:fs'
import type { ClientBase, Pool } from 'pg'

const FOLDER = new URL('./migrations/', import.meta.url)

/**
 * Brings the schema up to date: each file of `migrations/` once, in order of name, in one
 * transaction. Several processes may start at once; a table lock lets one migrate while the others
 * wait.
 *
 * Returns the names of the files that were applied.
 */
export async function migrate(pool: Pool): Promise<string[]> {
  const client = await pool.connect()
  try {
    await client.query(LIST_OF_MIGRATIONS).catch(ignoreConcurrentCreation)
    await client.query('begin')
    await client.query('lock table migration in exclusive mode')
    const due = await applyDue(client)
    await client.query('commit')
    return due
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

export const LIST_OF_MIGRATIONS =
  'create table if not exists migration (name text primary key, applied_at timestamptz not null)'

/** The names of all migrations that there are. */
export const knownMigrations = (): string[] =>
  fs
    .readdirSync(FOLDER)
    .filter((name) => name.endsWith('.sql'))
    .sort()

/** Applies within a transaction what is due of all migrations, or of those named. */
export async function applyDue(
  client: ClientBase,
  wanted: readonly string[] = knownMigrations(),
): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('select name from migration')
  const applied = new Set(rows.map((row) => row.name))
  const due = knownMigrations().filter((name) => wanted.includes(name) && !applied.has(name))
  for (const name of due) {
    await client.query(fs.readFileSync(new URL(name, FOLDER), 'utf8'))
    await client.query('insert into migration values ($1, $2)', [name, new Date()])
  }
  return due
}

/**
 * `create table if not exists` still fails on the catalogue's unique index when two run at once.
 */
export const isConcurrentCreation = (error: unknown): boolean =>
  ['23505', '42P07', '42710'].includes((error as { code?: string }).code ?? '')

function ignoreConcurrentCreation(error: unknown): void {
  if (!isConcurrentCreation(error)) throw error
}
