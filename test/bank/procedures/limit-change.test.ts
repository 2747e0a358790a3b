/** 限度額の変更: down at once, up from 0:00 of the next day and only with a code. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Authorisation } from '../../../src/bank/authorisation.ts'
import { dailyLimitYen } from '../../../src/bank/money/money.ts'
import { changeLimit, reviewLimit } from '../../../src/bank/procedures/limit-change.ts'
import { DEMO_BANK } from '../../../src/store/demo/demo-bank.ts'
import { codeAt, type HeldToken, wrongCode } from '../held-token.ts'
import {
  atOnce,
  type Customer,
  contractOf,
  DAY_MS,
  eventsOf,
  MORNING_MS,
  newBrowser,
  openTestBank,
  type Process,
  refusalOf,
  requestOf,
  rightAnswers,
  type TestBank,
  tokenOf,
  tracesOf,
} from '../test-bank.ts'

const MIDNIGHT_MS = Date.parse('2026-11-25T00:00:00+09:00')

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})

async function withToken() {
  const token = await bank.makeToken()
  return { token, customer: await bank.open({ token }) }
}

async function reviewed(customer: Customer, token: HeldToken | undefined, limit: string) {
  const browser = newBrowser()
  const outcome = await reviewLimit(bank.ports, requestOf(customer), browser, limit)
  if (!outcome.ok) throw new Error(outcome.refusal)
  const answers = token ? {} : await rightAnswers(bank, customer)
  return async (given: Partial<Authorisation> = {}, process: Process = bank) =>
    changeLimit(process.ports, requestOf(customer), browser, {
      draftId: outcome.value.draftId,
      otp: token ? codeAt(token, bank.clock.now()) : '',
      answers,
      ...given,
    })
}

async function change(customer: Customer, token: HeldToken | undefined, limit: string) {
  const outcome = await (await reviewed(customer, token, limit))()
  bank.clock.nowMs += 60_000
  return outcome
}

const limitAt = async (customer: Customer, nowMs: number) =>
  dailyLimitYen(DEMO_BANK, await contractOf(bank, customer), nowMs)

describe('done', () => {
  test('lowered with a code: at once, with receipt, event and notice', async () => {
    const { token, customer } = await withToken()
    const outcome = await change(customer, token, '30000')
    expect(outcome).toMatchObject({ value: { limitYen: 30_000, oldLimitYen: 1_000_000 } })
    expect(outcome).not.toHaveProperty('value.fromMs')
    expect(await limitAt(customer, bank.clock.now())).toBe(30_000)
    expect((await eventsOf(bank, customer)).at(-1)).toBe('limit-change done')
    const { notices, receipts } = await tracesOf(bank, customer)
    expect(receipts).toHaveLength(1)
    expect(notices[0].body).toContain('変更後の限度額：30,000円')
  })

  test('lowered by the confirmation method of a customer without a token', async () => {
    const customer = await bank.open({ method: 'image-card' })
    expect(refusalOf(await change(customer, undefined, '0'))).toBeUndefined()
    expect(await limitAt(customer, bank.clock.now())).toBe(0)
  })

  test('raised with a code: from 0:00 of the next Japanese day', async () => {
    const { token, customer } = await withToken()
    await change(customer, token, '30000')
    expect(await change(customer, token, '500000')).toMatchObject({
      value: { limitYen: 500_000, oldLimitYen: 30_000, fromMs: MIDNIGHT_MS },
    })
    expect(await limitAt(customer, MIDNIGHT_MS - 1)).toBe(30_000)
    expect(await limitAt(customer, MIDNIGHT_MS)).toBe(500_000)
  })

  test('lowered while a raise waits: the raise is off', async () => {
    const { token, customer } = await withToken()
    await change(customer, token, '30000')
    await change(customer, token, '500000')
    await change(customer, token, '20000')
    expect(await limitAt(customer, MIDNIGHT_MS + DAY_MS)).toBe(20_000)
  })

  test('raised again after a raise has come into force: from that one', async () => {
    const { token, customer } = await withToken()
    await change(customer, token, '30000')
    await change(customer, token, '40000')
    bank.clock.nowMs = MIDNIGHT_MS
    await change(customer, token, '50000')
    expect(await limitAt(customer, MIDNIGHT_MS + 1)).toBe(40_000)
    expect(await limitAt(customer, MIDNIGHT_MS + DAY_MS)).toBe(50_000)
  })

  test('replayed: the first result, and nothing is changed', async () => {
    const { token, customer } = await withToken()
    const send = await reviewed(customer, token, '30000')
    const first = await send()
    const traces = await tracesOf(bank, customer)
    expect(await send({ otp: wrongCode(token, bank.clock.now()) })).toEqual(first)
    expect(await tracesOf(bank, customer)).toEqual(traces)
  })

  test('sent often at once: changed once, one result for all', async () => {
    const { token, customer } = await withToken()
    const other = bank.another()
    const send = await reviewed(customer, token, '30000')
    const outcomes = await atOnce(8, (place) => send({}, place % 2 ? bank : other))
    expect(outcomes[0]).toMatchObject({ ok: true })
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0])
    expect((await tracesOf(bank, customer)).receipts).toHaveLength(1)
  })
})

describe('refused', () => {
  const asked = async (customer: Customer, limit: string) =>
    reviewLimit(bank.ports, requestOf(customer), newBrowser(), limit)

  test.each(['', '-1', '1.5', '1e3', '1000001', '99999999999', 'x'])('%j', async (limit) => {
    const { customer } = await withToken()
    const expected = { ok: false, refusal: 'invalid-input', field: 'dailyLimit' }
    expect(await asked(customer, limit)).toEqual(expected)
  })

  test('a raise without a token, also within the low limit', async () => {
    const customer = await bank.open()
    expect(refusalOf(await asked(customer, '100001'))).toBe('no-token')
    expect(refusalOf(await change(customer, undefined, '5000'))).toBeUndefined()
    expect(refusalOf(await asked(customer, '6000'))).toBe('no-token')
  })

  test('a wrong code counts, and the limit stays', async () => {
    const { token, customer } = await withToken()
    const send = await reviewed(customer, token, '30000')
    expect(refusalOf(await send({ otp: wrongCode(token, bank.clock.now()) }))).toBe('wrong-code')
    expect(await tokenOf(bank, token)).toMatchObject({ failures: 1 })
    expect(await limitAt(customer, bank.clock.now())).toBe(1_000_000)
  })

  test('draft-expired when midnight has passed over a raise, out-of-order and frozen', async () => {
    const { token, customer } = await withToken()
    await change(customer, token, '30000')
    bank.clock.nowMs = MIDNIGHT_MS - 30_000
    const send = await reviewed(customer, token, '40000')
    bank.clock.nowMs += 60_000
    expect(refusalOf(await send())).toBe('draft-expired')
    const thief = await withToken()
    const request = requestOf(thief.customer)
    const form = { draftId: 'none', otp: '123456', answers: {} }
    const none = await changeLimit(bank.ports, request, newBrowser(), form)
    expect(refusalOf(none)).toBe('out-of-order')
    await bank.pool.query('update contract set frozen = true where contract_id = $1', [
      customer.contractId,
    ])
    expect(refusalOf(await asked(customer, '10'))).toBe('frozen')
  })
})
