/** シリアルの割当: done, refused, replayed, two at once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { assignSerial, undoAssignment } from '../../../src/bank/procedures/hardware-assign.ts'
import { TOKEN_STATES } from '../../../src/bank/token.ts'
import { appoint, type TestStaff } from '../office/test-staff.ts'
import {
  atOnce,
  eventsOf,
  MORNING_MS,
  openTestBank,
  type Process,
  refusalOf,
  type TestBank,
  tracesOf,
} from '../test-bank.ts'
import { applicationOf, makeBatch, onTheWay, stateOf } from './hardware-steps.ts'

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

const assign = (applicationNo: string, serial: string, { ports }: Process = bank) =>
  assignSerial(ports, clerk.request, { applicationNo, serial })
const undo = (applicationNo: string, { ports }: Process = bank) =>
  undoAssignment(ports, clerk.request, applicationNo)

describe('done', () => {
  test('from stock to the customer of the application; nobody is told yet', async () => {
    const { customer, token, applicationNo } = await onTheWay(bank, clerk, 'received')
    const { serial } = token
    expect(await assign(applicationNo, ` ${serial.toLowerCase()}`)).toMatchObject({
      ok: true,
      value: { serial },
    })
    expect(await stateOf(bank, token)).toBe('assigned')
    expect(await applicationOf(bank, applicationNo)).toMatchObject({ state: 'assigned', serial })
    expect((await eventsOf(bank, customer)).at(-1)).toBe('hardware-assign done')
    const { receipts, notices } = await tracesOf(bank, customer)
    expect([receipts.length, notices.length]).toEqual([2, 1])
  })

  test('undone: back on stock, and free for another one', async () => {
    const { token, applicationNo } = await onTheWay(bank, clerk, 'assigned')
    expect(await undo(applicationNo)).toMatchObject({ ok: true })
    expect(await stateOf(bank, token)).toBe('stocked')
    expect((await applicationOf(bank, applicationNo))?.serial).toBeUndefined()
    const next = await onTheWay(bank, clerk, 'received')
    expect(await assign(next.applicationNo, token.serial)).toMatchObject({ ok: true })
  })

  test('the oldest of the shape is proposed, but none whose battery ends soon', async () => {
    const { stock } = bank.ports.store.tables.hardware
    const first = await makeBatch(bank, 3)
    await first.makeToken({ endsOn: '2027-01-31' })
    const oldest = await first.makeToken()
    await (await makeBatch(bank, 3)).makeToken()
    const proposed = await stock.oldest('1184', 3, '2027-11-24')
    expect(proposed).toMatchObject({ token: { serial: oldest.serial }, shape: 3 })
    expect((await stock.oldest('1184', 3, '2026-11-24'))?.token.serial).not.toBe(oldest.serial)
  })
})

describe('refused', () => {
  test('a serial that is none, that nobody has, or that is not on stock', async () => {
    const { customer, applicationNo } = await onTheWay(bank, clerk, 'received')
    expect(await assign(applicationNo, '??')).toMatchObject({ refusal: 'invalid-input' })
    expect(await assign(applicationNo, 'ABCD1234')).toMatchObject({ refusal: 'not-in-stock' })
    const { makeToken } = await makeBatch(bank, 1)
    for (const state of TOKEN_STATES.filter((known) => known !== 'stocked')) {
      const token = await makeToken({ state })
      expect(await assign(applicationNo, token.serial)).toMatchObject({
        refusal: 'not-in-stock',
        field: 'serial',
      })
      expect(await stateOf(bank, token)).toBe(state)
    }
    expect(await applicationOf(bank, applicationNo)).toMatchObject({ state: 'received' })
    expect((await eventsOf(bank, customer)).at(-1)).toBe('hardware-assign not-in-stock')
  })

  test('software, and tokens of staff, are no hardware', async () => {
    const { applicationNo } = await onTheWay(bank, clerk, 'received')
    const phone = await bank.makeToken({ state: 'stocked' })
    const staff = await bank.makeToken({ type: 'ST', issuer: '1184', state: 'stocked' })
    for (const { serial } of [phone, staff]) {
      expect(refusalOf(await assign(applicationNo, serial))).toBe('not-in-stock')
    }
  })

  test('another shape than the customer wished', async () => {
    const { applicationNo, token } = await onTheWay(bank, clerk, 'received', 2)
    const text = 'update hardware_application set shape = 3 where application_no = $1'
    await bank.pool.query(text, [applicationNo])
    expect(refusalOf(await assign(applicationNo, token.serial))).toBe('wrong-shape')
    expect(await stateOf(bank, token)).toBe('stocked')
  })

  test('a type that is closed: the customer could not start it', async () => {
    const { applicationNo, token } = await onTheWay(bank, clerk, 'received')
    const close = `update token_type set closed_from = $1 where bank_code = '1184' and type = 'HW'`
    await bank.pool.query(close, ['2026-11-24'])
    const outcome = await assign(applicationNo, token.serial)
    await bank.pool.query(close, [null])
    expect(refusalOf(outcome)).toBe('type-closed')
  })

  test('undone after the parcel has left', async () => {
    const { token, applicationNo } = await onTheWay(bank, clerk, 'shipped')
    expect(refusalOf(await undo(applicationNo))).toBe('wrong-state')
    expect(await stateOf(bank, token)).toBe('shipped')
    expect(refusalOf(await undo('7'))).toBe('unknown-application')
  })
})

test('replayed: one token for each application', async () => {
  const { token, applicationNo } = await onTheWay(bank, clerk, 'assigned')
  expect(refusalOf(await assign(applicationNo, token.serial))).toBe('wrong-state')
  const spare = await (await makeBatch(bank, 1)).makeToken()
  expect(refusalOf(await assign(applicationNo, spare.serial))).toBe('wrong-state')
  expect(await stateOf(bank, spare)).toBe('stocked')
  expect(await undo(applicationNo)).toMatchObject({ ok: true })
  expect(refusalOf(await undo(applicationNo))).toBe('wrong-state')
})

describe('two at once', () => {
  test('many clerks, one serial, as many customers: one gets it', async () => {
    const waiting = await atOnce(8, () => onTheWay(bank, clerk, 'received'))
    const wished = await (await makeBatch(bank, 1)).makeToken()
    const outcomes = await atOnce(8, (place) =>
      assign(waiting[place]?.applicationNo ?? '', wished.serial, either(place)),
    )
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    const lost = outcomes.filter(({ ok }) => !ok).map(refusalOf)
    expect(lost).toEqual(lost.map(() => 'not-in-stock'))
    const states = await atOnce(8, async (place) =>
      applicationOf(bank, waiting[place]?.applicationNo ?? ''),
    )
    expect(states.filter((found) => found?.serial === wished.serial)).toHaveLength(1)
  })

  test('many clerks, one application, as many serials: one is taken', async () => {
    const { applicationNo } = await onTheWay(bank, clerk, 'received')
    const { makeToken } = await makeBatch(bank, 1)
    const tokens = await atOnce(8, () => makeToken())
    const outcomes = await atOnce(8, (place) =>
      assign(applicationNo, tokens[place]?.serial ?? '', either(place)),
    )
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    const states = await Promise.all(tokens.map((token) => stateOf(bank, token)))
    expect(states.filter((state) => state === 'assigned')).toHaveLength(1)
    expect(states.filter((state) => state === 'stocked')).toHaveLength(7)
  })
})
