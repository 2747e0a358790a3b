/** 時刻補正: done, refused, replayed, two at once; and what the token's codes are worth afterwards. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { login, loginWithCode } from '../../../src/bank/procedures/login.ts'
import { beginOtpResync, completeOtpResync } from '../../../src/bank/procedures/otp-resync.ts'
import { timeStep } from '../../../src/oath/totp.ts'
import { codeOfFactor, type HeldToken, type TokenWish, wrongCodes } from '../held-token.ts'
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
} from '../test-bank.ts'
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
const stepNow = () => timeStep(bank.clock.now(), 30)

type Form = Parameters<typeof completeOtpResync>[3]

async function resyncing(customer: Customer) {
  const browser = newBrowser()
  const outcome = await beginOtpResync(bank.ports, request, browser, customer)
  if (!outcome.ok) throw new Error(`the resynchronisation was refused: ${outcome.refusal}`)
  const { draftId } = outcome.value
  const send = (codes: Partial<Form>, process: Process = bank) =>
    completeOtpResync(process.ports, request, browser, {
      draftId,
      otp: '',
      nextOtp: '',
      ...codes,
    })
  return { send }
}

/** A customer whose hardware token is in use. */
async function ready(wish: TokenWish = {}, otpAtLogin = false) {
  const customer = await bank.open({ otpAtLogin })
  const token = await bank.makeToken({
    type: 'HW',
    issuer: '1184',
    state: 'active',
    shippedTo: customer.contractId,
    ...wish,
  })
  await bank.pool.query(
    'update contract set token_issuer = $2, token_serial = $3 where contract_id = $1',
    [customer.contractId, token.issuer, token.serial],
  )
  return { customer, token, ...(await resyncing(customer)) }
}

/** The code that the token shows at a factor, and the one after it. */
const pair = (token: HeldToken, factor: number) => ({
  otp: codeOfFactor(token, factor),
  nextOtp: codeOfFactor(token, factor + 1),
})
const verifyAt = async (customer: Customer, token: HeldToken, factor: number) =>
  told(await ask(bank, customer, { otp: codeOfFactor(token, factor) }))

describe('done', () => {
  test.each([-58, -5, -1, 0, 5, 58])('a clock that is %i steps off', async (off) => {
    const { customer, token, send } = await ready()
    const outcome = await send(pair(token, stepNow() + off))
    expect(outcome).toMatchObject({ ok: true, value: { serial: token.serial } })
    expect(await tokenOf(bank, token)).toMatchObject({
      driftSteps: off + 1,
      lastAccepted: stepNow() + off + 1,
      failures: 0,
    })
    const { receipts, notices } = await tracesOf(bank, customer)
    expect([receipts.length, notices.length]).toEqual([1, 1])
    expect((await eventsOf(bank, customer)).at(-1)).toBe('otp-resync done')
  })

  test('afterwards the drifted codes are accepted, those of an exact clock are not', async () => {
    const { customer, token, send } = await ready()
    const off = 20
    expect(await verifyAt(customer, token, stepNow() + off)).toBe('wrong-code')
    expect(await send(pair(token, stepNow() + off - 1))).toMatchObject({ ok: true })
    expect(await verifyAt(customer, token, stepNow() + off)).toBe('code-already-used')
    bank.clock.nowMs += 30_000
    expect(await verifyAt(customer, token, stepNow())).toBe('wrong-code')
    expect(await verifyAt(customer, token, stepNow() + off)).toBe('accepted')
  })

  test('an event-based token whose button was pressed a hundred times', async () => {
    const { customer, token, send } = await ready({ kind: 'hotp' })
    expect(await verifyAt(customer, token, 100)).toBe('wrong-code')
    expect(await send(pair(token, 100))).toMatchObject({ ok: true })
    expect(await tokenOf(bank, token)).toMatchObject({ lastAccepted: 101, driftSteps: 0 })
    expect(await verifyAt(customer, token, 101)).toBe('code-already-used')
    expect(await verifyAt(customer, token, 102)).toBe('accepted')
  })

  test('it authorises nothing: the contract is as it was', async () => {
    const { customer, token, send } = await ready()
    const before = await contractOf(bank, customer)
    await send(pair(token, stepNow() + 9))
    expect(await contractOf(bank, customer)).toEqual(before)
  })
})

test('replayed: the first receipt, and nothing changes', async () => {
  const { customer, token, send } = await ready()
  const first = await send(pair(token, stepNow() + 9))
  const traces = await tracesOf(bank, customer)
  const known = await tokenOf(bank, token)
  expect(await send({ otp: '000000', nextOtp: '111111' })).toEqual(first)
  expect([await tracesOf(bank, customer), await tokenOf(bank, token)]).toEqual([traces, known])
})

describe('refused', () => {
  test('step 1: no-token', async () => {
    const begin = await beginOtpResync(bank.ports, request, newBrowser(), await bank.open())
    expect(refusalOf(begin)).toBe('no-token')
  })

  test('codes that are no neighbours, in the wrong order, or too far away count', async () => {
    const { token, send } = await ready()
    const at = (factor: number) => codeOfFactor(token, factor)
    const now = stepNow()
    const wrong = [
      { otp: at(now), nextOtp: at(now + 2) },
      { otp: at(now + 1), nextOtp: at(now) },
      { otp: at(now), nextOtp: at(now) },
      pair(token, now + 61),
      pair(token, now - 62),
    ]
    for (const codes of wrong) expect(refusalOf(await send(codes))).toBe('wrong-code')
    expect(await tokenOf(bank, token)).toMatchObject({ failures: 5, guesses: 5, lastAccepted: -1 })
  })

  test('codes that were accepted before are not accepted again', async () => {
    const { customer, token, send } = await ready()
    const now = stepNow()
    expect(await verifyAt(customer, token, now)).toBe('accepted')
    expect(refusalOf(await send(pair(token, now - 1)))).toBe('code-already-used')
    expect(refusalOf(await send(pair(token, now - 30)))).toBe('code-already-used')
    expect((await tokenOf(bank, token)).lastAccepted).toBe(now)
  })

  test('a pair whose first code was accepted before, or whose second', async () => {
    const { customer, token, send } = await ready()
    const now = stepNow()
    expect(await verifyAt(customer, token, now)).toBe('accepted')
    expect(refusalOf(await send(pair(token, now)))).toBe('code-already-used')
    expect(await tokenOf(bank, token)).toMatchObject({ lastAccepted: now, guesses: 0 })
    expect(await send(pair(token, now + 1))).toMatchObject({ ok: true })
  })

  test('the same of an event-based token', async () => {
    const { customer, token, send } = await ready({ kind: 'hotp' })
    expect(await verifyAt(customer, token, 3)).toBe('accepted')
    expect(refusalOf(await send(pair(token, 3)))).toBe('code-already-used')
    expect(await send(pair(token, 4))).toMatchObject({ ok: true })
    expect(await tokenOf(bank, token)).toMatchObject({ lastAccepted: 5, guesses: 0 })
  })

  test('malformed codes name their field and count nothing', async () => {
    const { token, send } = await ready()
    const { otp, nextOtp } = pair(token, stepNow())
    expect(await send({ otp: '12345', nextOtp })).toMatchObject({ field: 'otp' })
    expect(await send({ otp, nextOtp: '' })).toMatchObject({
      refusal: 'invalid-input',
      field: 'nextOtp',
    })
    expect((await tokenOf(bank, token)).failures).toBe(0)
  })

  test('ten wrong ones lock, and do not lift a lock', async () => {
    const { token, send } = await ready()
    for (const otp of wrongCodes(token, MORNING_MS, 10)) await send({ otp, nextOtp: otp })
    expect(refusalOf(await send(pair(token, stepNow())))).toBe('locked-code')
  })

  test('suspended, frozen, expired, out of order', async () => {
    const { customer, token, send } = await ready()
    const codes = pair(token, stepNow())
    expect(refusalOf(await send({ ...codes, draftId: 'no such draft' }))).toBe('out-of-order')
    await bank.pool.query(`update token set state = 'suspended' where serial = $1`, [token.serial])
    expect(refusalOf(await send(codes))).toBe('token-suspended')
    await bank.pool.query('update contract set frozen = true where contract_id = $1', [
      customer.contractId,
    ])
    expect(refusalOf(await send(codes))).toBe('frozen')
    bank.clock.nowMs += 30 * 60_000
    expect(refusalOf(await send(codes))).toBe('draft-expired')
  })
})

describe('two at once', () => {
  test('one draft: one receipt, the same answer for all', async () => {
    const { customer, token, send } = await ready()
    const codes = pair(token, stepNow() + 12)
    const outcomes = await atOnce(8, (place) => send(codes, either(place)))
    expect(outcomes[0]).toMatchObject({ ok: true })
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0])
    expect((await tracesOf(bank, customer)).receipts).toHaveLength(1)
  })

  test('the same codes in two drafts: one of them', async () => {
    const { customer, token, send } = await ready()
    const two = await resyncing(customer)
    const codes = pair(token, stepNow() + 12)
    const outcomes = await Promise.all([send(codes, bank), two.send(codes, other)])
    expect(outcomes.map(refusalOf).sort()).toEqual(['code-already-used', undefined])
  })

  test.each([0, 1])(
    'a verification of the code at place %i of the pair: one of them',
    async (at) => {
      for (let round = 0; round < 10; round += 1) {
        const { customer, token, send } = await ready()
        const now = stepNow()
        const racing = { otp: codeOfFactor(token, now + at) }
        const [resync, verification] = await Promise.all([
          send(pair(token, now), either(round)),
          ask(either(round + 1), customer, racing).then(told),
        ])
        const answers = [refusalOf(resync) ?? 'accepted', verification]
        expect(answers.sort()).toEqual(['accepted', 'code-already-used'])
      }
    },
  )

  test('a login with the first code of the pair: one of them', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { customer, token, send } = await ready({}, true)
      const codes = pair(token, stepNow())
      const browsers = { now: newBrowser(), afterLogin: newBrowser() }
      await login(bank.ports, request, browsers, customer)
      const { ports } = either(round + 1)
      const typed = { draftId: undefined, otp: codes.otp }
      const outcomes = await Promise.all([
        send(codes, either(round)),
        loginWithCode(ports, request, browsers, typed),
      ])
      expect(outcomes.map(refusalOf).sort()).toEqual(['code-already-used', undefined])
    }
  })

  test('forty wrong pairs: ten are judged', async () => {
    const { token, send } = await ready()
    const codes = wrongCodes(token, bank.clock.now(), 40)
    const outcomes = await atOnce(40, (place) =>
      send({ otp: codes[place] ?? '', nextOtp: codes[place] ?? '' }, either(place)),
    )
    expect(outcomes.filter((outcome) => refusalOf(outcome) === 'wrong-code')).toHaveLength(10)
    expect(await tokenOf(bank, token)).toMatchObject({ failures: 10 })
  })
})
