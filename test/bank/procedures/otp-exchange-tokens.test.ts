/** 交換 between the kinds of token, and what the old one is worth afterwards. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { nextMidnightMs } from '../../../src/bank/calendar.ts'
import { login, loginWithCode } from '../../../src/bank/procedures/login.ts'
import { codeAt, codeOfFactor, type HeldToken } from '../held-token.ts'
import {
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
import { exchanging } from './token-steps.ts'
import { ask, told } from './verification-steps.ts'

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

const software = () => bank.makeToken({ state: 'provisioned' })
const hardwareFor = ({ contractId }: Customer, kind: 'totp' | 'hotp' = 'totp') =>
  bank.makeToken({ type: 'HW', issuer: '1184', state: 'shipped', shippedTo: contractId, kind })

/** A customer at step 3, to whom any token may then be at hand. */
async function proven(customer: Customer, old: HeldToken) {
  const steps = await exchanging(bank, customer, old, old)
  expect(refusalOf(await steps.prove())).toBeUndefined()
  const send = (
    token: HeldToken,
    change: { serial?: string; otp?: string } = {},
    from: Process = bank,
  ) => {
    const otp = codeAt(token, bank.clock.now())
    return steps.send({ serial: token.serial, otp, ...change }, from)
  }
  return { prove: steps.prove, send }
}

/** A customer with an active token, and the same customer proven by it. */
async function ready() {
  const old = await bank.makeToken()
  const customer = await bank.open({ token: old })
  return { old, customer, at: await proven(customer, old) }
}

const serialOf = async (customer: Customer) => (await contractOf(bank, customer)).token?.serial

describe('done', () => {
  test('software to software: one commit swaps them; notice, receipt, low limit', async () => {
    const { old, customer, at } = await ready()
    const token = await software()
    expect((await tokenOf(bank, old)).state).toBe('active')
    expect(await at.send(token)).toMatchObject({
      ok: true,
      value: { newSerial: token.serial, oldSerial: old.serial, receivedAtMs: MORNING_MS },
    })
    expect(await contractOf(bank, customer)).toMatchObject({
      token: { issuer: token.issuer, serial: token.serial },
      lowLimitUntilMs: nextMidnightMs(MORNING_MS),
      tokenChangedAtMs: MORNING_MS,
    })
    expect((await tokenOf(bank, token)).state).toBe('active')
    expect((await tokenOf(bank, old)).state).toBe('exchanged')
    const { notices, receipts } = await tracesOf(bank, customer)
    expect(receipts).toHaveLength(1)
    expect(notices).toMatchObject([{ recipient: customer.mail }])
    expect(notices[0].body).toContain(token.serial)
    expect(notices[0].body).toContain(old.serial)
    expect((await eventsOf(bank, customer)).at(-1)).toBe('otp-exchange done')
  })

  test('software to the hardware that the bank has shipped', async () => {
    const { customer, at } = await ready()
    const token = await hardwareFor(customer)
    expect(await at.send(token)).toMatchObject({ ok: true })
    expect(await serialOf(customer)).toBe(token.serial)
  })

  test('software to an event-based hardware token: its third press', async () => {
    const { customer, at } = await ready()
    const token = await hardwareFor(customer, 'hotp')
    expect(await at.send(token, { otp: codeOfFactor(token, 2) })).toMatchObject({ ok: true })
    expect(await tokenOf(bank, token)).toMatchObject({ state: 'active', lastAccepted: 2 })
  })

  test('hardware to software', async () => {
    const customer = await bank.open()
    const hardware = await hardwareFor(customer)
    await bind(customer, hardware)
    const at = await proven(customer, hardware)
    const token = await software()
    expect(await at.send(token)).toMatchObject({ ok: true })
    expect((await tokenOf(bank, hardware)).state).toBe('exchanged')
    expect(await serialOf(customer)).toBe(token.serial)
  })

  test('a phone that serves two contracts goes on for the other', async () => {
    const shared = await bank.makeToken()
    const [one, two] = [await bank.open({ token: shared }), await bank.open({ token: shared })]
    const at = await proven(one, shared)
    expect(await at.send(await software())).toMatchObject({ ok: true })
    expect((await tokenOf(bank, shared)).state).toBe('active')
    bank.clock.nowMs += 30_000
    const last = await proven(two, shared)
    expect(await last.send(await software())).toMatchObject({ ok: true })
    expect((await tokenOf(bank, shared)).state).toBe('exchanged')
  })

  test('to the phone that serves another contract already', async () => {
    const shared = await bank.makeToken()
    await bank.open({ token: shared })
    const { customer, at } = await ready()
    expect(await at.send(shared)).toMatchObject({ ok: true })
    expect(await serialOf(customer)).toBe(shared.serial)
  })

  test('what login asks for stays as it was', async () => {
    const old = await bank.makeToken()
    const customer = await bank.open({ token: old, otpAtLogin: true })
    const at = await proven(customer, old)
    await at.send(await software())
    expect((await contractOf(bank, customer)).otpAtLogin).toBe(true)
  })
})

describe('the old token is dead everywhere', () => {
  test('its serial starts and exchanges nothing, its codes verify nothing', async () => {
    const { old, customer, at } = await ready()
    const token = await software()
    await at.send(token)
    bank.clock.nowMs += 30_000
    const otp = codeAt(old, bank.clock.now())
    expect(told(await ask(bank, customer, { otp }))).toBe('wrong-code')
    const again = await exchanging(bank, customer, token, old)
    expect(refusalOf(await again.prove(otp))).toBe('wrong-code')
    expect(await again.prove()).toMatchObject({ ok: true })
    bank.clock.nowMs += 30_000
    expect(await again.send()).toEqual({ ok: false, refusal: 'serial-unknown', field: 'serial' })
  })

  test('an exchange that was begun with it ends', async () => {
    const { old, customer, at } = await ready()
    bank.clock.nowMs += 30_000
    const late = await proven(customer, old)
    expect(await at.send(await software())).toMatchObject({ ok: true })
    expect(refusalOf(await late.send(await software()))).toBe('out-of-order')
  })

  test('a login that waits for its code takes that of the new one only', async () => {
    const old = await bank.makeToken()
    const customer = await bank.open({ token: old, otpAtLogin: true })
    const at = await proven(customer, old)
    const token = await software()
    await at.send(token)
    bank.clock.nowMs += 30_000
    const now = newBrowser()
    const browsers = { now, afterLogin: newBrowser() }
    expect(await login(bank.ports, request, browsers, customer)).toMatchObject({
      value: { next: 'code' },
    })
    const send = (held: HeldToken) =>
      loginWithCode(bank.ports, request, browsers, {
        draftId: undefined,
        otp: codeAt(held, bank.clock.now()),
      })
    expect(refusalOf(await send(old))).toBe('wrong-code')
    expect(await send(token)).toMatchObject({ ok: true })
  })
})

describe('step 3 refuses', () => {
  test('a serial that this customer may not use', async () => {
    const { old, at } = await ready()
    const someone = await bank.open()
    const cases = [
      [old.serial, 'same-serial'],
      ['', 'invalid-input'],
      ['GM12345678', 'serial-unknown'],
      [(await bank.makeToken({ state: 'suspended' })).serial, 'token-suspended'],
      [(await bank.makeToken({ state: 'stopped' })).serial, 'serial-unknown'],
      [(await bank.makeToken({ type: 'SY', state: 'provisioned' })).serial, 'type-closed'],
      [(await bank.makeToken({ type: 'PC', state: 'provisioned' })).serial, 'type-closed'],
      [(await hardwareFor(someone)).serial, 'serial-not-yours'],
    ] as const
    for (const [serial, refusal] of cases) {
      expect(await at.send(old, { serial })).toEqual({ ok: false, refusal, field: 'serial' })
    }
  })
})

describe('two at once', () => {
  test('two contracts leave one shared phone: it ends with the last of them', async () => {
    for (let round = 0; round < 6; round += 1) {
      bank.clock.nowMs += 30_000
      const shared = await bank.makeToken()
      const [one, two] = [await bank.open({ token: shared }), await bank.open({ token: shared })]
      const oneAt = await proven(one, shared)
      bank.clock.nowMs += 30_000
      const twoAt = await proven(two, shared)
      const outcomes = await Promise.all([
        oneAt.send(await software(), {}, bank),
        twoAt.send(await software(), {}, other),
      ])
      expect(outcomes.map(refusalOf)).toEqual([undefined, undefined])
      expect((await tokenOf(bank, shared)).state).toBe('exchanged')
    }
  })

  test('a phone that one contract leaves while another comes to it stays in use', async () => {
    for (let round = 0; round < 8; round += 1) {
      bank.clock.nowMs += 30_000
      const [shared, old] = [await bank.makeToken(), await bank.makeToken()]
      const [leaver, comer] = [await bank.open({ token: shared }), await bank.open({ token: old })]
      const leaving = await proven(leaver, shared)
      const coming = await proven(comer, old)
      bank.clock.nowMs += 30_000
      const target = await software()
      const [left, came] = await Promise.all([
        leaving.send(target, {}, bank),
        coming.send(shared, {}, other),
      ])
      expect(refusalOf(left)).toBeUndefined()
      const { state } = await tokenOf(bank, shared)
      // Whoever was first: a contract is never bound to a token that has ended.
      expect(state).toBe(came.ok ? 'active' : 'exchanged')
      if (!came.ok) expect(came.refusal).toBe('serial-unknown')
    }
  })
})

async function bind({ contractId }: Customer, { issuer, serial }: HeldToken) {
  await bank.pool.query(`update token set state = 'active' where serial = $1`, [serial])
  await bank.pool.query(
    'update contract set token_issuer = $2, token_serial = $3 where contract_id = $1',
    [contractId, issuer, serial],
  )
}
