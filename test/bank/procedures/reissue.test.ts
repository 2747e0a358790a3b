/** 再発行: the token is retired, and the customer starts another one under the low limit. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { nextMidnightMs } from '../../../src/bank/calendar.ts'
import { REISSUE_CAUSES, reissue } from '../../../src/bank/procedures/reissue.ts'
import { codeAt } from '../held-token.ts'
import { prepare, prepared } from '../office/four-eyes-steps.ts'
import { appoint, type TestStaff } from '../office/test-staff.ts'
import {
  atOnce,
  type Customer,
  contractOf,
  eventsOf,
  MORNING_MS,
  openTestBank,
  type Process,
  refusalOf,
  type TestBank,
  tokenOf,
  tracesOf,
} from '../test-bank.ts'
import { begun } from './otp-start-steps.ts'
import { ask, told } from './verification-steps.ts'

let bank: TestBank
let other: Process
let clerk: TestStaff
let supervisor: TestStaff
beforeAll(async () => {
  bank = await openTestBank()
  other = bank.another()
  clerk = await appoint(bank, 'clerk')
  supervisor = await appoint(bank, 'supervisor')
})
afterAll(() => bank.close())
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})

async function withToken() {
  const token = await bank.makeToken()
  return { token, customer: await bank.open({ token, otpAtLogin: true }) }
}
const factsOf = async (customer: Customer, cause = 'lost') => ({
  serial: (await contractOf(bank, customer)).token?.serial,
  cause,
})
const waiting = async (customer: Customer) =>
  prepared(bank, reissue, customer, clerk, await factsOf(customer))

describe('done', () => {
  test('retired; back to the confirmation method, with event, receipt and notice', async () => {
    const { token, customer } = await withToken()
    const { approve } = await waiting(customer)
    expect((await tokenOf(bank, token)).state).toBe('active')
    expect(await approve(supervisor)).toMatchObject({ ok: true })
    expect((await tokenOf(bank, token)).state).toBe('reissued')
    const contract = await contractOf(bank, customer)
    expect([contract.token, contract.otpAtLogin]).toEqual([undefined, false])
    expect(told(await ask(other, customer, { otp: codeAt(token, MORNING_MS) }))).toBe('no-token')
    expect(await eventsOf(bank, customer)).toEqual([
      'proposal done',
      'reissue done',
      'verification no-token',
    ])
    const { receipts, notices } = await tracesOf(bank, customer)
    expect([receipts.length, notices.length]).toEqual([1, 1])
    expect(notices[0].body).toContain(token.serial)
  })

  test('a new token can be started at once, and has the low limit until midnight', async () => {
    const { customer } = await withToken()
    await (await waiting(customer)).approve(supervisor)
    const fresh = await bank.makeToken({ state: 'provisioned' })
    const { send } = await begun(bank, customer, fresh)
    expect(await send()).toMatchObject({ ok: true })
    const contract = await contractOf(bank, customer)
    expect(contract.token?.serial).toBe(fresh.serial)
    expect(contract.lowLimitUntilMs).toBe(nextMidnightMs(MORNING_MS))
  })

  test('a suspended one, after a loss; its serial never starts again', async () => {
    const { token, customer } = await withToken()
    await bank.pool.query(`update token set state = 'suspended' where serial = $1`, [token.serial])
    await (await waiting(customer)).approve(supervisor)
    expect((await tokenOf(bank, token)).state).toBe('reissued')
    const { send } = await begun(bank, customer, token)
    expect(refusalOf(await send())).toBe('serial-unknown')
  })

  test('a phone that serves another contract goes on for that one, and ends with the last', async () => {
    const { token, customer } = await withToken()
    const family = await bank.open({ token })
    await (await waiting(customer)).approve(supervisor)
    expect((await tokenOf(bank, token)).state).toBe('active')
    expect(told(await ask(bank, family, { otp: codeAt(token, MORNING_MS) }))).toBe('accepted')
    await (await waiting(family)).approve(supervisor)
    expect((await tokenOf(bank, token)).state).toBe('reissued')
  })
})

describe('refused', () => {
  test('without a token, without a cause, for nobody', async () => {
    const without = await bank.open()
    expect(refusalOf(await prepare(bank, reissue, without, clerk))).toBe('no-token')
    const { customer } = await withToken()
    for (const cause of [undefined, 'bored']) {
      const facts = { ...(await factsOf(customer)), cause }
      const outcome = await prepare(bank, reissue, customer, clerk, facts)
      expect(outcome).toMatchObject({ refusal: 'invalid-input', field: 'cause' })
    }
    const nobody = { contractId: '99999999999' }
    expect(refusalOf(await prepare(bank, reissue, nobody, clerk))).toBe('unknown-contract')
    expect(REISSUE_CAUSES).toContain('uninstalled')
  })

  test('the customer has exchanged it meanwhile: the new token stays', async () => {
    const { customer } = await withToken()
    const { approve } = await waiting(customer)
    const fresh = await bank.makeToken()
    const text = 'update contract set token_serial = $2 where contract_id = $1'
    await bank.pool.query(text, [customer.contractId, fresh.serial])
    expect(refusalOf(await approve(supervisor))).toBe('wrong-state')
    expect((await contractOf(bank, customer)).token?.serial).toBe(fresh.serial)
  })
})

test('replayed and two at once: retired once, however often it is approved', async () => {
  const { customer } = await withToken()
  const { approve } = await waiting(customer)
  const outcomes = await atOnce(8, (place) => approve(supervisor, place % 2 ? bank : other))
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
  expect(refusalOf(await approve(supervisor))).toBe('already-decided')
  expect((await tracesOf(bank, customer)).receipts).toHaveLength(1)
})
