/**
 * 利用開始: done, refused, replayed. Serials are in `otp-start-serial.test.ts`, two at once in
 * `otp-start-at-once.test.ts`.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { nextMidnightMs } from '../../../src/bank/calendar.ts'
import { beginOtpStart } from '../../../src/bank/procedures/otp-start.ts'
import { DEMO_CONTRACTS } from '../../../src/store/demo/demo-bank.ts'
import { codeAt, wrongCode, wrongCodes } from '../held-token.ts'
import {
  type Customer,
  contractOf,
  eventsOf,
  MORNING_MS,
  newBrowser,
  openTestBank,
  refusalOf,
  request,
  type TestBank,
  tokenOf,
  tracesOf,
  wrongAnswers,
} from '../test-bank.ts'
import { begun } from './otp-start-steps.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})

const METHODS = ['confirmation-password', 'customer-card', 'image-card'] as const

describe('done', () => {
  test.each(METHODS)('with a software token and the %s', async (method) => {
    const customer = await bank.open({ method })
    const token = await bank.makeToken({ state: 'provisioned' })
    const { send } = await begun(bank, customer, token)
    const outcome = await send({ otpAtLogin: 'required' })
    expect(outcome).toMatchObject({
      ok: true,
      value: { serial: token.serial, otpAtLogin: 'required', receivedAtMs: MORNING_MS },
    })
    const contract = await contractOf(bank, customer)
    expect(contract).toMatchObject({
      token: { issuer: token.issuer, serial: token.serial },
      otpAtLogin: true,
      lowLimitUntilMs: nextMidnightMs(MORNING_MS),
    })
    expect(contract.challenge).toBeUndefined()
    expect(await tokenOf(bank, token)).toMatchObject({ state: 'active', failures: 0 })
    expect((await eventsOf(bank, customer)).at(-1)).toBe('otp-start done')
    const { notices, receipts } = await tracesOf(bank, customer)
    expect(receipts).toHaveLength(1)
    expect(notices).toMatchObject([{ recipient: customer.mail }])
    expect(notices[0].body).toContain(token.serial)
    expect(notices[0].body).not.toContain(customer.contractId)
  })

  test('with the hardware token that the bank shipped to this customer', async () => {
    const shipped = DEMO_CONTRACTS[5]
    if (shipped?.token === undefined) throw new Error('the demonstration has changed')
    const token = {
      issuer: '1184',
      serial: shipped.token.serial,
      seed: Buffer.from(shipped.token.seedHex, 'hex'),
    }
    const customer: Customer = {
      contractId: shipped.contractId,
      loginPassword: shipped.loginPassword,
      method: shipped.method,
      cells: [...shipped.secret],
      mail: shipped.mail,
      accountNumber: '0000061',
    }
    const { send } = await begun(bank, customer, token)
    expect(await send({ serial: '２Ｖ０７１６ー０１６ｆｋ２' })).toMatchObject({
      ok: true,
      value: { serial: '2V0716016FK2' },
    })
    expect((await tokenOf(bank, token)).state).toBe('active')
  })

  test('with one phone for several contracts, a fresh code for each', async () => {
    const token = await bank.makeToken({ state: 'provisioned' })
    const one = await begun(bank, await bank.open(), token)
    expect(await one.send()).toMatchObject({ ok: true })
    const two = await begun(bank, await bank.open(), token)
    expect(refusalOf(await two.send())).toBe('code-already-used')
    bank.clock.nowMs += 30_000
    expect(await two.send()).toMatchObject({ ok: true })
    expect(await bank.ports.store.tables.tokens.contractsUsing(await tokenOf(bank, token))).toBe(2)
  })
})

describe('replayed', () => {
  test('the same draft answers with the same receipt and changes nothing', async () => {
    const customer = await bank.open()
    const token = await bank.makeToken({ state: 'provisioned' })
    const { send } = await begun(bank, customer, token)
    const first = await send()
    expect(first).toMatchObject({ ok: true })
    const traces = await tracesOf(bank, customer)
    bank.clock.nowMs += 60 * 60_000
    expect(await send({ otp: '000000', answers: {}, draftId: undefined })).toEqual(first)
    expect(await tracesOf(bank, customer)).toEqual(traces)
  })
})

describe('step 1 refuses', () => {
  const begin = (customer: Customer) => beginOtpStart(bank.ports, request, newBrowser(), customer)

  test('has-token', async () => {
    const customer = await bank.open({ token: await bank.makeToken() })
    expect(refusalOf(await begin(customer))).toBe('has-token')
  })

  test('frozen', async () => {
    const customer = await bank.open()
    await bank.pool.query('update contract set frozen = true where contract_id = $1', [
      customer.contractId,
    ])
    expect(refusalOf(await begin(customer))).toBe('frozen')
  })

  test('wrong-credentials, and locked-password after six', async () => {
    const customer = { ...(await bank.open()), loginPassword: 'Wrong0000' }
    const refusals = []
    for (let wrong = 0; wrong < 7; wrong += 1) refusals.push(refusalOf(await begin(customer)))
    expect(refusals).toEqual([...Array(6).fill('wrong-credentials'), 'locked-password'])
  })
})

describe('step 2 refuses the rest', () => {
  async function ready() {
    const token = await bank.makeToken({ state: 'provisioned' })
    return { token, ...(await begun(bank, await bank.open(), token)) }
  }

  test('a wrong code counts, a right one then sets the counter back', async () => {
    const { token, send } = await ready()
    const otp = wrongCode(token, MORNING_MS)
    expect(await send({ otp })).toEqual({ ok: false, refusal: 'wrong-code', field: 'otp' })
    expect(await tokenOf(bank, token)).toMatchObject({ failures: 1, guesses: 1 })
    expect(await send()).toMatchObject({ ok: true })
    expect(await tokenOf(bank, token)).toMatchObject({ failures: 0, guesses: 1 })
  })

  test('a malformed code counts nothing', async () => {
    const { token, send } = await ready()
    for (const otp of ['', '12345', '1234567', 'abcdef', '１２３', '\ud8001234', '9'.repeat(999)]) {
      expect(await send({ otp })).toEqual({ ok: false, refusal: 'invalid-input', field: 'otp' })
    }
    expect(await tokenOf(bank, token)).toMatchObject({ failures: 0, guesses: 0 })
  })

  test('after ten wrong codes even the right one: locked-code', async () => {
    const { token, send } = await ready()
    for (const otp of wrongCodes(token, MORNING_MS, 10)) {
      expect(refusalOf(await send({ otp }))).toBe('wrong-code')
    }
    expect(await send()).toEqual({ ok: false, refusal: 'locked-code', field: 'otp' })
  })

  test('wrong-confirmation counts, and leaves the right code unspent and the challenge kept', async () => {
    const { token, customer, answers, send } = await ready()
    const wrong = wrongAnswers(answers)
    const outcome = await send({ answers: wrong })
    expect(outcome).toEqual({ ok: false, refusal: 'wrong-confirmation', field: 'confirm1' })
    expect(await tokenOf(bank, token)).toMatchObject({ lastAccepted: -1, state: 'provisioned' })
    expect((await contractOf(bank, customer)).confirmationFailures).toBe(1)
    expect(await send()).toMatchObject({ ok: true })
    expect((await contractOf(bank, customer)).confirmationFailures).toBe(0)
  })

  test('after six wrong confirmations even the right one: locked-confirmation', async () => {
    const { answers, send } = await ready()
    for (let wrong = 0; wrong < 6; wrong += 1) {
      expect(refusalOf(await send({ answers: wrongAnswers(answers) }))).toBe('wrong-confirmation')
    }
    expect(await send()).toEqual({ ok: false, refusal: 'locked-confirmation', field: 'confirm1' })
  })

  test('an empty answer names its field and counts nothing', async () => {
    const { customer, answers, send } = await ready()
    const outcome = await send({ answers: { ...answers, confirm2: ' ' } })
    expect(outcome).toEqual({ ok: false, refusal: 'invalid-input', field: 'confirm2' })
    expect((await contractOf(bank, customer)).confirmationFailures).toBe(0)
  })

  test('neither 認証する nor 認証しない', async () => {
    const { send } = await ready()
    const outcome = await send({ otpAtLogin: 'perhaps' })
    expect(outcome).toEqual({ ok: false, refusal: 'invalid-input', field: 'otpAtLogin' })
  })

  test('out-of-order without the first step, and in another browser', async () => {
    const { token, send, customer } = await ready()
    expect(refusalOf(await send({ draftId: 'no such draft' }))).toBe('out-of-order')
    const other = await begun(bank, customer, token)
    expect(refusalOf(await other.send({ draftId: undefined }))).toBeUndefined()
    expect(refusalOf(await send())).toBe('has-token')
  })

  test('a code or password typed into the wrong field is kept nowhere', async () => {
    const { customer, send } = await ready()
    for (const serial of ['734512', 'Secret9Password']) {
      expect(refusalOf(await send({ serial }))).toBe('serial-unknown')
    }
    const text = 'select distinct serial from event where contract_id = $1'
    const { rows } = await bank.pool.query(text, [customer.contractId])
    expect(rows).toEqual([{ serial: null }])
  })

  test('draft-expired after half an hour', async () => {
    const { token, send } = await ready()
    bank.clock.nowMs += 30 * 60_000
    expect(refusalOf(await send())).toBe('draft-expired')
    expect(codeAt(token, bank.clock.now())).toMatch(/^\d{6}$/)
    expect((await tokenOf(bank, token)).lastAccepted).toBe(-1)
  })

  test('frozen since the first step', async () => {
    const { customer, send } = await ready()
    await bank.pool.query('update contract set frozen = true where contract_id = $1', [
      customer.contractId,
    ])
    expect(refusalOf(await send())).toBe('frozen')
  })
})
