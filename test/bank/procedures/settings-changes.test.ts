/** Login password, mail address and code at login: done, refused, replayed, two at once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { login } from '../../../src/bank/procedures/login.ts'
import { beginOtpStop } from '../../../src/bank/procedures/otp-stop.ts'
import { codeAt, wrongCode } from '../held-token.ts'
import {
  atOnce,
  type Customer,
  contractOf,
  DAY_MS,
  eventsOf,
  MORNING_MS,
  newBrowser,
  openTestBank,
  type Process,
  refusalOf,
  request,
  requestOf,
  type TestBank,
  tokenOf,
  tracesOf,
  wrongAnswers,
} from '../test-bank.ts'
import { begun } from './otp-start-steps.ts'
import {
  type Change,
  MAIL,
  NEW_PASSWORD,
  OTP_AT_LOGIN,
  PASSWORD,
  type Review,
  reviewed,
  toMail,
  toOtpAtLogin,
  toPassword,
} from './settings-steps.ts'

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

async function withToken(change: Change) {
  const token = await bank.makeToken()
  return { token, ...(await reviewed(bank, change, await bank.open({ token }), token)) }
}
const withMethod = async (change: Change) => reviewed(bank, change, await bank.open())
const refusedReview = async (review: Review, customer: Customer) =>
  review(bank, customer, newBrowser())

const tryLogin = ({ contractId }: Customer, loginPassword: string, browser = newBrowser()) =>
  login(
    bank.ports,
    request,
    { now: newBrowser(), afterLogin: browser },
    { contractId, loginPassword },
  )
const isSignedIn = async (browser: Uint8Array) => {
  const limits = { nowMs: bank.clock.now(), idleMs: 600_000, absoluteMs: 3_600_000 }
  return (await bank.ports.store.tables.sessions.touch(browser, '1184', limits)) !== undefined
}

describe.each([MAIL, PASSWORD, OTP_AT_LOGIN] as Change[])('$kind', (change) => {
  test('done with a code: receipt, event, notice', async () => {
    const { customer, send } = await withToken(change)
    expect(await send()).toMatchObject({ ok: true, value: { receivedAtMs: MORNING_MS } })
    const { receipts, notices } = await tracesOf(bank, customer)
    expect(receipts).toHaveLength(1)
    expect(notices[0]).toMatchObject({ recipient: customer.mail })
    expect((await eventsOf(bank, customer)).at(-1)).toBe(`${change.kind} done`)
  })

  test('a wrong code counts and changes nothing', async () => {
    const { customer, token, send } = await withToken(change)
    const traces = await tracesOf(bank, customer)
    expect(refusalOf(await send({ otp: wrongCode(token, MORNING_MS) }))).toBe('wrong-code')
    expect(await tracesOf(bank, customer)).toEqual(traces)
    expect((await tokenOf(bank, token)).failures).toBe(1)
  })

  test('replayed and at once: one receipt, the same answer for all', async () => {
    const { customer, send } = await withToken(change)
    const outcomes = await atOnce(6, (place) => send({}, either(place)))
    expect(outcomes[0]).toMatchObject({ ok: true })
    bank.clock.nowMs += 60 * 60_000
    outcomes.push(await send({ otp: '000000' }))
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0])
    expect((await tracesOf(bank, customer)).receipts).toHaveLength(1)
  })

  test('refused: frozen at either step, expired, out of order', async () => {
    const { customer, send } = await withToken(change)
    expect(refusalOf(await send({ draftId: 'no such draft' }))).toBe('out-of-order')
    await bank.pool.query('update contract set frozen = true where contract_id = $1', [
      customer.contractId,
    ])
    expect(refusalOf(await send())).toBe('frozen')
    expect(refusalOf(await refusedReview(change.review, customer))).toBe('frozen')
    bank.clock.nowMs += 30 * 60_000
    expect(refusalOf(await send())).toBe('draft-expired')
  })

  test("another customer's draft in the same browser is out of order", async () => {
    const { browser } = await withToken(change)
    const stranger = requestOf(await bank.open())
    const form = { draftId: undefined, otp: '123456', answers: {} }
    const outcome = await change.confirm(bank.ports, stranger, browser, form)
    expect(refusalOf(outcome)).toBe('out-of-order')
  })
})

describe.each([MAIL, PASSWORD] as Change[])('$kind without a token', (change) => {
  test('the confirmation method authorises; wrong answers count', async () => {
    const { customer, answers, send } = await withMethod(change)
    expect(refusalOf(await send({ answers: wrongAnswers(answers) }))).toBe('wrong-confirmation')
    expect((await contractOf(bank, customer)).confirmationFailures).toBe(1)
    expect(await send()).toMatchObject({ ok: true })
  })
})

describe.each([MAIL, PASSWORD] as Change[])('$kind after a start', (change) => {
  test('is refused for 24 hours, also when it was reviewed before', async () => {
    const customer = await bank.open()
    const before = await reviewed(bank, change, customer)
    const token = await bank.makeToken({ state: 'provisioned' })
    const start = await begun(bank, customer, token)
    expect(await start.send()).toMatchObject({ ok: true })
    bank.clock.nowMs += 20 * 60_000
    const otp = codeAt(token, bank.clock.now())
    expect(refusalOf(await before.send({ otp }))).toBe('too-many-requests')
    bank.clock.nowMs = MORNING_MS + DAY_MS - 1
    expect(refusalOf(await refusedReview(change.review, customer))).toBe('too-many-requests')
    bank.clock.nowMs = MORNING_MS + DAY_MS
    const after = await reviewed(bank, change, customer, token)
    expect(await after.send()).toMatchObject({ ok: true })
  })
})

describe('the mail address', () => {
  test('the old and the new one get the notice, which does not name the new one', async () => {
    const { customer, send } = await withMethod(MAIL)
    await send()
    expect((await contractOf(bank, customer)).mail).toBe('new@example.jp')
    const { notices } = await tracesOf(bank, customer)
    const recipients = notices.map(({ recipient }) => recipient)
    expect(recipients.sort()).toEqual([customer.mail, 'new@example.jp'].sort())
    expect(notices[0].body).not.toContain('new@example.jp')
  })

  test('none, or the present one: told at the field', async () => {
    const customer = await bank.open()
    for (const mail of ['', 'nobody', `${customer.contractId}@customer.invalid`]) {
      expect(await refusedReview(toMail(mail), customer)).toEqual({
        ok: false,
        refusal: 'invalid-input',
        field: 'mail',
      })
    }
  })

  test('two changes at once: one of them', async () => {
    const customer = await bank.open()
    const one = await reviewed(bank, MAIL, customer)
    const two = await reviewed(bank, { ...MAIL, review: toMail('other@example.jp') }, customer)
    const outcomes = await Promise.all([one.send({}, bank), two.send({}, other)])
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
  })
})

describe('the login password', () => {
  test('the new one logs in, the old one does not; other browsers are out', async () => {
    const token = await bank.makeToken()
    const customer = await bank.open({ token })
    const elsewhere = newBrowser()
    const stop = await beginOtpStop(bank.ports, request, elsewhere, customer)
    expect(stop).toMatchObject({ ok: true })
    await tryLogin(customer, customer.loginPassword, elsewhere)
    const { send } = await reviewed(bank, PASSWORD, customer, token)
    expect(await isSignedIn(elsewhere)).toBe(true)
    expect(await send()).toMatchObject({ ok: true })
    expect(await isSignedIn(elsewhere)).toBe(false)
    const { drafts } = bank.ports.store.tables
    expect(await drafts.find(elsewhere, 'otp-stop')).toBeUndefined()
    expect(refusalOf(await tryLogin(customer, customer.loginPassword))).toBe('wrong-credentials')
    expect(await tryLogin(customer, NEW_PASSWORD)).toMatchObject({ ok: true })
  })

  test('the own session goes on', async () => {
    const customer = await bank.open()
    const { browser, send } = await reviewed(bank, PASSWORD, customer)
    await tryLogin(customer, customer.loginPassword, browser)
    await send()
    expect(await isSignedIn(browser)).toBe(true)
  })

  test('a wrong current one counts like one at login', async () => {
    const customer = await bank.open()
    const review = toPassword(NEW_PASSWORD, 'Chigau08')
    for (let wrong = 0; wrong < 6; wrong += 1) {
      expect(await refusedReview(review, customer)).toEqual({
        ok: false,
        refusal: 'wrong-credentials',
        field: 'currentPassword',
      })
    }
    expect(refusalOf(await tryLogin(customer, customer.loginPassword))).toBe('locked-password')
  })

  test('bad input, by field', async () => {
    const customer = await bank.open()
    const bad = [
      [toPassword('short'), 'newPassword'],
      [toPassword(customer.loginPassword), 'newPassword'],
      [toPassword(NEW_PASSWORD, undefined, 'Atarashii2'), 'newPasswordAgain'],
      [toPassword(NEW_PASSWORD, ''), 'currentPassword'],
    ] as const
    for (const [review, field] of bad) {
      expect(await refusedReview(review, customer)).toMatchObject({
        refusal: 'invalid-input',
        field,
      })
    }
  })

  test('two changes at once: the second finds the first', async () => {
    const customer = await bank.open()
    const one = await reviewed(bank, PASSWORD, customer)
    const two = await reviewed(bank, { ...PASSWORD, review: toPassword('Betsuno22') }, customer)
    const outcomes = await Promise.all([one.send({}, bank), two.send({}, other)])
    expect(outcomes.map(refusalOf).sort()).toEqual(['out-of-order', undefined])
  })
})

describe('the code at login', () => {
  test('認証する asks from the next login on, 認証しない no longer', async () => {
    const { customer, token, send } = await withToken(OTP_AT_LOGIN)
    expect(await send()).toMatchObject({ ok: true, value: { otpAtLogin: 'required' } })
    expect(await tryLogin(customer, customer.loginPassword)).toMatchObject({
      value: { next: 'code' },
    })
    bank.clock.nowMs += 30_000
    const off = { ...OTP_AT_LOGIN, review: toOtpAtLogin('not-required') }
    expect(await (await reviewed(bank, off, customer, token)).send()).toMatchObject({ ok: true })
    expect(await tryLogin(customer, customer.loginPassword)).toMatchObject({
      value: { next: 'home' },
    })
  })

  test('refused: no token, the present choice, no choice', async () => {
    const without = await bank.open()
    expect(refusalOf(await refusedReview(toOtpAtLogin('required'), without))).toBe('no-token')
    const customer = await bank.open({ token: await bank.makeToken() })
    for (const choice of ['not-required', '', 'perhaps']) {
      expect(await refusedReview(toOtpAtLogin(choice), customer)).toEqual({
        ok: false,
        refusal: 'invalid-input',
        field: 'otpAtLogin',
      })
    }
  })
})
