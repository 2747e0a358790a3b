import { randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import type { Vault } from '../../bank/ports.ts'
import { CENTRE } from '../../bank/token.ts'
import { changes, row } from '../connection.ts'
import { INSTALLATION_SECRET } from './sealed-columns.ts'

/** Sealed like a secret of the centre, under this name. */
const OWNER = { bankCode: CENTRE, contractId: INSTALLATION_SECRET }
const SECRET_BYTES = 32

/**
 * A secret that all processes of an installation share and that survives every rotation of its
 * keys: drawn once, and kept sealed in the database. Keys that must not change under open pages are
 * derived from it.
 */
export async function installationSecret(
  pool: Pool,
  vault: Vault,
  draw = () => randomBytes(SECRET_BYTES),
): Promise<Buffer> {
  const found = await readSecret(pool, vault)
  if (found !== undefined) return found
  const drawn = draw()
  const box = await vault.sealSecret(OWNER, drawn.toString('base64url'))
  await changes(
    pool,
    `insert into installation_secret (id, sealed, key_version) values (1, $1, $2)
     on conflict do nothing`,
    [box.sealed, box.keyVersion],
  )
  return (await readSecret(pool, vault)) ?? drawn
}

async function readSecret(pool: Pool, vault: Vault): Promise<Buffer | undefined> {
  const found = await row<{ sealed: Buffer; key_version: number }>(
    pool,
    'select sealed, key_version from installation_secret where id = 1',
    [],
  )
  if (found === undefined) return undefined
  const box = { sealed: found.sealed, keyVersion: found.key_version }
  return Buffer.from(await vault.openSecret(OWNER, box), 'base64url')
}
