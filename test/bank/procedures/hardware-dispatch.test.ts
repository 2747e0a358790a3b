/** 発送, and the start by that customer only: done, refused, replayed, two at once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readParcelNumber, writtenParcelNumber } from '../../../src/bank/hardware/parcel-number.ts'
import { recordApplication } from '../../../src/bank/procedures/hardware-application.ts'
import { dispatchToken } from '../../../src/bank/procedures/hardware-dispatch.ts'
import { appoint, type TestStaff } from '../office/test-staff.ts'
import {
  atOnce,
  contractOf,
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
import { applicationOf, newParcelNo, onTheWay, paperOf, stateOf } from './hardware-steps.ts'
import { begun } from './otp-start-steps.ts'

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

const dispatch = (applicationNo: string, parcelNo: string, { ports }: Process = bank) =>
  dispatchToken(ports, clerk.request, { applicationNo, parcelNo })

test('parcel numbers as people type and scanners read them', () => {
  expect(readParcelNumber('123-45-67890-1')).toBe('12345678901')
  expect(readParcelNumber('１２３－４５－６７８９０－１')).toBe('12345678901')
  for (const none of ['', '1234567890', '12345678901234', '1234567890a']) {
    expect(readParcelNumber(none)).toBeUndefined()
  }
  expect(writtenParcelNumber('12345678901')).toBe('123-45-67890-1')
  expect(writtenParcelNumber('1234567890123')).toBe('1234567890123')
})

describe('done', () => {
  test('on its way to this customer, who is told the number', async () => {
    const { customer, token, applicationNo } = await onTheWay(bank, clerk, 'assigned')
    expect(await dispatch(applicationNo, '123-45-67890-1')).toMatchObject({
      ok: true,
      value: { serial: token.serial, parcelNo: '12345678901' },
    })
    expect(await tokenOf(bank, token)).toMatchObject({
      state: 'shipped',
      shippedTo: customer.contractId,
    })
    expect(await applicationOf(bank, applicationNo)).toMatchObject({
      state: 'shipped',
      parcelNo: '12345678901',
      shippedAtMs: MORNING_MS,
    })
    expect((await eventsOf(bank, customer)).at(-1)).toBe('hardware-dispatch done')
    const { notices } = await tracesOf(bank, customer)
    expect(notices).toHaveLength(2)
    const told = notices.map(({ body }) => body).join()
    expect(told).toContain('123-45-67890-1')
    expect(told).toContain('「利用開始」')
  })

  test('this customer starts it, and nobody else', async () => {
    const { customer, token } = await onTheWay(bank, clerk, 'shipped')
    const stranger = await begun(bank, await bank.open(), token)
    expect(refusalOf(await stranger.send())).toBe('serial-not-yours')
    const owner = await begun(bank, customer, token)
    expect(await owner.send()).toMatchObject({ ok: true, value: { serial: token.serial } })
    expect((await contractOf(bank, customer)).token?.serial).toBe(token.serial)
    expect(await stateOf(bank, token)).toBe('active')
    // Arrived and in use: the customer may apply for another one.
    const again = await recordApplication(bank.ports, clerk.request, paperOf(customer))
    expect(again).toMatchObject({ ok: true })
  })

  test('before the parcel leaves not even that customer can start it', async () => {
    const { customer, token } = await onTheWay(bank, clerk, 'assigned')
    const { send } = await begun(bank, customer, token)
    expect(refusalOf(await send())).toBe('serial-not-yours')
    expect(await stateOf(bank, token)).toBe('assigned')
  })

  test('a number that was used months ago comes again', async () => {
    const { parcelNo } = await onTheWay(bank, clerk, 'shipped')
    bank.clock.nowMs += 101 * DAY_MS
    const { applicationNo } = await onTheWay(bank, clerk, 'assigned')
    expect(await dispatch(applicationNo, parcelNo)).toMatchObject({ ok: true })
  })
})

describe('refused', () => {
  test('a number that is none, or that another parcel has', async () => {
    const sent = await onTheWay(bank, clerk, 'shipped')
    const { token, customer, applicationNo } = await onTheWay(bank, clerk, 'assigned')
    for (const parcelNo of ['', '123', sent.parcelNo]) {
      expect(await dispatch(applicationNo, parcelNo)).toMatchObject({
        refusal: 'invalid-input',
        field: 'parcelNo',
      })
    }
    expect(await stateOf(bank, token)).toBe('assigned')
    expect((await tracesOf(bank, customer)).notices).toHaveLength(1)
  })

  test('nothing assigned, or nothing applied for', async () => {
    const { applicationNo } = await onTheWay(bank, clerk, 'received')
    expect(refusalOf(await dispatch(applicationNo, newParcelNo()))).toBe('wrong-state')
    expect(refusalOf(await dispatch('7', newParcelNo()))).toBe('unknown-application')
  })
})

test('replayed: sent once', async () => {
  const { customer, applicationNo, parcelNo } = await onTheWay(bank, clerk, 'shipped')
  expect(refusalOf(await dispatch(applicationNo, parcelNo))).toBe('wrong-state')
  expect(refusalOf(await dispatch(applicationNo, newParcelNo()))).toBe('wrong-state')
  expect(await applicationOf(bank, applicationNo)).toMatchObject({ parcelNo })
  expect((await tracesOf(bank, customer)).notices).toHaveLength(2)
})

test('two at once: over two processes one parcel leaves', async () => {
  const { customer, token, applicationNo } = await onTheWay(bank, clerk, 'assigned')
  const numbers = Array.from({ length: 12 }, newParcelNo)
  const outcomes = await atOnce(12, (place) =>
    dispatch(applicationNo, numbers[place] ?? '', either(place)),
  )
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
  expect(await stateOf(bank, token)).toBe('shipped')
  expect((await tracesOf(bank, customer)).notices).toHaveLength(2)
})
