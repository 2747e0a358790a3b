import fs from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { WrongKeyFile } from '../keys/key-ring.ts'
import type { WrappingKey, WrappingKeys } from '../keys/wrapping-keys.ts'
import { syncFolderOf } from '../sync-folder.ts'
import { enclose, UnusableBackup } from './archive.ts'
import { type BackupTable, migrationsOf, quoted, sequencesOf, tablesOf } from './catalogue.ts'
import { frameOf, rowSum, type TableCount } from './frames.ts'

export interface MadeBackup {
  readonly file: string
  readonly bytes: number
  readonly tables: number
  readonly rows: number
  /** The fingerprint of the wrapping key that it was made with. */
  readonly key: string
  /** ISO 8601 in UTC. */
  readonly madeAt: string
}

/** How values are written must not depend on the server's settings. */
const SETTINGS = `set datestyle = 'ISO, YMD'; set intervalstyle = 'iso_8601'; set timezone = 'UTC';
  set bytea_output = 'hex'; set extra_float_digits = 1; set statement_timeout = 0;
  set idle_in_transaction_session_timeout = 0`

/**
 * Writes the whole database as it is at one moment into a file, while servers go on: one
 * transaction reads its snapshot and holds nobody up. The file gets its name when it is complete
 * and on the disk.
 *
 * Throws `UnusableBackup` when the file exists already or cannot be written, and
 * `WrongKeyFile`.
 */
export async function makeBackup(
  connectionString: string,
  keys: WrappingKeys,
  file: string,
  nowMs: number,
): Promise<MadeBackup> {
  const part = `${file}.${process.pid}.part`
  const client = await connected(connectionString)
  try {
    await client.query('begin isolation level repeatable read read only')
    const key = await wrappingKeyIn(client, keys)
    const fd = openNew(file, part)
    const counts: TableCount[] = []
    await pipeline(
      () => contentOf(client, counts),
      createGzip(),
      (compressed: AsyncIterable<Buffer>) => enclose(compressed, key, nowMs),
      fs.createWriteStream('', { fd, flush: true }),
    )
    fs.renameSync(part, file)
    syncFolderOf(file)
    return {
      file,
      bytes: fs.statSync(file).size,
      tables: counts.length,
      rows: counts.reduce((sum, { rows }) => sum + rows, 0),
      key: key.fingerprint,
      madeAt: new Date(nowMs).toISOString(),
    }
  } catch (error) {
    fs.rmSync(part, { force: true })
    throw error
  } finally {
    await client.end()
  }
}

/** Begins the file under another name, so that nobody takes a part for the whole. */
function openNew(file: string, part: string): number {
  if (fs.existsSync(file)) throw new UnusableBackup('it exists already')
  try {
    return fs.openSync(part, 'w', 0o600)
  } catch (error) {
    throw new UnusableBackup(`it cannot be written (${(error as NodeJS.ErrnoException).code})`)
  }
}

/** A connection of its own: those of the pool send ahead, which copying does not allow. */
export async function connected(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString })
  // What breaks fails the next statement.
  client.on('error', () => {})
  await client.connect()
  await client.query(SETTINGS)
  return client
}

/** The key that this very snapshot needs, whatever a rotation does meanwhile. */
async function wrappingKeyIn(client: pg.Client, keys: WrappingKeys): Promise<WrappingKey> {
  const text = 'select fingerprint from wrapping_key'
  const needed = (await client.query<{ fingerprint: string }>(text)).rows[0]?.fingerprint
  const key = needed === undefined ? undefined : keys.find(needed)
  if (key === undefined) throw new WrongKeyFile(needed)
  return key
}

async function* contentOf(client: pg.Client, counts: TableCount[]): AsyncGenerator<Buffer> {
  const migrations = await migrationsOf(client)
  yield frameOf({ kind: 'preface', value: { migrations } })
  const tables = await tablesOf(client)
  const names = tables.map(({ table }) => quoted(table)).join(', ')
  await client.query(`lock table ${names} in access share mode`)
  for (const table of tables) yield* rowsOf(client, table, counts)
  // Sequences know no snapshot: read last, they are behind no row.
  const sequences = await sequencesOf(client)
  yield frameOf({ kind: 'manifest', value: { tables: counts, sequences } })
}

async function* rowsOf(
  client: pg.Client,
  table: BackupTable,
  counts: TableCount[],
): AsyncGenerator<Buffer> {
  yield frameOf({ kind: 'table', value: table })
  const copy = client.query(copyTo(`copy ${targetOf(table)} to stdout`))
  const sum = rowSum()
  for await (const rows of copy as AsyncIterable<Buffer>) {
    sum.add(rows)
    yield frameOf({ kind: 'rows', value: rows })
  }
  // The count comes behind the rows; the next answer comes behind the count.
  await client.query('select 1')
  counts.push({ table: table.table, rows: copy.rowCount, sha256: sum.sha256() })
}

/** The table and the columns that are copied. */
export const targetOf = ({ table, columns }: BackupTable): string =>
  `${quoted(table)} (${columns.map(quoted).join(', ')})`
