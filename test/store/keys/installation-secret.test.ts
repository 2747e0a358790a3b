/** The secret of an installation: one for all its processes, and the demonstration's API key. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEMO_BANK } from '../../../src/store/demo/demo-bank.ts'
import { demoApiKey, seedDemo } from '../../../src/store/demo/seed-demo.ts'
import { installationSecret } from '../../../src/store/keys/installation-secret.ts'
import { atOnce, MORNING_MS, openTestBank, type TestBank } from '../../bank/test-bank.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())

test('is the same in all processes, also where many draw it at once', async () => {
  await bank.pool.query('delete from installation_secret')
  const processes = Array.from({ length: 6 }, () => bank.another())
  const secrets = await atOnce(6, (place) => {
    const { pool, ports } = processes[place] ?? bank
    return installationSecret(pool, ports.vault)
  })
  expect(new Set(secrets.map((secret) => secret.toString('hex'))).size).toBe(1)
  expect(secrets[0]).toHaveLength(32)
})

test('rests sealed', async () => {
  const secret = await installationSecret(bank.pool, bank.ports.vault)
  const { rows } = await bank.pool.query('select t::text as line from installation_secret t')
  for (const form of ['hex', 'base64', 'base64url'] as const) {
    expect(rows[0].line).not.toContain(secret.toString(form))
  }
})

test('makes the API key of a demonstration that is older than it', async () => {
  const stale = createHash('sha256').update('made of the key file').digest()
  await bank.pool.query(`update api_key set key_hash = $1 where name = 'demo'`, [stale])
  const { pool, ports } = bank
  const parts = { pool, vault: ports.vault, passwords: ports.passwords, nowMs: MORNING_MS }
  await atOnce(2, () => seedDemo(parts))
  const key = demoApiKey(await installationSecret(pool, ports.vault))
  const hash = createHash('sha256').update(key).digest()
  const client = await ports.store.tables.apiClients.byKeyHash(hash)
  expect([client?.name, client?.bank.bankCode]).toEqual(['demo', DEMO_BANK.bankCode])
  const count = await pool.query(`select count(*)::int as n from api_key where name = 'demo'`)
  expect(count.rows).toEqual([{ n: 1 }])
})
