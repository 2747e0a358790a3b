import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import type { Pool } from 'pg'
import type { SealedIdentity, SecretOwner, Vault } from '../bank/ports.ts'
import type { SealedSeed } from '../bank/token.ts'
import { changes, rows } from './connection.ts'

/** The key in the key file cannot open what is stored: another file belongs to this database. */
export class WrongKeyFile extends Error {
  constructor() {
    super('the key file does not open the keys of this database: use the file they were made with')
  }
}

const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Seals with AES-256-GCM (NIST SP 800-38D) under a fresh random nonce: nonce ‖ ciphertext ‖ tag.
 * The additional data binds the box to its row, so that boxes cannot be swapped between rows.
 */
function seal(key: KeyObject, plain: Uint8Array, boundTo: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(boundTo))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Opens what `seal` made. Throws when key, bytes or binding differ. */
function open(key: KeyObject, box: Uint8Array, boundTo: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(Buffer.from(boundTo))
  decipher.setAuthTag(box.subarray(box.length - TAG_BYTES))
  const middle = box.subarray(NONCE_BYTES, box.length - TAG_BYTES)
  return Buffer.concat([decipher.update(middle), decipher.final()])
}

/**
 * The vault: each bank has a data key, wrapped in the table `data_key` by the wrapping key of the
 * key file. Every sealed row names the version of its data key, so that keys rotate without a
 * pause.
 */
export function openVault(pool: Pool, keyBytes: Uint8Array, now: () => number): Vault {
  // Key objects, because Node prepares bytes as a key anew at every use, and no log can show them.
  const wrappingKey = createSecretKey(keyBytes)
  const keys = new Map<string, Promise<KeyObject>>()
  const current = new Map<string, Promise<number>>()

  const dataKey = (bankCode: string, version: number): Promise<KeyObject> =>
    remember(keys, `${bankCode}/${version}`, async () => {
      const [found] = await rows<{ wrapped: Buffer }>(
        pool,
        'select wrapped from data_key where bank_code = $1 and version = $2',
        [bankCode, version],
      )
      if (found === undefined) throw new Error(`data key ${bankCode}/${version} is missing`)
      return unwrap(wrappingKey, found.wrapped, bankCode, version)
    })

  const currentVersion = (bankCode: string): Promise<number> =>
    remember(current, bankCode, () => newestOrFirstVersion(pool, wrappingKey, bankCode, now()))

  async function sealFor(bankCode: string, plain: Uint8Array, bind: Binding): Promise<SealedSeed> {
    const keyVersion = await currentVersion(bankCode)
    return {
      sealed: seal(await dataKey(bankCode, keyVersion), plain, bind(keyVersion)),
      keyVersion,
    }
  }

  async function openFor(bankCode: string, box: SealedSeed, bind: Binding): Promise<Buffer> {
    return open(await dataKey(bankCode, box.keyVersion), box.sealed, bind(box.keyVersion))
  }

  return {
    async check() {
      const text = 'select bank_code, version from data_key'
      const known = await rows<{ bank_code: string; version: number }>(pool, text, [])
      await Promise.all(known.map(({ bank_code, version }) => dataKey(bank_code, version)))
    },
    sealSeed: (token, seed) => sealFor(token.issuer, seed, seedBinding(token)),
    openSeed: (token) => openFor(token.issuer, token.seed, seedBinding(token)),
    sealSecret: (owner, text) => sealFor(owner.bankCode, Buffer.from(text), secretBinding(owner)),
    openSecret: async (owner, box) =>
      (await openFor(owner.bankCode, box, secretBinding(owner))).toString(),
  }
}

/** The additional data of a box, which also names the version of its key. */
type Binding = (keyVersion: number) => string

const seedBinding =
  (token: SealedIdentity): Binding =>
  (keyVersion) =>
    JSON.stringify(['seed', token.issuer, token.serial, token.algorithm, keyVersion])

const secretBinding =
  (owner: SecretOwner): Binding =>
  (keyVersion) =>
    JSON.stringify(['confirmation', owner.bankCode, owner.contractId, keyVersion])

const keyBinding = (bankCode: string, version: number) =>
  JSON.stringify(['data-key', bankCode, version])

function unwrap(wrappingKey: KeyObject, wrapped: Buffer, bankCode: string, version: number) {
  try {
    return createSecretKey(open(wrappingKey, wrapped, keyBinding(bankCode, version)))
  } catch {
    throw new WrongKeyFile()
  }
}

/** The newest key version of the bank; makes version 1 when there is none, whoever comes first. */
async function newestOrFirstVersion(
  pool: Pool,
  wrappingKey: KeyObject,
  bankCode: string,
  nowMs: number,
): Promise<number> {
  const newest = () =>
    rows<{ version: number }>(
      pool,
      'select version from data_key where bank_code = $1 order by version desc limit 1',
      [bankCode],
    )
  const [found] = await newest()
  if (found !== undefined) return found.version
  await changes(
    pool,
    `insert into data_key (bank_code, version, wrapped, created_at) values ($1, 1, $2, $3)
     on conflict do nothing`,
    [bankCode, seal(wrappingKey, randomBytes(32), keyBinding(bankCode, 1)), new Date(nowMs)],
  )
  return 1
}

/** The pending or known value of the key; a failure is not kept. */
function remember<T>(
  known: Map<string, Promise<T>>,
  key: string,
  make: () => Promise<T>,
): Promise<T> {
  let value = known.get(key)
  if (value === undefined) {
    value = make()
    known.set(key, value)
    value.catch(() => known.delete(key))
  }
  return value
}
