/** ログイン: done, refused, replayed, two at once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { login, loginWithCode } from '../../../src/bank/procedures/login.ts'
import { DEMO_BANK } from '../../../src/store/demo/demo-bank.ts'
import { passwordHasher } from '../../../src/store/passwords.ts'
import { codeAt, wrongCode, wrongCodes } from '../held-token.ts'
import {
  atOnce,
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

const browsersOf = () => ({ now: newBrowser(), afterLogin: newBrowser() })
const tryLogin = (process: Process, contractId: string, loginPassword: string) =>
  login(process.ports, request, browsersOf(), { contractId, loginPassword })

const sessionOf = (browser: Uint8Array) =>
  bank.ports.store.tables.sessions.touch(browser, DEMO_BANK.bankCode, {
    nowMs: bank.clock.now(),
    idleMs: 600_000,
    absoluteMs: 3_600_000,
  })

describe('with the password', () => {
  test('done: the session runs under the new identifier, the old one opens nothing', async () => {
    const customer = await bank.open()
    const browsers = browsersOf()
    const outcome = await login(bank.ports, request, browsers, customer)
    expect(outcome).toEqual({ ok: true, value: { next: 'home', begun: true } })
    expect(await sessionOf(browsers.afterLogin)).toMatchObject({ contractId: customer.contractId })
    expect(await sessionOf(browsers.now)).toBeUndefined()
    expect((await contractOf(bank, customer)).lastLoginAtMs).toBe(MORNING_MS)
    expect(await eventsOf(bank, customer)).toEqual(['login done'])
  })

  test('a second login ends the first session and knows the time of the first', async () => {
    const customer = await bank.open()
    const [first, second] = [browsersOf(), browsersOf()]
    await login(bank.ports, request, first, customer)
    bank.clock.nowMs += 60_000
    await login(bank.ports, request, second, customer)
    expect(await sessionOf(first.afterLogin)).toBeUndefined()
    const session = await sessionOf(second.afterLogin)
    expect(session?.previousLoginAtMs).toBe(MORNING_MS)
  })

  test('two at once: both are answered, one session is left', async () => {
    const customer = await bank.open()
    const browsers = [browsersOf(), browsersOf(), browsersOf(), browsersOf()]
    const outcomes = await Promise.all(
      browsers.map((own, place) => login((place % 2 ? bank : other).ports, request, own, customer)),
    )
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true)
    const sessions = await Promise.all(browsers.map((own) => sessionOf(own.afterLogin)))
    expect(sessions.filter((session) => session !== undefined)).toHaveLength(1)
  })

  test.each([
    ['no ID', '', 'Ichido01', 'contractId'],
    ['a short ID', '12345', 'Ichido01', 'contractId'],
    ['an ID with quotes', "1' or '1'='1", 'Ichido01', 'contractId'],
    ['an ID with a NUL', '1000000\u0000001', 'Ichido01', 'contractId'],
    ['a huge ID', '1'.repeat(100_000), 'Ichido01', 'contractId'],
    ['no password', '10000000001', '', 'loginPassword'],
    ['a long password', '10000000001', 'x'.repeat(65), 'loginPassword'],
  ])('refused: %s is invalid input', async (_, contractId, password, field) => {
    const outcome = await tryLogin(bank, contractId, password)
    expect(outcome).toEqual({ ok: false, refusal: 'invalid-input', field })
  })

  test('a contract ID from a Japanese keyboard is forgiven, a password is taken as it is', async () => {
    const customer = await bank.open()
    const wide = customer.contractId.replace(/[!-~]/g, (narrow) =>
      String.fromCharCode(narrow.charCodeAt(0) + 0xfee0),
    )
    expect(await tryLogin(bank, wide, customer.loginPassword)).toMatchObject({ ok: true })
    expect(await tryLogin(bank, wide, customer.loginPassword.toLowerCase())).toMatchObject({
      refusal: 'wrong-credentials',
    })
  })

  test('too many at once are told to come back, and those are not counted', async () => {
    const customer = await bank.open()
    const busy = { ...bank.ports, passwords: passwordHasher({ running: 1, waiting: 1 }) }
    const outcomes = await atOnce(8, () =>
      tryLogin({ ...bank, ports: busy }, customer.contractId, 'Wrong0000'),
    )
    const refusals = outcomes.map(refusalOf)
    expect(refusals).toContain('too-many-requests')
    const judged = refusals.filter((refusal) => refusal === 'wrong-credentials')
    const text = 'select failures from login_counter where contract_id = $1'
    const { rows } = await bank.pool.query(text, [customer.contractId])
    expect(rows).toEqual([{ failures: judged.length }])
  })
})

describe('the counter of the password', () => {
  const guess = (process: Process, contractId: string) => tryLogin(process, contractId, 'Wrong0000')

  test('locks after six, also for the right password, also in a new process', async () => {
    const customer = await bank.open()
    for (let wrong = 0; wrong < 6; wrong += 1) {
      expect(await guess(bank, customer.contractId)).toMatchObject({ refusal: 'wrong-credentials' })
    }
    const outcome = await tryLogin(bank.another(), customer.contractId, customer.loginPassword)
    expect(outcome).toEqual({ ok: false, refusal: 'locked-password', field: 'contractId' })
    expect((await eventsOf(bank, customer)).at(-1)).toBe('login locked-password')
  })

  test('a right password before that sets it back', async () => {
    const customer = await bank.open()
    for (let round = 0; round < 2; round += 1) {
      for (let wrong = 0; wrong < 5; wrong += 1) await guess(bank, customer.contractId)
      const { contractId, loginPassword } = customer
      expect(await tryLogin(bank, contractId, loginPassword)).toMatchObject({ ok: true })
    }
  })

  test('an unknown ID is told the same at every attempt', async () => {
    const customer = await bank.open()
    const told = async (contractId: string) => {
      const outcomes = []
      for (let wrong = 0; wrong < 8; wrong += 1) outcomes.push(await guess(bank, contractId))
      return outcomes
    }
    const known = await told(customer.contractId)
    expect(await told('T88888888')).toEqual(known)
    expect(known.map(refusalOf)).toEqual([
      ...Array(6).fill('wrong-credentials'),
      ...Array(2).fill('locked-password'),
    ])
  })

  test('thirty guesses at once: six are judged', async () => {
    const customer = await bank.open()
    for (const contractId of [customer.contractId, 'T77777777']) {
      const outcomes = await atOnce(30, (place) => guess(place % 2 ? bank : other, contractId))
      const refusals = outcomes.map(refusalOf)
      expect(refusals.filter((refusal) => refusal === 'wrong-credentials')).toHaveLength(6)
      expect(refusals.filter((refusal) => refusal === 'locked-password')).toHaveLength(24)
    }
  })
})

describe('with a code', () => {
  async function atCode() {
    const token = await bank.makeToken()
    const customer = await bank.open({ token, otpAtLogin: true })
    const browsers = browsersOf()
    const outcome = await login(bank.ports, request, browsers, customer)
    if (!outcome.ok || outcome.value.next !== 'code') throw new Error('no code was asked')
    const { draftId } = outcome.value
    const send = (otp: string, process: Process = bank) =>
      loginWithCode(process.ports, request, browsers, { draftId, otp })
    return { token, customer, browsers, send }
  }
  const lastEvent = async (customer: Customer) => (await eventsOf(bank, customer)).at(-1)

  test('nobody is signed in before the code; with it the session begins', async () => {
    const { token, customer, browsers, send } = await atCode()
    expect(await sessionOf(browsers.afterLogin)).toBeUndefined()
    expect(await send(codeAt(token, bank.clock.now()))).toMatchObject({ ok: true })
    expect(await sessionOf(browsers.afterLogin)).toMatchObject({ contractId: customer.contractId })
    expect(await lastEvent(customer)).toBe('login done')
  })

  test('a token that is not asked at login is not asked', async () => {
    const customer = await bank.open({ token: await bank.makeToken() })
    const outcome = await login(bank.ports, request, browsersOf(), customer)
    expect(outcome).toMatchObject({ value: { next: 'home' } })
  })

  test('refused: wrong, malformed, used', async () => {
    const { token, customer, send } = await atCode()
    const wrong = await send(wrongCode(token, bank.clock.now()))
    expect(wrong).toEqual({ ok: false, refusal: 'wrong-code', field: 'otp' })
    expect(await send('12345')).toEqual({ ok: false, refusal: 'invalid-input', field: 'otp' })
    expect((await tokenOf(bank, token)).failures).toBe(1)
    expect(await send(codeAt(token, bank.clock.now()))).toMatchObject({ ok: true })
    expect((await tokenOf(bank, token)).failures).toBe(0)
    const again = browsersOf()
    await login(bank.ports, request, again, customer)
    const form = { draftId: undefined, otp: codeAt(token, bank.clock.now()) }
    const used = await loginWithCode(bank.ports, request, again, form)
    expect(used).toEqual({ ok: false, refusal: 'code-already-used', field: 'otp' })
  })

  test('refused: locked after ten wrong codes, for the right one too', async () => {
    const { token, send } = await atCode()
    const codes = wrongCodes(token, bank.clock.now(), 10)
    for (const code of codes) expect(refusalOf(await send(code))).toBe('wrong-code')
    expect(refusalOf(await send(codeAt(token, bank.clock.now())))).toBe('locked-code')
  })

  test('refused: without a draft, with another browser, after half an hour', async () => {
    const { token, browsers, send } = await atCode()
    const otp = codeAt(token, bank.clock.now())
    for (const [own, draftId] of [
      [browsers, 'no such draft'],
      [browsersOf(), undefined],
    ] as const) {
      const outcome = await loginWithCode(bank.ports, request, own, { draftId, otp })
      expect(outcome).toMatchObject({ refusal: 'out-of-order' })
    }
    bank.clock.nowMs += 30 * 60_000
    expect(refusalOf(await send(codeAt(token, bank.clock.now())))).toBe('draft-expired')
  })

  test('refused: the token was suspended, or taken away, since the password', async () => {
    const one = await atCode()
    await bank.pool.query(`update token set state = 'suspended' where serial = $1`, [
      one.token.serial,
    ])
    const otp = codeAt(one.token, bank.clock.now())
    expect(refusalOf(await one.send(otp))).toBe('token-suspended')
    const other = await atCode()
    await bank.pool.query(
      'update contract set token_issuer = null, token_serial = null where contract_id = $1',
      [other.customer.contractId],
    )
    expect(refusalOf(await other.send(otp))).toBe('no-token')
  })

  test('two at once: one code begins one session, the second click changes nothing', async () => {
    const { token, customer, send } = await atCode()
    const otp = codeAt(token, bank.clock.now())
    const outcomes = await atOnce(4, (place) => send(otp, place % 2 ? bank : other))
    const steps = outcomes.map((outcome) => (outcome.ok ? outcome.value : undefined))
    const begun = steps.filter((step) => step?.next === 'home' && step.begun)
    expect(begun).toHaveLength(1)
    expect(steps.filter((step) => step?.next === 'home')).toHaveLength(4)
    const logins = (await eventsOf(bank, customer)).filter((event) => event === 'login done')
    expect(logins).toHaveLength(1)
  })

  test('one code from two browsers at once lets one in', async () => {
    const { token, customer, send } = await atCode()
    const browsers = browsersOf()
    await login(bank.ports, request, browsers, customer)
    const otp = codeAt(token, bank.clock.now())
    const outcomes = await Promise.all([
      send(otp),
      loginWithCode(other.ports, request, browsers, { draftId: undefined, otp }),
    ])
    expect(outcomes.map((outcome) => (outcome.ok ? 'in' : outcome.refusal)).sort()).toEqual([
      'code-already-used',
      'in',
    ])
  })
})
