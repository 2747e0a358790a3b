import { once } from 'node:events'
import type { FileHandle } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Clock, Random } from '../../bank/ports.ts'
import { CENTRE } from '../../bank/token.ts'
import { journalOn } from '../events/journal.ts'
import { systemEvent } from '../events/system-event.ts'
import { dataKeysOn, unwrap } from '../keys/key-ring.ts'
import type { WrappingKeys } from '../keys/wrapping-keys.ts'
import { applyDue, isConcurrentCreation, LIST_OF_MIGRATIONS } from '../migrate.ts'
import { UnusableBackup } from './archive.ts'
import { type BackupTable, quoted, sequencesOf, tablesOf } from './catalogue.ts'
import { type BackupFacts, type CheckedBackup, factsOf, readFrames } from './check.ts'
import { connected, targetOf } from './dump.ts'
import { type CodesDead, endWhatIsLost, leapOver } from './leap.ts'

export interface RestoreParts {
  readonly connectionString: string
  readonly wrappingKeys: WrappingKeys
  readonly clock: Clock
  readonly random: Random
  readonly runId: string
}

export interface RestoredBackup extends BackupFacts {
  readonly codesDead: CodesDead
}

/**
 * Brings a backup that was checked back into an empty database, in one transaction: all of it, or
 * nothing.
 *
 * What happened after the snapshot is lost, but must not happen twice: codes that may have been
 * accepted meanwhile are dead, and no number is given out again (`leap.ts`).
 *
 * Throws `NotEmpty`, and `UnusableBackup` if the file has changed since it was checked.
 */
export async function restoreBackup(
  parts: RestoreParts,
  { file, checked }: { readonly file: FileHandle; readonly checked: CheckedBackup },
): Promise<RestoredBackup> {
  const client = await connected(parts.connectionString)
  try {
    await client.query('begin')
    await holdEmpty(client)
    const codesDead = await restoreInto(client, parts, file, checked)
    await client.query('commit')
    return { ...factsOf(checked), codesDead }
  } finally {
    // An open transaction ends with its connection.
    await client.end()
  }
}

/** The database of a restore holds something already. */
export class NotEmpty extends Error {
  constructor() {
    super('the database is not empty, and a restore never overwrites anything: give it a new one')
  }
}

/**
 * Keeps others, who may start on the database in this very moment, waiting behind the list of
 * migrations, as they do for one another.
 */
async function holdEmpty(client: pg.Client): Promise<void> {
  try {
    await client.query(LIST_OF_MIGRATIONS)
  } catch (error) {
    if (isConcurrentCreation(error)) throw new NotEmpty()
    throw error
  }
  await client.query('lock table migration in exclusive mode')
  const { rows } = await client.query(
    `select 1 from pg_class
      where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'S', 'v', 'm')
        and relname <> 'migration'
     union all select 1 from migration limit 1`,
  )
  if (rows.length > 0) throw new NotEmpty()
}

async function restoreInto(
  client: pg.Client,
  parts: RestoreParts,
  file: FileHandle,
  { head, preface, manifest }: CheckedBackup,
): Promise<CodesDead> {
  const { wrappingKeys, clock } = parts
  // 1. The schema as it was, without the rows that migrations write.
  await applyDue(client, preface.migrations)
  const tables = await tablesOf(client)
  await client.query(`truncate ${tables.map(({ table }) => quoted(table)).join(', ')} cascade`)
  // 2. The rows.
  await copyRows(client, wrappingKeys, file, manifest.tables)
  // 3. No number is drawn again, also from a sequence that takes the place of one of these.
  const lost = { takenMs: Date.parse(head.madeAt), nowMs: clock.now() }
  await leapOver(client, manifest.sequences, lost)
  const known = manifest.sequences.map(({ sequence }) => sequence)
  // 4. What has been added to the schema since.
  await applyDue(client)
  const added = (await sequencesOf(client)).filter(({ sequence }) => !known.includes(sequence))
  await leapOver(client, added, lost)
  // 5. No code that may have been accepted after the snapshot is accepted again.
  const codesDead = await endWhatIsLost(client, lost)
  // 6. The key file opens everything.
  for (const found of await dataKeysOn(client)) unwrap(wrappingKeys, found)
  // 7. The event.
  const { madeAt, key } = head
  const detail = { madeAt, key }
  const act = { ...parts, by: 'restore', kind: 'restore', bankCode: CENTRE, detail } as const
  await journalOn(client).append(systemEvent(parts, act))
  return codesDead
}

async function copyRows(
  client: pg.Client,
  keys: WrappingKeys,
  file: FileHandle,
  wanted: readonly { readonly table: string; readonly rows: number }[],
): Promise<void> {
  const copied: { readonly table: string; readonly rows: number }[] = []
  let current: Copy | undefined
  const close = async () => {
    if (current !== undefined) copied.push(await current.end())
    current = undefined
  }
  await readFrames(file, keys, async (frame) => {
    if (frame.kind === 'rows') return current?.write(frame.value)
    await close()
    if (frame.kind === 'table') current = copyInto(client, frame.value)
  })
  await close()
  const differs = wanted.find(({ table, rows }, place) => {
    const made = copied[place]
    return made?.table !== table || made.rows !== rows
  })
  if (differs !== undefined) throw new UnusableBackup(`${differs.table} did not come back whole`)
}

interface Copy {
  write(rows: Buffer): Promise<void>
  end(): Promise<{ readonly table: string; readonly rows: number }>
}

function copyInto(client: pg.Client, table: BackupTable): Copy {
  const stream = client.query(copyFrom(`copy ${targetOf(table)} from stdin`))
  // Heard here, too, so that a failure between two writes does not end the process.
  let failure: unknown
  stream.on('error', (error) => {
    failure = error
  })
  return {
    async write(rows) {
      if (failure !== undefined) throw failure
      if (!stream.write(rows)) await once(stream, 'drain')
    },
    async end() {
      stream.end()
      await finished(stream)
      return { table: table.table, rows: stream.rowCount }
    },
  }
}
