/** 振込, two and more at once, from two processes: money moves once, and never more than there is. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { codeOfFactor } from '../held-token.ts'
import {
  atOnce,
  MORNING_MS,
  openTestBank,
  type Process,
  refusalOf,
  type TestBank,
  tracesOf,
} from '../test-bank.ts'
import { balanceOf, reviewed, toOwnBank, unbalanced } from './transfer-steps.ts'

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

/** Three codes that are all in the window, so that not the code but the act decides who wins. */
const codesOfNow = (token: { seed: Uint8Array }) => {
  const step = Math.floor(bank.clock.now() / 30_000)
  return [-1, 0, 1].map((offset) => codeOfFactor(token, step + offset))
}

test('one draft: executed once, the same result for all', async () => {
  const token = await bank.makeToken()
  const customer = await bank.open({ token })
  const { send } = await reviewed(bank, customer, token)
  const outcomes = await atOnce(12, (place) => send({}, either(place)))
  expect(outcomes[0]).toMatchObject({ ok: true })
  for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0])
  expect(await balanceOf(bank, customer)).toBe(1_000_000 - 10_165)
  expect((await tracesOf(bank, customer)).transfers).toHaveLength(1)
})

test('one code for two drafts: one of them', async () => {
  const token = await bank.makeToken()
  const customer = await bank.open({ token })
  const drafts = [await reviewed(bank, customer, token), await reviewed(bank, customer, token)]
  const outcomes = await Promise.all(drafts.map(({ send }, place) => send({}, either(place))))
  expect(outcomes.map(refusalOf).sort()).toEqual(['code-already-used', undefined])
  expect(await balanceOf(bank, customer)).toBe(1_000_000 - 10_165)
})

test.each([
  ['the funds', 700_000, '400000', 'insufficient-funds'],
  ['the daily limit', 5_000_000, '600000', 'limit-exceeded'],
])('two drafts with two codes never exceed %s', async (_, balanceYen, amount, refusal) => {
  for (let round = 0; round < 5; round += 1) {
    bank.clock.nowMs += 10 * 60_000
    const token = await bank.makeToken()
    const customer = await bank.open({ token, balanceYen })
    const [one, two] = [
      await reviewed(bank, customer, token, { amount }),
      await reviewed(bank, customer, token, { amount }),
    ]
    const [earlier, now] = codesOfNow(token)
    const outcomes = await Promise.all([
      one.send({ otp: earlier ?? '' }, bank),
      two.send({ otp: now ?? '' }, other),
    ])
    const refusals = outcomes.map(refusalOf)
    // The later code may win the race for the token; then the earlier one is spent with it.
    const first = refusals[0]
    if (first === 'code-already-used') expect(refusals[1]).toBeUndefined()
    else expect([...refusals].sort()).toEqual([refusal, undefined])
    expect(await balanceOf(bank, customer)).toBe(balanceYen - Number(amount) - 330)
  }
})

test('two accounts pay each other at once: all is done, nobody waits for ever', async () => {
  const tokens = await atOnce(2, () => bank.makeToken())
  const [one, two] = await Promise.all(tokens.map((token) => bank.open({ token })))
  if (one === undefined || two === undefined) throw new Error('no customers')
  for (let round = 0; round < 8; round += 1) {
    bank.clock.nowMs += 90_000
    const drafts = [
      await reviewed(bank, one, tokens[0], { ...toOwnBank(two.accountNumber), amount: '1000' }),
      await reviewed(bank, two, tokens[1], { ...toOwnBank(one.accountNumber), amount: '300' }),
    ]
    const outcomes = await Promise.all(drafts.map(({ send }, place) => send({}, either(place))))
    expect(outcomes.map(refusalOf)).toEqual([undefined, undefined])
  }
  expect(await balanceOf(bank, one)).toBe(1_000_000 - 8 * 700)
  expect(await balanceOf(bank, two)).toBe(1_000_000 + 8 * 700)
})

test('many pay one account at once: every yen arrives', async () => {
  const payee = await bank.open({ balanceYen: 0 })
  const senders = await atOnce(10, async () => {
    const token = await bank.makeToken()
    const customer = await bank.open({ token })
    const form = { ...toOwnBank(payee.accountNumber), amount: '777' }
    return reviewed(bank, customer, token, form)
  })
  const outcomes = await Promise.all(senders.map(({ send }, place) => send({}, either(place))))
  expect(outcomes.every((outcome) => outcome.ok)).toBe(true)
  expect(await balanceOf(bank, payee)).toBe(7_770)
})
