/** The private PostgreSQL, on the real programs: starting, sharing, stopping, and its refusals. */
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import {
  joinPrivateServer,
  type PrivateServer,
  startPrivateServer,
} from '../../src/store/private-server.ts'
import { ask, cleanUp, end, isRoot, NOBODY, owner, postgresUnder, scratch } from './owners.ts'

afterEach(cleanUp)

async function started(folder: string): Promise<PrivateServer> {
  const outcome = await startPrivateServer(folder)
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.server
}

async function refusal(folder: string): Promise<string> {
  const outcome = await startPrivateServer(folder)
  if (outcome.ok) await outcome.server.stop()
  return outcome.ok ? 'not refused' : outcome.reason
}

describe('a private server', () => {
  test('is durable, quiet, for passwords only and off the network', async () => {
    const folder = scratch('data')
    const server = await started(folder)
    const settings: Record<string, string> = {
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      data_checksums: 'on',
      server_encoding: 'UTF8',
      listen_addresses: '',
      password_encryption: 'scram-sha-256',
      jit: 'off',
      is_superuser: 'off',
    }
    for (const [name, value] of Object.entries(settings)) {
      expect([name, ...(await ask(server.connectionString, `SHOW ${name}`))]).toEqual([name, value])
    }
    const { password, ...without } = server.connection
    const wrong = new pg.Client({ ...without, password: `${password}x` })
    await expect(wrong.connect()).rejects.toThrow(/password authentication failed/)
    await expect(ask(server.connectionString, 'SELECT 1/0')).rejects.toThrow(/division/)
    await server.stop()
    const log = fs.readFileSync(path.join(folder, 'postgres.log'), 'utf8')
    expect(log).not.toMatch(/division|SELECT/)
    expect(log).not.toContain(password)
    expect(fs.statSync(path.join(folder, 'postgres.passwords')).mode & 0o777).toBe(0o600)
    expect(fs.statSync(path.join(folder, 'postgres')).mode & 0o777).toBe(0o700)
  })

  test('keeps its data over a stop, after which no process is left', async () => {
    const folder = scratch('data')
    const first = await started(folder)
    await ask(first.connectionString, 'CREATE TABLE kept AS SELECT 7 AS n')
    const idle = new pg.Client(first.connectionString)
    idle.on('error', () => {})
    await idle.connect()
    await Promise.all([first.stop(), first.stop()])
    expect(postgresUnder(folder)).toEqual([])
    const second = await started(folder)
    expect(await ask(second.connectionString, 'SELECT n FROM kept')).toEqual(['7'])
    await second.stop()
    expect(postgresUnder(folder)).toEqual([])
    expect(fs.existsSync(path.join(folder, 'postgres.owner'))).toBe(false)
  })

  test('works under a long path with odd characters, for other processes too', async () => {
    const folder = scratch('a b ü 100% ?&#', 'x'.repeat(120), 'data')
    const server = await owner(folder)
    expect(server.reason).toBeUndefined()
    expect(await ask(server.url, 'SELECT 1')).toEqual(['1'])
    const alias = path.dirname(new pg.Client(server.url).host)
    expect(fs.statSync(alias).mode & 0o777).toBe(0o700)
    const joined = await joinPrivateServer(folder)
    expect(joined.ok && (await ask(joined.server.connectionString, 'SELECT 2'))).toEqual(['2'])
    if (joined.ok) await joined.server.stop()
    await end(server.child, 'SIGTERM')
    expect(fs.existsSync(alias)).toBe(false)
  })

  test('ends with a process that exits without stopping it', async () => {
    const folder = scratch('data')
    const { child } = await owner(folder, { manner: 'exit' })
    await expect.poll(() => child.exitCode, { timeout: 10_000 }).toBe(0)
    await expect.poll(() => postgresUnder(folder), { timeout: 10_000 }).toEqual([])
  })
})

describe('a second start', () => {
  test('is refused with folder and process, here and elsewhere', async () => {
    const folder = scratch('data')
    const server = await started(folder)
    const said = await refusal(folder)
    expect(said).toContain(fs.realpathSync(folder))
    expect(said).toContain(`process ${process.pid}`)
    const other = await owner(folder)
    expect(other.ok).toBe(false)
    expect(other.reason).toContain(`process ${process.pid}`)
    expect(await ask(server.connectionString, 'SELECT 1')).toEqual(['1'])
    await server.stop()
  })

  test('at the very first start together: exactly one serves', async () => {
    const folder = scratch('data')
    const all = await Promise.all([1, 2, 3, 4].map(() => owner(folder)))
    const [winner, ...others] = all.filter(({ ok }) => ok)
    expect(others).toEqual([])
    const pid = winner?.child.pid
    for (const { ok, reason } of all) if (!ok) expect(reason).toContain(`process ${pid}`)
    expect(await ask(winner?.url ?? '', 'SELECT 1')).toEqual(['1'])
  })
})

describe('a command', () => {
  test('beside a serving process uses its server and leaves it alone', async () => {
    const folder = scratch('data')
    const serving = await owner(folder)
    const joined = await joinPrivateServer(folder)
    if (!joined.ok) throw new Error(joined.reason)
    expect(await ask(joined.server.connectionString, 'SELECT 1')).toEqual(['1'])
    await joined.server.stop()
    expect(await ask(serving.url, 'SELECT 2')).toEqual(['2'])
  })

  test('alone starts one, shares it with a second, and waits for that one', async () => {
    const folder = scratch('data')
    const first = await owner(folder, { manner: 'join' })
    const second = await joinPrivateServer(folder)
    if (!second.ok) throw new Error(second.reason)
    const ended = end(first.child, 'SIGTERM')
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(await ask(second.server.connectionString, 'SELECT 1')).toEqual(['1'])
    await second.server.stop()
    await ended
    expect(postgresUnder(folder)).toEqual([])
  })

  test('delays a start of the serving process only until it is done', async () => {
    const folder = scratch('data')
    const command = await owner(folder, { manner: 'join' })
    const serving = owner(folder)
    await new Promise((resolve) => setTimeout(resolve, 300))
    await end(command.child, 'SIGTERM')
    expect((await serving).ok).toBe(true)
  })
})

describe('a folder that cannot be served says why', () => {
  test('another major version', async () => {
    const folder = scratch('data')
    await (await started(folder)).stop()
    fs.writeFileSync(path.join(folder, 'postgres', 'PG_VERSION'), '17\n')
    expect(await refusal(folder)).toMatch(/written by PostgreSQL 17.*brings 18.*backup.*restore/s)
  })

  test('not a PostgreSQL folder', async () => {
    const folder = scratch('data')
    fs.mkdirSync(path.join(folder, 'postgres'), { recursive: true })
    expect(await refusal(folder)).toContain('is not a PostgreSQL folder')
  })

  test('its passwords are gone', async () => {
    const folder = scratch('data')
    await (await started(folder)).stop()
    fs.rmSync(path.join(folder, 'postgres.passwords'))
    expect(await refusal(folder)).toContain('postgres.passwords is missing')
    expect(postgresUnder(folder)).toEqual([])
  })

  test('a file where the folder should be', async () => {
    const file = scratch('data')
    fs.writeFileSync(file, '')
    expect(await refusal(file)).toMatch(/data folder .*(unusable|cannot be written)/)
  })

  test('not writable', async () => {
    const folder = scratch('data')
    fs.mkdirSync(folder, { mode: 0o500 })
    if (isRoot) fs.chmodSync(path.dirname(folder), 0o755)
    const { ok, reason } = await owner(folder, isRoot ? { uid: NOBODY } : {})
    expect(ok).toBe(false)
    expect(reason).toMatch(/cannot be written by this user.*ICHIDO_DATA/s)
  })
})
