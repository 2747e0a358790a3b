/** 不着・再送・返却 of hardware tokens: done, refused, replayed, two at once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { assignSerial } from '../../../src/bank/procedures/hardware-assign.ts'
import { reportMissing, resend } from '../../../src/bank/procedures/hardware-missing.ts'
import { takeBack } from '../../../src/bank/procedures/hardware-return.ts'
import { TOKEN_STATES } from '../../../src/bank/token.ts'
import { wrongCode } from '../held-token.ts'
import { appoint, type TestStaff } from '../office/test-staff.ts'
import {
  atOnce,
  DAY_MS,
  eventsOf,
  MORNING_MS,
  openTestBank,
  type Process,
  refusalOf,
  type TestBank,
  tokenOf,
  tracesOf,
} from '../test-bank.ts'
import { applicationOf, makeBatch, onTheWay, stateOf } from './hardware-steps.ts'
import { begun } from './otp-start-steps.ts'
import { stopping } from './token-steps.ts'

let bank: TestBank
let other: Process
let clerk: TestStaff
beforeAll(async () => {
  bank = await openTestBank()
  other = bank.another()
  clerk = await appoint(bank, 'clerk')
})
afterAll(() => bank.close())
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})
const either = (place: number): Process => (place % 2 ? bank : other)

const missing = (applicationNo: string, { ports }: Process = bank) =>
  reportMissing(ports, clerk.request, applicationNo)
const again = (applicationNo: string, { ports }: Process = bank) =>
  resend(ports, clerk.request, applicationNo)
const back = (serial: string, condition: string, { ports }: Process = bank) =>
  takeBack(ports, clerk.request, { serial, condition })

/** Sent, started by its customer, and stopped again. */
async function usedAndStopped() {
  const way = await onTheWay(bank, clerk, 'shipped')
  const { customer, token } = way
  expect(await (await begun(bank, customer, token)).send()).toMatchObject({ ok: true })
  bank.clock.nowMs += DAY_MS
  expect(await (await stopping(bank, customer, token)).send()).toMatchObject({ ok: true })
  return way
}

describe('不着・紛失', () => {
  test('suspended at once, then replaced by another one without a new application', async () => {
    const { customer, token, applicationNo } = await onTheWay(bank, clerk, 'shipped')
    expect(await missing(applicationNo)).toMatchObject({ ok: true })
    expect(await stateOf(bank, token)).toBe('suspended')
    const { send } = await begun(bank, customer, token)
    expect(refusalOf(await send())).toBe('token-suspended')
    expect(await again(applicationNo)).toMatchObject({ ok: true })
    expect(await stateOf(bank, token)).toBe('reissued')
    expect(refusalOf(await send())).toBe('serial-unknown')
    const other = await (await makeBatch(bank, 1)).makeToken()
    const form = { applicationNo, serial: other.serial }
    expect(await assignSerial(bank.ports, clerk.request, form)).toMatchObject({ ok: true })
    expect((await tracesOf(bank, customer)).notices).toHaveLength(4)
  })

  test('refused before it is sent, after it was started, and for nobody', async () => {
    const { applicationNo } = await onTheWay(bank, clerk, 'assigned')
    expect(refusalOf(await missing(applicationNo))).toBe('wrong-state')
    expect(refusalOf(await again(applicationNo))).toBe('wrong-state')
    const arrived = await onTheWay(bank, clerk, 'shipped')
    await (await begun(bank, arrived.customer, arrived.token)).send()
    expect(refusalOf(await missing(arrived.applicationNo))).toBe('wrong-state')
    expect(await stateOf(bank, arrived.token)).toBe('active')
    expect(refusalOf(await missing('7'))).toBe('unknown-application')
  })

  test('replayed and two at once: each step once', async () => {
    const { customer, applicationNo } = await onTheWay(bank, clerk, 'shipped')
    const reported = await atOnce(10, (place) => missing(applicationNo, either(place)))
    expect(reported.filter(({ ok }) => ok)).toHaveLength(1)
    const resent = await atOnce(10, (place) => again(applicationNo, either(place)))
    expect(resent.filter(({ ok }) => ok)).toHaveLength(1)
    expect(refusalOf(await missing(applicationNo))).toBe('wrong-state')
    expect((await tracesOf(bank, customer)).notices).toHaveLength(4)
  })

  test('reported while the customer starts it: suspended or started, never both', async () => {
    const { customer, token, applicationNo } = await onTheWay(bank, clerk, 'shipped')
    const { send } = await begun(bank, customer, token)
    const [started, reported] = await Promise.all([send({}, other), missing(applicationNo)])
    expect(started.ok).not.toBe(reported.ok)
    expect(await stateOf(bank, token)).toBe(started.ok ? 'active' : 'suspended')
  })
})

describe('返却', () => {
  test('undelivered and unopened: on stock again, for anybody', async () => {
    const { customer, token, applicationNo } = await onTheWay(bank, clerk, 'shipped')
    expect(await back(token.serial, 'unopened')).toMatchObject({
      ok: true,
      value: { to: 'stocked' },
    })
    const { state, shippedTo } = await tokenOf(bank, token)
    expect([state, shippedTo]).toEqual(['stocked', undefined])
    expect(await applicationOf(bank, applicationNo)).toMatchObject({ state: 'received' })
    const next = await onTheWay(bank, clerk, 'received')
    const form = { applicationNo: next.applicationNo, serial: token.serial }
    expect(await assignSerial(bank.ports, clerk.request, form)).toMatchObject({ ok: true })
    const { send } = await begun(bank, customer, token)
    expect(refusalOf(await send())).toBe('serial-not-yours')
  })

  test('undelivered but opened: laid aside, and the customer still waits', async () => {
    const { token, applicationNo } = await onTheWay(bank, clerk, 'shipped')
    expect(await back(token.serial, 'opened')).toMatchObject({
      ok: true,
      value: { to: 'returned' },
    })
    expect(await stateOf(bank, token)).toBe('returned')
    expect(await applicationOf(bank, applicationNo)).toMatchObject({ state: 'received' })
  })

  test('a lost parcel that turns up: laid aside', async () => {
    const { token, applicationNo } = await onTheWay(bank, clerk, 'shipped')
    await missing(applicationNo)
    expect(refusalOf(await back(token.serial, 'unopened'))).toBe('wrong-state')
    expect(await back(token.serial, 'opened')).toMatchObject({ ok: true })
    expect(await applicationOf(bank, applicationNo)).toMatchObject({ state: 'received' })
  })

  test('by the customer after the stop: laid aside for good', async () => {
    const { customer, token, applicationNo } = await usedAndStopped()
    expect(refusalOf(await back(token.serial, 'unopened'))).toBe('wrong-state')
    expect(await back(token.serial, 'opened')).toMatchObject({ ok: true })
    expect(await stateOf(bank, token)).toBe('returned')
    expect(await applicationOf(bank, applicationNo)).toMatchObject({ state: 'shipped' })
    expect((await eventsOf(bank, customer)).at(-1)).toBe('hardware-return done')
  })

  test('refused in every state in which no token comes back', async () => {
    const { makeToken } = await makeBatch(bank, 1)
    const never = [
      'stocked',
      'assigned',
      'agreed',
      'provisioned',
      'active',
      'returned',
      'destroyed',
    ]
    for (const state of TOKEN_STATES) {
      const { serial } = await makeToken({ state })
      const outcome = await back(serial, 'opened')
      expect([state, outcome.ok]).toEqual([state, !never.includes(state)])
    }
  })

  test('refused while a contract uses it, though it is suspended', async () => {
    const token = await bank.makeToken({ type: 'HW', issuer: '1184', state: 'suspended' })
    await bank.open({ token })
    expect(await back(token.serial, 'opened')).toMatchObject({ refusal: 'wrong-state' })
    expect(await stateOf(bank, token)).toBe('suspended')
  })

  test('not unopened, when somebody has tried its codes', async () => {
    const { customer, token } = await onTheWay(bank, clerk, 'shipped')
    const { send } = await begun(bank, customer, token)
    await send({ otp: wrongCode(token, bank.clock.nowMs) })
    expect((await tokenOf(bank, token)).guesses).toBe(1)
    expect(refusalOf(await back(token.serial, 'unopened'))).toBe('wrong-state')
    expect(await stateOf(bank, token)).toBe('shipped')
  })

  test('without a serial, without its condition, of nobody', async () => {
    const { token } = await onTheWay(bank, clerk, 'shipped')
    expect(await back('?', 'opened')).toMatchObject({ field: 'serial' })
    expect(await back(token.serial, '')).toMatchObject({ field: 'condition' })
    expect(refusalOf(await back('ABCD1234', 'opened'))).toBe('serial-unknown')
  })

  test('replayed and two at once: once', async () => {
    const { customer, token } = await onTheWay(bank, clerk, 'shipped')
    const outcomes = await atOnce(10, (place) =>
      back(token.serial, place % 3 ? 'opened' : 'unopened', either(place)),
    )
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(refusalOf(await back(token.serial, 'opened'))).toBe('wrong-state')
    expect((await tracesOf(bank, customer)).notices).toHaveLength(3)
  })
})
