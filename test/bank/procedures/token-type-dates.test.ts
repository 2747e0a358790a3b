/**
 * The guide's dates of the types of token, with the clock moved: what is refused today was taken
 * before, for 利用開始 and as the new token of an 交換; what is in use goes on being good.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestBank, refusalOf, type TestBank } from '../test-bank.ts'
import { begun } from './otp-start-steps.ts'
import { exchanging } from './token-steps.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())

const DATES = [
  ['GM', '2017-03-12T23:59:30+09:00', 'type-closed'],
  ['GM', '2017-03-13T00:00:00+09:00', 'done'],
  ['SY', '2017-07-23T23:59:30+09:00', 'done'],
  ['SY', '2017-07-24T00:00:00+09:00', 'type-closed'],
  ['PC', '2018-03-11T23:59:30+09:00', 'done'],
  ['PC', '2018-03-12T00:00:00+09:00', 'type-closed'],
  ['HW', '2017-03-12T23:59:30+09:00', 'done'],
  ['HW', '2026-11-24T10:00:00+09:00', 'done'],
] as const

describe.each(DATES)('%s at %s: %s', (type, at, expected) => {
  /** A customer, and the token that has come to hand: of hardware the one that was sent. */
  async function withTokenAtHand(inUse?: 'SY') {
    bank.clock.nowMs = Date.parse(at)
    const old = inUse && (await bank.makeToken({ type: inUse }))
    const customer = await bank.open(old && { token: old })
    const sent = { issuer: '1184', state: 'shipped', shippedTo: customer.contractId } as const
    const made = type === 'HW' ? sent : ({ state: 'provisioned' } as const)
    return { customer, old, token: await bank.makeToken({ type, ...made }) }
  }

  test('start', async () => {
    const { customer, token } = await withTokenAtHand()
    const { send } = await begun(bank, customer, token)
    expect(refusalOf(await send()) ?? 'done').toBe(expected)
  })

  test('exchange to it, from a token of a type that is closed since', async () => {
    const { customer, old, token } = await withTokenAtHand('SY')
    if (old === undefined) throw new Error('there is no token to exchange')
    const { prove, send } = await exchanging(bank, customer, old, token)
    expect(refusalOf(await prove())).toBeUndefined()
    expect(refusalOf(await send()) ?? 'done').toBe(expected)
  })
})
