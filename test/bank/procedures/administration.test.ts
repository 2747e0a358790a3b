/** Banks, their terms, types of token and API keys: done, refused, replayed, two at once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventOf, type Request } from '../../../src/bank/attempt.ts'
import { OPERATOR } from '../../../src/bank/office/administration.ts'
import { type BankTerms, USUAL_TERMS } from '../../../src/bank/office/bank-terms.ts'
import { STANDARD_TOKEN_TYPES } from '../../../src/bank/office/standard-token-types.ts'
import { issueApiKey, revokeApiKey } from '../../../src/bank/procedures/api-key.ts'
import { changeBank } from '../../../src/bank/procedures/bank-change.ts'
import { type BankOpeningForm, openBank } from '../../../src/bank/procedures/bank-opening.ts'
import { changeTokenType } from '../../../src/bank/procedures/token-type-change.ts'
import { DEMO_BANK } from '../../../src/store/demo/demo-bank.ts'
import { atOnce, openTestBank, refusalOf, type TestBank } from '../test-bank.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())

const operator = { actor: OPERATOR, requestId: 'a command' }
const form: BankOpeningForm = {
  name: '会津信用金庫',
  department: '事務部',
  phone: '0242-00-0001',
  hours: '平日 9:00～17:00',
}
const open = (bankCode: string, terms: BankTerms = {}) =>
  openBank(bank.ports, operator, bankCode, { ...form, ...terms })
const tables = () => bank.ports.store.tables
const eventsOf = async (bankCode: string) => {
  const text = `select kind || ' ' || outcome as event from event
                 where bank_code = $1 and actor_id = 'cli' order by seq`
  return (await bank.pool.query(text, [bankCode])).rows.map(({ event }) => event)
}
const aside = async (bankCode: string): Promise<Request> => {
  await open(bankCode)
  const profile = await tables().banks.profile(bankCode)
  if (profile === undefined) throw new Error('not opened')
  return { ...operator, bank: profile }
}

describe('a bank is opened', () => {
  test('done: terms, types of token, and accounts that stand against customers', async () => {
    const opened = await open('1181', {
      englishName: 'Aizu Shinkin Bank',
      limitWithCodeYen: 500_000,
    })
    const profile = await tables().banks.profile('1181')
    expect(opened).toEqual({ ok: true, value: profile })
    expect(profile).toEqual({
      bankCode: '1181',
      name: '会津信用金庫',
      contact: { department: '事務部', phone: '0242-00-0001', hours: '平日 9:00～17:00' },
      english: { name: 'Aizu Shinkin Bank', department: '事務部', hours: '平日 9:00～17:00' },
      ...USUAL_TERMS,
      limits: { ...USUAL_TERMS.limits, withCodeYen: 500_000 },
    })
    const types = await tables().administration.tokenTypes('1181')
    expect(new Set(types)).toEqual(new Set(STANDARD_TOKEN_TYPES))
    const internal = `select account_number from account where bank_code = $1 order by 1`
    const books = async (code: string) => (await bank.pool.query(internal, [code])).rows
    expect(await books('1181')).toEqual(
      ['billers', 'clearing', 'fees', 'opening'].map((account_number) => ({ account_number })),
    )
    const known = await tables().administration.banks()
    expect(known.map(({ bankCode }) => bankCode)).toEqual(['1181', '1184'])
  })

  test.each([
    ['9998', {}, 'bankCode'],
    ['0000', {}, 'bankCode'],
    ['constructor', {}, 'bankCode'],
    ['1182', { name: ' ' }, 'name'],
    ['1182', { name: 'あ\u0000' }, 'name'],
    ['1182', { department: 'x'.repeat(61) }, 'department'],
    ['1182', { phone: 'call us' }, 'phone'],
    ['1182', { emergencyPhone: 'at night' }, 'emergencyPhone'],
    ['1182', { hours: '\ud800' }, 'hours'],
    ['1182', { thresholdCode: 0 }, 'thresholdCode'],
    ['1182', { thresholdPassword: 21 }, 'thresholdPassword'],
    ['1182', { thresholdSeedGuesses: 9 }, 'thresholdSeedGuesses'],
    ['1182', { limitWithCodeYen: 99_999 }, 'limitWithoutCodeYen'],
    ['1182', { limitWithCodeYen: 1.5 }, 'limitWithCodeYen'],
    ['1182', { feeSameBankYen: -1 }, 'feeSameBankYen'],
  ])('refused: bank %s with %o', async (bankCode, terms, field) => {
    expect(await open(bankCode, terms)).toEqual({ ok: false, refusal: 'invalid-input', field })
    expect(await tables().banks.profile(bankCode)).toBeUndefined()
    expect(await tables().administration.tokenTypes(bankCode)).toEqual([])
  })

  test('replayed and at once on two processes: it is there once, as the first wrote it', async () => {
    const other = bank.another()
    const outcomes = await atOnce(6, (place) =>
      openBank(place % 2 ? other.ports : bank.ports, operator, '1186', {
        ...form,
        name: `会津信用金庫${place}`,
      }),
    )
    const won = outcomes.filter((outcome) => outcome.ok)
    expect(won).toEqual([{ ok: true, value: await tables().banks.profile('1186') }])
    expect(await open('1186')).toMatchObject({ refusal: 'already-exists', field: 'bankCode' })
    expect((await eventsOf('1186')).filter((event) => event === 'bank-opening done')).toHaveLength(
      1,
    )
  })
})

describe('terms are changed', () => {
  test('done: what is named, and nothing else', async () => {
    const by = await aside('1188')
    const before = by.bank
    const changed = await changeBank(bank.ports, by, { thresholdCode: 5, phone: '0248-00-0002' })
    expect(changed.ok).toBe(true)
    expect(await tables().banks.profile('1188')).toEqual({
      ...before,
      contact: { ...before.contact, phone: '0248-00-0002' },
      thresholds: { ...before.thresholds, code: 5 },
    })
    const { rows } = await bank.pool.query(
      `select detail from event where bank_code = '1188' and kind = 'bank-change'`,
    )
    expect(rows).toEqual([{ detail: { thresholdCode: 5, phone: '0248-00-0002' } }])
  })

  test('refused against what the bank has by then, and recorded', async () => {
    const by = await aside('1189')
    const before = await tables().banks.profile('1189')
    expect(await changeBank(bank.ports, by, { limitWithCodeYen: 50_000 })).toEqual({
      ok: false,
      refusal: 'invalid-input',
      field: 'limitWithoutCodeYen',
    })
    expect(await tables().banks.profile('1189')).toEqual(before)
    expect(await eventsOf('1189')).toEqual(['bank-opening done', 'bank-change invalid-input'])
    const nobody = { ...by, bank: { ...by.bank, bankCode: '1199' } }
    const unknown = await changeBank(bank.ports, nobody, { thresholdCode: 5 })
    expect(unknown).toMatchObject({ refusal: 'invalid-input', field: 'bankCode' })
  })

  test('replayed it stays as it is; two at once both take effect', async () => {
    const by = await aside('1190')
    const other = bank.another()
    const outcomes = await Promise.all([
      changeBank(bank.ports, by, { thresholdCode: 7 }),
      changeBank(other.ports, by, { thresholdPassword: 3 }),
      changeBank(other.ports, by, { thresholdCode: 7 }),
    ])
    expect(outcomes.map(refusalOf)).toEqual([undefined, undefined, undefined])
    expect(await tables().banks.profile('1190')).toMatchObject({
      thresholds: { code: 7, password: 3, confirmation: 6 },
    })
  })

  test('nobody waits for a change: acts of the bank go on beside it', async () => {
    const by = await aside('1170')
    await bank.ports.store.transaction(async (tx) => {
      await tx.administration.lockBank('1170')
      const act = { procedure: 'x', contractId: 'x' }
      const event = eventOf(bank.ports, by, act, 'done', { receiptNo: '900' })
      const receipt = { bankCode: '1170', receiptNo: '900', ...act, receivedAtMs: 0 }
      await tables().journal.record(event, receipt, [])
    })
    expect((await changeBank(bank.ports, by, { thresholdCode: 7 })).ok).toBe(true)
  })
})

describe('a type of token', () => {
  const demo: Request = { ...operator, bank: DEMO_BANK }
  const typeOf = (type: string) => tables().banks.tokenType('1184', type)

  test('done: a new one as usual, changed in what is named, closed and opened again', async () => {
    const isNew = { name: 'トークン2', medium: 'hardware', kind: 'hotp' } as const
    expect((await changeTokenType(bank.ports, demo, 'H2', isNew)).ok).toBe(true)
    const made = { ...isNew, type: 'H2', algorithm: 'SHA256', digits: 6, periodSeconds: 30 }
    expect(await typeOf('H2')).toEqual(made)
    const changes = { digits: 8, closedFrom: '2026-12-01' }
    expect((await changeTokenType(bank.ports, demo, 'H2', changes)).ok).toBe(true)
    expect(await typeOf('H2')).toEqual({ ...made, digits: 8, closedFrom: '2026-12-01' })
    expect((await changeTokenType(bank.ports, demo, 'H2', { closedFrom: 'none' })).ok).toBe(true)
    expect(await typeOf('H2')).toEqual({ ...made, digits: 8 })
  })

  test.each([
    ['h3', {}, 'type'],
    ['LONGER', {}, 'type'],
    ['H3', { medium: 'hardware' }, 'name'],
    ['H3', { name: 'x' }, 'medium'],
    ['H3', { name: '\u0000', medium: 'hardware' }, 'name'],
    ['HW', { medium: 'phone' }, 'medium'],
    ['HW', { digits: 7 }, 'digits'],
    ['HW', { periodSeconds: 45 }, 'periodSeconds'],
    ['HW', { openFrom: '2026-02-30' }, 'openFrom'],
    ['HW', { closedFrom: 'soon' }, 'closedFrom'],
  ] as const)('refused: %s with %o', async (type, wish, field) => {
    const before = await typeOf(type)
    const outcome = await changeTokenType(bank.ports, demo, type, wish)
    expect(outcome).toEqual({ ok: false, refusal: 'invalid-input', field })
    expect(await typeOf(type)).toEqual(before)
  })

  test('two at once: both changes take effect, none undoes the other', async () => {
    const other = bank.another()
    const outcomes = await Promise.all([
      changeTokenType(bank.ports, demo, 'SY', { digits: 8 }),
      changeTokenType(other.ports, demo, 'SY', { openFrom: '2016-01-01' }),
    ])
    expect(outcomes.every(({ ok }) => ok)).toBe(true)
    expect(await typeOf('SY')).toMatchObject({
      digits: 8,
      openFrom: '2016-01-01',
      closedFrom: '2017-07-24',
    })
  })
})

describe('an API key', () => {
  const demo: Request = { ...operator, bank: DEMO_BANK }
  const keysOf = () => tables().administration.apiKeys('1184')
  const issued = async (name: string) => {
    const outcome = await issueApiKey(bank.ports, demo, name)
    if (!outcome.ok) throw new Error(outcome.refusal)
    return outcome.value
  }

  test('done: told once, kept as its hash alone, and revoked', async () => {
    const { key } = await issued('call-centre')
    expect(key).toMatch(/^ichido_1184_[\w-]{43}$/)
    const { rows } = await bank.pool.query('select * from api_key')
    expect(JSON.stringify(rows)).not.toContain(key)
    expect(await keysOf()).toContainEqual({ name: 'call-centre', createdAtMs: bank.clock.nowMs })
    expect((await revokeApiKey(bank.ports, demo, 'call-centre')).ok).toBe(true)
    const again = await revokeApiKey(bank.ports, demo, 'call-centre')
    expect(again).toEqual({ ok: false, refusal: 'invalid-input', field: 'name' })
    expect(await keysOf()).toContainEqual(
      expect.objectContaining({ name: 'call-centre', revokedAtMs: bank.clock.nowMs }),
    )
    expect((await issued('call-centre')).key).not.toBe(key)
  })

  test.each(['', 'demo', 'Call Centre', 'a\u0000', 'x'.repeat(41)])(
    'refused: name %j',
    async (name) => {
      const before = await keysOf()
      const outcome = await issueApiKey(bank.ports, demo, name)
      expect(outcome).toEqual({ ok: false, refusal: 'invalid-input', field: 'name' })
      expect(await keysOf()).toEqual(before)
    },
  )

  test('replayed and at once: one key of a name; revoked at once: once', async () => {
    const other = bank.another()
    const by = (place: number) => (place % 2 ? other.ports : bank.ports)
    const made = await atOnce(6, (place) => issueApiKey(by(place), demo, 'phone-app'))
    expect(made.filter(({ ok }) => ok)).toHaveLength(1)
    expect(made.map(refusalOf).filter(Boolean)).toEqual(Array(5).fill('already-exists'))
    const gone = await atOnce(6, (place) => revokeApiKey(by(place), demo, 'phone-app'))
    expect(gone.filter(({ ok }) => ok)).toHaveLength(1)
  })
})
