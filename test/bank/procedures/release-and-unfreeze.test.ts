/** What undoes a loss report: the token is released, the service goes on, the low limit is lifted. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { completeFreeze } from '../../../src/bank/procedures/freeze.ts'
import { limitLift } from '../../../src/bank/procedures/limit-lift.ts'
import { login } from '../../../src/bank/procedures/login.ts'
import { tokenRelease } from '../../../src/bank/procedures/token-release.ts'
import { unfreeze } from '../../../src/bank/procedures/unfreeze.ts'
import { codeAt, type HeldToken } from '../held-token.ts'
import { prepare, prepared } from '../office/four-eyes-steps.ts'
import { appoint, type TestStaff } from '../office/test-staff.ts'
import { OTHER_BANK, openOtherBank, openThere } from '../other-bank.ts'
import {
  atOnce,
  type Customer,
  contractOf,
  eventsOf,
  MORNING_MS,
  newBrowser,
  openTestBank,
  type Process,
  refusalOf,
  request,
  type TestBank,
  tokenOf,
  tracesOf,
} from '../test-bank.ts'
import { begun } from './otp-start-steps.ts'
import { reviewed, toOwnBank } from './transfer-steps.ts'
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
  await openOtherBank(bank)
})
afterAll(() => bank.close())
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})
const either = (place: number): Process => (place % 2 ? bank : other)
const nobody = { contractId: '99999999999' }

async function suspended(heldBy: readonly string[] = ['1184']) {
  const token = await bank.makeToken({ state: 'suspended' })
  const customer = await bank.open({ token })
  for (const bankCode of heldBy) {
    const text = 'insert into token_hold values ($1, $2, $3, now())'
    await bank.pool.query(text, [token.issuer, token.serial, bankCode])
  }
  const release = () => prepared(bank, tokenRelease, customer, clerk, { serial: token.serial })
  return { token, customer, release }
}

const noticesOf = async (contractId: string) =>
  (await bank.pool.query('select body from notice where contract_id = $1', [contractId])).rows

describe('利用停止の解除', () => {
  test('done: the token works again, with event, receipt and notice', async () => {
    const { token, customer, release } = await suspended()
    const { approve } = await release()
    expect(await approve(supervisor)).toMatchObject({ ok: true })
    const otp = codeAt(token, MORNING_MS)
    expect(told(await ask(other, customer, { otp }))).toBe('accepted')
    expect(await eventsOf(bank, customer)).toEqual([
      'proposal done',
      'token-release done',
      'verification done',
    ])
    expect((await tracesOf(bank, customer)).notices).toHaveLength(1)
    expect(await bank.ports.store.tables.tokenHolds.of(token)).toEqual([])
  })

  test('done for the family, too, who are told', async () => {
    const { token, release } = await suspended()
    const family = await bank.open({ token })
    const there = await openThere(bank, token)
    await (await release()).approve(supervisor)
    expect(await noticesOf(family.contractId)).toHaveLength(1)
    expect((await noticesOf(there))[0].body).toContain(OTHER_BANK.name)
  })

  test('held by another bank as well, it stays dead until that one lets go', async () => {
    const { token, customer, release } = await suspended(['1184', OTHER_BANK.bankCode])
    const family = await bank.open({ token })
    expect(await (await release()).approve(supervisor)).toMatchObject({ ok: true })
    expect((await tokenOf(bank, token)).state).toBe('suspended')
    expect((await noticesOf(customer.contractId))[0].body).toContain('停止中')
    expect(await noticesOf(family.contractId)).toEqual([])
    const facts = { serial: token.serial }
    expect(refusalOf(await prepare(bank, tokenRelease, customer, clerk, facts))).toBe('wrong-state')
  })

  test('refused: not suspended, suspended by another bank only, another token, nobody', async () => {
    const active = await bank.makeToken()
    const customer = await bank.open({ token: active })
    const facts = { serial: active.serial }
    expect(refusalOf(await prepare(bank, tokenRelease, customer, clerk, facts))).toBe('wrong-state')
    const elsewhere = await suspended([OTHER_BANK.bankCode])
    await expect(elsewhere.release()).rejects.toThrow('wrong-state')
    const { customer: third } = await suspended()
    expect(refusalOf(await prepare(bank, tokenRelease, third, clerk, facts))).toBe('wrong-state')
    expect(refusalOf(await prepare(bank, tokenRelease, nobody, clerk))).toBe('unknown-contract')
    const without = await bank.open()
    expect(refusalOf(await prepare(bank, tokenRelease, without, clerk))).toBe('no-token')
  })

  test('replayed and two at once: released once; what was suspended again stays so', async () => {
    const { token, customer, release } = await suspended()
    const { approve } = await release()
    const outcomes = await atOnce(8, (place) => approve(supervisor, either(place)))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect((await tracesOf(bank, customer)).receipts).toHaveLength(1)
    const text = `update token set state = 'suspended' where serial = $1`
    await bank.pool.query(text, [token.serial])
    expect(refusalOf(await approve(supervisor))).toBe('already-decided')
    expect((await tokenOf(bank, token)).state).toBe('suspended')
  })
})

describe('取引中止の解除', () => {
  async function frozen(by: 'customer' | 'bank' = 'customer'): Promise<Customer> {
    const customer = await bank.open()
    const text = 'update contract set frozen = true, frozen_by = $2 where contract_id = $1'
    await bank.pool.query(text, [customer.contractId, by])
    return customer
  }
  const signIn = (customer: Customer) =>
    login(bank.ports, request, { now: newBrowser(), afterLogin: newBrowser() }, customer)

  test.each(['customer', 'bank'] as const)('done: stopped by the %s', async (by) => {
    const customer = await frozen(by)
    const { approve } = await prepared(bank, unfreeze, customer, clerk)
    expect((await contractOf(bank, customer)).frozen).toBe(true)
    expect(await approve(supervisor)).toMatchObject({ ok: true })
    const contract = await contractOf(bank, customer)
    expect([contract.frozen, contract.frozenBy]).toEqual([false, undefined])
    expect(await signIn(customer)).toMatchObject({ ok: true })
    const { send } = await reviewed(bank, customer, undefined, toOwnBank('0000021'))
    expect(await send()).toMatchObject({ ok: true })
    expect((await tracesOf(bank, customer)).notices).toHaveLength(2)
    expect(await eventsOf(bank, customer)).toContain('unfreeze done')
  })

  test('refused: nothing is stopped, nobody', async () => {
    const customer = await bank.open()
    expect(refusalOf(await prepare(bank, unfreeze, customer, clerk))).toBe('wrong-state')
    expect(refusalOf(await prepare(bank, unfreeze, nobody, clerk))).toBe('unknown-contract')
    const out = await completeFreeze(bank.ports, request, newBrowser(), undefined)
    expect(refusalOf(out)).toBe('out-of-order')
  })

  test('replayed and two at once: lifted once', async () => {
    const customer = await frozen()
    const { approve } = await prepared(bank, unfreeze, customer, clerk)
    const outcomes = await atOnce(8, (place) => approve(supervisor, either(place)))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect((await tracesOf(bank, customer)).receipts).toHaveLength(1)
  })
})

describe('限度額の一時解除', () => {
  /** A customer who has just started a token. */
  async function started(): Promise<{ customer: Customer; token: HeldToken }> {
    const customer = await bank.open()
    const token = await bank.makeToken({ state: 'provisioned' })
    const { send } = await begun(bank, customer, token)
    expect(await send()).toMatchObject({ ok: true })
    bank.clock.nowMs += 30_000
    return { customer, token }
  }
  const factsOf = async (customer: Customer) => {
    const { token, tokenChangedAtMs } = await contractOf(bank, customer)
    return { serial: token?.serial, changedAtMs: tokenChangedAtMs }
  }

  test('done: more than the low limit can be sent today', async () => {
    const { customer, token } = await started()
    const send = { ...toOwnBank('0000021'), amount: '500000' }
    await expect(reviewed(bank, customer, token, send)).rejects.toThrow('limit-exceeded')
    const { approve } = await prepared(bank, limitLift, customer, clerk, await factsOf(customer))
    expect(await approve(supervisor)).toMatchObject({ ok: true })
    const { send: confirm } = await reviewed(bank, customer, token, send)
    expect(await confirm()).toMatchObject({ ok: true })
    expect(await eventsOf(bank, customer)).toContain('limit-lift done')
    const notices = await noticesOf(customer.contractId)
    expect(notices.map(({ body }) => body).join()).toContain('本日の限度額：1,000,000円')
  })

  test('refused: no low limit, no token, another change since, nobody', async () => {
    const customer = await bank.open({ token: await bank.makeToken() })
    const facts = await factsOf(customer)
    expect(refusalOf(await prepare(bank, limitLift, customer, clerk, facts))).toBe('wrong-state')
    expect(refusalOf(await prepare(bank, limitLift, await bank.open(), clerk))).toBe('no-token')
    expect(refusalOf(await prepare(bank, limitLift, nobody, clerk))).toBe('unknown-contract')
    // The thief exchanges the token after the call.
    const { customer: called } = await started()
    const { approve } = await prepared(bank, limitLift, called, clerk, await factsOf(called))
    const text =
      'update contract set token_changed_at = token_changed_at + $2 where contract_id = $1'
    await bank.pool.query(text, [called.contractId, '1 minute'])
    expect(refusalOf(await approve(supervisor))).toBe('wrong-state')
    expect((await contractOf(bank, called)).lowLimitUntilMs).toBeDefined()
  })

  test('replayed and two at once: lifted once', async () => {
    const { customer } = await started()
    const { approve } = await prepared(bank, limitLift, customer, clerk, await factsOf(customer))
    const outcomes = await atOnce(8, (place) => approve(supervisor, either(place)))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    const events = await eventsOf(bank, customer)
    expect(events.filter((event) => event === 'limit-lift done')).toHaveLength(1)
  })
})
