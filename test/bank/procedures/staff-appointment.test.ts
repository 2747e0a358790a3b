/** 職員の登録・再登録 by two persons: done, refused, replayed, two at once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { issueFirstPassword } from '../../../src/bank/procedures/staff-administration.ts'
import { appointmentOf, staffAppointment } from '../../../src/bank/procedures/staff-appointment.ts'
import { beginStaffLogin, newSecondFactor } from '../../../src/bank/procedures/staff-login.ts'
import { staffRenewal } from '../../../src/bank/procedures/staff-renewal.ts'
import { appoint, eventsOfStaff, type TestStaff } from '../office/test-staff.ts'
import {
  atOnce,
  MORNING_MS,
  newBrowser,
  openTestBank,
  type Process,
  refusalOf,
  request,
  type TestBank,
} from '../test-bank.ts'

const REASON = '人事異動の通知による'

let bank: TestBank
let other: Process
let administrator: TestStaff
let supervisor: TestStaff
beforeAll(async () => {
  bank = await openTestBank()
  other = bank.another()
  administrator = await appoint(bank, 'administrator')
  supervisor = await appoint(bank, 'supervisor')
})
afterAll(() => bank.close())
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})
const either = (place: number): Process => (place % 2 ? bank : other)

const staffTable = () => bank.ports.store.tables.staff
const tryPassword = (staffId: string, password: string, browser = newBrowser()) =>
  beginStaffLogin(bank.ports, request, browser, { staffId, password })
const handOver = (staffId: string, by = administrator, { ports }: Process = bank) =>
  issueFirstPassword(ports, by.request, staffId)

function prepare(staffId: string) {
  const prepared = appointmentOf({ staffId, name: 'テスト', role: 'clerk' })
  if (!prepared.ok) throw new Error(`refused: ${prepared.refusal}`)
  return staffAppointment.propose(bank.ports, administrator.request, prepared.value, REASON)
}
async function prepared(staffId: string): Promise<string> {
  const outcome = await prepare(staffId)
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal}`)
  return outcome.value.id
}
const approve = (id: string, by = supervisor, { ports }: Process = bank) =>
  staffAppointment.approve(ports, by.request, id, '')

describe('登録', () => {
  test('done: nobody comes in before the approval, nor before the first password is issued', async () => {
    const id = await prepared('newcomer')
    expect(await staffTable().find('1184', 'newcomer')).toBeUndefined()
    expect(refusalOf(await handOver('newcomer'))).toBe('out-of-order')
    expect(await approve(id)).toMatchObject({ ok: true })
    expect(await staffTable().find('1184', 'newcomer')).toMatchObject({
      role: 'clerk',
      passwordState: 'due',
    })
    const issued = await handOver('newcomer')
    if (!issued.ok) throw new Error('no password was issued')
    const browser = newBrowser()
    expect(await tryPassword('newcomer', issued.value.password, browser)).toMatchObject({
      ok: true,
    })
    expect(await newSecondFactor(bank.ports, request, browser)).toMatch(/^otpauth:/)
    expect(await eventsOfStaff(bank, supervisor.staffId)).toContain('staff-appoint done')
    const { rows } = await bank.pool.query(`select * from event where kind like 'staff-%'`)
    expect(JSON.stringify(rows)).not.toContain(issued.value.password)
  })

  test.each([
    [{ staffId: 'x' }, 'staffId'],
    [{ name: ' ' }, 'name'],
    [{ role: 'owner' }, 'role'],
  ])('refused: %o', (wrong, field) => {
    const given = { staffId: 'somebody', name: 'テスト', role: 'clerk', ...wrong }
    expect(appointmentOf(given)).toMatchObject({ refusal: 'invalid-input', field })
  })

  test('refused: an ID that is taken, an own proposal, the same twice', async () => {
    expect(await prepare(supervisor.staffId)).toMatchObject({
      refusal: 'already-exists',
      field: 'staffId',
    })
    const id = await prepared('own-doing')
    expect(refusalOf(await approve(id, administrator))).toBe('own-proposal')
    expect(refusalOf(await prepare('own-doing'))).toBe('already-proposed')
    expect(await staffTable().find('1184', 'own-doing')).toBeUndefined()
  })

  test('replayed, and eight at once: one is appointed, and one password is issued', async () => {
    const id = await prepared('only-once')
    const approvals = await atOnce(8, (place) => approve(id, supervisor, either(place)))
    expect(approvals.filter(({ ok }) => ok)).toHaveLength(1)
    expect(refusalOf(await approve(id))).toBe('already-decided')
    const issued = await atOnce(8, (place) => handOver('only-once', administrator, either(place)))
    expect(issued.filter(({ ok }) => ok)).toHaveLength(1)
    expect(refusalOf(await handOver('only-once'))).toBe('wrong-state')
  })
})

describe('再登録', () => {
  const propose = (staffId: string, by = administrator) =>
    staffRenewal.propose(bank.ports, by.request, { subject: staffId, facts: {} }, REASON)
  const decide = (id: string, by = supervisor, { ports }: Process = bank) =>
    staffRenewal.approve(ports, by.request, id, '')
  async function proposed(staffId: string): Promise<string> {
    const outcome = await propose(staffId)
    if (!outcome.ok) throw new Error(`refused: ${outcome.refusal}`)
    return outcome.value.id
  }

  test('done: password and authenticator are dead, a new start is possible', async () => {
    const clerk = await appoint(bank, 'clerk')
    const id = await proposed(clerk.staffId)
    expect(await tryPassword(clerk.staffId, clerk.password)).toMatchObject({ ok: true })
    expect(await decide(id)).toMatchObject({ ok: true })
    expect(refusalOf(await tryPassword(clerk.staffId, clerk.password))).toBe('wrong-credentials')
    expect((await bank.ports.store.tables.tokens.get(clerk.token))?.state).toBe('reissued')
    const issued = await handOver(clerk.staffId)
    if (!issued.ok) throw new Error('no password was issued')
    const browser = newBrowser()
    await tryPassword(clerk.staffId, issued.value.password, browser)
    expect(await newSecondFactor(bank.ports, request, browser)).toBeDefined()
  })

  test('refused: of oneself, to prepare and to approve; of nobody; a password for oneself', async () => {
    expect(refusalOf(await propose(administrator.staffId))).toBe('not-permitted')
    expect(refusalOf(await propose('nobody'))).toBe('out-of-order')
    const concerned = await appoint(bank, 'supervisor')
    const id = await proposed(concerned.staffId)
    expect(refusalOf(await decide(id, concerned))).toBe('not-permitted')
    expect(refusalOf(await handOver(administrator.staffId))).toBe('not-permitted')
    expect(await tryPassword(concerned.staffId, concerned.password)).toMatchObject({ ok: true })
  })

  test('replayed, and eight at once: decided once', async () => {
    const clerk = await appoint(bank, 'clerk')
    const id = await proposed(clerk.staffId)
    const outcomes = await atOnce(8, (place) => decide(id, supervisor, either(place)))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(refusalOf(await decide(id))).toBe('already-decided')
  })
})
