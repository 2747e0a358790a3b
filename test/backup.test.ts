/**
 * `ichido backup` beside two real servers under load, and `ichido restore` into an empty database.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOfFactor } from './bank/held-token.ts'
import { atOnce, openTestBank, type TestBank, WRAPPING_KEY } from './bank/test-bank.ts'
import { runCommand } from './command-process.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { askApi, startHttpLoad } from './http-load.ts'
import { type ServerProcess, startServer } from './server-process.ts'
import { visitor } from './web/visitor.ts'

let bank: TestBank
let folder: string
let settings: Record<string, string>
let empty: TestDatabase
const servers: ServerProcess[] = []
beforeAll(async () => {
  bank = await openTestBank()
  empty = await createTestDatabase()
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-backups-'))
  fs.writeFileSync(path.join(folder, 'key'), WRAPPING_KEY.toString('hex'), { mode: 0o600 })
  settings = { ICHIDO_DATA: folder, DATABASE_URL: bank.connectionString }
  servers.push(...(await Promise.all([startServer(settings), startServer(settings)])))
})
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()))
  await bank.close()
  await empty.drop()
  fs.rmSync(folder, { recursive: true, force: true })
})

const at = (name: string) => path.join(folder, name)
const restored = () => ({ ...settings, DATABASE_URL: empty.connectionString })

test('a backup under load refuses no code, and has every act from before it', async () => {
  await atOnce(300, () => bank.makeToken())
  const token = await bank.makeToken({ kind: 'hotp' })
  const customer = await bank.open({ token, balanceYen: 654_321 })
  const load = await startHttpLoad(bank, servers)
  await load.goOn(40)
  const acknowledged = [...load.accepted]
  const made = await runCommand(['backup', at('backup'), '--json'], settings)
  expect([made.code, made.err]).toEqual([0, ''])
  expect(JSON.parse(made.out)).toMatchObject({ file: at('backup'), tables: expect.any(Number) })
  await load.goOn(40)
  expect(await load.stop()).toEqual([])
  expect(acknowledged.length).toBeGreaterThan(10)

  // One code after the snapshot, of which the backup knows nothing.
  const used = { ...customer, otp: codeOfFactor(token, 0), reference: 'after the snapshot' }
  const [first] = servers
  if (first === undefined) throw new Error('no server')
  expect(await askApi(first, used)).toBe('accepted')

  const back = await runCommand(['restore', at('backup'), '--json'], restored())
  expect([back.code, back.err]).toEqual([0, ''])
  const server = await startServer(restored())
  servers.push(server)
  expect(server.apiKey).toBe(first.apiKey)
  const text = `select detail->>'reference' as reference from event where kind = 'verification'`
  const { rows } = await connected(empty, (client) => client.query(text))
  const references = new Set(rows.map(({ reference }) => reference))
  expect(acknowledged.filter((reference) => !references.has(reference))).toEqual([])
  expect(references.has(used.reference)).toBe(false)

  // The code is dead all the same, those that follow it are passed over, and then it goes on.
  expect(await askApi(server, used)).not.toBe('accepted')
  const later = { ...used, otp: codeOfFactor(token, 100) }
  expect(await askApi(server, later)).toBe('accepted')
  const guest = visitor(server.origins.banking)
  const { contractId, loginPassword } = customer
  const login = await guest.open('/1184/login')
  const home = await guest.submit(login, { contractId, loginPassword })
  expect(home.path).toBe('/1184/home')
  expect(home.html).toContain('data-value="654321"')
}, 180_000)

describe('refused, and the database left empty', () => {
  let other: TestDatabase
  beforeAll(async () => {
    other = await createTestDatabase()
  })
  afterAll(() => other.drop())
  const restoreHere = (file: string, more: Record<string, string> = {}) =>
    runCommand(['restore', file], { ...settings, DATABASE_URL: other.connectionString, ...more })
  const tables = async () =>
    (
      await connected(other, (client) =>
        client.query(`select relname from pg_class where
      relnamespace = 'public'::regnamespace`),
      )
    ).rows

  test.each([
    [
      'another key',
      () => ({ ICHIDO_KEY_FILE: write('other', 'cd'.repeat(32)) }),
      /was made with the key/,
    ],
    [
      'no key',
      () => ({ ICHIDO_KEY_FILE: at('none') }),
      /there is no key file .*none: put the key there/,
    ],
  ])('with %s', async (_, more, words) => {
    const refused = await restoreHere(at('backup'), more())
    expect([refused.code, refused.out]).toEqual([1, ''])
    expect(refused.err).toMatch(words)
    expect(await tables()).toEqual([])
  })

  test('when the file was changed or cut off', async () => {
    const bytes = fs.readFileSync(at('backup'))
    const changed = Buffer.from(bytes)
    changed[bytes.length - 100] = (changed[bytes.length - 100] ?? 0) ^ 1
    for (const wrong of [changed, bytes.subarray(0, bytes.length - 1)]) {
      const refused = await restoreHere(write('wrong', wrong))
      expect([refused.code, refused.out]).toEqual([1, ''])
      expect(refused.err).toBe(`${at('wrong')}: it is damaged, cut off or was changed\n`)
      expect(await tables()).toEqual([])
    }
  })

  test('when the database is that of the running servers', async () => {
    const refused = await runCommand(['restore', at('backup')], settings)
    expect([refused.code, refused.out]).toEqual([1, ''])
    expect(refused.err).toMatch(/^the database is not empty/)
  })
})

test('a backup can be checked without a database', async () => {
  const checked = await runCommand(['restore', at('backup'), '--check', '--json'], {
    ...settings,
    DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
  })
  expect([checked.code, checked.err]).toEqual([0, ''])
  expect(Object.keys(JSON.parse(checked.out))).toEqual(['madeAt', 'tables', 'rows'])
})

function write(name: string, content: string | Uint8Array): string {
  fs.writeFileSync(at(name), content, { mode: 0o600 })
  return at(name)
}

async function connected<T>(database: TestDatabase, work: (client: pg.Client) => Promise<T>) {
  const client = new pg.Client(database.connectionString)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
