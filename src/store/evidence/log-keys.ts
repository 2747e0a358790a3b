import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { Pool } from 'pg'
import type { Clock, Vault } from '../../bank/ports.ts'
import { CENTRE } from '../../bank/token.ts'
import { type LogKey, logKeyOf } from '../../evidence/head.ts'
import { changes, row, rows } from '../connection.ts'
import { EVIDENCE_KEY } from '../keys/sealed-columns.ts'

export interface SigningKey {
  readonly version: number
  readonly key: KeyObject
}

/** The keys that sign the heads. They live in the database, sealed: all processes sign with one. */
export interface LogKeys {
  /** The newest key; makes the first one, whoever comes first. */
  signing(): Promise<SigningKey>
  /** The public halves by version, as they are stored. */
  published(): Promise<ReadonlyMap<number, LogKey>>
  /** Versions whose sealed half does not open, or does not belong to the public one. */
  replaced(): Promise<number[]>
}

interface KeyRow {
  version: number
  public_key: Buffer
  sealed: Buffer
  key_version: number
}

const COLUMNS = 'version, public_key, sealed, key_version'
const NEWEST = `select ${COLUMNS} from evidence_key order by version desc limit 1`
const ALL = `select ${COLUMNS} from evidence_key order by version`

/** Sealed like a secret of the centre, under this name. */
const ownerOf = (version: number) => ({
  bankCode: CENTRE,
  contractId: `${EVIDENCE_KEY}/${version}`,
})

export function logKeysOn(pool: Pool, vault: Vault, clock: Clock): LogKeys {
  const open = async (found: KeyRow): Promise<KeyObject> => {
    const box = { sealed: found.sealed, keyVersion: found.key_version }
    return createPrivateKey(await vault.openSecret(ownerOf(found.version), box))
  }

  const newestOrFirst = async (): Promise<SigningKey> => {
    const found = (await row<KeyRow>(pool, NEWEST, [])) ?? (await makeFirst(pool, vault, clock))
    return { version: found.version, key: await open(found) }
  }

  let signing: Promise<SigningKey> | undefined
  return {
    signing() {
      signing ??= newestOrFirst()
      signing.catch(() => {
        signing = undefined
      })
      return signing
    },

    async published() {
      const found = await rows<KeyRow>(pool, ALL, [])
      return new Map(found.map((key) => [key.version, logKeyOf(key.public_key)]))
    },

    async replaced() {
      const versions: number[] = []
      for (const found of await rows<KeyRow>(pool, ALL, [])) {
        const own = await open(found).then(publicBytesOf, () => undefined)
        if (!own?.equals(found.public_key)) versions.push(found.version)
      }
      return versions
    },
  }
}

async function makeFirst(pool: Pool, vault: Vault, clock: Clock): Promise<KeyRow> {
  const { privateKey } = generateKeyPairSync('ed25519')
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const box = await vault.sealSecret(ownerOf(1), pem)
  await changes(
    pool,
    `insert into evidence_key (version, public_key, sealed, key_version, created_at)
     values (1, $1, $2, $3, $4) on conflict do nothing`,
    [publicBytesOf(privateKey), box.sealed, box.keyVersion, new Date(clock.now())],
  )
  const found = await row<KeyRow>(pool, NEWEST, [])
  if (found === undefined) throw new Error('the key of the evidence was made, but is not there')
  return found
}

/** The last 32 bytes of its SPKI encoding (RFC 8410 §4). */
const publicBytesOf = (key: KeyObject): Buffer =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-32)
