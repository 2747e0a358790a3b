/** 取引中止: done, refused, replayed, two at once; and what is refused from then on. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  beginFreeze,
  beginFreezeSignedIn,
  completeFreeze,
} from '../../../src/bank/procedures/freeze.ts'
import { login } from '../../../src/bank/procedures/login.ts'
import { beginOtpExchange } from '../../../src/bank/procedures/otp-exchange.ts'
import { codeAt } from '../held-token.ts'
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
  requestOf,
  type TestBank,
  tracesOf,
} from '../test-bank.ts'
import { exchanging } from './token-steps.ts'
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

/** At the one confirmation, from the foot of the login page. */
async function freezing(customer: Customer, signedIn = false) {
  const browser = newBrowser()
  const outcome = signedIn
    ? await beginFreezeSignedIn(bank.ports, requestOf(customer), browser)
    : await beginFreeze(bank.ports, request, browser, customer)
  if (!outcome.ok) throw new Error(`the freeze was refused: ${outcome.refusal}`)
  const { draftId } = outcome.value
  const send = ({ ports }: Process = bank, id: string | undefined = draftId) =>
    completeFreeze(ports, request, browser, id)
  return { customer, browser, send }
}

const tryLogin = (customer: Customer, afterLogin = newBrowser()) =>
  login(bank.ports, request, { now: newBrowser(), afterLogin }, customer)
const isSignedIn = async (browser: Uint8Array) => {
  const limits = { nowMs: bank.clock.now(), idleMs: 600_000, absoluteMs: 3_600_000 }
  return (await bank.ports.store.tables.sessions.touch(browser, '1184', limits)) !== undefined
}

describe('done', () => {
  test.each([false, true])('signed in: %s; receipt, event, notice', async (signedIn) => {
    const customer = await bank.open()
    const { send } = await freezing(customer, signedIn)
    expect(await send()).toMatchObject({ ok: true, value: { receivedAtMs: MORNING_MS } })
    expect((await contractOf(bank, customer)).frozen).toBe(true)
    const { receipts, notices } = await tracesOf(bank, customer)
    expect(receipts).toHaveLength(1)
    expect(notices).toMatchObject([{ recipient: customer.mail }])
    expect((await eventsOf(bank, customer)).at(-1)).toBe('freeze done')
  })

  test('others are out, and what they have begun is gone; login stays possible', async () => {
    const token = await bank.makeToken()
    const customer = await bank.open({ token })
    const thief = newBrowser()
    await tryLogin(customer, thief)
    const steps = await exchanging(bank, customer, token, token)
    const { send } = await freezing(customer)
    expect(await isSignedIn(thief)).toBe(true)
    await send()
    expect(await isSignedIn(thief)).toBe(false)
    expect(refusalOf(await steps.prove())).toBe('out-of-order')
    expect(await tryLogin(customer)).toMatchObject({ ok: true })
  })

  test('the own session goes on', async () => {
    const customer = await bank.open()
    const { browser, send } = await freezing(customer, true)
    await tryLogin(customer, browser)
    await send()
    expect(await isSignedIn(browser)).toBe(true)
  })

  test('from then on codes and changes of the token are refused', async () => {
    const token = await bank.makeToken()
    const customer = await bank.open({ token })
    await (await freezing(customer)).send()
    const otp = codeAt(token, bank.clock.now())
    expect(told(await ask(bank, customer, { otp, purpose: 'transfer' }))).toBe('frozen')
    const exchange = await beginOtpExchange(bank.ports, request, newBrowser(), customer)
    expect(refusalOf(exchange)).toBe('frozen')
  })
})

test('replayed: the first receipt, and nothing changes', async () => {
  const { customer, send } = await freezing(await bank.open())
  const first = await send()
  const traces = await tracesOf(bank, customer)
  bank.clock.nowMs += 60 * 60_000
  expect(await send()).toEqual(first)
  expect(await tracesOf(bank, customer)).toEqual(traces)
})

describe('refused', () => {
  test('wrong-credentials; frozen already; expired; out of order', async () => {
    const customer = await bank.open()
    const begin = (loginPassword = customer.loginPassword) =>
      beginFreeze(bank.ports, request, newBrowser(), { ...customer, loginPassword })
    expect(refusalOf(await begin('Chigau08'))).toBe('wrong-credentials')
    const late = await freezing(customer)
    expect(refusalOf(await late.send(bank, 'no such draft'))).toBe('out-of-order')
    bank.clock.nowMs += 30 * 60_000
    expect(refusalOf(await late.send())).toBe('draft-expired')
    const two = await freezing(customer)
    await (await freezing(customer)).send()
    expect(refusalOf(await two.send())).toBe('frozen')
    expect(refusalOf(await begin())).toBe('frozen')
    const again = await beginFreezeSignedIn(bank.ports, requestOf(customer), newBrowser())
    expect(refusalOf(again)).toBe('frozen')
  })
})

describe('two at once', () => {
  test('one draft: one receipt, the same answer for all', async () => {
    const { customer, send } = await freezing(await bank.open())
    const outcomes = await atOnce(8, (place) => send(either(place)))
    expect(outcomes[0]).toMatchObject({ ok: true })
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0])
    expect((await tracesOf(bank, customer)).receipts).toHaveLength(1)
  })

  test('two browsers: one receipt', async () => {
    const customer = await bank.open()
    const [one, two] = [await freezing(customer), await freezing(customer, true)]
    const outcomes = await Promise.all([one.send(bank), two.send(other)])
    expect(outcomes.map(refusalOf).sort()).toEqual(['frozen', undefined])
    expect((await tracesOf(bank, customer)).receipts).toHaveLength(1)
  })
})
