/** 利用中止: done, refused, replayed, two at once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { beginOtpStop } from '../../../src/bank/procedures/otp-stop.ts'
import { codeAt, codeOfFactor, wrongCode, wrongCodes } from '../held-token.ts'
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
  tracesOf,
  wrongAnswers,
} from '../test-bank.ts'
import { begun } from './otp-start-steps.ts'
import { stopping } from './token-steps.ts'
import { ask, told } from './verification-steps.ts'

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

async function ready(wish: { otpAtLogin?: boolean } = {}) {
  const token = await bank.makeToken()
  const customer = await bank.open({ token, ...wish })
  return { customer, token, ...(await stopping(bank, customer, token)) }
}

describe('done', () => {
  test.each(['confirmation-password', 'customer-card', 'image-card'] as const)(
    'with the code and the %s, which authorises from now on',
    async (method) => {
      const token = await bank.makeToken()
      const customer = await bank.open({ method, token, otpAtLogin: true })
      const { send } = await stopping(bank, customer, token)
      expect(await send()).toMatchObject({
        ok: true,
        value: { serial: token.serial, receivedAtMs: MORNING_MS },
      })
      const contract = await contractOf(bank, customer)
      expect(contract.token).toBeUndefined()
      expect(contract.otpAtLogin).toBe(false)
      expect((await tokenOf(bank, token)).state).toBe('stopped')
      const { notices, receipts } = await tracesOf(bank, customer)
      expect(receipts).toHaveLength(1)
      expect(notices[0]).toMatchObject({ recipient: customer.mail })
      expect((await eventsOf(bank, customer)).at(-1)).toBe('otp-stop done')
    },
  )

  test('an event-based hardware token', async () => {
    const customer = await bank.open()
    const token = await bank.makeToken({
      type: 'HW',
      issuer: '1184',
      state: 'active',
      kind: 'hotp',
      shippedTo: customer.contractId,
    })
    await bank.pool.query(
      'update contract set token_issuer = $2, token_serial = $3 where contract_id = $1',
      [customer.contractId, token.issuer, token.serial],
    )
    const { send } = await stopping(bank, customer, token)
    expect(await send({ otp: codeOfFactor(token, 0) })).toMatchObject({ ok: true })
    expect((await tokenOf(bank, token)).state).toBe('stopped')
  })

  test('the stopped token is dead: no code, no new start', async () => {
    const { customer, token, send } = await ready()
    await send()
    bank.clock.nowMs += 30_000
    const otp = codeAt(token, bank.clock.now())
    expect(told(await ask(bank, customer, { otp }))).toBe('no-token')
    const start = await begun(bank, customer, token)
    expect(refusalOf(await start.send())).toBe('serial-unknown')
  })

  test('a phone that serves another contract goes on there', async () => {
    const token = await bank.makeToken()
    const stays = await bank.open({ token })
    const { send } = await stopping(bank, await bank.open({ token }), token)
    expect(await send()).toMatchObject({ ok: true })
    expect((await tokenOf(bank, token)).state).toBe('active')
    bank.clock.nowMs += 30_000
    const otp = codeAt(token, bank.clock.now())
    expect(told(await ask(bank, stays, { otp }))).toBe('accepted')
  })

  test('afterwards the customer can start anew with another token', async () => {
    const { customer, send } = await ready()
    await send()
    const next = await begun(bank, customer, await bank.makeToken({ state: 'provisioned' }))
    expect(await next.send()).toMatchObject({ ok: true })
  })
})

test('replayed: the first receipt, and nothing changes', async () => {
  const { customer, send } = await ready()
  const first = await send()
  const traces = await tracesOf(bank, customer)
  bank.clock.nowMs += 60 * 60_000
  expect(await send({ otp: '000000', answers: {} })).toEqual(first)
  expect(await tracesOf(bank, customer)).toEqual(traces)
})

describe('refused', () => {
  const begin = (customer: Customer) => beginOtpStop(bank.ports, request, newBrowser(), customer)

  test('step 1: no-token, wrong-credentials', async () => {
    const customer = await bank.open()
    expect(refusalOf(await begin(customer))).toBe('no-token')
    const wrong = { ...customer, loginPassword: 'Wrong0000' }
    expect(refusalOf(await begin(wrong))).toBe('wrong-credentials')
  })

  test('a wrong code counts and leaves all as it was; ten lock', async () => {
    const { customer, token, send } = await ready()
    const traces = await tracesOf(bank, customer)
    expect(await send({ otp: wrongCode(token, MORNING_MS) })).toEqual({
      ok: false,
      refusal: 'wrong-code',
      field: 'otp',
    })
    expect(await tracesOf(bank, customer)).toEqual(traces)
    for (const otp of wrongCodes(token, MORNING_MS, 9)) await send({ otp })
    expect(refusalOf(await send())).toBe('locked-code')
  })

  test('a wrong confirmation counts, and leaves the code unspent', async () => {
    const { customer, token, answers, send } = await ready()
    expect(refusalOf(await send({ answers: wrongAnswers(answers) }))).toBe('wrong-confirmation')
    expect((await tokenOf(bank, token)).lastAccepted).toBe(-1)
    expect((await contractOf(bank, customer)).confirmationFailures).toBe(1)
    expect(await send()).toMatchObject({ ok: true })
  })

  test('six wrong confirmations lock', async () => {
    const { answers, send } = await ready()
    const wrong = wrongAnswers(answers)
    for (let count = 0; count < 6; count += 1) await send({ answers: wrong })
    expect(refusalOf(await send())).toBe('locked-confirmation')
  })

  test('empty or malformed fields name themselves', async () => {
    const { answers, send } = await ready()
    expect(await send({ otp: '12345' })).toMatchObject({ refusal: 'invalid-input', field: 'otp' })
    expect(await send({ answers: { ...answers, confirm3: '' } })).toMatchObject({
      refusal: 'invalid-input',
      field: 'confirm3',
    })
  })

  test('out-of-order, draft-expired, frozen, suspended', async () => {
    const { customer, token, send } = await ready()
    expect(refusalOf(await send({ draftId: 'no such draft' }))).toBe('out-of-order')
    await bank.pool.query(`update token set state = 'suspended' where serial = $1`, [token.serial])
    expect(refusalOf(await send())).toBe('token-suspended')
    await bank.pool.query('update contract set frozen = true where contract_id = $1', [
      customer.contractId,
    ])
    expect(refusalOf(await send())).toBe('frozen')
    bank.clock.nowMs += 30 * 60_000
    expect(refusalOf(await send())).toBe('draft-expired')
  })
})

describe('two at once', () => {
  test('one draft: one stop, the same answer for all', async () => {
    const { customer, send } = await ready()
    const outcomes = await atOnce(8, (place) => send({}, either(place)))
    expect(outcomes[0]).toMatchObject({ ok: true })
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0])
    expect((await tracesOf(bank, customer)).receipts).toHaveLength(1)
  })

  test('two drafts with one code: one stop', async () => {
    const one = await ready()
    const two = await stopping(bank, one.customer, one.token)
    const outcomes = await Promise.all([one.send({}, bank), two.send({}, other)])
    expect(outcomes.map(refusalOf).sort()).toEqual(['no-token', undefined])
    expect((await tracesOf(bank, one.customer)).receipts).toHaveLength(1)
  })
})
