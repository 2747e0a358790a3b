/** Reservations: made, and executed on their day by whichever process. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Ports } from '../../../src/bank/ports.ts'
import { runReservations } from '../../../src/bank/procedures/reservation-run.ts'
import {
  atOnce,
  DAY_MS,
  eventsOf,
  MORNING_MS,
  openTestBank,
  type Process,
  refusalOf,
  type TestBank,
  tracesOf,
} from '../test-bank.ts'
import {
  recordOf,
  reserved,
  run,
  TOMORROW,
  TOMORROW_8_MS,
  usedOn,
  withToken,
} from './reservation-steps.ts'
import { balanceOf, review, reviewed, toOwnBank, unbalanced } from './transfer-steps.ts'

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

describe('a reservation', () => {
  test('moves no money, counts to the limit of its day and is told by notice', async () => {
    const { token, customer } = await withToken(bank)
    const receiptNo = await reserved(bank, customer, token, { amount: '30000' })
    expect(await balanceOf(bank, customer)).toBe(1_000_000)
    expect(await usedOn(bank, customer, TOMORROW)).toBe(30_000)
    expect(await usedOn(bank, customer, '2026-11-24')).toBe(0)
    expect(await recordOf(bank, customer, receiptNo)).toMatchObject({
      status: 'reserved',
      day: TOMORROW,
    })
    const { notices } = await tracesOf(bank, customer)
    expect(notices.at(-1).subject).toContain('振込の予約を受け付けました')
    expect(notices.at(-1).body).toContain('お振込日：2026年11月25日')
  })

  test('may be of more than there is now, but never of more than the limit of its day', async () => {
    const { token, customer } = await withToken(bank, 1_000)
    await reserved(bank, customer, token, { amount: '600000' })
    const more = await review(bank, customer, { date: TOMORROW, amount: '400001' })
    expect(more.outcome).toEqual({ ok: false, refusal: 'limit-exceeded', field: 'amount' })
    const dayAfter = await review(bank, customer, { date: '2026-11-26', amount: '1000000' })
    expect(refusalOf(dayAfter.outcome)).toBeUndefined()
  })

  test('on the day of a start is held to the low limit, though it is for tomorrow', async () => {
    const { customer } = await withToken(bank, 5_000_000)
    await bank.pool.query(
      `update contract set low_limit_until = '2026-11-25T00:00+09' where contract_id = $1`,
      [customer.contractId],
    )
    const { outcome } = await review(bank, customer, { date: TOMORROW, amount: '100001' })
    expect(refusalOf(outcome)).toBe('limit-exceeded')
  })

  test.each(['2026-11-23', '2026-12-25', '2026-11-31', 'x'])('for %s is refused', async (date) => {
    const { customer } = await withToken(bank)
    const { outcome } = await review(bank, customer, { date })
    expect(outcome).toEqual({ ok: false, refusal: 'invalid-input', field: 'date' })
  })

  test('draft-expired: reviewed before midnight, its day has come', async () => {
    const { token, customer } = await withToken(bank)
    bank.clock.nowMs = Date.parse('2026-11-24T23:59:30+09:00')
    const { send } = await reviewed(bank, customer, token, { date: TOMORROW })
    bank.clock.nowMs += 60_000
    expect(refusalOf(await send())).toBe('draft-expired')
  })

  test('draft-expired: reviewed before 15:00, now another bank books it tomorrow', async () => {
    const { token, customer } = await withToken(bank)
    bank.clock.nowMs = Date.parse('2026-11-24T14:59:30+09:00')
    const { send } = await reviewed(bank, customer, token)
    const own = await reviewed(bank, customer, token, toOwnBank('0000011'))
    bank.clock.nowMs += 60_000
    expect(refusalOf(await send())).toBe('draft-expired')
    expect(refusalOf(await own.send())).toBeUndefined()
  })
})

describe('the run', () => {
  test('does it from 8:00 on its day, once, under its receipt number, with a notice', async () => {
    const { token, customer } = await withToken(bank)
    const receiptNo = await reserved(bank, customer, token, { amount: '30000' })
    bank.clock.nowMs = TOMORROW_8_MS - 1
    await run(bank.ports)
    expect(await balanceOf(bank, customer)).toBe(1_000_000)
    bank.clock.nowMs = TOMORROW_8_MS
    await run(bank.ports)
    await run(bank.ports)
    expect(await balanceOf(bank, customer)).toBe(1_000_000 - 30_330)
    expect(await recordOf(bank, customer, receiptNo)).toMatchObject({
      status: 'executed',
      closedAtMs: TOMORROW_8_MS,
    })
    expect((await eventsOf(bank, customer)).slice(-2)).toEqual([
      'transfer done',
      'reservation-run done',
    ])
    const { notices, receipts } = await tracesOf(bank, customer)
    expect([notices.length, receipts.length]).toEqual([2, 1])
    expect(notices.at(-1).subject).toContain('予約振込を行いました')
    expect(notices.at(-1).body).toContain(receiptNo)
  })

  test('many processes at once: each reservation executed by one of them', async () => {
    const payee = await bank.open({ balanceYen: 0 })
    const form = { ...toOwnBank(payee.accountNumber), amount: '700' }
    const customers = await atOnce(8, () => withToken(bank))
    for (const { token, customer } of customers) await reserved(bank, customer, token, form)
    bank.clock.nowMs = TOMORROW_8_MS
    const runs = await atOnce(6, (place) => run((place % 2 ? bank : other).ports))
    const executed = runs.reduce((sum, { executed }) => sum + executed, 0)
    expect(executed).toBe(8)
    expect(await balanceOf(bank, payee)).toBe(8 * 700)
  })

  test('a process that dies before its commit has done nothing; the next one does it', async () => {
    const { token, customer } = await withToken(bank)
    await reserved(bank, customer, token)
    bank.clock.nowMs = TOMORROW_8_MS
    const { store } = bank.ports
    const dying: Ports = {
      ...bank.ports,
      store: {
        ...store,
        attempt: (hold, act, refuse) =>
          store.attempt(
            hold,
            async (tx, held) => {
              const outcome = await act(tx, held)
              if (held === undefined) return outcome
              throw new Error('killed')
            },
            refuse,
          ),
      },
    }
    const errors: unknown[] = []
    await runReservations(dying, 'a run', (error) => errors.push(error))
    expect(errors.length).toBeGreaterThan(0)
    expect(await balanceOf(bank, customer)).toBe(1_000_000)
    await run(bank.ports)
    expect(await balanceOf(bank, customer)).toBe(1_000_000 - 10_165)
  })

  test.each([
    ['the balance', 5_000, false, 'insufficient-funds', '残高不足'],
    ['the fee', 10_100, false, 'insufficient-funds', '残高不足'],
    ['the customer, who has stopped all', 50_000, true, 'frozen', 'お取引を中止'],
  ])('lacks %s: failed, told by notice, the limit free again', async (...wish) => {
    const [_, balanceYen, frozen, failure, words] = wish
    const { token, customer } = await withToken(bank, balanceYen)
    const receiptNo = await reserved(bank, customer, token)
    await bank.pool.query('update contract set frozen = $2 where contract_id = $1', [
      customer.contractId,
      frozen,
    ])
    bank.clock.nowMs = TOMORROW_8_MS
    await run(bank.ports)
    expect(await balanceOf(bank, customer)).toBe(balanceYen)
    expect(await recordOf(bank, customer, receiptNo)).toMatchObject({ status: 'failed', failure })
    expect(await usedOn(bank, customer, TOMORROW)).toBe(0)
    expect((await eventsOf(bank, customer)).at(-1)).toBe(`reservation-run ${failure}`)
    const { notices } = await tracesOf(bank, customer)
    expect(notices.at(-1).subject).toContain('予約振込を行えませんでした')
    expect(notices.at(-1).body).toContain(words)
    await bank.pool.query('update account set balance_yen = balance_yen where contract_id = $1', [
      customer.contractId,
    ])
    await run(bank.ports)
    expect((await tracesOf(bank, customer)).notices).toHaveLength(notices.length)
  })

  test('made up for two days late, on a Saturday: the payee’s bank books on Monday', async () => {
    const { token, customer } = await withToken(bank)
    const receiptNo = await reserved(bank, customer, token, { date: '2026-11-27' })
    bank.clock.nowMs = Date.parse('2026-11-28T12:00:00+09:00')
    await run(bank.ports)
    expect(await recordOf(bank, customer, receiptNo)).toMatchObject({
      status: 'executed',
      day: '2026-11-27',
      bookingDay: '2026-11-30',
    })
  })
})

test('days that pass change nothing of what is done', async () => {
  const { token, customer } = await withToken(bank)
  await reserved(bank, customer, token)
  bank.clock.nowMs = TOMORROW_8_MS
  await run(bank.ports)
  const traces = await tracesOf(bank, customer)
  bank.clock.nowMs += 10 * DAY_MS
  await run(bank.ports)
  expect(await tracesOf(bank, customer)).toEqual(traces)
})
