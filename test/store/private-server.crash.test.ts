/**
 * The private PostgreSQL under kill -9: of ichido, of PostgreSQL, of both, and of a first start.
 */
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import {
  ask,
  cleanUp,
  end,
  owner,
  postgresUnder,
  postmasterOf,
  scratch,
  spawnOwner,
} from './owners.ts'

const READY_LIMIT_MS = 10_000

afterEach(cleanUp)

/** Inserts 1, 2, 3, … until the connection breaks; returns the last number acknowledged. */
async function countUntilBroken(url: string): Promise<number> {
  const client = new pg.Client(url)
  client.on('error', () => {})
  await client.connect()
  let acknowledged = 0
  try {
    for (;;) {
      await client.query('INSERT INTO counted VALUES ($1)', [acknowledged + 1])
      acknowledged += 1
    }
  } catch {
    return acknowledged
  }
}

const counted = async (url: string) => Number((await ask(url, 'SELECT max(n) FROM counted'))[0])

describe('kill -9', () => {
  test('of ichido: the next start takes over and has everything', async () => {
    const folder = scratch('data')
    const first = await owner(folder)
    await ask(first.url, 'CREATE TABLE counted (n int PRIMARY KEY)')
    const counting = countUntilBroken(first.url)
    await sleep(300)
    await end(first.child, 'SIGKILL')
    expect(postgresUnder(folder)).not.toEqual([])
    const second = await owner(folder)
    expect(second.reason).toBeUndefined()
    expect(second.tookMs).toBeLessThan(READY_LIMIT_MS)
    expect(await counted(second.url)).toBeGreaterThanOrEqual(await counting)
    await end(second.child, 'SIGTERM')
    expect(postgresUnder(folder)).toEqual([])
  })

  test('of ichido under a long path: the next start removes the short link', async () => {
    const folder = scratch('x'.repeat(120), 'data')
    const aliasOf = (url: string) => path.dirname(new pg.Client(url).host)
    const first = await owner(folder)
    await end(first.child, 'SIGKILL')
    expect(fs.existsSync(aliasOf(first.url))).toBe(true)
    const second = await owner(folder)
    expect(await ask(second.url, 'SELECT 1')).toEqual(['1'])
    expect(fs.existsSync(aliasOf(first.url))).toBe(false)
  })

  test('of ichido and PostgreSQL, with a backend left at work', async () => {
    const folder = scratch('data')
    const first = await owner(folder)
    await ask(first.url, 'CREATE TABLE counted (n int PRIMARY KEY)')
    const busy = ask(first.url, 'SELECT pg_sleep(120)').catch(() => 'broken')
    const counting = countUntilBroken(first.url)
    await sleep(300)
    const postmaster = postmasterOf(folder)
    await end(first.child, 'SIGKILL')
    process.kill(postmaster, 'SIGKILL')
    const second = await owner(folder)
    expect(second.reason).toBeUndefined()
    expect(second.tookMs).toBeLessThan(READY_LIMIT_MS)
    expect(await busy).toBe('broken')
    expect(await counted(second.url)).toBeGreaterThanOrEqual(await counting)
  })

  test('of PostgreSQL, three times: it comes back and a pool goes on', async () => {
    const folder = scratch('data')
    const { url } = await owner(folder)
    await ask(url, 'CREATE TABLE counted (n int PRIMARY KEY)')
    const pool = new pg.Pool({ connectionString: url })
    pool.on('error', () => {})
    let acknowledged = 0
    for (const _ of [1, 2, 3]) {
      const counting = countUntilBroken(url)
      await sleep(200)
      process.kill(postmasterOf(folder), 'SIGKILL')
      acknowledged = Math.max(acknowledged, await counting)
      const counted = 'SELECT coalesce(max(n), 0) AS n FROM counted'
      const reached = async () => (await pool.query(counted)).rows[0].n
      const there = expect.poll(() => reached().catch(() => -1), { timeout: READY_LIMIT_MS })
      await there.toBeGreaterThanOrEqual(acknowledged)
      const emptied = async () => (await pool.query('DELETE FROM counted')).rowCount !== null
      // A pool hands out what it does not yet know to be broken: the next try gets another.
      const emptying = expect.poll(() => emptied().catch(() => false), { timeout: READY_LIMIT_MS })
      await emptying.toBe(true)
      acknowledged = 0
    }
    await pool.end()
  })

  test('of the whole first start, at any moment: the next one succeeds', async () => {
    const folder = scratch('data')
    for (const afterMs of [120, 250, 500, 750, 950]) {
      const child = spawnOwner(folder)
      await sleep(afterMs)
      await end(child, 'SIGKILL')
    }
    const next = await owner(folder)
    expect(next.reason).toBeUndefined()
    expect(await ask(next.url, 'SELECT 1')).toEqual(['1'])
    expect(fs.readdirSync(folder).filter((name) => name.includes('draft'))).toEqual([])
  })
})

test("a stranger's process number in PostgreSQL's files keeps nobody from starting", async () => {
  const folder = scratch('data')
  const first = await owner(folder)
  const cluster = path.join(folder, 'postgres')
  const names = ['postmaster.pid', '.s.PGSQL.5432.lock']
  const texts = names.map((name) => fs.readFileSync(path.join(cluster, name), 'utf8'))
  await end(first.child, 'SIGTERM')
  for (const [index, name] of names.entries()) {
    const stale = texts[index]?.replace(/^\d+/, String(process.pid)) ?? ''
    fs.writeFileSync(path.join(cluster, name), stale)
  }
  const second = await owner(folder)
  expect(second.reason).toBeUndefined()
})
