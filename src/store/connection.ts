import { createHash } from 'node:crypto'
import pg from 'pg'
import { Unavailable } from '../bank/unavailable.ts'
import { gatheringSocket } from './gathering-socket.ts'

const { builtins } = pg.types

/** Amounts, steps and sequence numbers stay far below 2^53; days are compared as text. */
const PARSERS = new Map<number, (text: string) => unknown>([
  [builtins.INT8, Number],
  [builtins.DATE, (text) => text],
])

/**
 * Plans are made once per connection and kept: our statements find few rows by whole keys, whatever
 * their values, and to plan the larger ones anew takes longer than to run them.
 */
const GENERIC_PLANS = '-c plan_cache_mode=force_generic_plan'

/** A transaction that nobody goes on with ends, instead of holding up others and the evidence. */
const NO_IDLE_TRANSACTIONS = '-c idle_in_transaction_session_timeout=60s'
const SESSION_SETTINGS = `${GENERIC_PLANS} ${NO_IDLE_TRANSACTIONS}`

export interface PoolSettings {
  readonly connectionString: string
  readonly max?: number
}

/**
 * A pool whose values come back as numbers and texts, with an error handler for idle connections.
 */
export function openPool(settings: PoolSettings, onIdleError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: settings.connectionString,
    max: settings.max ?? 20,
    connectionTimeoutMillis: 5_000,
    // What does not wait for an answer is sent at once, and done in the order in which it was sent.
    pipeline: true,
    stream: gatheringSocket,
    options: SESSION_SETTINGS,
    types: {
      getTypeParser: ((oid: number, format?: 'text') =>
        PARSERS.get(oid) ?? pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  })
  pool.on('error', (error) => {
    // A pool that ends does not wait until its connections are closed on the other side.
    if (!pool.ending) onIdleError(error)
  })
  // A connection that breaks within a transaction fails that transaction's next statement. Unheard,
  // the error would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

const statementNames = new Map<string, string>()

/** Every statement is prepared once per connection, under a name made of its text. */
function nameOf(text: string): string {
  let name = statementNames.get(text)
  if (name === undefined) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 24)
    statementNames.set(text, name)
  }
  return name
}

/** What can run a statement: a pool (each statement its own transaction) or a client inside one. */
export type Runner = Pick<pg.Pool, 'query'> | pg.PoolClient

async function prepared(on: Runner, text: string, values: unknown[]): Promise<pg.QueryResult> {
  try {
    return await on.query({ name: nameOf(text), text, values })
  } catch (error) {
    throw asUnavailable(error)
  }
}

/** All rows of a prepared statement. */
export async function rows<Row>(on: Runner, text: string, values: unknown[]): Promise<Row[]> {
  return (await prepared(on, text, values)).rows
}

/** The first row of a prepared statement. */
export async function row<Row>(
  on: Runner,
  text: string,
  values: unknown[],
): Promise<Row | undefined> {
  return (await prepared(on, text, values)).rows[0]
}

/** How many rows a prepared statement changed. */
export async function changes(on: Runner, text: string, values: unknown[]): Promise<number> {
  return (await prepared(on, text, values)).rowCount ?? 0
}

/** A statement without values that steers the transaction. */
export async function run(on: pg.PoolClient, text: string): Promise<void> {
  try {
    await on.query(text)
  } catch (error) {
    throw asUnavailable(error)
  }
}

/** A connection of the pool. */
export async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw asUnavailable(error)
  }
}

/** So often a piece of work is run that loses every time. */
const MOST_TRIES = 4

/**
 * Transactions that wait for one another in a circle are broken up by PostgreSQL, which undoes one
 * of them: that one is run again. The work has no effect outside its transaction, so nothing is
 * done twice.
 */
export async function untilUndisturbed<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (tries === MOST_TRIES || !wasVictim(error)) throw error
    }
  }
}

/** Deadlock or serialisation failure (PostgreSQL, appendix A, class 40). */
function wasVictim(error: unknown): boolean {
  const { code } = error as { code?: string }
  return code === '40P01' || code === '40001'
}

/** Connection exceptions, operator interventions and lack of resources (PostgreSQL, appendix A). */
const UNAVAILABLE_CLASSES = new Set(['08', '53', '57'])
const UNAVAILABLE_CODES = /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT)$/

/**
 * A protocol violation is in class 08, too, but it is a mistake of ours and has to look like one.
 */
const PROTOCOL_VIOLATION = '08P01'

/** The error itself, or `Unavailable` when it says that the database could not be asked. */
function asUnavailable(error: unknown): unknown {
  const { code, message } = error as { code?: string; message?: string }
  const unavailable =
    code === undefined
      ? /connection|timeout/i.test(message ?? '')
      : code !== PROTOCOL_VIOLATION &&
        (UNAVAILABLE_CODES.test(code) || UNAVAILABLE_CLASSES.has(code.slice(0, 2)))
  return unavailable ? new Unavailable({ cause: error }) : error
}
