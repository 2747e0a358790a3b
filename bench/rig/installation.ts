/**
 * An installation of its own in a temporary folder, and the measurer's own door to its database.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Pool } from 'pg'
import type { Vault } from '../../src/bank/ports.ts'
import { openPool } from '../../src/store/connection.ts'
import { readKeyFile } from '../../src/store/keys/key-file.ts'
import { openVault } from '../../src/store/keys/vault.ts'
import { joinPrivateServer } from '../../src/store/private-server.ts'

/** Makes an empty data folder; `remove` takes it away with all that is in it. */
export function makeDataFolder(purpose: string): { readonly folder: string; remove(): void } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `ichido-${purpose}-`))
  return { folder, remove: () => fs.rmSync(folder, { recursive: true, force: true }) }
}

export interface Backdoor {
  readonly connectionString: string
  readonly pool: Pool
  readonly vault: Vault
  close(): Promise<void>
}

/** Joins the database of the server that runs in the folder. */
export async function joinInstallation(folder: string): Promise<Backdoor> {
  const joined = await joinPrivateServer(folder)
  if (!joined.ok) throw new Error(joined.reason)
  const { connectionString, stop } = joined.server
  const backdoor = openBackdoor(connectionString, path.join(folder, 'key'))
  const close = async () => {
    await backdoor.close()
    await stop()
  }
  return { ...backdoor, close }
}

/** Opens the database with the key file of the installation. */
export function openBackdoor(connectionString: string, keyFile: string): Backdoor {
  const pool = openPool({ connectionString, max: 4 }, () => {})
  const vault = openVault(pool, readKeyFile(keyFile, true), Date.now)
  return { connectionString, pool, vault, close: () => pool.end() }
}
