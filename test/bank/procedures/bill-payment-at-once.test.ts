/** 収納サービス, two and more at once, from two processes: a bill is paid once, and ten guesses are ten. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { codeOfFactor } from '../held-token.ts'
import {
  atOnce,
  contractOf,
  MORNING_MS,
  openTestBank,
  type Process,
  refusalOf,
  type TestBank,
  tokenOf,
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
let other: Process
beforeAll(async () => {
  bank = await openTestBank()
  other = bank.another()
})
afterAll(() => bank.close())
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})
afterEach(async () => expect(await unbalanced(bank)).toEqual([]))
const either = (place: number): Process => (place % 2 ? bank : other)

test('one draft: paid once, the same result for all', async () => {
  const token = await bank.makeToken()
  const customer = await bank.open({ token })
  const numbers = await issueBill(bank)
  const { send } = await reviewedBill(bank, customer, token, numbers)
  const outcomes = await atOnce(12, (place) => send({}, either(place)))
  expect(outcomes[0]).toMatchObject({ ok: true })
  for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0])
  expect(await balanceOf(bank, customer)).toBe(995_000)
  expect(await paymentsOf(bank, numbers)).toEqual([5_000])
})

test('one bill, many customers: one pays, the codes of the others stay unspent', async () => {
  const payers = await atOnce(8, async () => {
    const token = await bank.makeToken()
    return { token, customer: await bank.open({ token }) }
  })
  for (let round = 0; round < 5; round += 1) {
    bank.clock.nowMs += 90_000
    const numbers = await issueBill(bank, 1_000)
    const drafts = await Promise.all(
      payers.map(({ customer, token }) => reviewedBill(bank, customer, token, numbers)),
    )
    const before = await Promise.all(payers.map(({ token }) => tokenOf(bank, token)))
    const outcomes = await Promise.all(drafts.map(({ send }, place) => send({}, either(place))))
    const refusals = outcomes.map(refusalOf)
    expect(refusals.filter((refusal) => refusal === undefined)).toHaveLength(1)
    expect(refusals.filter((refusal) => refusal === 'already-paid')).toHaveLength(7)
    expect(await paymentsOf(bank, numbers)).toEqual([1_000])
    for (const [place, { token }] of payers.entries()) {
      if (refusals[place]) expect(await tokenOf(bank, token)).toEqual(before[place])
    }
  }
  const balances = await Promise.all(payers.map(({ customer }) => balanceOf(bank, customer)))
  expect(balances.reduce((sum, balance) => sum + balance, 0)).toBe(8_000_000 - 5_000)
})

test('one bill in two tabs with one code: paid once, and told so', async () => {
  const token = await bank.makeToken()
  const customer = await bank.open({ token })
  const numbers = await issueBill(bank)
  const tabs = [
    await reviewedBill(bank, customer, token, numbers),
    await reviewedBill(bank, customer, token, numbers),
  ]
  const outcomes = await Promise.all(tabs.map(({ send }, place) => send({}, either(place))))
  expect(outcomes.map(refusalOf).sort()).toEqual(['already-paid', undefined])
})

test('who cannot pay does not keep the bill from who can', async () => {
  for (let round = 0; round < 5; round += 1) {
    const poor = await bank.open({ balanceYen: 10 })
    const rich = await bank.open()
    const numbers = await issueBill(bank)
    const drafts = [
      await reviewedBill(bank, poor, undefined, numbers),
      await reviewedBill(bank, rich, undefined, numbers),
    ]
    const outcomes = await Promise.all(drafts.map(({ send }, place) => send({}, either(place))))
    expect(refusalOf(outcomes[1] as never)).toBeUndefined()
    expect(['insufficient-funds', 'already-paid']).toContain(refusalOf(outcomes[0] as never))
    expect(await paymentsOf(bank, numbers)).toEqual([5_000])
  }
})

test('a bill and a transfer with two codes never exceed the daily limit', async () => {
  const token = await bank.makeToken()
  const customer = await bank.open({ token, balanceYen: 5_000_000 })
  const bill = await reviewedBill(bank, customer, token, await issueBill(bank, 600_000))
  const transfer = await reviewed(bank, customer, token, { amount: '600000' })
  const step = Math.floor(MORNING_MS / 30_000)
  const outcomes = await Promise.all([
    bill.send({ otp: codeOfFactor(token, step) }, bank),
    transfer.send({ otp: codeOfFactor(token, step + 1) }, other),
  ])
  const refusals = outcomes.map(refusalOf)
  // The later code may win the race for the token; then the earlier one is spent with it.
  if (refusals[0] === 'code-already-used') expect(refusals[1]).toBeUndefined()
  else expect(refusals).toHaveLength(2)
  expect(refusals.filter((refusal) => refusal === undefined)).toHaveLength(1)
})

test('forty guesses at once: ten are judged', async () => {
  const customer = await bank.open()
  const outcomes = await atOnce(40, (place) =>
    lookUp(either(place), customer, unknownNumbers(place)),
  )
  const refusals = outcomes.map(({ outcome }) => refusalOf(outcome))
  expect(refusals.filter((refusal) => refusal === 'unknown-bill')).toHaveLength(10)
  expect(refusals.filter((refusal) => refusal === 'too-many-requests')).toHaveLength(30)
  const contract = await contractOf(bank, customer)
  expect(await bank.ports.store.tables.bills.wrongLookUps(contract, '2026-11-24')).toBe(10)
})
