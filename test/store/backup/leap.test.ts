/** Nothing that is lost happens twice: codes, numbers and kept answers after a restore. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { STAFF_TOKEN_TYPE } from '../../../src/bank/office/staff.ts'
import { codeAt, codeOfFactor } from '../../bank/held-token.ts'
import { ask, keyed, told } from '../../bank/procedures/verification-steps.ts'
import {
  DAY_MS,
  MORNING_MS,
  openTestBank,
  type Process,
  type TestBank,
  tokenOf,
} from '../../bank/test-bank.ts'
import { type BackupSteps, backupSteps } from './backup-steps.ts'

const STEP_MS = 30_000

let bank: TestBank
let steps: BackupSteps
beforeAll(async () => {
  bank = await openTestBank()
  steps = backupSteps(bank)
})
afterAll(async () => {
  await steps?.close()
  await bank.close()
})
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})

describe('a code that was accepted after the snapshot', () => {
  const accepts = async (on: Process, customer: { contractId: string }, otp: string) =>
    told(await ask(on, customer, { otp }))

  test('is refused after the restore, and so is every one that a clock may have shown', async () => {
    const token = await bank.makeToken()
    const customer = await bank.open({ token })
    const file = await steps.backUp()
    const used = codeAt(token, MORNING_MS + STEP_MS)
    expect(await accepts(bank, customer, used)).toBe('accepted')
    const restored = await steps.empty()
    const { codesDead } = await restored.restore(file)
    const one = restored.process()
    expect(await accepts(one, customer, used)).toBe('code-already-used')
    // Every code that could be sent until then is refused as used, and counts as no guess.
    const from = Date.parse(codesDead.softTokensUntil)
    expect(from - MORNING_MS).toBeLessThanOrEqual(90_000)
    for (; bank.clock.nowMs < from; bank.clock.nowMs += STEP_MS) {
      const code = codeAt(token, bank.clock.nowMs)
      expect(await accepts(one, customer, code)).toBe('code-already-used')
    }
    expect(await accepts(one, customer, codeAt(token, bank.clock.nowMs))).toBe('accepted')
    expect((await tokenOf(one, token)).failures).toBe(0)
  })

  test('of a hardware token is refused even if its clock was corrected by half an hour since', async () => {
    const token = await bank.makeToken({ issuer: '1184', type: 'HW' })
    const customer = await bank.open({ token })
    const file = await steps.backUp()
    const [{ lastAccepted }, ahead] = [await tokenOf(bank, token), 61]
    expect(lastAccepted).toBe(-1)
    const step = Math.floor(MORNING_MS / STEP_MS) + ahead
    // What a resynchronisation writes.
    await bank.pool.query(
      'update token set last_accepted = $2, drift_steps = $3 where serial = $1',
      [token.serial, step, ahead - 1],
    )
    const restored = await steps.empty()
    const { codesDead } = await restored.restore(file)
    const one = restored.process()
    for (let at = step - 1; at <= step + 1; at += 1) {
      bank.clock.nowMs = at * STEP_MS
      const code = codeOfFactor(token, Math.min(at, step))
      expect(await accepts(one, customer, code)).toBe('code-already-used')
    }
    bank.clock.nowMs = Date.parse(codesDead.hardTokensUntil)
    expect(await accepts(one, customer, codeAt(token, bank.clock.nowMs))).toBe('accepted')
  })

  test('of a member of staff is dead as long as one of a phone', async () => {
    const token = await bank.makeToken({ issuer: '1184', type: STAFF_TOKEN_TYPE })
    const restored = await steps.empty()
    const { codesDead } = await restored.restore(await steps.backUp())
    const { lastAccepted } = await tokenOf(restored.process(), token)
    expect((lastAccepted + 1) * STEP_MS).toBe(Date.parse(codesDead.softTokensUntil))
  })

  test('of an event-based token is refused, as are a hundred for each day', async () => {
    const token = await bank.makeToken({ kind: 'hotp' })
    const customer = await bank.open({ token })
    expect(await accepts(bank, customer, codeOfFactor(token, 0))).toBe('accepted')
    const file = await steps.backUp()
    const used = [1, 2, 3, 9, 19, 29].map((counter) => codeOfFactor(token, counter))
    for (const otp of used) expect(await accepts(bank, customer, otp)).toBe('accepted')
    const restored = await steps.empty()
    bank.clock.nowMs += DAY_MS + 1
    expect((await restored.restore(file)).codesDead.eventCodes).toBe(200)
    const one = restored.process()
    for (const otp of used) expect(await accepts(one, customer, otp)).not.toBe('accepted')
    expect(await accepts(one, customer, codeOfFactor(token, 200))).toBe('code-already-used')
    expect(await accepts(one, customer, codeOfFactor(token, 201))).toBe('accepted')
  })

  test('gets no kept answer either', async () => {
    const token = await bank.makeToken()
    const customer = await bank.open({ token })
    const otp = codeAt(token, MORNING_MS)
    const call = keyed('before the snapshot', 'body')
    expect(told(await ask(bank, customer, { otp }, call))).toBe('accepted')
    const restored = await steps.empty()
    await restored.restore(await steps.backUp())
    const answer = told(await ask(restored.process(), customer, { otp }, call))
    expect(answer).toBe('code-already-used')
  })
})

test('no number is given out twice', async () => {
  const file = await steps.backUp()
  const text = `select sequencename as name, data_type::text as type from pg_sequences order by 1`
  const sequences = (await bank.pool.query<{ name: string; type: string }>(text)).rows
  expect(sequences.length).toBeGreaterThan(4)
  const next = async (on: Process | TestBank, name: string) =>
    Number((await on.pool.query(`select nextval('"${name}"') as n`)).rows[0].n)
  const before = new Map<string, number>()
  for (const { name, type } of sequences) {
    expect(type).toBe('bigint')
    for (let drawn = 0; drawn < 50; drawn += 1) before.set(name, await next(bank, name))
  }
  bank.clock.nowMs += DAY_MS
  const restored = await steps.empty()
  await restored.restore(file)
  for (const [name, last] of before) {
    expect(await next(restored.process(), name)).toBeGreaterThan(last + DAY_MS)
  }
})
