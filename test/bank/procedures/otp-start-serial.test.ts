/** 利用開始 refuses the serials that this customer may not start. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MORNING_MS, openTestBank, refusalOf, type TestBank, tracesOf } from '../test-bank.ts'
import { begun } from './otp-start-steps.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})

describe('step 2 refuses the serial', () => {
  const serialRefusal = async (serial: string, of?: Awaited<ReturnType<typeof begun>>) => {
    const token = await bank.makeToken({ state: 'provisioned' })
    const at = of ?? (await begun(bank, await bank.open(), token))
    const traces = await tracesOf(bank, at.customer)
    const outcome = await at.send({ serial, otp: '123456' })
    expect(await tracesOf(bank, at.customer)).toEqual(traces)
    expect(outcome).toMatchObject({ ok: false, field: 'serial' })
    return refusalOf(outcome)
  }

  test.each(['', 'GM1', 'GM!0000000', 'G'.repeat(33), 'GM1234\u00005678', '\ud800GM12345674'])(
    'malformed: %j is invalid input',
    async (serial) => expect(await serialRefusal(serial)).toBe('invalid-input'),
  )

  test('mistyped: serial-unknown', async () => {
    expect(await serialRefusal('GM12345678')).toBe('serial-unknown')
  })

  test.each(['agreed', 'exchanged', 'stopped', 'reissued', 'expired', 'stocked'] as const)(
    '%s: serial-unknown',
    async (state) => {
      const { serial } = await bank.makeToken({ state })
      expect(await serialRefusal(serial)).toBe('serial-unknown')
    },
  )

  test('suspended: token-suspended', async () => {
    const { serial } = await bank.makeToken({ state: 'suspended' })
    expect(await serialRefusal(serial)).toBe('token-suspended')
  })

  test.each(['SY', 'PC'])(
    'a %s token: type-closed today, taken while it was open',
    async (type) => {
      const token = await bank.makeToken({ type, state: 'provisioned' })
      expect(await serialRefusal(token.serial)).toBe('type-closed')
      bank.clock.nowMs = Date.parse('2017-07-23T23:59:30+09:00')
      const { send } = await begun(bank, await bank.open(), token)
      expect(await send()).toMatchObject({ ok: true })
    },
  )

  test('a hardware token that was shipped to someone else: serial-not-yours', async () => {
    const someone = await bank.open()
    const { serial } = await bank.makeToken({
      type: 'HW',
      issuer: '1184',
      state: 'shipped',
      shippedTo: someone.contractId,
    })
    expect(await serialRefusal(serial)).toBe('serial-not-yours')
  })

  test('a hardware token of another bank: serial-unknown', async () => {
    const customer = await bank.open()
    const token = await bank.makeToken({
      type: 'HW',
      issuer: '1181',
      state: 'shipped',
      shippedTo: customer.contractId,
    })
    const at = await begun(bank, customer, token)
    expect(await serialRefusal(token.serial, at)).toBe('serial-unknown')
  })

  test("the customer's own hardware token that is in use: serial-in-use", async () => {
    const customer = await bank.open()
    const token = await bank.makeToken({
      type: 'HW',
      issuer: '1184',
      state: 'active',
      shippedTo: customer.contractId,
    })
    const at = await begun(bank, customer, token)
    expect(await serialRefusal(token.serial, at)).toBe('serial-in-use')
  })
})
