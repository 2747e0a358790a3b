import type { Pool } from 'pg'
import type { SealedIdentity, SecretOwner, Vault } from '../../bank/ports.ts'
import type { SealedSeed } from '../../bank/token.ts'
import { type KeyRing, openKeyRing } from './key-ring.ts'
import { SECRET_LABEL, SEED_LABEL } from './sealed-columns.ts'
import { type Binding, bindingOf, open, seal } from './sealing.ts'
import { fixedKey } from './wrapping-keys.ts'

/** A vault under a wrapping key that stands in no file and is never rotated. */
export const openVault = (pool: Pool, key: Uint8Array, now: () => number): Vault =>
  vaultOn(openKeyRing(pool, fixedKey(key), now))

/** The vault: seals and opens with the data keys of the banks. */
export function vaultOn(keys: KeyRing): Vault {
  async function sealFor(bankCode: string, plain: Uint8Array, bind: Binding): Promise<SealedSeed> {
    const keyVersion = await keys.currentVersion(bankCode)
    return {
      sealed: seal(await keys.dataKey(bankCode, keyVersion), plain, bind(keyVersion)),
      keyVersion,
    }
  }

  async function openFor(bankCode: string, box: SealedSeed, bind: Binding): Promise<Buffer> {
    return open(await keys.dataKey(bankCode, box.keyVersion), box.sealed, bind(box.keyVersion))
  }

  return {
    check: () => keys.check(),
    sealSeed: (token, seed) => sealFor(token.issuer, seed, seedBinding(token)),
    openSeed: (token) => openFor(token.issuer, token.seed, seedBinding(token)),
    sealSecret: (owner, text) => sealFor(owner.bankCode, Buffer.from(text), secretBinding(owner)),
    openSecret: async (owner, box) =>
      (await openFor(owner.bankCode, box, secretBinding(owner))).toString(),
  }
}

const seedBinding = (token: SealedIdentity): Binding =>
  bindingOf(SEED_LABEL, [token.issuer, token.serial, token.algorithm])

const secretBinding = (owner: SecretOwner): Binding =>
  bindingOf(SECRET_LABEL, [owner.bankCode, owner.contractId])
