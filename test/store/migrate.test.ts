import fs from 'node:fs'
import { expect, test } from 'vitest'
import { openPool } from '../../src/store/connection.ts'
import { DEMO_CONTRACTS } from '../../src/store/demo/demo-bank.ts'
import { seedDemo } from '../../src/store/demo/seed-demo.ts'
import { openVault } from '../../src/store/keys/vault.ts'
import { migrate } from '../../src/store/migrate.ts'
import { passwordHasher } from '../../src/store/passwords.ts'
import { MORNING_MS, WRAPPING_KEY } from '../bank/test-bank.ts'
import { createTestDatabase } from '../database.ts'

const MIGRATIONS = fs
  .readdirSync(new URL('../../src/store/migrations/', import.meta.url))
  .filter((name) => name.endsWith('.sql'))
  .sort()

async function onEmpty<T>(work: (pools: ReturnType<typeof openPool>[]) => Promise<T>): Promise<T> {
  const { connectionString, drop } = await createTestDatabase()
  const pools = Array.from({ length: 4 }, () => openPool({ connectionString, max: 3 }, () => {}))
  try {
    return await work(pools)
  } finally {
    await Promise.all(pools.map((pool) => pool.end()))
    await drop()
  }
}

test('twice: the second time there is nothing to do', async () => {
  await onEmpty(async ([pool]) => {
    if (pool === undefined) throw new Error('no pool')
    expect(await migrate(pool)).toEqual(MIGRATIONS)
    expect(await migrate(pool)).toEqual([])
  })
})

test('four at once: each file is applied once', async () => {
  for (let round = 0; round < 3; round += 1) {
    const applied = await onEmpty((pools) => Promise.all(pools.map((pool) => migrate(pool))))
    expect(applied.flat().sort()).toEqual(MIGRATIONS)
  }
})

test('a file that fails leaves nothing behind, and the next start tries again', async () => {
  await onEmpty(async ([pool]) => {
    if (pool === undefined) throw new Error('no pool')
    await pool.query('create table notice (in_the_way integer)')
    await expect(migrate(pool)).rejects.toThrow(/already exists/)
    const { rows } = await pool.query(`select 1 from pg_tables where tablename = 'bank'`)
    expect(rows).toEqual([])
    await pool.query('drop table notice')
    expect(await migrate(pool)).toEqual(MIGRATIONS)
  })
})

test('four processes that seed the demonstration at once write it once', async () => {
  await onEmpty(async (pools) => {
    await Promise.all(pools.map((pool) => migrate(pool)))
    await Promise.all(
      pools.map((pool) =>
        seedDemo({
          pool,
          vault: openVault(pool, WRAPPING_KEY, () => MORNING_MS),
          passwords: passwordHasher({ running: 2, waiting: 20 }),
          nowMs: MORNING_MS,
        }),
      ),
    )
    const rows = await pools[0]?.query('select contract_id from contract order by contract_id')
    expect(rows?.rows.map((row) => row.contract_id)).toEqual(
      DEMO_CONTRACTS.map((contract) => contract.contractId),
    )
  })
})
