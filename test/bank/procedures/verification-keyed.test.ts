/** Verifications under an Idempotency-Key: a repeated call gets the first answer. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { codeAt, wrongCode } from '../held-token.ts'
import {
  atOnce,
  DAY_MS,
  eventsOf,
  MORNING_MS,
  openTestBank,
  type Process,
  type TestBank,
  tokenOf,
} from '../test-bank.ts'
import { ask, count, keyed, told } from './verification-steps.ts'

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

async function withToken() {
  const token = await bank.makeToken()
  return { token, customer: await bank.open({ token }) }
}

test('the same call gets the same answer, whatever it was', async () => {
  const { token, customer } = await withToken()
  const asked = [wrongCode(token, MORNING_MS), codeAt(token, MORNING_MS), '12']
  for (const otp of asked) {
    const key = keyed(`same ${customer.contractId} ${otp}`, otp)
    const first = await ask(bank, customer, { otp }, key)
    bank.clock.nowMs += 3_600_000
    expect(await ask(other, customer, { otp }, key)).toEqual(first)
    bank.clock.nowMs -= 3_600_000
  }
  expect(await tokenOf(bank, token)).toMatchObject({ failures: 0, guesses: 1 })
  expect(await eventsOf(bank, customer)).toHaveLength(3)
})

test('another body under the same key is refused and touches nothing', async () => {
  const { token, customer } = await withToken()
  const otp = codeAt(token, MORNING_MS)
  await ask(bank, customer, { otp: '000' }, keyed('body', 'one'))
  expect(await ask(bank, customer, { otp }, keyed('body', 'two'))).toBe('call refused')
  expect((await tokenOf(bank, token)).lastAccepted).toBe(-1)
})

test('the same key belongs to each bank for itself, and ends after 24 hours', async () => {
  const { token, customer } = await withToken()
  const key = keyed('daily', 'body')
  const first = await ask(bank, customer, { otp: codeAt(token, MORNING_MS) }, key)
  bank.clock.nowMs += DAY_MS - 1
  expect(await ask(bank, customer, { otp: '' }, key)).toEqual(first)
  bank.clock.nowMs += 1
  const otp = codeAt(token, bank.clock.now())
  const next = await ask(bank, customer, { otp }, key)
  expect(told(next)).toBe('accepted')
  expect(next).not.toEqual(first)
  expect(await ask(bank, customer, { otp }, key)).toEqual(next)
})

test.each(['one process', 'two processes'])(
  'at once in %s: one acceptance, one answer',
  async (of) => {
    for (let round = 0; round < 5; round += 1) {
      const { token, customer } = await withToken()
      const key = keyed(`at once ${customer.contractId}`, 'body')
      const asked = { otp: codeAt(token, MORNING_MS) }
      const answers = await atOnce(16, (place) =>
        ask(of === 'one process' || place % 2 ? bank : other, customer, asked, key),
      )
      for (const answer of answers) expect(answer).toEqual(answers[0])
      expect(told(answers[0] ?? 'call refused')).toBe('accepted')
      expect(await eventsOf(bank, customer)).toEqual(['verification done'])
    }
  },
)

test('a wrong code at once under one key is one guess and one event', async () => {
  const { token, customer } = await withToken()
  const key = keyed('wrong at once', 'body')
  const otp = wrongCode(token, MORNING_MS)
  const answers = await atOnce(16, () => ask(bank, customer, { otp }, key))
  expect(answers.map(told)).toEqual(Array(16).fill('wrong-code'))
  expect((await tokenOf(bank, token)).guesses).toBe(1)
  expect(await eventsOf(bank, customer)).toEqual(['verification wrong-code'])
})

test('two bodies at once under one key: one is answered, the other refused', async () => {
  const [one, two] = [await withToken(), await withToken()]
  const answers = await Promise.all(
    [one, two].map(({ token, customer }) =>
      ask(bank, customer, { otp: codeAt(token, MORNING_MS) }, keyed('bodies', customer.contractId)),
    ),
  )
  expect([count(answers.map(told), 'accepted'), count(answers.map(told), 'call refused')]).toEqual([
    1, 1,
  ])
})
