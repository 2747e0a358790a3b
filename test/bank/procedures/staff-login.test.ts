/** 職員ログイン: done, refused, replayed, two at once; the first login makes the own token. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  beginStaffLogin,
  completeStaffLogin,
  newSecondFactor,
  PENDING_MS,
} from '../../../src/bank/procedures/staff-login.ts'
import { parseOtpauthUri } from '../../../src/oath/otpauth-uri.ts'
import { codeAt, wrongCodes } from '../held-token.ts'
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
const either = (place: number): Process => (place % 2 ? bank : other)

const begin = (staff: Pick<TestStaff, 'staffId' | 'password'>, browser = newBrowser()) =>
  beginStaffLogin(bank.ports, request, browser, staff)

/** After the password, before the code. */
async function pending(staff: TestStaff) {
  const now = newBrowser()
  const afterLogin = newBrowser()
  expect(await begin(staff, now)).toMatchObject({ ok: true, value: { stage: 'pending' } })
  const send = (otp: string, { ports }: Process = bank) =>
    completeStaffLogin(ports, request, { now, afterLogin }, otp)
  return { now, afterLogin, send }
}

const isOpen = async (browser: Uint8Array) => {
  const limits = { nowMs: bank.clock.now(), idleMs: 600_000, absoluteMs: 3_600_000 }
  const { staffSessions } = bank.ports.store.tables
  return (await staffSessions.touch(browser, '1184', limits)) !== undefined
}

describe('done', () => {
  test('password and code open the session, under a new identifier', async () => {
    const staff = await appoint(bank, 'clerk')
    const { now, afterLogin, send } = await pending(staff)
    expect(await isOpen(now)).toBe(false)
    const outcome = await send(codeAt(staff.token, MORNING_MS))
    expect(outcome).toMatchObject({ ok: true, value: { staffId: staff.staffId, role: 'clerk' } })
    expect(await isOpen(afterLogin)).toBe(true)
    expect(await isOpen(now)).toBe(false)
    expect(await eventsOfStaff(bank, staff.staffId)).toEqual(['staff-login done'])
  })

  test('the first login makes a token, shown until its first code and never again', async () => {
    const staff = await appoint(bank, 'supervisor', { enrolled: false })
    const { now, send } = await pending(staff)
    const uri = await newSecondFactor(bank.ports, request, now)
    const parsed = parseOtpauthUri(uri ?? '')
    if (!parsed.ok) throw new Error('the key URI cannot be read')
    const seed = parsed.key.secret
    const again = await pending(staff)
    expect(await newSecondFactor(bank.ports, request, again.now)).toBe(uri)
    expect(await send(codeAt({ seed }, MORNING_MS))).toMatchObject({ ok: true })
    expect(await newSecondFactor(bank.ports, request, again.now)).toBeUndefined()
    const next = await pending(staff)
    expect(await newSecondFactor(bank.ports, request, next.now)).toBeUndefined()
  })

  test('a new login ends the old session', async () => {
    const staff = await appoint(bank, 'clerk')
    const first = await pending(staff)
    await first.send(codeAt(staff.token, MORNING_MS))
    bank.clock.nowMs += 30_000
    const second = await pending(staff)
    expect(await isOpen(first.afterLogin)).toBe(true)
    await second.send(codeAt(staff.token, bank.clock.nowMs))
    expect([await isOpen(first.afterLogin), await isOpen(second.afterLogin)]).toEqual([false, true])
  })
})

describe('refused', () => {
  test('an unknown ID and a wrong password alike; an unknown ID locks like a known one', async () => {
    const staff = await appoint(bank, 'clerk')
    const unknown = { staffId: `nobody-${staff.staffId}`, password: staff.password }
    for (const given of [{ ...staff, password: 'wrong' }, unknown]) {
      for (let time = 1; time <= 6; time += 1) {
        expect(await begin(given)).toMatchObject({
          refusal: 'wrong-credentials',
          field: 'staffId',
        })
      }
      expect(refusalOf(await begin(given))).toBe('locked-password')
    }
    expect(refusalOf(await begin(staff))).toBe('locked-password')
  })

  test.each([
    ['', 'x', 'staffId'],
    ['a'.repeat(33), 'x', 'staffId'],
    ["clerk'; --", 'x', 'staffId'],
    ['clerk', '', 'password'],
    ['clerk', 'x'.repeat(65), 'password'],
  ])('malformed: %s %s', async (staffId, password, field) => {
    expect(await begin({ staffId, password })).toMatchObject({ refusal: 'invalid-input', field })
  })

  test('a disabled staff member, before and after the password', async () => {
    const staff = await appoint(bank, 'clerk')
    const { send } = await pending(staff)
    const disable = 'update staff set disabled = true where staff_id = $1'
    await bank.pool.query(disable, [staff.staffId])
    expect(refusalOf(await send(codeAt(staff.token, MORNING_MS)))).toBe('out-of-order')
    expect(refusalOf(await begin(staff))).toBe('wrong-credentials')
  })

  test('wrong codes, until the token is locked', async () => {
    const staff = await appoint(bank, 'clerk')
    const { send } = await pending(staff)
    for (const otp of wrongCodes(staff.token, MORNING_MS, 10)) {
      expect(refusalOf(await send(otp))).toBe('wrong-code')
    }
    expect(refusalOf(await send(codeAt(staff.token, MORNING_MS)))).toBe('locked-code')
  })

  test('a code without a password, and one that comes too late', async () => {
    const staff = await appoint(bank, 'clerk')
    const stranger = { now: newBrowser(), afterLogin: newBrowser() }
    const code = codeAt(staff.token, MORNING_MS)
    const outcome = await completeStaffLogin(bank.ports, request, stranger, code)
    expect(refusalOf(outcome)).toBe('out-of-order')
    const { send } = await pending(staff)
    bank.clock.nowMs += PENDING_MS + 1
    expect(refusalOf(await send(codeAt(staff.token, bank.clock.nowMs)))).toBe('draft-expired')
  })
})

test('replayed: a code opens one session, in any browser', async () => {
  const staff = await appoint(bank, 'clerk')
  const code = codeAt(staff.token, MORNING_MS)
  const first = await pending(staff)
  expect(await first.send(code)).toMatchObject({ ok: true })
  expect(refusalOf(await first.send(code))).toBe('out-of-order')
  const second = await pending(staff)
  expect(refusalOf(await second.send(code))).toBe('code-already-used')
})

test('two at once: sixteen browsers with one code, over two processes: one comes in', async () => {
  const staff = await appoint(bank, 'clerk')
  const code = codeAt(staff.token, MORNING_MS)
  const waiting = await atOnce(16, () => pending(staff))
  const outcomes = await Promise.all(waiting.map(({ send }, place) => send(code, either(place))))
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
})
