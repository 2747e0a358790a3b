/** 紛失届 at the same moment as a second click, the thief's code, and other reports. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { codeAt, type HeldToken, wrongCode } from '../held-token.ts'
import { appoint, type TestStaff } from '../office/test-staff.ts'
import { openOtherBank, openThere } from '../other-bank.ts'
import {
  atOnce,
  type Customer,
  MORNING_MS,
  openTestBank,
  type Process,
  refusalOf,
  type TestBank,
  tokenOf,
  tracesOf,
} from '../test-bank.ts'
import { report, withToken } from './loss-report-steps.ts'
import { balanceOf, reviewed, toOwnBank, unbalanced } from './transfer-steps.ts'
import { ask, told } from './verification-steps.ts'

let bank: TestBank
let other: Process
let clerk: TestStaff
beforeAll(async () => {
  bank = await openTestBank()
  other = bank.another()
  clerk = await appoint(bank, 'clerk')
  await openOtherBank(bank)
})
afterAll(() => bank.close())
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})
const either = (place: number): Process => (place % 2 ? bank : other)

test('replayed: the same form answers with the first result and tells nobody again', async () => {
  const { customer } = await withToken(bank)
  const formKey = bank.ports.random.id()
  const first = await report(bank, clerk, customer, { formKey })
  const before = await tracesOf(bank, customer)
  expect(await report(other, clerk, customer, { formKey })).toEqual(first)
  expect(await tracesOf(bank, customer)).toEqual(before)
})

describe('two at once', () => {
  test('of one form and of several, over two processes: one report', async () => {
    const { customer } = await withToken(bank)
    const formKey = bank.ports.random.id()
    const outcomes = await atOnce(12, (place) =>
      report(either(place), clerk, customer, place % 3 ? { formKey } : {}),
    )
    const numbers = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value.receiptNo] : []))
    expect(new Set(numbers).size).toBe(1)
    const { receipts } = await tracesOf(bank, customer)
    expect(receipts).toHaveLength(1)
  })

  test("the thief's transfer at the review: it was first, or it moves nothing", async () => {
    const results = new Set<string>()
    for (let round = 0; round < 12; round += 1) {
      bank.clock.nowMs = MORNING_MS
      const { token, customer } = await withToken(bank)
      const { send } = await reviewed(bank, customer, token, toOwnBank('0000021'))
      const thief = () => send({}, other)
      const victim = () => report(bank, clerk, customer, { scope: 'both' })
      const [sent, done] =
        round % 2
          ? await Promise.all([thief(), victim()])
          : await Promise.all([victim(), thief()]).then(([one, two]) => [two, one] as const)
      expect(done.ok).toBe(true)
      const moved = 1_000_000 - (await balanceOf(bank, customer))
      expect(moved).toBe(sent.ok ? 10_000 : 0)
      results.add(refusalOf(sent) ?? 'done')
      expect((await tokenOf(bank, token)).state).toBe('suspended')
      bank.clock.nowMs += 30_000
      const otp = codeAt(token, bank.clock.nowMs)
      expect(told(await ask(either(round), customer, { otp }))).toBe('frozen')
    }
    const known = ['done', 'frozen', 'token-suspended', 'out-of-order']
    expect([...results].filter((result) => !known.includes(result))).toEqual([])
    expect(await unbalanced(bank)).toEqual([])
  })

  test('codes at the API: what is accepted was before the report', async () => {
    const { token, customer } = await withToken(bank)
    const answers: Promise<string>[] = []
    const send = (held: HeldToken, place: number) => {
      const otp = place % 2 ? codeAt(held, MORNING_MS) : wrongCode(held, MORNING_MS)
      answers.push(ask(either(place), customer, { otp }).then(told))
    }
    for (let place = 0; place < 8; place += 1) send(token, place)
    const outcome = await report(other, clerk, customer)
    expect(outcome.ok).toBe(true)
    const otp = codeAt(token, MORNING_MS + 30_000)
    bank.clock.nowMs += 30_000
    expect(told(await ask(bank, customer, { otp }))).toBe('token-suspended')
    const early = await Promise.all(answers)
    expect(early.filter((answer) => answer === 'accepted').length).toBeLessThanOrEqual(1)
  })

  test('two of the family at once, and a second bank: all are done, nobody waits in a circle', async () => {
    const { token, customer } = await withToken(bank)
    const family = [customer, await bank.open({ token }), await bank.open({ token })]
    await openThere(bank, token)
    const outcomes = await atOnce(6, (place) =>
      report(either(place), clerk, family[place % 3] as Customer, { scope: 'both' }),
    )
    // Each of them has the service stopped once; the token was suspended by the first.
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(3)
    const withSerial = outcomes.filter((outcome) => outcome.ok && outcome.value.serial)
    expect(withSerial).toHaveLength(1)
    expect((await tokenOf(bank, token)).state).toBe('suspended')
  })
})
