/** A contract opened: done, refused, replayed, two at once; and its customer enrols with the paper. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Request } from '../../../src/bank/attempt.ts'
import { CARD_IMAGES } from '../../../src/bank/card-images.ts'
import { cellsOf } from '../../../src/bank/confirmation.ts'
import { OPERATOR } from '../../../src/bank/office/administration.ts'
import {
  type ContractOpened,
  type ContractOpeningForm,
  openContract,
} from '../../../src/bank/procedures/contract-opening.ts'
import { beginEnrolment } from '../../../src/bank/procedures/enrolment.ts'
import type { Outcome } from '../../../src/bank/refusal.ts'
import { DEMO_BANK } from '../../../src/store/demo/demo-bank.ts'
import {
  atOnce,
  DAY_MS,
  eventsOf,
  MORNING_MS,
  newBrowser,
  openTestBank,
  refusalOf,
  request,
  type TestBank,
} from '../test-bank.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())

const byOperator: Request = { ...request, actor: OPERATOR }
const { bankCode } = DEMO_BANK

let opened = 0
function formOf(wish: Partial<ContractOpeningForm> = {}): ContractOpeningForm {
  opened += 1
  return {
    contractId: `N${String(opened).padStart(8, '0')}`,
    name: 'シラカワ　ハナコ',
    mail: 'hanako@customer.invalid',
    phone: '0248-00-1234',
    method: 'confirmation-password',
    accounts: [],
    ...wish,
  }
}
const accountsOf = (contractId: string) =>
  bank.ports.store.tables.core.accountsOf(bankCode, contractId)
const contractOf = (contractId: string) =>
  bank.ports.store.tables.contracts.find(bankCode, contractId)

function openedOf(outcome: Outcome<ContractOpened>): ContractOpened {
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal} at ${outcome.field}`)
  return outcome.value
}
const open = async (wish: Partial<ContractOpeningForm> = {}) =>
  openedOf(await openContract(bank.ports, byOperator, formOf(wish)))

/** Everything that an opening could have left. */
async function traces() {
  const one = async (text: string) => (await bank.pool.query(text)).rows
  return {
    contracts: await one('select * from contract order by contract_id'),
    accounts: await one('select * from account order by 1, 2, 3, 4'),
    movements: await one('select * from movement order by seq'),
    receipts: await one('select * from receipt order by receipt_no'),
    notices: await one('select * from notice order by seq'),
  }
}

describe('done', () => {
  test('the contract waits for its enrolment; receipt, event and notice tell of it', async () => {
    const given = await open({ phone: '０２４８－００－１２３４', name: 'しらかわ  ﾊﾅｺ' })
    const contract = await contractOf(given.contractId)
    expect(contract).toMatchObject({
      name: 'シラカワ　ハナコ',
      mail: 'hanako@customer.invalid',
      phone: '0248-00-1234',
      method: 'confirmation-password',
      frozen: false,
      otpAtLogin: false,
      enrolment: { expiresAtMs: MORNING_MS + 60 * DAY_MS },
    })
    expect(contract?.loginPasswordHash).toBeUndefined()
    expect(await eventsOf(bank, given)).toEqual(['contract-opening done'])
    const receipt = 'select 1 from receipt where receipt_no = $1 and contract_id = $2'
    const { rowCount } = await bank.pool.query(receipt, [given.receiptNo, given.contractId])
    expect(rowCount).toBe(1)
    const [notice] = await bank.ports.store.tables.journal.latestNotices(bankCode, 1)
    expect(notice).toMatchObject({ to: 'hanako@customer.invalid' })
    expect(notice?.body).not.toContain(given.enrolmentPassword)
  })

  test('the customer enrols with the password on paper, until it is too old', async () => {
    const { contractId, enrolmentPassword } = await open()
    const enrol = () => {
      const form = { contractId, enrolmentPassword }
      return beginEnrolment(bank.ports, request, newBrowser(), form)
    }
    expect(enrolmentPassword).toMatch(/^[2-9A-HJ-NP-Za-km-z]{10}$/)
    expect((await enrol()).ok).toBe(true)
    bank.clock.nowMs = MORNING_MS + 60 * DAY_MS
    expect(refusalOf(await enrol())).toBe('draft-expired')
    bank.clock.nowMs = MORNING_MS
  })

  test.each([
    ['confirmation-password', 6, /^\d$/],
    ['customer-card', 20, /^\d\d$/],
    ['image-card', 9, new RegExp(`^(${CARD_IMAGES.join('|')})$`)],
  ] as const)('a %s has %i cells, sealed as they are told', async (method, count, shape) => {
    const given = await open({ method })
    expect(given.cells).toHaveLength(count)
    for (const cell of given.cells) expect(cell).toMatch(shape)
    const contract = await contractOf(given.contractId)
    if (contract === undefined) throw new Error('not opened')
    const { tables } = bank.ports.store
    expect(await cellsOf(bank.ports, tables, contract)).toEqual(given.cells)
    if (method === 'image-card') expect(new Set(given.cells).size).toBe(count)
    expect((await open({ method })).cells).not.toEqual(given.cells)
  })

  test('accounts begin with what the operator says, and the ledger balances', async () => {
    const accounts = [
      { branchCode: '001', accountNumber: '6000001', openingYen: 50_000 },
      { branchCode: '002', accountNumber: '6000001' },
    ]
    const { contractId, receiptNo } = await open({ accounts })
    expect(await accountsOf(contractId)).toMatchObject([
      { branchCode: '001', accountNumber: '6000001', balanceYen: 50_000 },
      { branchCode: '002', accountNumber: '6000001', balanceYen: 0 },
    ])
    const movements = 'select amount_yen, debit_number from movement where receipt_no = $1'
    const { rows } = await bank.pool.query(movements, [receiptNo])
    expect(rows).toEqual([{ amount_yen: 50_000, debit_number: 'opening' }])
  })

  test('the register lists it, and finds it by telephone wherever the hyphens stand', async () => {
    const { contractId } = await open({ phone: '0248-00-7777' })
    const { register } = bank.ports.store.tables
    for (const phone of ['0248007777', '0248-007-777']) {
      expect(await register.byPhone(bankCode, phone)).toMatchObject([{ contractId }])
    }
    expect(await register.byPhone(bankCode, '0248007778')).toEqual([])
    const [next] = await register.list(bankCode, 1, contractId.slice(0, -1))
    expect(next?.contractId.startsWith(contractId.slice(0, -1))).toBe(true)
  })
})

describe('refused, and nothing is changed', () => {
  test.each([
    ['a short ID', { contractId: '12345' }, 'contractId'],
    ['an ID with a NUL', { contractId: '1234567\u0000' }, 'contractId'],
    ['no name', { name: ' ' }, 'name'],
    ['a name that is no kana', { name: '白河花子' }, 'name'],
    ['half a character as name', { name: '\ud800' }, 'name'],
    ['a mail address that is none', { mail: 'hanako' }, 'mail'],
    ['a telephone number that is none', { phone: '12' }, 'phone'],
    ['an empty telephone number', { phone: '' }, 'phone'],
    [
      'an unknown branch',
      { accounts: [{ branchCode: '999', accountNumber: '6100000' }] },
      'accounts.0',
    ],
    [
      'a short account',
      { accounts: [{ branchCode: '001', accountNumber: '61000' }] },
      'accounts.0',
    ],
    [
      'less than nothing',
      { accounts: [{ branchCode: '001', accountNumber: '6100000', openingYen: -1 }] },
      'accounts.0',
    ],
    [
      'an endless list',
      { accounts: Array(21).fill({ branchCode: '001', accountNumber: '6100000' }) },
      'accounts',
    ],
  ])('%s', async (_, wish, field) => {
    const before = await traces()
    const outcome = await openContract(bank.ports, byOperator, formOf(wish))
    expect(outcome).toEqual({ ok: false, refusal: 'invalid-input', field })
    expect(await traces()).toEqual(before)
  })

  test('a bank that is not served here gets no contract, and no key', async () => {
    const elsewhere = { ...byOperator, bank: { ...DEMO_BANK, bankCode: '1181' } }
    const outcome = await openContract(bank.ports, elsewhere, formOf())
    expect(outcome).toEqual({ ok: false, refusal: 'invalid-input', field: 'bankCode' })
    const keys = `select 1 from data_key where bank_code = '1181'`
    expect((await bank.pool.query(keys)).rowCount).toBe(0)
  })

  test('an account that is taken, by another contract or twice by this one', async () => {
    const accounts = [{ branchCode: '001', accountNumber: '6200001' }]
    const own = await open({ accounts })
    const before = await traces()
    const free = { branchCode: '001', accountNumber: '6200002', openingYen: 1 }
    for (const wish of [{ accounts: [free, ...accounts] }, { accounts: [free, free] }]) {
      const outcome = await openContract(bank.ports, byOperator, formOf(wish))
      expect(outcome).toMatchObject({ refusal: 'already-exists', field: 'accounts.1' })
    }
    expect(await traces()).toEqual(before)
    expect(await accountsOf(own.contractId)).toHaveLength(1)
  })
})

test('replayed it is refused, and the first secrets stay good', async () => {
  const form = formOf()
  const first = openedOf(await openContract(bank.ports, byOperator, form))
  const before = await traces()
  const again = await openContract(bank.ports, byOperator, { ...form, name: 'ベツジン' })
  expect(again).toMatchObject({ refusal: 'already-exists', field: 'contractId' })
  expect(await traces()).toEqual(before)
  expect(await eventsOf(bank, form)).toEqual([
    'contract-opening done',
    'contract-opening already-exists',
  ])
  const { contractId, enrolmentPassword } = first
  const enrolled = await beginEnrolment(bank.ports, request, newBrowser(), {
    contractId,
    enrolmentPassword,
  })
  expect(enrolled.ok).toBe(true)
})

test('two at once, on two processes: one is opened, with the secrets that it was told', async () => {
  const other = bank.another()
  const form = formOf({
    accounts: [{ branchCode: '001', accountNumber: '6300001', openingYen: 7 }],
  })
  const outcomes = await atOnce(8, (place) =>
    openContract(place % 2 ? other.ports : bank.ports, byOperator, form),
  )
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
  const refusals = outcomes.map(refusalOf).filter(Boolean)
  expect(refusals).toEqual(Array(7).fill('already-exists'))
  const won = outcomes.find((outcome) => outcome.ok)
  if (!won?.ok) throw new Error('none was opened')
  expect(await accountsOf(form.contractId)).toMatchObject([{ balanceYen: 7 }])
  const { contractId, enrolmentPassword } = won.value
  const enrolled = await beginEnrolment(bank.ports, request, newBrowser(), {
    contractId,
    enrolmentPassword,
  })
  expect(enrolled.ok).toBe(true)
})

test('two contracts at once cannot share an account', async () => {
  const accounts = [{ branchCode: '001', accountNumber: '6400001', openingYen: 3 }]
  const outcomes = await atOnce(6, () => openContract(bank.ports, byOperator, formOf({ accounts })))
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
  const { rows } = await bank.pool.query(
    `select balance_yen from account where account_number = '6400001'`,
  )
  expect(rows).toEqual([{ balance_yen: 3 }])
})
