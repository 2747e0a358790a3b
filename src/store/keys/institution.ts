import {
  createECDH,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  sign,
  timingSafeEqual,
} from 'node:crypto'
import type { Pool } from 'pg'
import type { AgreedSeed, Institution, Vault } from '../../bank/ports.ts'
import { CENTRE } from '../../bank/token.ts'
import { proofMessage, SEED_BYTES, SEED_INFO, transcriptOf } from '../../oath/key-agreement.ts'
import { changes, row } from '../connection.ts'
import { INSTITUTION_KEY } from './sealed-columns.ts'

const CURVE = 'prime256v1'
/** The institution key is sealed like a secret of the centre, under this name. */
const OWNER = { bankCode: CENTRE, contractId: INSTITUTION_KEY }

/**
 * The institution key lives in the database, sealed, so that all processes sign with the same one.
 */
export function institutionOn(pool: Pool, vault: Vault): Institution {
  let signing: Promise<KeyObject> | undefined
  const signingKey = () => {
    signing ??= readOrMakeKey(pool, vault)
    signing.catch(() => {
      signing = undefined
    })
    return signing
  }

  return {
    async publicKey() {
      return pointOf(createPublicKey(await signingKey()))
    },

    async agree(clientKey, serial) {
      const key = await signingKey()
      const ephemeral = createECDH(CURVE)
      const serverKey = new Uint8Array(ephemeral.generateKeys())
      const x = sharedSecret(ephemeral, clientKey)
      return x && agreedSeed(key, { clientKey, serverKey, serial }, x)
    },

    proves(seed, transcriptHash, proof) {
      const right = createHmac('sha256', seed).update(proofMessage(transcriptHash)).digest()
      return proof.length === right.length && timingSafeEqual(proof, right)
    },
  }
}

/** The x-coordinate of the shared point; undefined when the other key is not on the curve. */
function sharedSecret(own: ReturnType<typeof createECDH>, other: Uint8Array): Buffer | undefined {
  try {
    return own.computeSecret(other)
  } catch {
    return undefined
  }
}

function agreedSeed(
  key: KeyObject,
  agreement: Parameters<typeof transcriptOf>[0],
  x: Buffer,
): AgreedSeed {
  const transcript = transcriptOf(agreement)
  const transcriptHash = createHash('sha256').update(transcript).digest()
  return {
    serverKey: agreement.serverKey,
    signature: sign('sha256', transcript, { key, dsaEncoding: 'ieee-p1363' }),
    seed: new Uint8Array(hkdfSync('sha256', x, transcriptHash, SEED_INFO, SEED_BYTES)),
    transcriptHash,
  }
}

async function readOrMakeKey(pool: Pool, vault: Vault): Promise<KeyObject> {
  const found = await readKey(pool, vault)
  if (found !== undefined) return found
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: CURVE })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const box = await vault.sealSecret(OWNER, pem)
  await changes(
    pool,
    `insert into institution_key (id, sealed, key_version, public_key) values (1, $1, $2, $3)
     on conflict do nothing`,
    [box.sealed, box.keyVersion, pointOf(publicKey)],
  )
  return (await readKey(pool, vault)) ?? privateKey
}

async function readKey(pool: Pool, vault: Vault): Promise<KeyObject | undefined> {
  const found = await row<{ sealed: Buffer; key_version: number }>(
    pool,
    'select sealed, key_version from institution_key where id = 1',
    [],
  )
  if (found === undefined) return undefined
  const box = { sealed: found.sealed, keyVersion: found.key_version }
  return createPrivateKey(await vault.openSecret(OWNER, box))
}

/**
 * An EC public key as an uncompressed point: the last 65 bytes of its SPKI encoding (RFC 5480
 * §2.2).
 */
function pointOf(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' }).subarray(-65)
}
