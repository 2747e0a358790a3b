/** 交換: done, refused, replayed, two at once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { nextMidnightMs } from '../../../src/bank/calendar.ts'
import { beginOtpExchange } from '../../../src/bank/procedures/otp-exchange.ts'
import { codeAt, type HeldToken, wrongCode } from '../held-token.ts'
import {
  atOnce,
  contractOf,
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
const stateOf = async (token: HeldToken) => (await tokenOf(bank, token)).state

/** A customer with an old token, the new one at hand, and the old one proven. */
async function proven(old?: HeldToken, next?: HeldToken) {
  const from = old ?? (await bank.makeToken())
  const to = next ?? (await bank.makeToken({ state: 'provisioned' }))
  const customer = await bank.open({ token: from, otpAtLogin: true })
  const steps = await exchanging(bank, customer, from, to)
  expect(refusalOf(await steps.prove())).toBeUndefined()
  return { from, to, customer, ...steps }
}

describe('done', () => {
  test('the old token is valid until the new one is proven, then one commit swaps them', async () => {
    const { from, to, customer, send } = await proven()
    bank.clock.nowMs += 30_000
    const still = { otp: codeAt(from, bank.clock.now()) }
    expect(told(await ask(bank, customer, still))).toBe('accepted')
    const outcome = await send()
    expect(outcome).toMatchObject({
      ok: true,
      value: { newSerial: to.serial, oldSerial: from.serial },
    })
    expect([await stateOf(from), await stateOf(to)]).toEqual(['exchanged', 'active'])
    expect(await contractOf(bank, customer)).toMatchObject({
      token: { serial: to.serial },
      otpAtLogin: true,
      lowLimitUntilMs: nextMidnightMs(bank.clock.now()),
    })
    const { notices } = await tracesOf(bank, customer)
    expect(notices).toMatchObject([{ recipient: customer.mail }])
    bank.clock.nowMs += 30_000
    const after = { otp: codeAt(from, bank.clock.now()) }
    expect(told(await ask(bank, customer, after))).toBe('wrong-code')
  })

  test('a phone that serves another contract, too, stays active for that one', async () => {
    const phone = await bank.makeToken()
    const neighbour = await bank.open({ token: phone })
    const { send } = await proven(phone)
    expect(refusalOf(await send())).toBeUndefined()
    expect(await stateOf(phone)).toBe('active')
    bank.clock.nowMs += 30_000
    const otp = codeAt(phone, bank.clock.now())
    expect(told(await ask(bank, neighbour, { otp }))).toBe('accepted')
  })

  test('replayed: the same receipt, nothing changes', async () => {
    const { customer, send, prove } = await proven()
    const first = await send()
    const traces = await tracesOf(bank, customer)
    bank.clock.nowMs += 3_600_000
    expect(await send({ serial: 'GM00000000', otp: '000000' })).toEqual(first)
    expect(refusalOf(await prove())).toBe('out-of-order')
    expect(await tracesOf(bank, customer)).toEqual(traces)
  })
})

describe('refused', () => {
  test('step 1: no-token, frozen', async () => {
    const begin = async (customer: Parameters<typeof contractOf>[1]) =>
      refusalOf(await beginOtpExchange(bank.ports, request, newBrowser(), customer))
    const without = await bank.open()
    expect(await begin(without)).toBe('no-token')
    await bank.pool.query('update contract set frozen = true where contract_id = $1', [
      without.contractId,
    ])
    expect(await begin(without)).toBe('frozen')
  })

  test('step 2: a wrong code counts against the old token, a used one is told', async () => {
    const [from, to] = [await bank.makeToken(), await bank.makeToken({ state: 'provisioned' })]
    const customer = await bank.open({ token: from })
    const { prove, send } = await exchanging(bank, customer, from, to)
    expect(refusalOf(await send())).toBe('out-of-order')
    expect(refusalOf(await prove(wrongCode(from, MORNING_MS)))).toBe('wrong-code')
    expect((await tokenOf(bank, from)).failures).toBe(1)
    await ask(bank, customer, { otp: codeAt(from, MORNING_MS) })
    expect(refusalOf(await prove())).toBe('code-already-used')
  })

  test('step 3: the same serial, an unknown one, a closed type, a wrong code', async () => {
    const { from, to, send } = await proven()
    expect(await send({ serial: from.serial })).toMatchObject({
      refusal: 'same-serial',
      field: 'serial',
    })
    expect(refusalOf(await send({ serial: 'GM00000000' }))).toBe('serial-unknown')
    expect(refusalOf(await send({ serial: '!' }))).toBe('invalid-input')
    const closed = await bank.makeToken({ type: 'PC', state: 'provisioned' })
    expect(refusalOf(await send({ serial: closed.serial }))).toBe('type-closed')
    expect(refusalOf(await send({ otp: wrongCode(to, MORNING_MS) }))).toBe('wrong-code')
    expect((await tokenOf(bank, to)).failures).toBe(1)
    expect([await stateOf(from), await stateOf(to)]).toEqual(['active', 'provisioned'])
    expect(refusalOf(await send())).toBeUndefined()
  })

  test('step 3: guesses at a token that others use lock the guesser, not the others', async () => {
    const phone = await bank.makeToken()
    const { customer, send } = await proven(undefined, phone)
    const otp = wrongCode(phone, MORNING_MS)
    for (let guess = 0; guess < 7; guess += 1) await send({ otp })
    expect(await tokenOf(bank, phone)).toMatchObject({ failures: 0, guesses: 0 })
    expect((await contractOf(bank, customer)).confirmationFailures).toBe(6)
    // Too many guesses: not even a right one is told as such.
    const { lastAccepted } = await tokenOf(bank, phone)
    expect(refusalOf(await send())).toBe('locked-confirmation')
    expect((await tokenOf(bank, phone)).lastAccepted).toBe(lastAccepted)
  })

  test('step 3: suspended since, frozen since, expired', async () => {
    const one = await proven()
    await bank.pool.query(`update token set state = 'suspended' where serial = $1`, [
      one.from.serial,
    ])
    expect(refusalOf(await one.send())).toBe('token-suspended')
    const two = await proven()
    await bank.pool.query('update contract set frozen = true where contract_id = $1', [
      two.customer.contractId,
    ])
    expect(refusalOf(await two.send())).toBe('frozen')
    const three = await proven()
    bank.clock.nowMs += 30 * 60_000
    expect(refusalOf(await three.send())).toBe('draft-expired')
  })
})

describe('at once', () => {
  test('one draft: one exchange, the same answer for all', async () => {
    const { customer, send } = await proven()
    const outcomes = await atOnce(8, (place) => send({}, either(place)))
    expect(outcomes[0]).toMatchObject({ ok: true })
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0])
    expect((await tracesOf(bank, customer)).receipts).toHaveLength(1)
  })

  test('two phones for one contract: one becomes its token, the other stays as it was', async () => {
    const from = await bank.makeToken()
    const customer = await bank.open({ token: from })
    const phones = await atOnce(2, () => bank.makeToken({ state: 'provisioned' }))
    const drafts = []
    for (const phone of phones) {
      bank.clock.nowMs += 30_000
      const steps = await exchanging(bank, customer, from, phone)
      expect(refusalOf(await steps.prove())).toBeUndefined()
      drafts.push(steps)
    }
    const outcomes = await Promise.all(drafts.map(({ send }, place) => send({}, either(place))))
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect((await Promise.all(phones.map(stateOf))).sort()).toEqual(['active', 'provisioned'])
  })

  test('two contracts that exchange crosswise, while codes of both tokens are verified', async () => {
    for (let round = 0; round < 6; round += 1) {
      bank.clock.nowMs += 90_000
      const [one, two] = [await bank.makeToken(), await bank.makeToken()]
      // Neighbours of theirs keep both phones in use.
      await Promise.all([bank.open({ token: one }), bank.open({ token: two })])
      const [first, second] = [await proven(one, two), await proven(two, one)]
      bank.clock.nowMs += 30_000
      const wrong = { otp: wrongCode(one, bank.clock.now()) }
      const [outcomes] = await Promise.all([
        Promise.all([first.send({}, bank), second.send({}, other)]),
        atOnce(8, (place) =>
          ask(either(place), place % 4 < 2 ? first.customer : second.customer, wrong),
        ),
      ])
      expect(outcomes.map(refusalOf)).toEqual([undefined, undefined])
    }
  })
})
