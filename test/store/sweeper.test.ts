/** What ends by itself, and what has to stay. */
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { startSweeper } from '../../src/store/sweeper.ts'
import { codeAt } from '../bank/held-token.ts'
import { ask, keyed } from '../bank/procedures/verification-steps.ts'
import { DAY_MS, MORNING_MS, newBrowser, openTestBank, type TestBank } from '../bank/test-bank.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(() => vi.useRealTimers())

/** Lets the sweeper's minute pass, and waits until it has swept. */
async function sweep(): Promise<void> {
  const sweeper = startSweeper(bank.pool, bank.clock, pino({ level: 'silent' }))
  vi.advanceTimersByTime(60_000)
  sweeper.stop()
  const marker = await bank.makeToken({ state: 'agreed' })
  await bank.pool.query(`update token set expires_at = '2000-01-01' where serial = $1`, [
    marker.serial,
  ])
  const second = startSweeper(bank.pool, bank.clock, pino({ level: 'silent' }))
  vi.advanceTimersByTime(60_000)
  second.stop()
  for (let round = 0; round < 100; round += 1) {
    const { rows } = await bank.pool.query('select 1 from token where serial = $1', [marker.serial])
    // Idle again: the last statement of the sweep is done, too.
    if (rows.length === 0 && bank.pool.idleCount === bank.pool.totalCount) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('nothing was swept')
}

const expiring = async (state: 'agreed' | 'provisioned' | 'active', inMs: number) => {
  const token = await bank.makeToken({ state })
  await bank.pool.query('update token set expires_at = $2 where serial = $1', [
    token.serial,
    new Date(MORNING_MS + inMs),
  ])
  return token
}
const stateOf = async (token: { issuer: string; serial: string }) =>
  (await bank.ports.store.tables.tokens.get(token))?.state

test('unconfirmed credentials go, unregistered ones expire, others stay', async () => {
  const agreed = [await expiring('agreed', -1), await expiring('agreed', 1000)]
  const provisioned = [await expiring('provisioned', -1), await expiring('provisioned', 1000)]
  const active = await bank.makeToken()
  await sweep()
  expect(await Promise.all(agreed.map(stateOf))).toEqual([undefined, 'agreed'])
  expect(await Promise.all(provisioned.map(stateOf))).toEqual(['expired', 'provisioned'])
  expect(await stateOf(active)).toBe('active')
})

test('drafts, sessions and kept answers go a day after their time, not before', async () => {
  const token = await bank.makeToken()
  const customer = await bank.open({ token })
  const otp = codeAt(token, MORNING_MS)
  await ask(bank, customer, { otp }, keyed('swept', 'body'))
  const { tables } = bank.ports.store
  const browser = newBrowser()
  const draft = await tables.drafts.open({
    id: 'draft to sweep',
    browser,
    bankCode: '1184',
    contractId: customer.contractId,
    procedure: 'transfer',
    step: 'review',
    facts: {},
    openedAtMs: MORNING_MS,
    expiresAtMs: MORNING_MS,
  })
  await tables.sessions.begin(browser, {
    bankCode: '1184',
    contractId: customer.contractId,
    startedAtMs: MORNING_MS,
    lastSeenAtMs: MORNING_MS,
  })
  const found = async () => [
    await tables.drafts.find(browser, 'transfer', draft.id),
    (await bank.pool.query('select 1 from session where browser = $1', [browser])).rows[0],
    (await bank.pool.query(`select 1 from idempotent_call where key = 'swept'`)).rows[0],
  ]
  bank.clock.nowMs += DAY_MS
  await sweep()
  expect(await found()).not.toContain(undefined)
  bank.clock.nowMs += 1
  await sweep()
  expect(await found()).toEqual([undefined, undefined, undefined])
})

test('an expired credential starts nothing', async () => {
  const token = await expiring('provisioned', -1)
  await sweep()
  expect((await bank.ports.store.tables.tokens.get(token))?.state).toBe('expired')
})
