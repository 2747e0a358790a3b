/** 収納サービス: done, refused, replayed. Two at once are in `bill-payment-at-once.test.ts`. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { payBill } from '../../../src/bank/procedures/bill-payment.ts'
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
import {
  issueBill,
  lookUp,
  paymentsOf,
  reviewedBill,
  unknownNumbers,
} from './bill-payment-steps.ts'
import { balanceOf, reviewed, unbalanced } from './transfer-steps.ts'

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

const freeze = (contractId: string) =>
  bank.pool.query('update contract set frozen = true where contract_id = $1', [contractId])

describe('done', () => {
  test('the bill of the demonstration, with a code: 8,400 yen go to the billers', async () => {
    const { token, customer } = await withToken()
    const numbers = { ...unknownNumbers(), confirmationNo: '4711' }
    const { send } = await reviewedBill(bank, customer, token, numbers)
    expect(await send()).toMatchObject({
      ok: true,
      value: {
        amountYen: 8_400,
        billerName: '白河市水道部（デモ）',
        customerNo: '20261122',
        from: { accountNumber: customer.accountNumber },
        receivedAtMs: MORNING_MS,
      },
    })
    expect(await balanceOf(bank, customer)).toBe(1_000_000 - 8_400)
    expect(await paymentsOf(bank, numbers)).toEqual([8_400])
    expect((await eventsOf(bank, customer)).at(-1)).toBe('bill-payment done')
    const { receipts, notices } = await tracesOf(bank, customer)
    expect([receipts.length, notices.length]).toEqual([1, 1])
    expect(notices[0].body).toContain('8,400円')
    expect(notices[0].body).not.toMatch(new RegExp(`4711|${customer.accountNumber}`))
  })

  test('with the confirmation method; the history shows it, newest first', async () => {
    const customer = await bank.open({ method: 'customer-card' })
    for (const amountYen of [1_200, 3_400]) {
      const numbers = await issueBill(bank, amountYen)
      const { send } = await reviewedBill(bank, customer, undefined, numbers)
      expect(refusalOf(await send())).toBeUndefined()
    }
    const contract = await contractOf(bank, customer)
    const { bills } = bank.ports.store.tables
    const history = await bills.history(contract, 10)
    expect(history).toMatchObject([{ amountYen: 3_400 }, { amountYen: 1_200 }])
    expect(await bills.history(contract, 1)).toHaveLength(1)
    const other = await contractOf(bank, await bank.open())
    expect(await bills.history(other, 10)).toEqual([])
  })

  test('numbers as an IME types them, and a payment category', async () => {
    const { customer } = await withToken()
    const typed = {
      billerNo: '５８１９２',
      customerNo: '1184-0026-0042',
      confirmationNo: ' 305172 ',
      paymentCategory: '２６０７',
    }
    expect((await lookUp(bank, customer, typed)).outcome.ok).toBe(true)
    const without = await lookUp(bank, customer, { ...typed, paymentCategory: '' })
    expect(refusalOf(without.outcome)).toBe('unknown-bill')
  })

  test('replayed: the first result, and no money moves', async () => {
    const { token, customer } = await withToken()
    const { send } = await reviewedBill(bank, customer, token, await issueBill(bank))
    const first = await send()
    expect(first.ok).toBe(true)
    const traces = await tracesOf(bank, customer)
    bank.clock.nowMs += DAY_MS
    const again = { otp: wrongCode(token, bank.clock.now()), fromAccount: 'another' }
    expect(await send(again)).toEqual(first)
    expect(await tracesOf(bank, customer)).toEqual(traces)
  })
})

describe('the look-up refuses', () => {
  test.each([
    ['a short biller number', { billerNo: '5819' }, 'billerNo'],
    ['letters', { billerNo: 'abcde' }, 'billerNo'],
    ['no customer number', { customerNo: '' }, 'customerNo'],
    ['a customer number too long', { customerNo: '1'.repeat(21) }, 'customerNo'],
    ['a text of any length', { customerNo: '1'.repeat(10_000) }, 'customerNo'],
    ['no confirmation number', { confirmationNo: '' }, 'confirmationNo'],
    ['a pattern', { confirmationNo: '%' }, 'confirmationNo'],
    ['a category of letters', { paymentCategory: 'x' }, 'paymentCategory'],
  ] as const)('%s, and counts nothing', async (_, change, field) => {
    const { customer } = await withToken()
    const { outcome } = await lookUp(bank, customer, { ...unknownNumbers(), ...change })
    expect(outcome).toEqual({ ok: false, refusal: 'invalid-input', field })
    const contract = await contractOf(bank, customer)
    expect(await bank.ports.store.tables.bills.wrongLookUps(contract, '2026-11-24')).toBe(0)
  })

  test('unknown-bill: a biller that is none is told, which other number is wrong is not', async () => {
    const { customer } = await withToken()
    const numbers = await issueBill(bank)
    const wrong = async (change: object) =>
      (await lookUp(bank, customer, { ...numbers, ...change })).outcome
    const untold = { ok: false, refusal: 'unknown-bill' }
    expect(await wrong({ billerNo: '99999' })).toEqual({ ...untold, field: 'billerNo' })
    expect(await wrong({ customerNo: '1' })).toEqual(untold)
    expect(await wrong({ confirmationNo: '1235' })).toEqual(untold)
    expect(await wrong({ paymentCategory: '1' })).toEqual(untold)
    expect((await eventsOf(bank, customer)).at(-1)).toBe('bill-payment unknown-bill')
  })

  test('too-many-requests after ten wrong look-ups, right ones too, until 0:00', async () => {
    const { customer } = await withToken()
    const numbers = await issueBill(bank)
    for (let guess = 0; guess < 10; guess += 1) {
      const { outcome } = await lookUp(bank, customer, unknownNumbers(guess))
      expect(refusalOf(outcome)).toBe('unknown-bill')
      if (guess === 4) expect((await lookUp(bank, customer, numbers)).outcome.ok).toBe(true)
    }
    const stopped = async () => refusalOf((await lookUp(bank, customer, numbers)).outcome)
    expect(await stopped()).toBe('too-many-requests')
    expect((await lookUp(bank, await bank.open(), numbers)).outcome.ok).toBe(true)
    bank.clock.nowMs = Date.parse('2026-11-24T23:59:59+09:00')
    expect(await stopped()).toBe('too-many-requests')
    bank.clock.nowMs += 1000
    expect(await stopped()).toBeUndefined()
  })

  test('already-paid, to whoever asks; frozen; a contract that does not exist', async () => {
    const { token, customer } = await withToken()
    const numbers = await issueBill(bank)
    const { send } = await reviewedBill(bank, customer, token, numbers)
    expect(refusalOf(await send())).toBeUndefined()
    for (const asks of [customer, await bank.open()]) {
      expect(refusalOf((await lookUp(bank, asks, numbers)).outcome)).toBe('already-paid')
    }
    const nobody = { ...customer, contractId: 'T77777777' }
    expect(refusalOf((await lookUp(bank, nobody, numbers)).outcome)).toBe('out-of-order')
    await freeze(customer.contractId)
    expect(refusalOf((await lookUp(bank, customer, numbers)).outcome)).toBe('frozen')
  })
})

describe('the payment refuses', () => {
  test('an account of someone else, or none', async () => {
    const { token, customer } = await withToken()
    const { send } = await reviewedBill(bank, customer, token, await issueBill(bank))
    for (const fromAccount of ['0000011', '']) {
      const field = 'fromAccount'
      expect(await send({ fromAccount })).toEqual({ ok: false, refusal: 'invalid-input', field })
    }
    expect(refusalOf(await send())).toBeUndefined()
  })

  test('a wrong code counts, a used one does not, ten lock it', async () => {
    const { token, customer } = await withToken()
    const { send } = await reviewedBill(bank, customer, token, await issueBill(bank))
    const later = await reviewedBill(bank, customer, token, await issueBill(bank))
    const otp = wrongCode(token, MORNING_MS)
    expect(await send({ otp })).toMatchObject({ refusal: 'wrong-code', field: 'otp' })
    expect(await tokenOf(bank, token)).toMatchObject({ failures: 1 })
    expect(refusalOf(await send())).toBeUndefined()
    expect(refusalOf(await later.send())).toBe('code-already-used')
    for (const wrong of wrongCodes(token, MORNING_MS, 10)) await later.send({ otp: wrong })
    expect(refusalOf(await later.send())).toBe('locked-code')
  })

  test('a wrong confirmation counts, six lock it', async () => {
    const customer = await bank.open()
    const { send, answers } = await reviewedBill(bank, customer, undefined, await issueBill(bank))
    for (let wrong = 0; wrong < 6; wrong += 1) {
      expect(refusalOf(await send({ answers: wrongAnswers(answers) }))).toBe('wrong-confirmation')
    }
    expect(refusalOf(await send())).toBe('locked-confirmation')
  })

  test('limit-exceeded: bills and transfers share the day; the bill stays open', async () => {
    const customer = await bank.open()
    const { send } = await reviewed(bank, customer, undefined, { amount: '95000' })
    expect(refusalOf(await send())).toBeUndefined()
    const numbers = await issueBill(bank, 5_001)
    const over = await reviewedBill(bank, customer, undefined, numbers)
    expect(refusalOf(await over.send())).toBe('limit-exceeded')
    const fits = await reviewedBill(bank, customer, undefined, await issueBill(bank, 5_000))
    expect(refusalOf(await fits.send())).toBeUndefined()
    expect(await paymentsOf(bank, numbers)).toEqual([])
    bank.clock.nowMs = Date.parse('2026-11-25T00:00:00+09:00')
    const tomorrow = await reviewedBill(bank, customer, undefined, numbers)
    expect(refusalOf(await tomorrow.send())).toBeUndefined()
  })

  test('insufficient-funds: code, limit and bill stay unspent', async () => {
    const { token, customer } = await withToken(4_999)
    const numbers = await issueBill(bank)
    const { send } = await reviewedBill(bank, customer, token, numbers)
    const before = await tokenOf(bank, token)
    const field = 'fromAccount'
    expect(await send()).toEqual({ ok: false, refusal: 'insufficient-funds', field })
    expect(await tokenOf(bank, token)).toEqual(before)
    const { transfers, bills } = bank.ports.store.tables
    expect(await transfers.usedYen(await contractOf(bank, customer), '2026-11-24')).toBe(0)
    expect((await bills.find(numbers))?.paid).toBe(false)
  })

  test('already-paid since the review, whatever the code; nothing is counted or spent', async () => {
    const { token, customer } = await withToken()
    const numbers = await issueBill(bank)
    const slow = await reviewedBill(bank, customer, token, numbers)
    const fast = await reviewedBill(bank, await bank.open(), undefined, numbers)
    expect(refusalOf(await fast.send())).toBeUndefined()
    const before = await tokenOf(bank, token)
    const traces = await tracesOf(bank, customer)
    expect(refusalOf(await slow.send())).toBe('already-paid')
    expect(refusalOf(await slow.send({ otp: '' }))).toBe('already-paid')
    expect(await tokenOf(bank, token)).toEqual(before)
    expect(await tracesOf(bank, customer)).toEqual(traces)
  })

  test("draft-expired, frozen, and out-of-order for another customer's draft", async () => {
    const { token, customer } = await withToken()
    const { browser, draftId, send } = await reviewedBill(
      bank,
      customer,
      token,
      await issueBill(bank),
    )
    const thief = await bank.open()
    const form = { draftId, fromAccount: thief.accountNumber, otp: '', answers: {} }
    const stolen = await payBill(bank.ports, requestOf(thief), browser, form)
    expect(refusalOf(stolen)).toBe('out-of-order')
    expect(refusalOf(await send({ draftId: 'no such draft' }))).toBe('out-of-order')
    bank.clock.nowMs += 30 * 60_000
    expect(refusalOf(await send())).toBe('draft-expired')
    bank.clock.nowMs = MORNING_MS
    await freeze(customer.contractId)
    expect(refusalOf(await send())).toBe('frozen')
  })
})
