import fs from 'node:fs'
import type { Pool } from 'pg'

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
    await client
      .query(
        'create table if not exists migration (name text primary key, applied_at timestamptz not null)',
      )
      .catch(ignoreConcurrentCreation)
    await client.query('begin')
    await client.query('lock table migration in exclusive mode')
    const { rows } = await client.query<{ name: string }>('select name from migration')
    const applied = new Set(rows.map((row) => row.name))
    const due = fs.readdirSync(FOLDER).filter((name) => name.endsWith('.sql') && !applied.has(name))
    for (const name of due.sort()) {
      await client.query(fs.readFileSync(new URL(name, FOLDER), 'utf8'))
      await client.query('insert into migration values ($1, $2)', [name, new Date()])
    }
    await client.query('commit')
    return due
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

/**
 * `create table if not exists` still fails on the catalogue's unique index when two run at once.
 */
function ignoreConcurrentCreation(error: unknown): void {
  const code = (error as { code?: string }).code
  if (!['23505', '42P07', '42710'].includes(code ?? '')) throw error
}
