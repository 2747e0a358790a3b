/** 申込 of a hardware token: done, refused, replayed, two at once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  type PaperForm,
  recordApplication,
  withdrawApplication,
} from '../../../src/bank/procedures/hardware-application.ts'
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
import { applicationOf, onTheWay, paperOf, wanted } from './hardware-steps.ts'

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

const record = (form: PaperForm, { ports }: Process = bank) =>
  recordApplication(ports, clerk.request, form)
const withdraw = (applicationNo: string, { ports }: Process = bank) =>
  withdrawApplication(ports, clerk.request, applicationNo)

describe('done', () => {
  test('recorded with fee and shape; receipt, event, notice', async () => {
    const customer = await bank.open()
    const { applicationNo } = wanted(await record(paperOf(customer, { shape: '2' })))
    expect(await applicationOf(bank, applicationNo)).toMatchObject({
      contractId: customer.contractId,
      appliedOn: '2026-11-20',
      shape: 2,
      feeYen: 1_100,
      state: 'received',
      recordedBy: clerk.staffId,
    })
    expect(await eventsOf(bank, customer)).toEqual(['hardware-application done'])
    const { receipts, notices } = await tracesOf(bank, customer)
    expect(receipts).toMatchObject([{ receipt_no: Number(applicationNo) }])
    expect(notices).toMatchObject([{ recipient: customer.mail }])
    expect(notices[0]?.body).toContain('1,100円')
  })

  test('without a fee, with the reason; the fee is what the bank has set', async () => {
    const free = await bank.open()
    const reason = '初期不良のため'
    const waived = wanted(await record(paperOf(free, { fee: 'waived', waiver: reason })))
    expect(await applicationOf(bank, waived.applicationNo)).toMatchObject({
      feeYen: 0,
      waiver: reason,
    })
    await bank.pool.query(`insert into hardware_terms values ('1184', 550, 60)`)
    const paying = await bank.open()
    const { feeYen } = wanted(await record(paperOf(paying)))
    await bank.pool.query('delete from hardware_terms')
    expect(feeYen).toBe(550)
  })

  test('withdrawn, and applied for anew', async () => {
    const { customer, applicationNo } = await onTheWay(bank, clerk, 'received')
    expect(await withdraw(applicationNo)).toMatchObject({ ok: true })
    expect(await applicationOf(bank, applicationNo)).toMatchObject({ state: 'withdrawn' })
    expect((await tracesOf(bank, customer)).notices).toHaveLength(2)
    expect(await record(paperOf(customer))).toMatchObject({ ok: true })
  })
})

describe('refused', () => {
  test.each([
    ['appliedOn', { appliedOn: '' }],
    ['appliedOn', { appliedOn: '2026-11-31' }],
    ['appliedOn', { appliedOn: '2026-11-25' }],
    ['appliedOn', { appliedOn: '2026-05-27' }],
    ['shape', { shape: '' }],
    ['shape', { shape: '4' }],
    ['fee', { fee: '' }],
    ['waiver', { fee: 'waived' }],
    ['waiver', { fee: 'waived', waiver: 'x'.repeat(201) }],
    ['sealChecked', { sealChecked: '' }],
  ] as const)('%s: %o', async (field, change) => {
    const customer = await bank.open()
    const outcome = await record(paperOf(customer, change))
    expect(outcome).toMatchObject({ ok: false, refusal: 'invalid-input', field })
    expect(await eventsOf(bank, customer)).toEqual([])
  })

  test('for nobody', async () => {
    const nobody = paperOf(await bank.open(), { contractId: '99999999999' })
    expect(refusalOf(await record(nobody))).toBe('unknown-contract')
    expect(refusalOf(await withdraw('1'))).toBe('unknown-application')
    expect(refusalOf(await withdraw('nothing'))).toBe('unknown-application')
  })

  test('while a token is on its way, though its application is not open any more', async () => {
    const { customer } = await onTheWay(bank, clerk, 'shipped')
    expect(refusalOf(await record(paperOf(customer)))).toBe('already-applied')
    expect((await eventsOf(bank, customer)).at(-1)).toBe('hardware-application already-applied')
  })

  test('withdrawn once a token is assigned', async () => {
    const { applicationNo } = await onTheWay(bank, clerk, 'assigned')
    expect(refusalOf(await withdraw(applicationNo))).toBe('wrong-state')
    expect(await applicationOf(bank, applicationNo)).toMatchObject({ state: 'assigned' })
  })
})

test('replayed: recorded and withdrawn once', async () => {
  const { customer, applicationNo } = await onTheWay(bank, clerk, 'received')
  expect(refusalOf(await record(paperOf(customer)))).toBe('already-applied')
  expect(await withdraw(applicationNo)).toMatchObject({ ok: true })
  expect(refusalOf(await withdraw(applicationNo))).toBe('wrong-state')
  expect((await tracesOf(bank, customer)).receipts).toHaveLength(2)
})

test('two at once: one paper, one withdrawal, over two processes', async () => {
  const customer = await bank.open()
  const recorded = await atOnce(12, (place) => record(paperOf(customer), either(place)))
  const done = recorded.filter(({ ok }) => ok)
  expect(done).toHaveLength(1)
  const [first] = done
  const applicationNo = first?.ok ? first.value.applicationNo : ''
  const withdrawn = await atOnce(12, (place) => withdraw(applicationNo, either(place)))
  expect(withdrawn.filter(({ ok }) => ok)).toHaveLength(1)
  expect((await tracesOf(bank, customer)).receipts).toHaveLength(2)
})
