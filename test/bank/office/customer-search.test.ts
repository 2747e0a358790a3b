/** How a clerk finds the customer who phones. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nameKeyOf, readCustomerSearch } from '../../../src/bank/office/customer-search.ts'
import { DEMO_CONTRACTS, DEMO_PHONES } from '../../../src/store/demo/demo-bank.ts'
import { OTHER_BANK, openOtherBank, openThere } from '../other-bank.ts'
import { MORNING_MS, openTestBank, type TestBank } from '../test-bank.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())

const find = (typed: string, most = 50, bankCode = '1184') =>
  bank.ports.store.tables.customers.search(bankCode, readCustomerSearch(typed), most)
const idsOf = async (typed: string) => (await find(typed)).map(({ contractId }) => contractId)

const NANAE = '10000000007'

describe('by', () => {
  test.each([
    ['contract ID', NANAE],
    ['contract ID in full width, with blanks', '　１００００ ０００００７'],
    ['telephone', DEMO_PHONES[NANAE] ?? ''],
    ['telephone without hyphens', '0248000071'],
    ['telephone in full width', '０２４８－００－００７１'],
    ['telephone with brackets', '0248（00）0071'],
    ['serial', 'GM20170312'],
    ['serial in small letters, full width', 'ｇｍ２０１７０３１２'],
    ['name', 'デモ　ナナエ'],
    ['name without a blank', 'デモナナエ'],
    ['name in hiragana', 'でも ななえ'],
    ['name in half width', 'ﾃﾞﾓ ﾅﾅｴ'],
    ['the beginning of the name', 'でもな'],
  ])('%s', async (_, typed) => {
    expect(await idsOf(typed)).toEqual([NANAE])
  })

  test('the beginning of a name, in order of the name', async () => {
    const names = (await find('デモ')).map(({ name }) => name)
    expect(names).toEqual([...names].sort())
    expect(names.length).toBeGreaterThanOrEqual(DEMO_CONTRACTS.length)
    expect(await find('デモ', 3)).toHaveLength(3)
  })

  test('receipt number', async () => {
    const text = `insert into receipt values ('1184', 9876543, $1, 'transfer', now())`
    await bank.pool.query(text, [NANAE])
    expect(await find('9876543')).toMatchObject([{ contractId: NANAE, foundBy: 'receiptNo' }])
  })

  test('a serial that was used before, and one that was only shipped', async () => {
    const token = await bank.makeToken({ state: 'exchanged' })
    await bank.pool.query(
      `insert into event (bank_code, id, at, actor_kind, actor_id, contract_id, serial, kind,
                          outcome, request_id)
       values ('1184', 'e1', $1, 'customer', $2, $2, $3, 'otp-exchange', 'done', 'r1')`,
      [new Date(MORNING_MS), NANAE, token.serial],
    )
    expect(await idsOf(token.serial)).toEqual([NANAE])
    expect(await idsOf('2V0716016FK2')).toEqual(['10000000006'])
  })

  test('one phone of several customers: all of this bank, none of another', async () => {
    await openOtherBank(bank)
    const token = await bank.makeToken()
    const customers = [await bank.open({ token }), await bank.open({ token })]
    const there = await openThere(bank, token)
    expect((await idsOf(token.serial)).sort()).toEqual(customers.map((one) => one.contractId))
    const found = await find(token.serial, 50, OTHER_BANK.bankCode)
    expect(found.map(({ contractId }) => contractId)).toEqual([there])
    const users = await bank.ports.store.tables.customers.usersOf('1184', token)
    expect(users).toEqual({ here: customers.map((one) => one.contractId), elsewhere: 1 })
  })
})

test.each([
  ['nothing', ''],
  ['blanks', ' 　'],
  ['signs', '%_\\"'],
  ['what is too long', 'あ'.repeat(61)],
  ['an unknown name', 'ゾウリムシ'],
  ['an unknown number', '99999999999'],
  ['a number above all', '9'.repeat(40)],
  ['the sign for anything', '%'],
  ['half a letter', '\ud83d'],
])('%s finds nobody', async (_, typed) => {
  expect(await find(typed.toWellFormed())).toEqual([])
})

test('a name is compared by the database as it is read here', async () => {
  const names = [
    'デモ　ナナエ',
    'ﾄﾞﾓﾝ ｼﾞｮｳ',
    'とうきょう　はなこ',
    'カ）アイヅショウテン',
    'ヴァイオリン　ヱミ',
    'らっきょ ゔ',
    'ハート－マーク―A‐b',
    '山田　太郎',
    'ＡＢＣ株式会社',
  ]
  for (const name of names) {
    const text = `update contract set name = $1 where contract_id = '10000000003'
                  returning name_key`
    const { rows } = await bank.pool.query(text, [name])
    expect([name, rows[0].name_key]).toEqual([name, nameKeyOf(name)])
    expect(await idsOf(name)).toContain('10000000003')
  }
})

test('every search has an index of its own', async () => {
  const plan = async (where: string) => {
    const text = `explain select from contract where bank_code = '1184' and ${where}`
    const client = await bank.pool.connect()
    try {
      await client.query('set enable_seqscan = off')
      const { rows } = await client.query(text)
      return rows.map((row) => row['QUERY PLAN']).join('\n')
    } finally {
      client.release(true)
    }
  }
  expect(await plan(`name_key >= 'デモ' and name_key < 'デヤ'`)).toContain('contract_by_name')
  expect(await plan(`replace(phone, '-', '') = '1'`)).toContain('contract_by_phone')
})
