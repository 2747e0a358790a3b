/** The databases that other tests build on. */
import pg from 'pg'
import { expect, test } from 'vitest'
import { createTestDatabase } from './database.ts'
import { ask } from './store/owners.ts'

async function prepare(connectionString: string): Promise<void> {
  const client = new pg.Client(connectionString)
  await client.connect()
  await client.query('CREATE TABLE prepared AS SELECT now() AS at, txid_current() AS id')
  await client.end()
}

test('each is fresh, prepared once, and gone after drop', async () => {
  const [one, two] = await Promise.all([createTestDatabase(prepare), createTestDatabase(prepare)])
  const prepared = await ask(one.connectionString, 'SELECT id FROM prepared')
  await ask(one.connectionString, 'DELETE FROM prepared')
  expect(await ask(two.connectionString, 'SELECT id FROM prepared')).toEqual(prepared)
  const idle = new pg.Client(one.connectionString)
  idle.on('error', () => {})
  await idle.connect()
  await Promise.all([one.drop(), two.drop()])
  await expect(ask(one.connectionString, 'SELECT 1')).rejects.toThrow(/does not exist/)
  await one.drop()
})

test('without preparation it is empty', async () => {
  const { connectionString, drop } = await createTestDatabase()
  const tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
  expect(await ask(connectionString, tables)).toEqual(['0'])
  await drop()
})
