/** Why a code was refused, as the event says it: by the pages' way and by the API's. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { withoutDiagnosis } from '../../../src/bank/office/code-diagnosis.ts'
import { stopByChannel } from '../../../src/bank/procedures/token-by-channel.ts'
import { timeStep } from '../../../src/oath/totp.ts'
import { demoApiKey } from '../../../src/store/demo/seed-demo.ts'
import { installationSecret } from '../../../src/store/keys/installation-secret.ts'
import { serveApi } from '../../web/http.ts'
import { codeAt, codeOfFactor, type HeldToken, wrongCode } from '../held-token.ts'
import { ask, told } from '../procedures/verification-steps.ts'
import {
  atOnce,
  type Customer,
  MORNING_MS,
  openTestBank,
  request,
  type TestBank,
} from '../test-bank.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})

async function withToken(kind: 'totp' | 'hotp' = 'totp') {
  const token = await bank.makeToken({ kind })
  return { token, customer: await bank.open({ token }) }
}

/** The refusal, and what the event keeps beside it. */
type Way = (customer: Customer, otp: string) => Promise<{ outcome: object; refusal: string }>
const WAYS: readonly (readonly [name: string, way: Way])[] = [
  [
    'a page',
    async ({ contractId }, otp) => {
      const actor = { kind: 'api', id: 'call centre' } as const
      const outcome = await stopByChannel(bank.ports, { ...request, actor }, contractId, { otp })
      return { outcome, refusal: outcome.ok ? 'accepted' : outcome.refusal }
    },
  ],
  [
    'the API',
    async (customer, otp) => {
      const answer = await ask(bank, customer, { otp, purpose: 'transfer' })
      return { outcome: answer as object, refusal: told(answer) }
    },
  ],
]

async function lastDetail({ contractId }: Customer): Promise<Record<string, unknown>> {
  const text = 'select detail from event where contract_id = $1 order by seq desc limit 1'
  const { purpose, ...diagnosis } = (await bank.pool.query(text, [contractId])).rows[0].detail
  return diagnosis
}

const codeStepsAway = (token: HeldToken, steps: number): string =>
  codeOfFactor(token, timeStep(MORNING_MS, 30) + steps)

describe.each(WAYS)('by %s', (_, send) => {
  test.each([
    [-2, { offSeconds: -60 }],
    [-20, { offSeconds: -600 }],
    [2, { offSeconds: 60 }],
    [20, { offSeconds: 600 }],
    [-21, { foundNear: false }],
    [21, { foundNear: false }],
  ])('a code %d steps away', async (steps, kept) => {
    const { token, customer } = await withToken()
    const { outcome, refusal } = await send(customer, codeStepsAway(token, steps))
    expect(refusal).toBe('wrong-code')
    expect(await lastDetail(customer)).toEqual(kept)
    // Whoever sent it learns nothing of how near it was.
    expect(JSON.stringify(outcome)).not.toMatch(/off|near|detail/i)
  })

  test('a wrong code, of no moment near', async () => {
    const { token, customer } = await withToken()
    expect((await send(customer, wrongCode(token, MORNING_MS))).refusal).toBe('wrong-code')
    expect(await lastDetail(customer)).toEqual({ foundNear: false })
  })

  test('a slow code counts as wrong all the same, and locks', async () => {
    const { token, customer } = await withToken()
    const refusals: string[] = []
    for (let steps = -2; steps >= -12; steps -= 1) {
      refusals.push((await send(customer, codeStepsAway(token, steps))).refusal)
    }
    expect(refusals).toEqual([...Array(10).fill('wrong-code'), 'locked-code'])
  })

  test('a used code says what it was used for, and when', async () => {
    const { token, customer } = await withToken()
    const otp = codeAt(token, MORNING_MS)
    expect(told(await ask(bank, customer, { otp, purpose: 'transfer' }))).toBe('accepted')
    const usedAt = new Date(MORNING_MS).toISOString()
    bank.clock.nowMs += 25_000
    const { outcome, refusal } = await send(customer, otp)
    expect(refusal).toBe('code-already-used')
    expect(await lastDetail(customer)).toEqual({ usedFor: 'verification/transfer', usedAt })
    expect(JSON.stringify(outcome)).not.toMatch(/used(For|At)|detail/)
    await send(customer, codeStepsAway(token, -1))
    expect(await lastDetail(customer)).toMatchObject({ usedAt, olderThanUsed: true })
    bank.clock.nowMs += 120_000
    expect((await send(customer, codeStepsAway(token, -1))).refusal).toBe('wrong-code')
    expect(await lastDetail(customer)).toEqual({ offSeconds: -150, olderThanUsed: true })
  })

  test('the code of a counter, by presses', async () => {
    const { token, customer } = await withToken('hotp')
    expect((await send(customer, codeOfFactor(token, 15))).refusal).toBe('wrong-code')
    expect(await lastDetail(customer)).toEqual({ offPresses: 16 })
  })
})

test('no channel reads it: it would tell a guesser which code is to come', async () => {
  const { token, customer } = await withToken()
  const otp = codeStepsAway(token, 9)
  expect(told(await ask(bank, customer, { otp, purpose: 'transfer', reference: 'r1' }))).toBe(
    'wrong-code',
  )
  expect(await lastDetail(customer)).toMatchObject({ offSeconds: 270 })
  const { events } = bank.ports.store
  // An event can be read once every older transaction of the server has ended, whose ever it is.
  const detail = await vi.waitFor(async () => {
    const page = await events.after('1184', 0, 500)
    const found = page.events.find(({ contractId }) => contractId === customer.contractId)
    expect(found?.detail).toMatchObject({ offSeconds: 270 })
    return found?.detail
  }, 20_000)
  expect(withoutDiagnosis(detail ?? {})).toEqual({ purpose: 'transfer', reference: 'r1' })
  const api = await serveApi(bank.ports)
  try {
    const key = demoApiKey(await installationSecret(bank.pool, bank.ports.vault))
    const authorization = `Bearer ${key}`
    const answer = await fetch(`${api.origin}/v1/events?limit=500`, { headers: { authorization } })
    const text = await answer.text()
    expect([answer.status, text.includes(customer.contractId)]).toEqual([200, true])
    expect(text).not.toMatch(/offSeconds|offPresses|foundNear|usedAt|usedFor|olderThanUsed/)
  } finally {
    await api.close()
  }
})

test('two at once: who loses learns where the code went', async () => {
  const { token, customer } = await withToken()
  const otp = codeAt(token, MORNING_MS)
  const answers = await atOnce(6, () => ask(bank, customer, { otp, purpose: 'login' }))
  expect(answers.filter((answer) => told(answer) === 'accepted')).toHaveLength(1)
  const text = `select detail from event where contract_id = $1 and outcome <> 'done'`
  const { rows } = await bank.pool.query(text, [customer.contractId])
  expect(rows).toHaveLength(5)
  for (const { detail } of rows) expect(detail).toMatchObject({ usedFor: 'verification/login' })
})
