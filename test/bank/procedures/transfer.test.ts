/** 振込: done, refused, replayed. Two at once are in `transfer-at-once.test.ts`. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { executeTransfer } from '../../../src/bank/procedures/transfer.ts'
import { wrongCode, wrongCodes } from '../held-token.ts'
import {
  contractOf,
  DAY_MS,
  eventsOf,
  MORNING_MS,
  openTestBank,
  refusalOf,
  requestOf,
  type TestBank,
  tokenOf,
  tracesOf,
  wrongAnswers,
} from '../test-bank.ts'
import { begun } from './otp-start-steps.ts'
import { balanceOf, review, reviewed, toOwnBank, unbalanced } from './transfer-steps.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})
afterEach(async () => expect(await unbalanced(bank)).toEqual([]))

async function withToken(balanceYen = 1_000_000) {
  const token = await bank.makeToken()
  return { token, customer: await bank.open({ token, balanceYen }) }
}

describe('done', () => {
  test('with a code, to another bank: amount and fee leave the account', async () => {
    const { token, customer } = await withToken()
    const { send } = await reviewed(bank, customer, token, { amount: '30000' })
    expect(await send()).toMatchObject({
      ok: true,
      value: {
        amountYen: 30_000,
        feeYen: 330,
        status: 'executed',
        payee: { name: 'ミズホ　タロウ' },
        receivedAtMs: MORNING_MS,
      },
    })
    expect(await balanceOf(bank, customer)).toBe(1_000_000 - 30_330)
    expect((await eventsOf(bank, customer)).at(-1)).toBe('transfer done')
    const { receipts, notices, transfers } = await tracesOf(bank, customer)
    expect([receipts.length, notices.length, transfers.length]).toEqual([1, 1, 1])
    expect(notices[0].body).toContain('30,000円')
    expect(notices[0].body).not.toContain(customer.accountNumber)
  })

  test('with the confirmation method, to a customer of the same bank: no fee', async () => {
    const [from, to] = [await bank.open(), await bank.open({ balanceYen: 0 })]
    const form = { ...toOwnBank(to.accountNumber), amount: '100000' }
    const { send } = await reviewed(bank, from, undefined, form)
    expect(await send()).toMatchObject({ ok: true, value: { feeYen: 0 } })
    expect(await balanceOf(bank, from)).toBe(900_000)
    expect(await balanceOf(bank, to)).toBe(100_000)
    const account = { ...toOwnBank(to.accountNumber), holderName: '', balanceYen: 0 }
    const lines = await bank.ports.store.tables.core.statement(account as never, 10)
    expect(lines).toMatchObject([{ amountYen: 100_000, balanceYen: 100_000 }])
  })

  test('to an account whose holder cannot be told: under the name that the customer gives', async () => {
    const { token, customer } = await withToken()
    const payee = { accountNumber: '9999999', payeeName: 'ヤマダ　ハナコ' }
    const { send } = await reviewed(bank, customer, token, payee)
    expect(await send()).toMatchObject({ value: { payee: { name: 'ヤマダ　ハナコ' } } })
  })

  test('replayed: the first result, and no money moves', async () => {
    const { token, customer } = await withToken()
    const { send } = await reviewed(bank, customer, token)
    const first = await send()
    expect(first.ok).toBe(true)
    const traces = await tracesOf(bank, customer)
    bank.clock.nowMs += DAY_MS
    expect(await send({ otp: wrongCode(token, bank.clock.now()) })).toEqual(first)
    expect(await tracesOf(bank, customer)).toEqual(traces)
  })
})

describe('the limits', () => {
  test('without a token 100,000 yen a day, and the next day again', async () => {
    const from = await bank.open()
    const over = await review(bank, from, { amount: '100001' })
    expect(over.outcome).toEqual({ ok: false, refusal: 'limit-exceeded', field: 'amount' })
    const first = await reviewed(bank, from, undefined, { amount: '60000' })
    expect(refusalOf(await first.send())).toBeUndefined()
    expect(refusalOf((await review(bank, from, { amount: '40001' })).outcome)).toBe(
      'limit-exceeded',
    )
    bank.clock.nowMs = Date.parse('2026-11-25T00:00:00+09:00')
    const next = await reviewed(bank, from, undefined, { amount: '100000' })
    expect(refusalOf(await next.send())).toBeUndefined()
  })

  test('low until 0:00 after a start, then 1,000,000 yen', async () => {
    const customer = await bank.open({ balanceYen: 3_000_000 })
    const token = await bank.makeToken({ state: 'provisioned' })
    expect(refusalOf(await (await begun(bank, customer, token)).send())).toBeUndefined()
    bank.clock.nowMs = Date.parse('2026-11-24T23:59:59+09:00')
    const late = await review(bank, customer, { amount: '100001' })
    expect(refusalOf(late.outcome)).toBe('limit-exceeded')
    bank.clock.nowMs += 1000
    const { send } = await reviewed(bank, customer, token, { amount: '1000000' })
    expect(refusalOf(await send())).toBeUndefined()
    const more = await review(bank, customer, { amount: '1' })
    expect(refusalOf(more.outcome)).toBe('limit-exceeded')
  })

  test('the limit of the customer’s own choice', async () => {
    const { customer } = await withToken()
    await bank.pool.query('update contract set daily_limit_yen = 5000 where contract_id = $1', [
      customer.contractId,
    ])
    const { outcome } = await review(bank, customer, { amount: '5001' })
    expect(refusalOf(outcome)).toBe('limit-exceeded')
  })

  test('a limit used up since the review refuses, and the code stays unspent', async () => {
    const { token, customer } = await withToken(3_000_000)
    const one = await reviewed(bank, customer, token, { amount: '600000' })
    const two = await reviewed(bank, customer, token, { amount: '600000' })
    expect(refusalOf(await one.send())).toBeUndefined()
    bank.clock.nowMs += 30_000
    const before = await tokenOf(bank, token)
    expect(refusalOf(await two.send())).toBe('limit-exceeded')
    expect(await tokenOf(bank, token)).toEqual(before)
    const small = await reviewed(bank, customer, token, { amount: '1000' })
    expect(refusalOf(await small.send())).toBeUndefined()
  })
})

describe('the review refuses', () => {
  test.each([
    ['an account of someone else', { fromAccount: '0000011' }, 'invalid-input', 'fromAccount'],
    ['no amount', { amount: '' }, 'invalid-input', 'amount'],
    ['nothing', { amount: '0' }, 'invalid-input', 'amount'],
    ['a debt', { amount: '-5' }, 'invalid-input', 'amount'],
    ['a fraction', { amount: '1.5' }, 'invalid-input', 'amount'],
    ['an exponent', { amount: '1e9' }, 'invalid-input', 'amount'],
    ['a huge sum', { amount: '99999999999' }, 'invalid-input', 'amount'],
    ['yesterday', { date: '2026-11-23' }, 'invalid-input', 'date'],
    ['no bank code', { bankCode: '12' }, 'invalid-input', 'bankCode'],
    ['an inherited name as bank', { bankCode: 'constructor' }, 'invalid-input', 'bankCode'],
    ['no branch code', { branchCode: 'x01' }, 'invalid-input', 'branchCode'],
    ['no account type', { accountType: 'internal' }, 'invalid-input', 'accountType'],
    ['no account number', { accountNumber: '12345' }, 'invalid-input', 'accountNumber'],
    ['a bank that is none', { bankCode: '9998' }, 'unknown-payee', 'bankCode'],
    ['a branch that is none', { branchCode: '999' }, 'unknown-payee', 'branchCode'],
    ['a holder unknown', { accountNumber: '9999999' }, 'unknown-payee', 'accountNumber'],
    [
      'a name in kanji',
      { accountNumber: '9999999', payeeName: '山田' },
      'invalid-input',
      'payeeName',
    ],
    [
      'an own account that is none',
      { ...toOwnBank('8888888'), payeeName: 'ヤマダ' },
      'unknown-payee',
      'accountNumber',
    ],
    ['more than the limit', { amount: '1000001' }, 'limit-exceeded', 'amount'],
    ['all, with nothing left for the fee', { amount: '500000' }, 'insufficient-funds', 'amount'],
  ] as const)('%s', async (_, change, refusal, field) => {
    const { customer } = await withToken(500_000)
    const { outcome } = await review(bank, customer, change)
    expect(outcome).toEqual({ ok: false, refusal, field })
  })

  test('the account itself as payee', async () => {
    const { customer } = await withToken()
    const { outcome } = await review(bank, customer, toOwnBank(customer.accountNumber))
    expect(outcome).toEqual({ ok: false, refusal: 'invalid-input', field: 'accountNumber' })
  })

  test('a frozen contract, and a contract that does not exist', async () => {
    const { customer } = await withToken()
    const nobody = { ...customer, contractId: 'T66666666' }
    expect(refusalOf((await review(bank, nobody)).outcome)).toBe('out-of-order')
    await bank.pool.query('update contract set frozen = true where contract_id = $1', [
      customer.contractId,
    ])
    expect(refusalOf((await review(bank, customer)).outcome)).toBe('frozen')
  })
})

describe('the authorisation refuses', () => {
  test('a wrong code is counted though the act is undone; nothing else is', async () => {
    const { token, customer } = await withToken()
    const { send } = await reviewed(bank, customer, token)
    const traces = await tracesOf(bank, customer)
    expect(await send({ otp: wrongCode(token, MORNING_MS) })).toMatchObject({
      refusal: 'wrong-code',
      field: 'otp',
    })
    expect(await tokenOf(bank, token)).toMatchObject({ failures: 1, guesses: 1 })
    expect(await tracesOf(bank, customer)).toEqual(traces)
    expect((await eventsOf(bank, customer)).at(-1)).toBe('transfer wrong-code')
    const used = await reviewed(bank, customer, token)
    expect(refusalOf(await send())).toBeUndefined()
    expect(refusalOf(await used.send())).toBe('code-already-used')
  })

  test('locked-code after ten, token-suspended, and the answers never stand in for the code', async () => {
    const { token, customer } = await withToken()
    const { send } = await reviewed(bank, customer, token)
    for (const otp of wrongCodes(token, MORNING_MS, 10)) await send({ otp })
    expect(refusalOf(await send())).toBe('locked-code')
    await bank.pool.query(`update token set state = 'suspended' where serial = $1`, [token.serial])
    expect(refusalOf(await send())).toBe('token-suspended')
    expect(refusalOf(await send({ otp: '', answers: { confirm1: '4' } }))).toBe('token-suspended')
  })

  test('a wrong confirmation counts, after six it is locked', async () => {
    const customer = await bank.open({ method: 'image-card' })
    const { send, answers } = await reviewed(bank, customer, undefined)
    for (let wrong = 0; wrong < 6; wrong += 1) {
      expect(refusalOf(await send({ answers: wrongAnswers(answers) }))).toBe('wrong-confirmation')
    }
    expect(refusalOf(await send())).toBe('locked-confirmation')
    expect((await contractOf(bank, customer)).confirmationFailures).toBe(6)
  })

  test('money gone since the review: insufficient-funds, the code and the limit stay unspent', async () => {
    const { token, customer } = await withToken(100_000)
    const { send } = await reviewed(bank, customer, token, { amount: '99000' })
    const small = await reviewed(bank, customer, token, { amount: '1000' })
    expect(refusalOf(await small.send())).toBeUndefined()
    bank.clock.nowMs += 30_000
    const before = await tokenOf(bank, token)
    expect(refusalOf(await send())).toBe('insufficient-funds')
    expect(await tokenOf(bank, token)).toEqual(before)
    const day = await bank.ports.store.tables.transfers.usedYen(
      await contractOf(bank, customer),
      '2026-11-24',
    )
    expect(day).toBe(1000)
  })

  test('the fee that is no longer covered undoes the amount, too', async () => {
    const { token, customer } = await withToken(11_000)
    const { send } = await reviewed(bank, customer, token, { amount: '10000' })
    await bank.pool.query(
      `update account set balance_yen = balance_yen - 900 where account_number = $1`,
      [customer.accountNumber],
    )
    expect(refusalOf(await send())).toBe('insufficient-funds')
    await bank.pool.query(
      `update account set balance_yen = balance_yen + 900 where account_number = $1`,
      [customer.accountNumber],
    )
  })

  test('draft-expired after half an hour, and after midnight', async () => {
    const { token, customer } = await withToken()
    const { send } = await reviewed(bank, customer, token)
    bank.clock.nowMs += 30 * 60_000
    expect(refusalOf(await send())).toBe('draft-expired')
    bank.clock.nowMs = Date.parse('2026-11-24T23:59:00+09:00')
    const late = await reviewed(bank, customer, token)
    bank.clock.nowMs += 60_000
    expect(refusalOf(await late.send())).toBe('draft-expired')
  })

  test("out-of-order: another customer's draft, in whatever browser", async () => {
    const { token, customer } = await withToken()
    const thief = await withToken()
    const { browser, draftId } = await reviewed(bank, customer, token)
    const form = { draftId, otp: '123456', answers: {} }
    const outcome = await executeTransfer(bank.ports, requestOf(thief.customer), browser, form)
    expect(refusalOf(outcome)).toBe('out-of-order')
  })

  test('frozen since the review', async () => {
    const { token, customer } = await withToken()
    const { send } = await reviewed(bank, customer, token)
    await bank.pool.query('update contract set frozen = true where contract_id = $1', [
      customer.contractId,
    ])
    expect(refusalOf(await send())).toBe('frozen')
  })
})
