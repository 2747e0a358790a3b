import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import { changes, type Runner, row, rows } from '../connection.ts'
import { open, seal } from './sealing.ts'
import type { WrappingKey, WrappingKeys } from './wrapping-keys.ts'

/** The key in the key file cannot open what is stored: another file belongs to this database. */
export class WrongKeyFile extends Error {
  constructor(needed?: string) {
    const which =
      needed === undefined ? 'the file they were made with' : `the one with key ${needed}`
    super(`the key file does not open the keys of this database: use ${which}`)
  }
}

/** The data keys of the banks as one process knows them. */
export interface KeyRing {
  /** Unwraps every data key. Throws `WrongKeyFile` when the key file is not the right one. */
  check(): Promise<void>
  dataKey(bankCode: string, version: number): Promise<KeyObject>
  /** The version to seal with; makes the first one when there is none. */
  currentVersion(bankCode: string): Promise<number>
  /** Drops the keys that are destroyed in the database from memory, too. */
  forgetDestroyed(): Promise<void>
}

/** So soon every process seals under the newest version of a data key. */
const CURRENT_FOR_MS = 2_000

interface Current {
  readonly version: Promise<number>
  readonly untilMs: number
}

interface DataKeyRow {
  bank_code: string
  version: number
  wrapped: Buffer
  wrapped_by: string | null
}
const DATA_KEY_COLUMNS = 'bank_code, version, wrapped, wrapped_by'

/**
 * Each bank has a data key, wrapped in the table `data_key` by the wrapping key of the key file.
 * Every sealed row names the version of its data key, so that keys rotate without a pause.
 */
export function openKeyRing(pool: Pool, wrapping: WrappingKeys, now: () => number): KeyRing {
  const keys = new Map<string, Promise<KeyObject>>()
  const currents = new Map<string, Current>()

  const dataKey = (bankCode: string, version: number): Promise<KeyObject> => {
    const place = `${bankCode}/${version}`
    const known = keys.get(place)
    if (known !== undefined) return known
    const read = readDataKey(pool, wrapping, bankCode, version)
    keys.set(place, read)
    // A failure is not kept.
    read.catch(() => keys.delete(place))
    return read
  }

  return {
    dataKey,

    currentVersion(bankCode) {
      const known = currents.get(bankCode)
      // By a clock that nobody sets.
      const nowMs = performance.now()
      if (known !== undefined && nowMs < known.untilMs) return known.version
      const version = newestOrFirstVersion(pool, wrapping, bankCode, now)
      currents.set(bankCode, { version, untilMs: nowMs + CURRENT_FOR_MS })
      version.catch(() => currents.delete(bankCode))
      return version
    },

    async check() {
      const { fingerprint } = await wrappingKeyOfDatabase(pool, wrapping, now())
      const known = await rows<DataKeyRow>(pool, `select ${DATA_KEY_COLUMNS} from data_key`, [])
      for (const found of known) unwrap(wrapping, found)
      if (known.every(({ wrapped_by }) => wrapped_by !== null)) return
      const text = 'update data_key set wrapped_by = $1 where wrapped_by is null'
      await changes(pool, text, [fingerprint])
    },

    async forgetDestroyed() {
      const text = `select bank_code || '/' || version as place from data_key`
      const held = [...keys.keys()]
      const kept = new Set((await rows<{ place: string }>(pool, text, [])).map((at) => at.place))
      for (const place of held) if (!kept.has(place)) keys.delete(place)
    },
  }
}

const bindingOfDataKey = (bankCode: string, version: number) =>
  JSON.stringify(['data-key', bankCode, version])

export const wrap = (by: WrappingKey, key: Uint8Array, bankCode: string, version: number) =>
  seal(by.key, key, bindingOfDataKey(bankCode, version))

/** The bytes of a data key. Throws `WrongKeyFile` when no known wrapping key opens it. */
export function unwrap(wrapping: WrappingKeys, found: DataKeyRow): Buffer {
  const by = found.wrapped_by ?? undefined
  const named = by === undefined ? undefined : wrapping.find(by)
  // A row from before fingerprints does not say which of the file's keys opens it.
  const candidates = named === undefined ? wrapping.known() : [named]
  for (const candidate of candidates) {
    const bytes = openDataKey(candidate, found)
    if (bytes !== undefined) return bytes
  }
  throw new WrongKeyFile(named === undefined ? by : undefined)
}

function openDataKey({ key }: WrappingKey, found: DataKeyRow): Buffer | undefined {
  try {
    return open(key, found.wrapped, bindingOfDataKey(found.bank_code, found.version))
  } catch {
    return undefined
  }
}

/** The rows of the table, for whoever wraps them anew or checks them. */
export const dataKeysOn = (on: Runner): Promise<DataKeyRow[]> =>
  rows<DataKeyRow>(on, `select ${DATA_KEY_COLUMNS} from data_key order by bank_code, version`, [])

async function readDataKey(
  pool: Pool,
  wrapping: WrappingKeys,
  bankCode: string,
  version: number,
): Promise<KeyObject> {
  const text = `select ${DATA_KEY_COLUMNS} from data_key where bank_code = $1 and version = $2`
  const found = await row<DataKeyRow>(pool, text, [bankCode, version])
  if (found === undefined) throw new Error(`data key ${bankCode}/${version} is missing`)
  return createSecretKey(unwrap(wrapping, found))
}

/** The key of the key file under which the data keys of this database are wrapped. */
export async function wrappingKeyOfDatabase(
  on: Runner,
  wrapping: WrappingKeys,
  nowMs: number,
): Promise<WrappingKey> {
  const fingerprint = async () =>
    (await row<{ fingerprint: string }>(on, 'select fingerprint from wrapping_key', []))
      ?.fingerprint
  let needed = await fingerprint()
  if (needed === undefined) {
    await nameWrappingKey(on, wrapping, nowMs)
    needed = await fingerprint()
  }
  const key = needed === undefined ? undefined : wrapping.find(needed)
  if (key === undefined) throw new WrongKeyFile(needed)
  return key
}

/**
 * A new database gets the newest key of the file; one from before fingerprints the name of the key
 * that opens what it holds.
 */
async function nameWrappingKey(on: Runner, wrapping: WrappingKeys, nowMs: number): Promise<void> {
  const [held] = await dataKeysOn(on)
  const key = wrapping
    .known()
    .find((known) => held === undefined || openDataKey(known, held) !== undefined)
  if (key === undefined) throw new WrongKeyFile()
  await changes(
    on,
    `insert into wrapping_key (id, fingerprint, since) values (1, $1, $2)
     on conflict do nothing`,
    [key.fingerprint, new Date(nowMs)],
  )
}

/** So often the wrapping key may change under a process that makes a bank's first data key. */
const MOST_TRIES = 3
export const FOREIGN_KEY_VIOLATION = '23503'

/** The newest key version of the bank; makes version 1 when there is none, whoever comes first. */
async function newestOrFirstVersion(
  pool: Pool,
  wrapping: WrappingKeys,
  bankCode: string,
  now: () => number,
): Promise<number> {
  const newest = 'select max(version) as version from data_key where bank_code = $1'
  const found = await row<{ version: number | null }>(pool, newest, [bankCode])
  if (found !== undefined && found.version !== null) return found.version
  for (let tries = 1; ; tries += 1) {
    const by = await wrappingKeyOfDatabase(pool, wrapping, now())
    try {
      await insertDataKey(pool, by, bankCode, 1, now())
      return 1
    } catch (error) {
      // That key was retired in this very moment: no row of the other table has its name any more.
      if ((error as { code?: string }).code !== FOREIGN_KEY_VIOLATION) throw error
      if (tries === MOST_TRIES) throw error
    }
  }
}

/** Stores a new data key. False when the bank has that version already. */
export async function insertDataKey(
  on: Runner,
  by: WrappingKey,
  bankCode: string,
  version: number,
  nowMs: number,
): Promise<boolean> {
  const inserted = await changes(
    on,
    `insert into data_key (bank_code, version, wrapped, wrapped_by, created_at)
     values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [
      bankCode,
      version,
      wrap(by, randomBytes(32), bankCode, version),
      by.fingerprint,
      new Date(nowMs),
    ],
  )
  return inserted === 1
}
