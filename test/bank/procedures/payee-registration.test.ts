/** 振込先登録: kept after a transfer, picked for the next one, removed. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  keepPayee,
  MOST_PAYEES,
  removePayee,
} from '../../../src/bank/procedures/payee-registration.ts'
import {
  atOnce,
  type Customer,
  contractOf,
  eventsOf,
  MORNING_MS,
  openTestBank,
  refusalOf,
  requestOf,
  type TestBank,
  tracesOf,
} from '../test-bank.ts'
import { review, reviewed, toOwnBank } from './transfer-steps.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})

/** A customer who has just sent money to the account. */
async function afterTransfer(change: Parameters<typeof review>[2] = {}) {
  const token = await bank.makeToken()
  const customer = await bank.open({ token })
  const { send } = await reviewed(bank, customer, token, change)
  const outcome = await send()
  if (!outcome.ok) throw new Error(outcome.refusal)
  bank.clock.nowMs += 60_000
  return { token, customer, receiptNo: outcome.value.receiptNo }
}

const keptBy = async (customer: Customer) =>
  bank.ports.store.tables.payees.all(await contractOf(bank, customer))
const keep = (customer: Customer, receiptNo: string) =>
  keepPayee(bank.ports, requestOf(customer), receiptNo)
const remove = (customer: Customer, id: string) => removePayee(bank.ports, requestOf(customer), id)

/** The account is not typed when a registered payee is picked. */
const picked = (payee: string) => ({
  payee,
  bankCode: '',
  branchCode: '',
  accountType: '',
  accountNumber: '',
})

describe('kept', () => {
  test('under an unguessable ID, with event and notice, and good for the next transfer', async () => {
    const { token, customer, receiptNo } = await afterTransfer()
    expect(await keep(customer, receiptNo)).toEqual({ ok: true, value: true })
    const [payee] = await keptBy(customer)
    if (payee === undefined) throw new Error('not kept')
    expect(payee).toMatchObject({ name: 'ミズホ　タロウ', accountNumber: '1234567' })
    expect(payee.id).toMatch(/^[\w-]{22}$/)
    expect((await eventsOf(bank, customer)).at(-1)).toBe('payee-keep done')
    expect((await tracesOf(bank, customer)).notices.at(-1).subject).toContain('振込先の登録')
    const { send } = await reviewed(bank, customer, token, picked(payee.id))
    expect(await send()).toMatchObject({ value: { payee: { accountNumber: '1234567' } } })
  })

  test('again, and often at once: one payee, one notice', async () => {
    const { customer, receiptNo } = await afterTransfer()
    await atOnce(6, () => keep(customer, receiptNo))
    expect(await keptBy(customer)).toHaveLength(1)
    expect((await tracesOf(bank, customer)).notices).toHaveLength(2)
  })

  test('under the name that the customer gave, where no bank can tell it', async () => {
    const form = { accountNumber: '9999999', payeeName: 'ヤマダ　ハナコ' }
    const { token, customer, receiptNo } = await afterTransfer(form)
    await keep(customer, receiptNo)
    const [payee] = await keptBy(customer)
    const { send } = await reviewed(bank, customer, token, picked(payee?.id ?? ''))
    expect(await send()).toMatchObject({ value: { payee: { name: 'ヤマダ　ハナコ' } } })
  })
})

describe('refused', () => {
  test("another customer's transfer and another customer's payee mean nothing", async () => {
    const { customer, receiptNo } = await afterTransfer()
    const thief = await bank.open()
    expect(refusalOf(await keep(thief, receiptNo))).toBe('out-of-order')
    await keep(customer, receiptNo)
    const [payee] = await keptBy(customer)
    const { outcome } = await review(bank, thief, picked(payee?.id ?? ''))
    expect(outcome).toEqual({ ok: false, refusal: 'unknown-payee', field: 'payee' })
    await remove(thief, payee?.id ?? '')
    expect(await keptBy(customer)).toHaveLength(1)
  })

  test('a payee that is none, one whose account is gone, and the own account', async () => {
    const payee = await bank.open()
    const { customer, receiptNo } = await afterTransfer(toOwnBank(payee.accountNumber))
    await keep(customer, receiptNo)
    const [kept] = await keptBy(customer)
    const asked = async (id: string) => (await review(bank, customer, picked(id))).outcome
    expect(await asked('none')).toMatchObject({ refusal: 'unknown-payee', field: 'payee' })
    await bank.pool.query('update registered_payee set to_number = $2 where contract_id = $1', [
      customer.contractId,
      customer.accountNumber,
    ])
    const own = { refusal: 'invalid-input', field: 'payee' }
    expect(await asked(kept?.id ?? '')).toMatchObject(own)
    await bank.pool.query(
      `update registered_payee set to_number = '8888888' where contract_id = $1`,
      [customer.contractId],
    )
    const gone = { refusal: 'unknown-payee', field: 'payee' }
    expect(await asked(kept?.id ?? '')).toMatchObject(gone)
  })

  test('one more than a hundred, and a frozen contract', async () => {
    const { customer, receiptNo } = await afterTransfer()
    await bank.pool.query(
      `insert into registered_payee
       select '1184', $1, 'p' || n, '0001', '001', 'ordinary', lpad(n::text, 7, '0'), 'ア', now()
         from generate_series(1, $2::int) n`,
      [customer.contractId, MOST_PAYEES],
    )
    expect(await keep(customer, receiptNo)).toMatchObject({
      refusal: 'invalid-input',
      field: 'payees',
    })
    await bank.pool.query('update contract set frozen = true where contract_id = $1', [
      customer.contractId,
    ])
    expect(refusalOf(await keep(customer, receiptNo))).toBe('frozen')
    expect(refusalOf(await remove(customer, 'p1'))).toBe('frozen')
  })
})

test('removed, and removed once more: gone, one notice', async () => {
  const { customer, receiptNo } = await afterTransfer()
  await keep(customer, receiptNo)
  const [payee] = await keptBy(customer)
  await atOnce(4, () => remove(customer, payee?.id ?? ''))
  expect(await keptBy(customer)).toEqual([])
  expect((await eventsOf(bank, customer)).at(-1)).toBe('payee-remove done')
  const { notices } = await tracesOf(bank, customer)
  expect(notices.filter(({ subject }) => subject.includes('削除'))).toHaveLength(1)
})
