/** Import of seed files into the stock: refused, replayed, two at once, broken off. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pskcFile } from '../../../bench/rig/pskc-writer.ts'
import { importSeedFile } from '../../../src/seed-files/import-seed-file.ts'
import { pieces } from '../../seed-files/reading.ts'
import { MORNING_MS, openTestBank, type TestBank } from '../test-bank.ts'
import {
  byClerk,
  importing,
  key,
  keys,
  lastEvent,
  locked,
  serialsOf,
  stocked,
  tableOf,
  traces,
  unlocking,
} from './seed-imports.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})

describe('refused', () => {
  test('a fault at the end of a long file leaves nothing but its event', async () => {
    const all = keys(1_500)
    const before = await traces(bank)
    const outcome = await importing(bank, pskcFile([...all, key({ digits: 5 })]))
    expect(outcome).toMatchObject({
      ok: false,
      refusal: 'invalid-input',
      field: 'file',
      faults: [{ reason: 'digits-unsupported' }],
      more: 0,
    })
    expect(await traces(bank)).toEqual(before)
    expect(await lastEvent(bank)).toMatchObject({
      outcome: 'invalid-input',
      detail: { file: 'seeds.xml', fault: 'digits-unsupported', faults: 1 },
    })
  })

  test('a wrong key', async () => {
    const before = await traces(bank)
    const other = { unlocking: { key: randomBytes(16) } }
    expect(await importing(bank, locked(keys(3)), other)).toMatchObject({
      refusal: 'invalid-input',
      faults: [{ reason: 'wrong-key' }],
    })
    expect(await traces(bank)).toEqual(before)
  })

  test.each(['GM', 'XX', ''])('the type %j, which is no hardware of this bank', async (type) => {
    const before = await traces(bank)
    const outcome = await importing(bank, pskcFile(keys(3)), { type })
    expect(outcome).toMatchObject({ refusal: 'invalid-input', field: 'type', faults: [] })
    expect(await traces(bank)).toEqual(before)
    expect(await lastEvent(bank)).toMatchObject({ outcome: 'invalid-input' })
  })

  const csv = { format: 'csv', fileName: 'seeds.csv' } as const

  test('duplicates within the file, by their lines, near and far apart', async () => {
    const [one, two] = [key(), key()]
    const all = [one, two, ...keys(1_198)]
    // Written otherwise, but the same to whoever types it.
    const again = { ...one, serial: one.serial.toLowerCase().replace('seed', 'seed-') }
    const before = await traces(bank)
    const outcome = await importing(
      bank,
      tableOf([...all, again, two, ...all.slice(1_100, 1_102)]),
      csv,
    )
    expect(outcome).toMatchObject({
      refusal: 'serial-in-use',
      field: 'file',
      faults: [
        { reason: 'serial-twice', line: 1_201, serial: one.serial, firstLine: 1 },
        { reason: 'serial-twice', line: 1_202, serial: two.serial, firstLine: 2 },
        { reason: 'serial-twice', line: 1_203, firstLine: 1_101 },
        { reason: 'serial-twice', line: 1_204, firstLine: 1_102 },
      ],
    })
    expect(await traces(bank)).toEqual(before)
  })

  test('serials that the bank has, or a token app of the centre', async () => {
    const known = key()
    const app = await bank.makeToken({ type: 'SY' })
    await importing(bank, pskcFile([known]))
    const fresh = [key(), key()] as const
    const mixed = [fresh[0], known, fresh[1], app]
    expect(await importing(bank, tableOf(mixed), csv)).toMatchObject({
      refusal: 'serial-in-use',
      faults: [
        { reason: 'serial-taken', line: 2, serial: known.serial },
        { reason: 'serial-taken', line: 4, serial: app.serial },
      ],
    })
    expect(await stocked(bank, fresh)).toEqual([])
  })

  test('a fault is told with the duplicates before it', async () => {
    const twice = key()
    const text = `${tableOf([twice, twice])}BAD!,00\n`
    const outcome = await importing(bank, text, csv)
    expect(outcome).toMatchObject({ refusal: 'invalid-input' })
    expect(outcome.ok ? [] : outcome.faults.map(({ line }) => line)).toEqual([2, 3])
  })

  test('the same serial at another bank is another token', async () => {
    await bank.pool.query(`insert into bank select '1185', name, contact, thresholds, limits, fees
                             from bank where bank_code = '1184'`)
    await bank.pool.query(`insert into token_type
                           select '1185', type, name, medium, kind, algorithm, digits,
                                  period_seconds from token_type where type = 'HW'`)
    const text = pskcFile(keys(5))
    expect(await importing(bank, text)).toMatchObject({ ok: true })
    const elsewhere = { ...byClerk, bank: { ...byClerk.bank, bankCode: '1185' } }
    const form = { format: 'pskc', fileName: 'seeds.xml', type: 'HW' } as const
    const outcome = await importSeedFile(bank.ports, elsewhere, pieces(text), form)
    expect(outcome).toMatchObject({ ok: true, value: { imported: 5 } })
  })
})

test('replayed: the same file again is refused, twenty duplicates are told, nothing changes', async () => {
  const all = keys(700)
  const text = locked(all)
  expect(await importing(bank, text, { unlocking })).toMatchObject({ ok: true })
  const [before, rows] = [await traces(bank), await stocked(bank, all)]
  const outcome = await importing(bank, text, { unlocking })
  expect(outcome).toMatchObject({ refusal: 'serial-in-use', more: 680 })
  const faults = outcome.ok ? [] : outcome.faults
  expect(faults.map(({ serial }) => serial)).toEqual(serialsOf(all).slice(0, 20))
  expect(await traces(bank)).toEqual(before)
  expect(await stocked(bank, all)).toEqual(rows)
  expect(await lastEvent(bank)).toMatchObject({
    outcome: 'serial-in-use',
    detail: { fault: 'serial-taken', faults: 700 },
  })
})

test('two at once, in two processes and in opposite order: exactly one wins', async () => {
  const other = bank.another()
  for (let round = 0; round < 5; round += 1) {
    const all = keys(1_100)
    const [forwards, backwards] = [pskcFile(all), pskcFile(all.toReversed())]
    const outcomes = await Promise.all([
      importing(bank, forwards),
      importing(other, backwards),
      importing(other, forwards),
    ])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    for (const outcome of outcomes) {
      if (!outcome.ok) expect(outcome).toMatchObject({ refusal: 'serial-in-use', more: 1_080 })
    }
    expect(new Set((await stocked(bank, all)).map((row) => row.batch_no)).size).toBe(1)
  }
})

test('a source that breaks off with an error leaves nothing at all', async () => {
  async function* broken() {
    yield* pieces(pskcFile(keys(1_500)).slice(0, -400))
    throw new Error('the upload was broken off')
  }
  const before = [await traces(bank), await lastEvent(bank)]
  await expect(importing(bank, broken())).rejects.toThrow('the upload was broken off')
  expect([await traces(bank), await lastEvent(bank)]).toEqual(before)
})
