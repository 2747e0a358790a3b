/** 利用開始, two and more at once, from two processes. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeAt, wrongCodes } from '../held-token.ts'
import {
  atOnce,
  contractOf,
  eventsOf,
  openTestBank,
  type Process,
  refusalOf,
  type TestBank,
  tokenOf,
  tracesOf,
  wrongAnswers,
} from '../test-bank.ts'
import { begun } from './otp-start-steps.ts'

let bank: TestBank
let other: Process
beforeAll(async () => {
  bank = await openTestBank()
  other = bank.another()
})
afterAll(() => bank.close())
const either = (place: number): Process => (place % 2 ? bank : other)

test('one draft: one start, one receipt, the same answer for all', async () => {
  const customer = await bank.open()
  const token = await bank.makeToken({ state: 'provisioned' })
  const { send } = await begun(bank, customer, token)
  const outcomes = await atOnce(8, (place) => send({}, either(place)))
  expect(outcomes[0]).toMatchObject({ ok: true })
  for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0])
  const { receipts, notices } = await tracesOf(bank, customer)
  expect([receipts.length, notices.length]).toEqual([1, 1])
})

test('one serial and one code for two contracts: one of them', async () => {
  const token = await bank.makeToken({ state: 'provisioned' })
  const [one, two] = [
    await begun(bank, await bank.open(), token),
    await begun(bank, await bank.open(), token),
  ]
  const outcomes = await Promise.all([one.send({}, bank), two.send({}, other)])
  expect(outcomes.map(refusalOf).sort()).toEqual(['code-already-used', undefined])
  bank.clock.nowMs += 30_000
  await Promise.all([one.send({}, bank), two.send({}, other)])
  expect(await bank.ports.store.tables.tokens.contractsUsing(await tokenOf(bank, token))).toBe(2)
})

test('one contract, two serials: exactly one, and the other token is untouched', async () => {
  const customer = await bank.open()
  const tokens = await atOnce(2, () => bank.makeToken({ state: 'provisioned' }))
  const [first, second] = tokens
  if (first === undefined || second === undefined) throw new Error('no tokens')
  const [one, two] = [await begun(bank, customer, first), await begun(bank, customer, second)]
  const outcomes = await Promise.all([one.send({}, bank), two.send({}, other)])
  expect(outcomes.map(refusalOf).sort()).toEqual(['has-token', undefined])
  const bound = (await contractOf(bank, customer)).token?.serial
  const states = await Promise.all(tokens.map(async (token) => await tokenOf(bank, token)))
  for (const { serial, state, lastAccepted } of states) {
    expect(state).toBe(serial === bound ? 'active' : 'provisioned')
    expect(lastAccepted >= 0).toBe(serial === bound)
  }
})

test('forty wrong codes: ten are judged, and each is an event', async () => {
  const customer = await bank.open()
  const token = await bank.makeToken({ state: 'provisioned' })
  const { send } = await begun(bank, customer, token)
  const codes = wrongCodes(token, bank.clock.now(), 40)
  const outcomes = await atOnce(40, (place) => send({ otp: codes[place] ?? '' }, either(place)))
  const refusals = outcomes.map(refusalOf)
  expect(refusals.filter((refusal) => refusal === 'wrong-code')).toHaveLength(10)
  expect(refusals.filter((refusal) => refusal === 'locked-code')).toHaveLength(30)
  expect(await tokenOf(bank, token)).toMatchObject({ failures: 10, guesses: 10 })
  expect(await eventsOf(bank, customer)).toHaveLength(40)
})

test('twenty wrong confirmations: six are judged; the code stays unspent', async () => {
  const customer = await bank.open({ method: 'customer-card' })
  const token = await bank.makeToken({ state: 'provisioned' })
  const { answers, send } = await begun(bank, customer, token)
  const wrong = wrongAnswers(answers)
  const otp = codeAt(token, bank.clock.now())
  const outcomes = await atOnce(20, (place) => send({ otp, answers: wrong }, either(place)))
  const refusals = outcomes.map(refusalOf)
  expect(refusals.filter((refusal) => refusal === 'wrong-confirmation')).toHaveLength(6)
  expect(refusals.filter((refusal) => refusal === 'locked-confirmation')).toHaveLength(14)
  expect((await tokenOf(bank, token)).lastAccepted).toBe(-1)
})
