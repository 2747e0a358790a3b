/** A new wrapping key: done, interrupted at each step, refused, and twice at once. */
import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newKey, readKeys, replaceKeys } from '../../../src/store/keys/key-file.ts'
import { openKeyRing, WrongKeyFile } from '../../../src/store/keys/key-ring.ts'
import { rotateWrappingKey } from '../../../src/store/keys/wrapping-key-rotation.ts'
import { fingerprintOf, fixedKey } from '../../../src/store/keys/wrapping-keys.ts'
import { atOnce, tokenOf, WRAPPING_KEY } from '../../bank/test-bank.ts'
import { type KeyedBank, openKeyedBank } from './keyed-bank.ts'

let keyed: KeyedBank
beforeEach(async () => {
  keyed = await openKeyedBank()
})
afterEach(() => keyed.close())

const namesIn = (file: string) => readKeys(file, false).map(fingerprintOf)
const nameInDatabase = async () => {
  const { rows } = await keyed.bank.pool.query('select fingerprint from wrapping_key')
  return rows[0].fingerprint as string
}
const rotationEvents = async () => {
  const text = `select bank_code, actor_id, detail from event where kind = 'key-rotation'`
  return (await keyed.bank.pool.query(text)).rows
}
const checkWith = (key: Uint8Array) => openKeyRing(keyed.bank.pool, fixedKey(key), Date.now).check()
const rotate = () => rotateWrappingKey(keyed.process().parts)

test('is in the file and wraps everything; the old one opens nothing any more', async () => {
  const token = await keyed.bank.makeToken()
  const before = keyed.process()
  await before.ports.vault.check()
  const rotated = await rotate()
  const [now = '', ...older] = namesIn(keyed.keyFile)
  expect(older).toEqual([])
  expect(rotated).toEqual({ ok: true, fingerprint: now, resumed: false })
  expect(now).not.toBe(fingerprintOf(WRAPPING_KEY))
  expect(await nameInDatabase()).toBe(now)
  await expect(checkWith(WRAPPING_KEY)).rejects.toThrow(`use the one with key ${now}`)
  await keyed.process().ports.vault.check()
  if (process.platform !== 'win32') expect(fs.statSync(keyed.keyFile).mode & 0o777).toBe(0o600)
  expect(fs.readdirSync(path.dirname(keyed.keyFile))).toEqual(['key'])
  // A process from before it opens what it has not opened yet, and makes data keys.
  const seed = await before.ports.vault.openSeed(await tokenOf(keyed.bank, token))
  expect(Buffer.from(seed)).toEqual(Buffer.from(token.seed))
  await before.ports.vault.sealSecret({ bankCode: '9000', contractId: 'x' }, 'text')
  await before.ports.vault.check()
})

test('is recorded without a secret', async () => {
  await rotate()
  const [key] = readKeys(keyed.keyFile, false)
  const detail = { key: 'wrapping', fingerprint: fingerprintOf(key ?? Buffer.of()) }
  const events = await rotationEvents()
  expect(events).toEqual([{ bank_code: '0000', actor_id: 'test', detail }])
  expect(JSON.stringify(events)).not.toContain(key?.toString('hex'))
})

describe('interrupted', () => {
  test('after the file was written: what serves goes on, and the same new key takes over', async () => {
    const added = newKey()
    replaceKeys(keyed.keyFile, [added, WRAPPING_KEY])
    await keyed.process().ports.vault.check()
    expect(await rotate()).toEqual({ ok: true, fingerprint: fingerprintOf(added), resumed: true })
    expect(namesIn(keyed.keyFile)).toEqual([fingerprintOf(added)])
    await checkWith(added)
    expect(await rotationEvents()).toHaveLength(1)
  })

  test('after the transaction: the old key is taken out, and nothing else is done', async () => {
    await rotate()
    const [now = Buffer.of()] = readKeys(keyed.keyFile, false)
    replaceKeys(keyed.keyFile, [now, WRAPPING_KEY])
    await keyed.process().ports.vault.check()
    expect(await rotate()).toEqual({ ok: true, fingerprint: fingerprintOf(now), resumed: true })
    expect(namesIn(keyed.keyFile)).toEqual([fingerprintOf(now)])
    expect(await rotationEvents()).toHaveLength(1)
  })

  test('within the transaction: nothing has happened', async () => {
    const { pool } = keyed.bank
    // The row of the event does not fit: the last statement of the transaction fails.
    await pool.query(`alter table event add constraint stop check (kind <> 'key-rotation')`)
    await expect(rotate()).rejects.toThrow('stop')
    expect(await nameInDatabase()).toBe(fingerprintOf(WRAPPING_KEY))
    await checkWith(WRAPPING_KEY)
    const [added = ''] = namesIn(keyed.keyFile)
    await pool.query('alter table event drop constraint stop')
    expect(await rotate()).toEqual({ ok: true, fingerprint: added, resumed: true })
  })
})

describe('refused', () => {
  test('with the key file of another database, before anything is changed', async () => {
    const other = path.join(path.dirname(keyed.keyFile), 'other')
    fs.writeFileSync(other, newKey().toString('hex'), { mode: 0o600 })
    const before = fs.readFileSync(other, 'utf8')
    await expect(rotateWrappingKey(keyed.process(other).parts)).rejects.toBeInstanceOf(WrongKeyFile)
    expect(fs.readFileSync(other, 'utf8')).toBe(before)
    await checkWith(WRAPPING_KEY)
  })

  test('while a server does not have the new key; with it, it goes on', async () => {
    const elsewhere = path.join(path.dirname(keyed.keyFile), 'on-another-machine')
    fs.copyFileSync(keyed.keyFile, elsewhere)
    const server = keyed.server(elsewhere)
    await expect.poll(async () => holders()).toBe(1)
    const waited: number[] = []
    const { parts } = keyed.process()
    const impatient = {
      ...parts,
      patienceMs: 500,
      onWaiting: (of: readonly unknown[]) => {
        waited.push(of.length)
      },
    }
    const refused = await rotateWrappingKey(impatient)
    expect(refused).toMatchObject({
      ok: false,
      reason: expect.stringContaining(`process ${process.pid}`),
    })
    expect(waited).toEqual([1])
    expect(await nameInDatabase()).toBe(fingerprintOf(WRAPPING_KEY))
    const [added = ''] = namesIn(keyed.keyFile)
    const going = rotateWrappingKey(parts)
    fs.copyFileSync(keyed.keyFile, elsewhere)
    expect(await going).toEqual({ ok: true, fingerprint: added, resumed: true })
    await server.ports.vault.sealSecret({ bankCode: '9000', contractId: 'x' }, 'text')
  })

  test('while a server cannot read its key file: it goes on saying that it is there', async () => {
    const elsewhere = path.join(path.dirname(keyed.keyFile), 'on-another-machine')
    fs.copyFileSync(keyed.keyFile, elsewhere)
    keyed.server(elsewhere)
    await expect.poll(holders).toBe(1)
    fs.writeFileSync(elsewhere, 'half a k')
    const seen = async () =>
      (await keyed.bank.pool.query('select seen_at from key_holder')).rows[0].seen_at.getTime()
    const before = await seen()
    await expect.poll(seen, { timeout: 10_000 }).toBeGreaterThan(before)
    const refused = await rotateWrappingKey({ ...keyed.process().parts, patienceMs: 300 })
    expect(refused.ok).toBe(false)
  })

  test('where the file cannot be replaced', async () => {
    const process_ = keyed.process()
    const missing = path.join(path.dirname(keyed.keyFile), 'missing', 'key')
    const rotating = rotateWrappingKey({ ...process_.parts, keyFile: missing })
    await expect(rotating).rejects.toThrow(`the key file ${missing} cannot be replaced (ENOENT)`)
    await checkWith(WRAPPING_KEY)
  })
})

const holders = async () =>
  (await keyed.bank.pool.query('select count(*)::int as n from key_holder')).rows[0].n as number

test('at once: one rotates, the others say that it does', async () => {
  keyed.server()
  const parts = Array.from({ length: 4 }, () => keyed.process().parts)
  const outcomes = await atOnce(4, (place) =>
    rotateWrappingKey(parts[place] ?? keyed.process().parts),
  )
  const done = outcomes.filter(({ ok }) => ok)
  expect(done.length).toBeGreaterThanOrEqual(1)
  for (const refused of outcomes.filter(({ ok }) => !ok)) {
    expect(refused).toEqual({
      ok: false,
      reason: 'another rotation of the wrapping key is under way',
    })
  }
  const [only = '', ...more] = namesIn(keyed.keyFile)
  expect(more).toEqual([])
  expect(await nameInDatabase()).toBe(only)
  await keyed.process().ports.vault.check()
})

test('first data keys that are made at the same moment are wrapped by one that stays', async () => {
  const processes = Array.from({ length: 3 }, () => keyed.process())
  const making = atOnce(30, async (place) => {
    const { vault } = (processes[place % 3] ?? keyed.process()).ports
    const owner = { bankCode: String(2000 + place), contractId: 'x' }
    return vault.openSecret(owner, await vault.sealSecret(owner, 'text'))
  })
  for (let round = 0; round < 3; round += 1) expect(await rotate()).toMatchObject({ ok: true })
  expect(new Set(await making)).toEqual(new Set(['text']))
  await keyed.process().ports.vault.check()
})

test('a key file from before fingerprints, and its database, are taken over', async () => {
  const { pool } = keyed.bank
  await pool.query('update data_key set wrapped_by = null')
  await pool.query('delete from wrapping_key')
  await expect(checkWith(newKey())).rejects.toBeInstanceOf(WrongKeyFile)
  expect((await pool.query('select * from wrapping_key')).rows).toEqual([])
  replaceKeys(keyed.keyFile, [newKey(), WRAPPING_KEY])
  await keyed.process().ports.vault.check()
  expect(await nameInDatabase()).toBe(fingerprintOf(WRAPPING_KEY))
  const unnamed = await pool.query('select 1 from data_key where wrapped_by is null')
  expect(unnamed.rows).toEqual([])
})
