/** 職員の登録・停止・再設定, パスワードの変更: done, refused, replayed, two at once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { OPERATOR } from '../../../src/bank/office/administration.ts'
import {
  appointStaff,
  changeStaffPassword,
  resetStaff,
  setStaffDisabled,
} from '../../../src/bank/procedures/staff-administration.ts'
import {
  beginStaffLogin,
  completeStaffLogin,
  newSecondFactor,
} from '../../../src/bank/procedures/staff-login.ts'
import { codeAt } from '../held-token.ts'
import { appoint, type TestStaff } from '../office/test-staff.ts'
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

let bank: TestBank
let other: Process
let administrator: TestStaff
beforeAll(async () => {
  bank = await openTestBank()
  other = bank.another()
  administrator = await appoint(bank, 'administrator')
})
afterAll(() => bank.close())
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})
const either = (place: number): Process => (place % 2 ? bank : other)

/** The operator of the centre, on the command line. */
const operator = { ...request, actor: OPERATOR }

const tryPassword = (staffId: string, password: string, browser = newBrowser()) =>
  beginStaffLogin(bank.ports, request, browser, { staffId, password })

async function signedIn(staff: TestStaff): Promise<Uint8Array> {
  const now = newBrowser()
  const afterLogin = newBrowser()
  await tryPassword(staff.staffId, staff.password, now)
  const otp = codeAt(staff.token, bank.clock.now())
  const outcome = await completeStaffLogin(bank.ports, request, { now, afterLogin }, otp)
  if (!outcome.ok) throw new Error(`the login was refused: ${outcome.refusal}`)
  return afterLogin
}

async function isOpen(browser: Uint8Array): Promise<boolean> {
  const { staffSessions } = bank.ports.store.tables
  return (await staffSessions.find(browser, '1184'))?.stage === 'open'
}

describe('登録', () => {
  const form = (staffId: string) => ({ staffId, name: 'テスト', role: 'clerk' })

  test('done: the first password opens the login, which makes the second factor', async () => {
    const outcome = await appointStaff(bank.ports, operator, form('new-clerk'))
    if (!outcome.ok) throw new Error('the appointment was refused')
    const browser = newBrowser()
    expect(await tryPassword('new-clerk', outcome.value.password, browser)).toMatchObject({
      ok: true,
    })
    const uri = await newSecondFactor(bank.ports, request, browser)
    expect(uri).toMatch(/^otpauth:\/\/totp\//)
    const { rows } = await bank.pool.query(`select * from event where kind = 'staff-appoint'`)
    expect(rows).toMatchObject([{ actor_kind: 'system', actor_id: 'cli', outcome: 'done' }])
    expect(JSON.stringify(rows)).not.toContain(outcome.value.password)
  })

  test.each([
    [{ staffId: 'x' }, 'staffId'],
    [{ staffId: 'has space' }, 'staffId'],
    [{ name: ' ' }, 'name'],
    [{ name: 'x'.repeat(61) }, 'name'],
    [{ role: 'owner' }, 'role'],
  ])('refused: %o', async (wrong, field) => {
    const given = { ...form('somebody'), ...wrong }
    const outcome = await appointStaff(bank.ports, operator, given)
    expect(outcome).toMatchObject({ refusal: 'invalid-input', field })
  })

  test('replayed, and eight at once: an ID is given once', async () => {
    const outcomes = await atOnce(8, (place) =>
      appointStaff(either(place).ports, operator, form('once')),
    )
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    const again = await appointStaff(bank.ports, operator, form('once'))
    expect(again).toMatchObject({ refusal: 'already-exists', field: 'staffId' })
  })
})

describe('停止', () => {
  test('done: the open session ends at once; and the way back', async () => {
    const clerk = await appoint(bank, 'clerk')
    const browser = await signedIn(clerk)
    const disable = (disabled: boolean) =>
      setStaffDisabled(bank.ports, administrator.request, clerk.staffId, disabled)
    expect(await disable(true)).toMatchObject({ ok: true })
    expect(await isOpen(browser)).toBe(false)
    expect(refusalOf(await tryPassword(clerk.staffId, clerk.password))).toBe('wrong-credentials')
    expect(refusalOf(await disable(true))).toBe('wrong-state')
    expect(await disable(false)).toMatchObject({ ok: true })
    expect(await tryPassword(clerk.staffId, clerk.password)).toMatchObject({ ok: true })
  })

  test('refused: for oneself, and for nobody', async () => {
    const { request: own, staffId } = administrator
    expect(refusalOf(await setStaffDisabled(bank.ports, own, staffId, true))).toBe('not-permitted')
    expect(refusalOf(await setStaffDisabled(bank.ports, own, 'nobody', true))).toBe('out-of-order')
  })

  test('two at once: one disables', async () => {
    const clerk = await appoint(bank, 'clerk')
    const outcomes = await atOnce(8, (place) =>
      setStaffDisabled(either(place).ports, administrator.request, clerk.staffId, true),
    )
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
  })
})

describe('再設定', () => {
  test('a lost authenticator: a new password, the old token is dead, a new one is made', async () => {
    const clerk = await appoint(bank, 'clerk')
    const browser = await signedIn(clerk)
    const outcome = await resetStaff(bank.ports, operator, clerk.staffId, true)
    if (!outcome.ok) throw new Error('the reset was refused')
    expect(await isOpen(browser)).toBe(false)
    expect(refusalOf(await tryPassword(clerk.staffId, clerk.password))).toBe('wrong-credentials')
    expect((await bank.ports.store.tables.tokens.get(clerk.token))?.state).toBe('reissued')
    const next = newBrowser()
    await tryPassword(clerk.staffId, outcome.value.password, next)
    expect(await newSecondFactor(bank.ports, request, next)).toBeDefined()
  })

  test('an administrator alone makes nobody a new token, proven or not', async () => {
    const clerk = await appoint(bank, 'clerk')
    const newcomer = await appoint(bank, 'clerk', { enrolled: false })
    const reset = (of: TestStaff, newToken: boolean) =>
      resetStaff(bank.ports, administrator.request, of.staffId, newToken)
    expect(refusalOf(await reset(clerk, true))).toBe('not-permitted')
    expect(refusalOf(await reset(newcomer, false))).toBe('not-permitted')
    await tryPassword(newcomer.staffId, newcomer.password)
    expect(refusalOf(await reset(newcomer, false))).toBe('not-permitted')
    expect(await tryPassword(clerk.staffId, clerk.password)).toMatchObject({ ok: true })
  })

  test('a locked password opens again', async () => {
    const clerk = await appoint(bank, 'clerk')
    for (let time = 0; time < 6; time += 1) await tryPassword(clerk.staffId, 'wrong')
    expect(refusalOf(await tryPassword(clerk.staffId, clerk.password))).toBe('locked-password')
    const outcome = await resetStaff(bank.ports, administrator.request, clerk.staffId, false)
    if (!outcome.ok) throw new Error('the reset was refused')
    expect(await tryPassword(clerk.staffId, outcome.value.password)).toMatchObject({ ok: true })
    expect((await bank.ports.store.tables.tokens.get(clerk.token))?.state).toBe('active')
  })
})

describe('パスワードの変更', () => {
  const change = (
    staff: TestStaff,
    currentPassword: string,
    newPassword: string,
    by = bank.ports,
  ) => changeStaffPassword(by, staff.request, { currentPassword, newPassword })

  test('done, and replayed: the old one is not right any more', async () => {
    const clerk = await appoint(bank, 'clerk')
    expect(await change(clerk, clerk.password, 'a longer one')).toMatchObject({ ok: true })
    expect(refusalOf(await change(clerk, clerk.password, 'a longer one'))).toBe('wrong-credentials')
    expect(await tryPassword(clerk.staffId, 'a longer one')).toMatchObject({ ok: true })
  })

  test('refused: too short, the same', async () => {
    const clerk = await appoint(bank, 'clerk')
    for (const next of ['', 'short', 'x'.repeat(65), clerk.password]) {
      expect(await change(clerk, clerk.password, next)).toMatchObject({ field: 'newPassword' })
    }
  })

  test('forty guesses at once: six are judged, and the login is locked with them', async () => {
    const clerk = await appoint(bank, 'clerk')
    const outcomes = await atOnce(40, (place) =>
      change(clerk, `guess ${place}`, 'a longer one', either(place).ports),
    )
    const told = outcomes.map(refusalOf)
    expect(told.filter((refusal) => refusal === 'wrong-credentials')).toHaveLength(6)
    expect(told.filter((refusal) => refusal === 'locked-password')).toHaveLength(34)
    expect(refusalOf(await tryPassword(clerk.staffId, clerk.password))).toBe('locked-password')
  })
})
