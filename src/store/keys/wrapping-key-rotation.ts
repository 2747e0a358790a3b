import { setTimeout as sleep } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import { CENTRE } from '../../bank/token.ts'
import { changes, row } from '../connection.ts'
import { journalOn } from '../events/journal.ts'
import { systemEvent } from '../events/system-event.ts'
import { inTransaction } from '../transaction.ts'
import type { RotationParts } from './data-key-rotation.ts'
import { newKey, replaceKeys } from './key-file.ts'
import { holdersWithout, type KeyHolder } from './key-holders.ts'
import { dataKeysOn, openKeyRing, unwrap, WrongKeyFile, wrap } from './key-ring.ts'
import { fixedKey, type WrappingKey, wrappingKeyOf } from './wrapping-keys.ts'

export interface WrappingRotationParts extends RotationParts {
  readonly keyFile: string
  /** So long the serving processes have time to read the new key. */
  readonly patienceMs: number
  /** Hears who has not read it yet, whenever that changes. */
  onWaiting(holders: readonly KeyHolder[]): void
}

export type WrappingRotation =
  | {
      readonly ok: true
      readonly fingerprint: string
      /** Whether an interrupted rotation was finished instead of a new one begun. */
      readonly resumed: boolean
      /** Why the old key could not be taken out of the key file, if so. */
      readonly oldKeyStays?: string
    }
  | { readonly ok: false; readonly reason: string }

/**
 * Puts a new wrapping key in the place of the old one. At each moment, and so after a crash at any
 * moment, the key file holds the key that the database needs:
 *
 * 1. The new key is written into the key file, above the old one. 2. Every serving process says
 * that it has read it, on other machines, too. 3. One transaction wraps all data keys anew. 4. The
 * old key is taken out of the key file.
 *
 * Run again, it goes on from what file and database say. Refused while another rotation is under
 * way, when the file belongs to another database or cannot be written, and when a process does not
 * read the new key in time.
 */
export async function rotateWrappingKey(parts: WrappingRotationParts): Promise<WrappingRotation> {
  const rotated = await underLock(parts, (client, needed) => takeOver(parts, client, needed))
  if (rotated === 'locked') {
    return { ok: false, reason: 'another rotation of the wrapping key is under way' }
  }
  if (!rotated.ok) return rotated
  const dropped = await underLock(parts, async (_client, needed) => dropOld(parts, needed))
  // Whoever rotates by now takes the old key out of the file, too.
  if (dropped === 'locked' || dropped === undefined) return rotated
  return { ...rotated, oldKeyStays: dropped }
}

const LOCK_NOT_AVAILABLE = '55P03'

/**
 * One rotation at a time reads and writes the key file. The lock is one that a process which makes
 * a bank's first data key meanwhile does not wait for. `needed` is the key that the database needs.
 */
async function underLock<T>(
  parts: WrappingRotationParts,
  work: (client: PoolClient, needed: string) => Promise<T>,
): Promise<T | 'locked'> {
  try {
    return await inTransaction(parts.pool, async (client) => {
      const text = 'select fingerprint from wrapping_key where id = 1 for no key update nowait'
      const found = await row<{ fingerprint: string }>(client, text, [])
      if (found === undefined) throw new Error('the wrapping key of this database has no name')
      parts.wrappingKeys.refresh()
      return await work(client, found.fingerprint)
    })
  } catch (error) {
    if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) return 'locked'
    throw error
  }
}

/** Steps 1 to 3. */
async function takeOver(
  parts: WrappingRotationParts,
  client: PoolClient,
  needed: string,
): Promise<WrappingRotation> {
  const inFile = parts.wrappingKeys.known()
  const place = inFile.findIndex(({ fingerprint }) => fingerprint === needed)
  const old = inFile[place]
  if (old === undefined) throw new WrongKeyFile(needed)
  // The database has the newest key already: only the old one is left to be taken out.
  if (place === 0 && inFile.length === 2) {
    return { ok: true, fingerprint: old.fingerprint, resumed: true }
  }
  // 1. A newer key that stands in the file already was put there by a rotation that was
  //    interrupted, or by the operator.
  const resumed = place === 1
  const key = (resumed ? inFile[0] : undefined) ?? wrappingKeyOf(newKey())
  if (!resumed) replaceKeys(parts.keyFile, [key.key.export(), old.key.export()])
  parts.wrappingKeys.refresh()
  // 2. Nobody is left who could not open what is wrapped anew.
  const missing = await untilRead(parts, key.fingerprint)
  if (missing.length > 0) return { ok: false, reason: notRead(missing, key, parts.keyFile) }
  // 3. Database and event change together.
  await wrapAnew(parts, client, key)
  return { ok: true, fingerprint: key.fingerprint, resumed }
}

const POLL_MS = 200

/** Waits until all serving processes have read the key. Returns those who did not in time. */
async function untilRead(parts: WrappingRotationParts, fingerprint: string) {
  const deadlineMs = performance.now() + parts.patienceMs
  let told = ''
  for (;;) {
    const missing = await holdersWithout(parts.pool, fingerprint)
    if (missing.length === 0 || performance.now() > deadlineMs) return missing
    const names = JSON.stringify(missing)
    if (names !== told) parts.onWaiting(missing)
    told = names
    await sleep(POLL_MS)
  }
}

function notRead(missing: readonly KeyHolder[], { fingerprint }: WrappingKey, file: string) {
  const who = missing.map(({ host, pid }) => `process ${pid} on ${host}`).join(', ')
  return (
    `${who} has not read the new key ${fingerprint}: copy ${file} to the key file there, and run ` +
    'this again. Nothing is wrapped with it yet.'
  )
}

async function wrapAnew(parts: RotationParts, client: PoolClient, by: WrappingKey): Promise<void> {
  // First the name, which every data key refers to: a data key that is being made now is either in
  // the table after this statement, or finds the old name gone and is made again.
  await changes(client, 'update wrapping_key set fingerprint = $1, since = $2 where id = 1', [
    by.fingerprint,
    new Date(parts.clock.now()),
  ])
  const held = await dataKeysOn(client)
  const wrapped = held.map((one) => {
    // Its name is the new key's already: what opens it is one of the file's two.
    const bytes = unwrap(parts.wrappingKeys, { ...one, wrapped_by: null })
    return wrap(by, bytes, one.bank_code, one.version)
  })
  await changes(
    client,
    `update data_key k set wrapped = anew.wrapped
       from unnest($1::text[], $2::int[], $3::bytea[]) as anew (bank, version, wrapped)
      where k.bank_code = anew.bank and k.version = anew.version`,
    [held.map((one) => one.bank_code), held.map((one) => one.version), wrapped],
  )
  const { fingerprint } = by
  const detail = { key: 'wrapping', fingerprint }
  const act = { ...parts, kind: 'key-rotation', bankCode: CENTRE, detail } as const
  await journalOn(client).append(systemEvent(parts, act))
}

/** Step 4, once the new key is seen to open everything alone. Returns why it could not be done. */
async function dropOld(parts: WrappingRotationParts, needed: string): Promise<string | undefined> {
  const [newest, ...older] = parts.wrappingKeys.known()
  if (newest?.fingerprint !== needed || older.length === 0) return undefined
  const alone = newest.key.export()
  await openKeyRing(parts.pool, fixedKey(alone), () => parts.clock.now()).check()
  try {
    replaceKeys(parts.keyFile, [alone])
  } catch (error) {
    return (error as Error).message
  }
  parts.wrappingKeys.refresh()
  return undefined
}
