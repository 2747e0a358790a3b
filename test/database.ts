/** A fresh database for one test file, on the server of the run (`database.setup.ts`). */
import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

export interface TestDatabase {
  readonly connectionString: string
  /** Removes the database, with whoever is still connected to it. */
  drop(): Promise<void>
}

/**
 * Makes the database. `prepare` fills it (migrations, say) once per run: its result is kept as a
 * template for every test file whose `prepare` has the same source text.
 */
export async function createTestDatabase(
  prepare?: (connectionString: string) => Promise<unknown>,
): Promise<TestDatabase> {
  const run = inject('databaseRun')
  const name = `ichido_test_${run}_${randomBytes(5).toString('hex')}`
  await onServer(async (server) => {
    const template = prepare ? await templateOf(run, prepare, server) : 'template1'
    await server.query(`CREATE DATABASE "${name}" TEMPLATE "${template}"`)
  })
  return { connectionString: urlOf(name), drop: () => onServer((server) => drop(server, name)) }
}

const MOST_TRIES = 40
const BETWEEN_TRIES_MS = 250
const INSUFFICIENT_PRIVILEGE = '42501'

/** PostgreSQL may be vacuuming the database, and only a superuser could end that: it ends soon. */
async function drop(server: pg.Client, name: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await server.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
      return
    } catch (error) {
      if ((error as { code?: string }).code !== INSUFFICIENT_PRIVILEGE) throw error
      if (tries === MOST_TRIES) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES_MS))
  }
}

/** The prepared template; test files that want it at the same time wait for the first. */
async function templateOf(
  run: string,
  prepare: (connectionString: string) => Promise<unknown>,
  server: pg.Client,
): Promise<string> {
  const digest = createHash('sha256').update(prepare.toString()).digest('hex').slice(0, 16)
  const name = `ichido_test_${run}_template_${digest}`
  // Held by this connection, so a test file that dies while preparing lets the next one try.
  await server.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [name])
  const found = await server.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
  if (found.rowCount === 0) {
    const draft = `${name}_draft`
    await server.query(`DROP DATABASE IF EXISTS "${draft}" WITH (FORCE)`)
    await server.query(`CREATE DATABASE "${draft}"`)
    await prepare(urlOf(draft))
    await server.query(`ALTER DATABASE "${draft}" RENAME TO "${name}"`)
  }
  await server.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name])
  return name
}

async function onServer<T>(work: (server: pg.Client) => Promise<T>): Promise<T> {
  const server = new pg.Client(inject('databaseUrl'))
  await server.connect()
  try {
    return await work(server)
  } finally {
    await server.end()
  }
}

/** The run's URL with another database: `…@/old?…` or `…@host:port/old?…`. */
const urlOf = (database: string) =>
  inject('databaseUrl').replace(/^(\w+:\/\/[^/]*)\/?[^?]*/, (_, server) => `${server}/${database}`)
