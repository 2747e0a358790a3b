/** 予約取消: until the day before, once, and never together with the run. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Ports } from '../../../src/bank/ports.ts'
import { wrongCode } from '../held-token.ts'
import {
  atOnce,
  eventsOf,
  MORNING_MS,
  openTestBank,
  type Process,
  refusalOf,
  type TestBank,
  tokenOf,
  tracesOf,
} from '../test-bank.ts'
import {
  cancel,
  recordOf,
  reserved,
  run,
  TOMORROW,
  TOMORROW_8_MS,
  usedOn,
  withToken,
} from './reservation-steps.ts'
import { balanceOf, unbalanced } from './transfer-steps.ts'

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

test('with a code: no money ever moves, the limit is free again, a notice goes out', async () => {
  const { token, customer } = await withToken(bank)
  const receiptNo = await reserved(bank, customer, token)
  const outcome = await cancel(bank, customer, token, receiptNo)
  expect(outcome).toMatchObject({ ok: true, value: { receivedAtMs: bank.clock.now() } })
  if (!outcome.ok) throw new Error()
  expect(outcome.value.receiptNo).not.toBe(receiptNo)
  expect(await recordOf(bank, customer, receiptNo)).toMatchObject({
    status: 'cancelled',
    cancelReceiptNo: outcome.value.receiptNo,
  })
  expect(await usedOn(bank, customer, TOMORROW)).toBe(0)
  expect((await eventsOf(bank, customer)).at(-1)).toBe('reservation-cancel done')
  const { notices } = await tracesOf(bank, customer)
  expect(notices.at(-1).subject).toContain('予約振込の取消を受け付けました')
  bank.clock.nowMs = TOMORROW_8_MS
  await run(bank.ports)
  expect(await balanceOf(bank, customer)).toBe(1_000_000)
})

test('with the confirmation method of a customer without a token', async () => {
  const customer = await bank.open({ method: 'customer-card' })
  const receiptNo = await reserved(bank, customer, undefined)
  expect(refusalOf(await cancel(bank, customer, undefined, receiptNo))).toBeUndefined()
})

test('replayed: the first result, whatever the code', async () => {
  const { token, customer } = await withToken(bank)
  const receiptNo = await reserved(bank, customer, token)
  const first = await cancel(bank, customer, token, receiptNo)
  const traces = await tracesOf(bank, customer)
  const again = await cancel(bank, customer, token, receiptNo, { given: { otp: '000000' } })
  if (!first.ok || !again.ok) throw new Error('not cancelled')
  const { transfer: _, ...result } = first.value
  expect(again.value).toMatchObject(result)
  expect(await tracesOf(bank, customer)).toEqual(traces)
})

test('refused: a wrong code counts, and the reservation stays', async () => {
  const { token, customer } = await withToken(bank)
  const receiptNo = await reserved(bank, customer, token)
  const otp = wrongCode(token, bank.clock.now())
  expect(refusalOf(await cancel(bank, customer, token, receiptNo, { given: { otp } }))).toBe(
    'wrong-code',
  )
  expect(await tokenOf(bank, token)).toMatchObject({ failures: 1 })
  expect(await recordOf(bank, customer, receiptNo)).toMatchObject({ status: 'reserved' })
})

test('refused: on its day, of another customer, executed already, frozen', async () => {
  const { token, customer } = await withToken(bank)
  const thief = await withToken(bank)
  const receiptNo = await reserved(bank, customer, token)
  expect(refusalOf(await cancel(bank, thief.customer, thief.token, receiptNo))).toBe('out-of-order')
  expect(refusalOf(await cancel(bank, customer, token, '9'.repeat(30)))).toBe('out-of-order')
  await bank.pool.query('update contract set frozen = true where contract_id = $1', [
    customer.contractId,
  ])
  expect(refusalOf(await cancel(bank, customer, token, receiptNo))).toBe('frozen')
  await bank.pool.query('update contract set frozen = false where contract_id = $1', [
    customer.contractId,
  ])
  bank.clock.nowMs = Date.parse(`${TOMORROW}T00:00:00+09:00`)
  expect(refusalOf(await cancel(bank, customer, token, receiptNo))).toBe('draft-expired')
  bank.clock.nowMs = TOMORROW_8_MS
  await run(bank.ports)
  expect(refusalOf(await cancel(bank, customer, token, receiptNo))).toBe('out-of-order')
})

test('clicked often at once: cancelled once, one result for all', async () => {
  const { token, customer } = await withToken(bank)
  const receiptNo = await reserved(bank, customer, token)
  const outcomes = await atOnce(8, (place) =>
    cancel(bank, customer, token, receiptNo, { ports: (place % 2 ? bank : other).ports }),
  )
  const results = outcomes.map((outcome) => outcome.ok && outcome.value.receiptNo)
  expect(results[0]).toMatch(/^\d+$/)
  expect(new Set(results).size).toBe(1)
  expect(await usedOn(bank, customer, TOMORROW)).toBe(0)
})

test('against the run at the same moment, with clocks apart: either, never both', async () => {
  const later: Ports = { ...other.ports, clock: { now: () => TOMORROW_8_MS } }
  const ends = new Set<string>()
  for (let round = 0; round < 12; round += 1) {
    bank.clock.nowMs = MORNING_MS + round * 5 * 60_000
    const { token, customer } = await withToken(bank)
    const receiptNo = await reserved(bank, customer, token)
    const [cancelled] = await Promise.all([cancel(bank, customer, token, receiptNo), run(later)])
    await run(later)
    const status = (await recordOf(bank, customer, receiptNo))?.status
    ends.add(status ?? '')
    expect(refusalOf(cancelled)).toBe(status === 'cancelled' ? undefined : 'out-of-order')
    const moved = status === 'cancelled' ? 0 : 10_165
    expect(await balanceOf(bank, customer)).toBe(1_000_000 - moved)
    expect(await usedOn(bank, customer, TOMORROW)).toBe(status === 'cancelled' ? 0 : 10_000)
  }
  expect([...ends].every((status) => ['cancelled', 'executed'].includes(status))).toBe(true)
})
