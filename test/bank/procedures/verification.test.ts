/** Verifications for other channels: accepted once, counted, locked. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { codeAt, codeOfFactor, wrongCode, wrongCodes } from '../held-token.ts'
import {
  atOnce,
  eventsOf,
  MORNING_MS,
  openTestBank,
  type Process,
  type TestBank,
  tokenOf,
} from '../test-bank.ts'
import { ask, count, told } from './verification-steps.ts'

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

async function withToken() {
  const token = await bank.makeToken()
  return { token, customer: await bank.open({ token }) }
}
const freeze = (contractId: string) =>
  bank.pool.query('update contract set frozen = true where contract_id = $1', [contractId])
const suspend = (serial: string) =>
  bank.pool.query(`update token set state = 'suspended' where serial = $1`, [serial])

describe('accepted', () => {
  test('with serial, time and an ID that stands in the event', async () => {
    const { token, customer } = await withToken()
    const otp = codeAt(token, MORNING_MS)
    const answer = await ask(bank, customer, { otp, purpose: 'transfer', reference: 'ref 1' })
    expect(answer).toEqual({
      result: 'accepted',
      verificationId: expect.stringMatching(/^[\w-]{22}$/),
      serial: token.serial,
      at: new Date(MORNING_MS).toISOString(),
    })
    const { rows } = await bank.pool.query('select * from event where contract_id = $1', [
      customer.contractId,
    ])
    expect(rows).toMatchObject([
      {
        id: answer !== 'call refused' && answer.result === 'accepted' && answer.verificationId,
        outcome: 'done',
        actor_kind: 'api',
        actor_id: 'call centre',
        serial: token.serial,
        detail: { purpose: 'transfer', reference: 'ref 1' },
      },
    ])
  })

  test('one step early, one step late, in full width with a space', async () => {
    const { token, customer } = await withToken()
    const step = Math.floor(MORNING_MS / 30_000)
    const wide = codeOfFactor(token, step - 1).replace(
      /\d/g,
      (digit) => '０１２３４５６７８９'[+digit] ?? '',
    )
    const typed = `${wide.slice(0, 3)}　${wide.slice(3)}`
    expect(told(await ask(bank, customer, { otp: typed }))).toBe('accepted')
    const ahead = codeOfFactor(token, step + 1)
    expect(told(await ask(bank, customer, { otp: ahead }))).toBe('accepted')
    const between = codeOfFactor(token, step)
    expect(told(await ask(bank, customer, { otp: between }))).toBe('code-already-used')
  })

  test('an event-based token: ten presses ahead, and none twice', async () => {
    const token = await bank.makeToken({ type: 'HW', kind: 'hotp' })
    const customer = await bank.open({ token })
    for (const [counter, answer] of [
      [0, 'accepted'],
      [0, 'code-already-used'],
      [10, 'accepted'],
      [5, 'wrong-code'],
      [21, 'wrong-code'],
      [20, 'accepted'],
    ] as const) {
      const otp = codeOfFactor(token, counter)
      expect([counter, told(await ask(bank, customer, { otp }))]).toEqual([counter, answer])
    }
  })

  test('replayed: refused as used, without a count, long after its step, too', async () => {
    const { token, customer } = await withToken()
    const otp = codeAt(token, MORNING_MS)
    expect(told(await ask(bank, customer, { otp }))).toBe('accepted')
    for (const laterMs of [0, 30_000, 600_000]) {
      bank.clock.nowMs = MORNING_MS + laterMs
      expect(told(await ask(other, customer, { otp }))).toBe('code-already-used')
    }
    expect(await tokenOf(bank, token)).toMatchObject({ failures: 0, guesses: 0 })
  })

  test('thirty-two at once, ten rounds, two processes: exactly one', async () => {
    const { token, customer } = await withToken()
    for (let round = 0; round < 10; round += 1) {
      bank.clock.nowMs += 30_000
      const otp = codeAt(token, bank.clock.now())
      const answers = (await atOnce(32, (place) => ask(either(place), customer, { otp }))).map(told)
      expect([count(answers, 'accepted'), count(answers, 'code-already-used')]).toEqual([1, 31])
    }
    const events = await eventsOf(bank, customer)
    expect([events.length, count(events, 'verification done')]).toEqual([320, 10])
  })

  test('one token of two contracts: a code used by one is used for the other', async () => {
    const token = await bank.makeToken()
    const [one, two] = [await bank.open({ token }), await bank.open({ token })]
    const otp = codeAt(token, MORNING_MS)
    const answers = await atOnce(16, (place) =>
      ask(either(place), place % 4 < 2 ? one : two, { otp }),
    )
    expect(count(answers.map(told), 'accepted')).toBe(1)
  })

  test('many tokens at once: each accepted', async () => {
    const all = await atOnce(40, withToken)
    const answers = await Promise.all(
      all.map(({ token, customer }, place) =>
        ask(either(place), customer, { otp: codeAt(token, MORNING_MS) }),
      ),
    )
    expect(count(answers.map(told), 'accepted')).toBe(40)
  })
})

describe('refused', () => {
  test('no-token: an unknown contract, one without a token, one whose token was withdrawn', async () => {
    const nobody = { contractId: 'T55555555' }
    const without = await bank.open()
    const { token, customer } = await withToken()
    await bank.pool.query(`update token set state = 'stopped' where serial = $1`, [token.serial])
    for (const who of [nobody, without, customer]) {
      const otp = codeAt(token, MORNING_MS)
      expect(told(await ask(bank, who, { otp }))).toBe('no-token')
      expect(await eventsOf(bank, who)).toEqual(['verification no-token'])
    }
  })

  test('frozen for every purpose but login', async () => {
    const { token, customer } = await withToken()
    await freeze(customer.contractId)
    const otp = codeAt(token, MORNING_MS)
    for (const purpose of ['transfer', 'bill', 'other'] as const) {
      expect(told(await ask(bank, customer, { otp, purpose }))).toBe('frozen')
    }
    expect(told(await ask(bank, customer, { otp, purpose: 'login' }))).toBe('accepted')
  })

  test('invalid-input counts nothing', async () => {
    const { token, customer } = await withToken()
    for (const otp of ['', '12345', 'abcdef', '٠١٢٣٤٥', '①②③④⑤⑥', '123456\u0000', '\udfff12345']) {
      expect(told(await ask(bank, customer, { otp }))).toBe('invalid-input')
    }
    expect(await tokenOf(bank, token)).toMatchObject({ failures: 0, guesses: 0 })
  })

  test('suspended while thirty-two come: at most one was first, and none after', async () => {
    const { token, customer } = await withToken()
    const otp = codeAt(token, MORNING_MS)
    const [answers] = await Promise.all([
      atOnce(32, (place) => ask(either(place), customer, { otp })),
      suspend(token.serial),
    ])
    expect(count(answers.map(told), 'accepted')).toBeLessThanOrEqual(1)
    expect(told(await ask(bank, customer, { otp }))).toBe('token-suspended')
  })
})

describe('the counters', () => {
  test('ten wrong codes lock, in a new process, too; a success before sets back', async () => {
    const { token, customer } = await withToken()
    for (const otp of wrongCodes(token, MORNING_MS, 9)) {
      expect(told(await ask(bank, customer, { otp }))).toBe('wrong-code')
    }
    const right = { otp: codeAt(token, MORNING_MS) }
    expect(told(await ask(bank, customer, right))).toBe('accepted')
    expect(await tokenOf(bank, token)).toMatchObject({ failures: 0, guesses: 9 })
    for (const otp of wrongCodes(token, MORNING_MS, 10)) await ask(bank, customer, { otp })
    bank.clock.nowMs += 30_000
    const late = { otp: codeAt(token, bank.clock.now()) }
    expect(told(await ask(bank.another(), customer, late))).toBe('locked-code')
    expect((await tokenOf(bank, token)).guesses).toBe(19)
  })

  test('a hundred guesses over the life of a seed lock it for good', async () => {
    const { token, customer } = await withToken()
    await bank.pool.query('update token set guesses = 99 where serial = $1', [token.serial])
    expect(told(await ask(bank, customer, { otp: codeAt(token, MORNING_MS) }))).toBe('accepted')
    expect(told(await ask(bank, customer, { otp: wrongCode(token, MORNING_MS) }))).toBe(
      'wrong-code',
    )
    bank.clock.nowMs += 30_000
    const next = { otp: codeAt(token, bank.clock.now()) }
    expect(told(await ask(bank, customer, next))).toBe('locked-code')
    expect(await tokenOf(bank, token)).toMatchObject({ failures: 1, guesses: 100 })
  })

  test('two hundred wrong codes at once: ten are told wrong-code, the rest locked-code', async () => {
    const { token, customer } = await withToken()
    const codes = wrongCodes(token, MORNING_MS, 200)
    const answers = (
      await Promise.all(codes.map((otp, place) => ask(either(place), customer, { otp })))
    ).map(told)
    expect([count(answers, 'wrong-code'), count(answers, 'locked-code')]).toEqual([10, 190])
    expect(await tokenOf(bank, token)).toMatchObject({ failures: 10, guesses: 10 })
    expect(count(await eventsOf(bank, customer), 'verification wrong-code')).toBe(10)
  })

  test('the right code among sixty wrong ones at once is accepted or locked out, never both', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { token, customer } = await withToken()
      const codes = wrongCodes(token, MORNING_MS, 60)
      codes.splice(round * 12, 0, codeAt(token, MORNING_MS))
      const answers = (
        await Promise.all(codes.map((otp, place) => ask(either(place), customer, { otp })))
      ).map(told)
      const accepted = count(answers, 'accepted')
      const { guesses, lastAccepted } = await tokenOf(bank, token)
      expect(lastAccepted >= 0).toBe(accepted === 1)
      expect(count(answers, 'wrong-code')).toBe(guesses)
      expect(guesses).toBeLessThanOrEqual(10 * (accepted + 1))
    }
  })
})
