/** Backups of a test bank, and empty databases into which they come back. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Pool } from 'pg'
import type { Ports } from '../../../src/bank/ports.ts'
import { checkBackup, openBackup } from '../../../src/store/backup/check.ts'
import { makeBackup } from '../../../src/store/backup/dump.ts'
import { type RestoredBackup, restoreBackup } from '../../../src/store/backup/load.ts'
import { openPool } from '../../../src/store/connection.ts'
import { openVault } from '../../../src/store/keys/vault.ts'
import { fixedKey } from '../../../src/store/keys/wrapping-keys.ts'
import { storeOn } from '../../../src/store/store.ts'
import { type Process, type TestBank, WRAPPING_KEY } from '../../bank/test-bank.ts'
import { createTestDatabase } from '../../database.ts'

export interface BackupSteps {
  readonly folder: string
  /** Backs the bank up into a new file. */
  backUp(): Promise<string>
  /** An empty database; it goes with the others at the end. */
  empty(): Promise<Empty>
  close(): Promise<void>
}

export interface Empty {
  readonly connectionString: string
  readonly pool: Pool
  restore(file: string, key?: Uint8Array): Promise<RestoredBackup>
  /** The names of everything that stands in it. */
  contents(): Promise<readonly string[]>
  /** A process that serves what was restored, by the clock of the bank. */
  process(): Process
}

export function backupSteps(bank: TestBank): BackupSteps {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-backup-'))
  const closing: (() => Promise<void>)[] = []
  let made = 0

  async function empty(): Promise<Empty> {
    const { connectionString, drop } = await createTestDatabase()
    const pool = openPool({ connectionString, max: 8 }, () => {})
    closing.push(async () => {
      await pool.end()
      await drop()
    })
    const { clock, random } = bank.ports
    return {
      connectionString,
      pool,
      async restore(file, key = WRAPPING_KEY) {
        const wrappingKeys = fixedKey(key)
        const handle = await openBackup(file)
        try {
          const checked = await checkBackup(handle, wrappingKeys)
          const parts = { connectionString, wrappingKeys, clock, random, runId: 'run of a test' }
          return await restoreBackup(parts, { file: handle, checked })
        } finally {
          await handle.close()
        }
      },
      async contents() {
        const text = `select relname from pg_class where relnamespace = 'public'::regnamespace`
        return (await pool.query<{ relname: string }>(text)).rows.map(({ relname }) => relname)
      },
      process() {
        const vault = openVault(pool, WRAPPING_KEY, bank.clock.now)
        const ports: Ports = { ...bank.ports, store: storeOn(pool), vault }
        return { ports, pool }
      },
    }
  }

  return {
    folder,
    async backUp() {
      made += 1
      const file = path.join(folder, `backup-${made}`)
      await makeBackup(bank.connectionString, fixedKey(WRAPPING_KEY), file, bank.clock.now())
      return file
    },
    empty,
    async close() {
      for (const end of closing) await end()
      fs.rmSync(folder, { recursive: true })
    },
  }
}

/** All rows of all tables as text, in one order. */
export async function rowsOf(pool: Pool): Promise<ReadonlyMap<string, readonly string[]>> {
  const named = `select tablename from pg_tables where schemaname = 'public' order by 1`
  const tables = (await pool.query<{ tablename: string }>(named)).rows
  const all = new Map<string, readonly string[]>()
  for (const { tablename } of tables) {
    const { rows } = await pool.query(`select t::text as line from "${tablename}" t`)
    all.set(tablename, rows.map(({ line }) => line as string).sort())
  }
  return all
}
