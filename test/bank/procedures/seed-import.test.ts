/** Import of seed files into the stock, done. Refusals are in `seed-import-refused.test.ts`. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type MadeKey, pskcFile } from '../../../bench/rig/pskc-writer.ts'
import { encodeBase32 } from '../../../src/oath/base32.ts'
import { hmacKey } from '../../../src/oath/hmac-key.ts'
import { hotp } from '../../../src/oath/hotp.ts'
import { timeStep } from '../../../src/oath/totp.ts'
import { MORNING_MS, openTestBank, type TestBank } from '../test-bank.ts'
import { begun } from './otp-start-steps.ts'
import {
  byClerk,
  importing,
  key,
  keys,
  lastEvent,
  lock,
  locked,
  stocked,
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

describe('done', () => {
  test('all tokens of a file are on stock, with their batch, and the event tells of it', async () => {
    // More than go into one statement, and no multiple of it.
    const all = keys(1_234)
    const outcome = await importing(bank, locked(all), {
      unlocking,
      fileName: 'C:\\orders\\4711 \u0007seeds.xml',
      shape: 2,
    })
    expect(outcome).toEqual({
      ok: true,
      value: {
        batch: expect.stringMatching(/^\d+$/),
        imported: 1_234,
        remarks: { leftOut: 0, expired: 0, weak: 0, signed: false },
      },
    })
    const batch = outcome.ok ? outcome.value.batch : ''
    const rows = await stocked(bank, all)
    expect(rows).toHaveLength(1_234)
    for (const row of rows) {
      expect(row).toMatchObject({
        issuer: '1184',
        type: 'HW',
        kind: 'totp',
        algorithm: 'SHA1',
        digits: 6,
        period_seconds: 30,
        state: 'stocked',
        last_accepted: -1,
        drift_steps: 0,
        shipped_to: null,
        batch_no: Number(batch),
      })
    }
    const text = 'select * from stock_batch where batch_no = $1'
    expect((await bank.pool.query(text, [batch])).rows).toEqual([
      {
        bank_code: '1184',
        batch_no: Number(batch),
        type: 'HW',
        format: 'pskc',
        file_name: '4711 seeds.xml',
        manufacturer: 'Acme Tokens',
        model: 'A-100',
        shape: 2,
        tokens: 1_234,
        actor_kind: 'staff',
        actor_id: 'clerk',
        imported_at: new Date(MORNING_MS),
      },
    ])
    expect(await lastEvent(bank)).toMatchObject({
      bank_code: '1184',
      actor_kind: 'staff',
      actor_id: 'clerk',
      outcome: 'done',
      request_id: byClerk.requestId,
      detail: { batch, file: '4711 seeds.xml', format: 'pskc', tokens: 1_234 },
    })
  })

  test('each sealed seed is that of the file, and opens for its own token only', async () => {
    const all = keys(20)
    await importing(bank, pskcFile(all))
    const { ports } = bank
    for (const { serial, seed } of all) {
      const token = await ports.store.tables.tokens.find('1184', serial)
      if (token === undefined) throw new Error('the token is not there')
      expect(Buffer.from(await ports.vault.openSeed(token))).toEqual(seed)
      const other = { ...token, serial: `${serial}X` }
      await expect(ports.vault.openSeed(other)).rejects.toThrow()
    }
  })

  test('what the file leaves open is taken from the type; its lines and days are kept', async () => {
    const { serial, seed } = key()
    const table = `serial,secret hex,start date,expiry date,manufacturer
${serial},${Buffer.from(seed).toString('hex')},2026-01-01,2031-01-31,Acme
OTHER${serial},${'00'.repeat(20)},,2026-11-23,Other
`
    const outcome = await importing(bank, table, { format: 'csv' })
    expect(outcome).toMatchObject({ ok: true, value: { imported: 2, remarks: { expired: 1 } } })
    const [first] = await stocked(bank, [{ serial, seed }])
    expect(first).toMatchObject({
      kind: 'totp',
      digits: 6,
      period_seconds: 30,
      batch_line: 2,
      starts_on: '2026-01-01',
      ends_on: '2031-01-31',
    })
    const text = 'select manufacturer, model from stock_batch where batch_no = $1'
    // Two makers: then the batch names none.
    expect((await bank.pool.query(text, [first?.batch_no])).rows[0]).toEqual({
      manufacturer: null,
      model: null,
    })
  })

  test('progress is told', async () => {
    const told: number[] = []
    await importing(bank, pskcFile(keys(1_100)), { onProgress: (tokens) => told.push(tokens) })
    expect(told).toEqual([500, 1_000, 1_100])
  })
})

describe('an imported token works', () => {
  const algorithms = { SHA1: 'SHA1', 'HMAC-SHA256': 'SHA256', 'HMAC-SHA512': 'SHA512' } as const
  async function imported(more: Partial<MadeKey>): Promise<MadeKey> {
    const only = key(more)
    expect(await importing(bank, locked([only]), { unlocking })).toMatchObject({ ok: true })
    return only
  }
  const ship = (serial: string, contractId: string) =>
    bank.pool.query(
      `update token set state = 'shipped', shipped_to = $2 where issuer = '1184' and serial = $1`,
      [serial, contractId],
    )

  test.each(['SHA1', 'HMAC-SHA256', 'HMAC-SHA512'] as const)(
    'by time with %s: 利用開始 after it was shipped, not before',
    async (suite) => {
      const { serial, seed } = await imported({ suite, periodSeconds: 60, digits: 8 })
      const customer = await bank.open()
      const held = { issuer: '1184', serial, seed }
      const step = timeStep(MORNING_MS, 60)
      const otp = hotp(hmacKey(algorithms[suite], seed), step, 8)
      const early = await begun(bank, customer, held)
      expect(await early.send({ otp })).toMatchObject({ ok: false, refusal: 'serial-not-yours' })
      await ship(serial, customer.contractId)
      const { send } = await begun(bank, customer, held)
      expect(await send({ otp })).toMatchObject({ ok: true, value: { serial } })
    },
  )

  test('by counter: from the counter of the file on', async () => {
    const { serial, seed } = await imported({ kind: 'hotp', counter: 7 })
    const customer = await bank.open()
    await ship(serial, customer.contractId)
    const held = { issuer: '1184', serial, seed }
    const { send } = await begun(bank, customer, held)
    const otp = (counter: number) => hotp(hmacKey('SHA1', seed), counter, 6)
    expect(await send({ otp: otp(6) })).toMatchObject({ ok: false, refusal: 'code-already-used' })
    expect(await send({ otp: otp(7) })).toMatchObject({ ok: true })
  })
})

test('no seed and no key shows in the database', async () => {
  const [known, again] = [keys(3), keys(2)]
  await importing(bank, locked(known), { unlocking })
  await importing(bank, locked([...again, ...known]), { unlocking })
  await importing(bank, locked(again), { unlocking: { key: Buffer.alloc(16) } })
  const shown = await Promise.all(
    ['token', 'event', 'stock_batch'].map(async (table) => {
      const { rows } = await bank.pool.query(`select t::text as line from ${table} t`)
      return rows.map(({ line }) => line).join('\n')
    }),
  )
  for (const secret of [...known, ...again].map(({ seed }) => seed).concat(lock.key)) {
    const bytes = Buffer.from(secret)
    for (const text of [bytes.toString('hex'), bytes.toString('base64'), encodeBase32(bytes)]) {
      for (const table of shown) expect(table).not.toContain(text)
    }
  }
})
