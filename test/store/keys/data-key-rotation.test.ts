/** New data keys: done under load, resumed, refused, and twice at once. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { continueRotation, rotateDataKeys } from '../../../src/store/keys/data-key-rotation.ts'
import { installationSecret } from '../../../src/store/keys/installation-secret.ts'
import { SEALED_COLUMNS, SEED_LABEL } from '../../../src/store/keys/sealed-columns.ts'
import { bindingOf, seal } from '../../../src/store/keys/sealing.ts'
import { rotateWrappingKey } from '../../../src/store/keys/wrapping-key-rotation.ts'
import { type HeldToken, makeToken } from '../../bank/held-token.ts'
import { atOnce, contractOf, tokenOf } from '../../bank/test-bank.ts'
import { type KeyedBank, type KeyedProcess, openKeyedBank, startLoad } from './keyed-bank.ts'

let keyed: KeyedBank
beforeEach(async () => {
  keyed = await openKeyedBank()
})
afterEach(() => keyed.close())

const versions = async () => {
  const text = `select bank_code || '/' || version as key from data_key order by 1`
  return (await keyed.bank.pool.query<{ key: string }>(text)).rows.map(({ key }) => key)
}
/** How many boxes there are of each version. */
const boxes = async () => {
  const counts: Record<number, number> = {}
  for (const { table, keyVersion } of SEALED_COLUMNS) {
    const text = `select ${keyVersion} as version, count(*)::int as n from ${table} group by 1`
    for (const { version, n } of (await keyed.bank.pool.query(text)).rows) {
      counts[version] = (counts[version] ?? 0) + n
    }
  }
  return counts
}
const goOn = async () => 'go on' as const

/** Rounds without a pause until nothing is left, as many as that may take. */
async function finish({ parts }: KeyedProcess, pauseMs = 0): Promise<string[]> {
  const states: string[] = []
  for (let round = 0; round < 400; round += 1) {
    const progress = await continueRotation(parts, { onBatch: goOn, pauseMs })
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, 50))
    if (progress.length === 0) return states
    states.push(...progress.map(({ bankCode, state }) => `${bankCode} ${state}`))
  }
  throw new Error(`the rotation does not end: ${states.slice(-5)}`)
}

describe('a rotation', () => {
  test('seals all rows anew and destroys the old keys; everything opens', async () => {
    const held = await atOnce(250, () => keyed.bank.makeToken())
    const customer = await keyed.bank.open({ method: 'customer-card' })
    const one = keyed.process()
    const secret = await installationSecret(one.pool, one.ports.vault)
    const publicKey = await one.ports.institution.publicKey()
    const before = await boxes()
    expect(await rotateDataKeys(one.parts)).toEqual([
      { outcome: 'begun', bankCode: '0000', version: 2 },
      { outcome: 'begun', bankCode: '1184', version: 2 },
    ])
    const states = await finish(one)
    expect(states.slice(0, 2)).toEqual(['0000 resealed', '1184 resealed'])
    expect(states.slice(-2)).toEqual(['0000 destroyed', '1184 destroyed'])
    expect(await versions()).toEqual(['0000/2', '1184/2'])
    expect(await boxes()).toEqual({ 2: before[1] })
    const fresh = keyed.process()
    for (const token of held) {
      const seed = await fresh.ports.vault.openSeed(await tokenOf(fresh, token))
      expect(Buffer.from(seed)).toEqual(Buffer.from(token.seed))
    }
    const contract = await contractOf(fresh, customer)
    const box = await fresh.ports.store.tables.contracts.secret(contract)
    const cells = await fresh.ports.vault.openSecret(contract, box)
    expect(JSON.parse(cells)).toEqual(customer.cells)
    expect(await installationSecret(fresh.pool, fresh.ports.vault)).toEqual(secret)
    expect(await fresh.ports.institution.publicKey()).toEqual(publicKey)
  })

  test('of one bank leaves the others alone', async () => {
    const { parts } = keyed.process()
    const begun = [{ outcome: 'begun', bankCode: '1184', version: 2 }]
    expect(await rotateDataKeys(parts, '1184')).toEqual(begun)
    await finish(keyed.process())
    expect(await versions()).toEqual(['0000/1', '1184/2'])
    expect(await rotateDataKeys(parts, '9999')).toBeUndefined()
  })

  test('is recorded, and so is the end of the old key', async () => {
    const one = keyed.process()
    await rotateDataKeys(one.parts, '1184')
    await finish(one)
    const { rows } = await one.pool.query(
      `select bank_code, kind, outcome, detail from event where kind like 'key-%' order by seq`,
    )
    const of = { bank_code: '1184', outcome: 'done' }
    expect(rows).toEqual([
      { ...of, kind: 'key-rotation', detail: { key: 'data', version: 2 } },
      { ...of, kind: 'key-destruction', detail: { key: 'data', version: 1 } },
    ])
  })

  test('goes on in another process where one was killed', async () => {
    await atOnce(250, () => keyed.bank.makeToken())
    const one = keyed.process()
    await rotateDataKeys(one.parts)
    let batches = 0
    const stopAtSecond = async () => {
      batches += 1
      return batches === 2 ? ('stop' as const) : ('go on' as const)
    }
    const stopped = await continueRotation(one.parts, { onBatch: stopAtSecond, pauseMs: 0 })
    expect(stopped.map(({ state }) => state)).toEqual(['stopped'])
    const half = await boxes()
    expect(half[2]).toBe(200)
    expect(half[1]).toBeGreaterThan(50)
    const another = keyed.process()
    expect(await rotateDataKeys(another.parts, '0000')).toEqual([
      { outcome: 'under-way', bankCode: '0000' },
    ])
    await finish(another)
    expect(await versions()).toEqual(['0000/2', '1184/2'])
  })

  test('twice at once is one, and the work is shared', async () => {
    await atOnce(300, () => keyed.bank.makeToken())
    const processes = Array.from({ length: 4 }, () => keyed.process())
    const outcomes = await Promise.all(processes.map(({ parts }) => rotateDataKeys(parts, '0000')))
    const begun = outcomes.flat().filter((one) => one?.outcome === 'begun')
    expect(begun).toEqual([{ outcome: 'begun', bankCode: '0000', version: 2 }])
    await Promise.all(processes.map(finish))
    expect(await versions()).toEqual(['0000/2', '1184/1'])
    const text = `select count(*)::int as n from event where kind like 'key-%'`
    expect((await keyed.bank.pool.query(text)).rows).toEqual([{ n: 2 }])
  })

  test('never overwrites a row that changes meanwhile, nor waits for it', async () => {
    const token = await keyed.bank.makeToken()
    const one = keyed.process()
    await rotateDataKeys(one.parts, '0000')
    await one.ports.store.transaction(async (tx) => {
      await tx.tokens.lock(token)
      const left = await continueRotation(keyed.process().parts, { onBatch: goOn, pauseMs: 0 })
      expect(left.map(({ state }) => state)).toEqual(['resealed'])
      expect((await tokenOf(one, token)).seed.keyVersion).toBe(1)
    })
    await finish(one)
    expect((await tokenOf(one, token)).seed.keyVersion).toBe(2)
  })

  test('leaves a row that does not open as it is, names it, and keeps its key', async () => {
    const [good, bad] = [await keyed.bank.makeToken(), await keyed.bank.makeToken()]
    const spoilt = `update token set sealed_seed = '\\xdead' where serial = $1 returning sealed_seed`
    await keyed.bank.pool.query(spoilt, [bad.serial])
    const one = keyed.process()
    await rotateDataKeys(one.parts, '0000')
    for (let round = 0; round < 2; round += 1) {
      const [progress] = await continueRotation(one.parts, { onBatch: goOn, pauseMs: 0 })
      expect(progress).toEqual({
        bankCode: '0000',
        state: 'resealed',
        unopenable: { count: 1, named: [`token 0000 ${bad.serial}`] },
      })
    }
    expect((await tokenOf(one, good)).seed.keyVersion).toBe(2)
    const left = await tokenOf(one, bad)
    expect([left.seed.keyVersion, Buffer.from(left.seed.sealed).toString('hex')]).toEqual([
      1,
      'dead',
    ])
    expect(await versions()).toEqual(['0000/1', '0000/2', '1184/1'])
  })

  test('keeps the old key for the pause, and longer when a late seal comes', async () => {
    const one = keyed.process()
    const pause = { onBatch: goOn, pauseMs: 3_600_000 }
    await rotateDataKeys(one.parts, '0000')
    const states = async () => (await continueRotation(one.parts, pause)).map(({ state }) => state)
    expect(await states()).toEqual(['resealed'])
    expect(await states()).toEqual(['waiting'])
    expect(await states()).toEqual(['waiting'])
    // A process that has not heard of the new version yet, and then the pause is over.
    const late = await keyed.bank.makeToken()
    await one.pool.query('update token set key_version = 1, sealed_seed = $2 where serial = $1', [
      late.serial,
      await sealedUnder(one, 1, late),
    ])
    await one.pool.query(`update data_key set unused_since = unused_since - interval '1 hour'`)
    expect(await states()).toEqual(['resealed'])
    expect((await tokenOf(one, late)).seed.keyVersion).toBe(2)
    expect(await states()).toEqual(['waiting'])
    expect(await versions()).toContain('0000/1')
  })
})

/** What a process seals that has not heard of a newer version. */
async function sealedUnder({ parts }: KeyedProcess, version: number, token: HeldToken) {
  const bind = bindingOf(SEED_LABEL, [token.issuer, token.serial, 'SHA256'])
  return seal(await parts.keyRing.dataKey(token.issuer, version), token.seed, bind(version))
}

test('no code is refused while wrapping and data keys rotate under load', async () => {
  await atOnce(150, () => keyed.bank.makeToken())
  const servers = [keyed.server(), keyed.server()]
  const load = await startLoad(keyed, servers)
  await load.goOn(50)
  const operator = keyed.process()
  for (let round = 0; round < 2; round += 1) {
    expect(await rotateWrappingKey(operator.parts)).toMatchObject({ ok: true, resumed: false })
    await load.goOn(50)
    const begun = await rotateDataKeys(operator.parts)
    expect(begun?.map(({ outcome }) => outcome)).toEqual(['begun', 'begun'])
    // New credentials come all the time, at first still sealed under the old version.
    let over = false
    const making = servers.map(async ({ ports }) => {
      while (!over) await makeToken(ports, {})
    })
    // Longer than a process seals under a version that it has looked up.
    await finish(operator, 3_000)
    over = true
    await Promise.all(making)
    await load.goOn(50)
  }
  expect(await load.stop()).toEqual([])
  expect(await versions()).toEqual(['0000/3', '1184/3'])
  expect(Object.keys(await boxes())).toEqual(['3'])
})
