/** What is counted, and what is not: only what is committed, under labels from closed lists. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { attempt } from '../../src/bank/attempt.ts'
import type { BankEvent } from '../../src/bank/event.ts'
import type { Ports } from '../../src/bank/ports.ts'
import { beginFreezeSignedIn, completeFreeze } from '../../src/bank/procedures/freeze.ts'
import { login } from '../../src/bank/procedures/login.ts'
import { verify } from '../../src/bank/procedures/verification.ts'
import { done, refused } from '../../src/bank/refusal.ts'
import { countedStore } from '../../src/metrics/counted-store.ts'
import { openMetrics, type Readings } from '../../src/metrics/metrics.ts'
import { metricsSite } from '../../src/metrics/metrics-site.ts'
import { observedSite } from '../../src/metrics/observed-site.ts'
import { readSettings } from '../../src/settings.ts'
import { outboxBacklog } from '../../src/store/outbox.ts'
import { codeAt, wrongCode } from '../bank/held-token.ts'
import {
  MORNING_MS,
  newBrowser,
  openTestBank,
  request,
  requestOf,
  type TestBank,
} from '../bank/test-bank.ts'

let bank: TestBank
beforeAll(async () => {
  bank = await openTestBank()
})
afterAll(() => bank.close())

const STILL: Readings = {
  pool: () => ({ busy: 1, idle: 2, waiting: 3 }),
  hashing: () => ({ running: 4, waiting: 5 }),
  outbox: async () => ({ waiting: 6, oldestSeconds: 7 }),
}

/** Ports whose events are counted, and what was counted. */
function counted() {
  const events: BankEvent[] = []
  const store = countedStore(bank.ports.store, (event) => events.push(event))
  const ports: Ports = { ...bank.ports, store }
  const told = () => events.map(({ kind, outcome }) => `${kind} ${outcome}`)
  return { ports, events, told }
}

test('acts and refused attempts are counted once each, as they are recorded', async () => {
  const { ports, events, told } = counted()
  const token = await bank.makeToken()
  const customer = await bank.open({ token })
  const { contractId, loginPassword } = customer
  const browsers = { now: newBrowser(), afterLogin: newBrowser() }
  const log = (password: string) =>
    login(ports, request, browsers, { contractId, loginPassword: password })
  await log('WrongOne1')
  await log(loginPassword)
  const ask = (otp: string) => {
    const by = { ...request, actor: { kind: 'api', id: 'x' } } as const
    return verify(ports, by, { contractId, otp, purpose: 'bill' })
  }
  await ask(codeAt(token, MORNING_MS))
  await ask(codeAt(token, MORNING_MS))
  await ask(wrongCode(token, MORNING_MS))
  const browser = newBrowser()
  await beginFreezeSignedIn(ports, requestOf(customer), browser)
  await completeFreeze(ports, request, browser, undefined)
  expect(told()).toEqual([
    'login wrong-credentials',
    'login done',
    'verification done',
    'verification code-already-used',
    'verification wrong-code',
    'freeze done',
  ])
  const { rows } = await bank.pool.query('select id from event where contract_id = $1', [
    contractId,
  ])
  expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(events.map(({ id }) => id)))
})

test('what is undone is not counted: a refused act, a throw, a transaction run again', async () => {
  const { ports, told } = counted()
  const customer = await bank.open()
  const event = (kind: string): BankEvent => ({
    id: ports.random.id(),
    bankCode: '1184',
    atMs: MORNING_MS,
    actor: { kind: 'system', id: 'test' },
    kind,
    outcome: 'done',
    requestId: 'x',
  })
  await attempt(
    ports,
    requestOf(customer),
    { procedure: 'refused-act' },
    async () => undefined,
    async (tx) => {
      await tx.journal.append(event('of the refused act'))
      return refused('frozen')
    },
  )
  await expect(
    ports.store.transaction(async (tx) => {
      await tx.journal.append(event('of a throw'))
      throw new Error('thrown')
    }),
  ).rejects.toThrow('thrown')
  let tries = 0
  await attempt(
    ports,
    requestOf(customer),
    { procedure: 'run-again' },
    async () => undefined,
    async (tx) => {
      await tx.journal.append(event('run-again'))
      tries += 1
      // As PostgreSQL breaks a circle up: it undoes one, which is run again.
      if (tries === 1) throw Object.assign(new Error('deadlock detected'), { code: '40P01' })
      return done(undefined)
    },
  )
  expect(tries).toBe(2)
  expect(told()).toEqual(['refused-act frozen', 'run-again done'])
})

test('requests are counted under closed labels, whatever is sent', async () => {
  const metrics = openMetrics(STILL)
  const site = observedSite(
    {
      fetch: async (asked: Request) =>
        new Response('', { status: asked.url.endsWith('x') ? 404 : 200 }),
    },
    'banking',
    metrics,
  )
  await site.fetch(new Request('http://x.invalid/1184/login'))
  await site.fetch(new Request('http://x.invalid/x', { method: 'POST' }))
  await site.fetch(new Request('http://x.invalid/x', { method: 'BREW' }))
  const lines = (await metrics.registry.metrics()).split('\n')
  const requests = lines.filter((line) => line.startsWith('ichido_http_requests_total'))
  expect(requests).toEqual([
    'ichido_http_requests_total{site="banking",method="GET",status="200"} 1',
    'ichido_http_requests_total{site="banking",method="POST",status="404"} 1',
    'ichido_http_requests_total{site="banking",method="other",status="404"} 1',
  ])
  const count = 'ichido_http_request_duration_seconds_count{site="banking",method="GET"} 1'
  expect(lines).toContain(count)
})

test('what is read when it is asked for, and locks from the first moment on', async () => {
  const metrics = openMetrics(STILL)
  metrics.countEvent({ kind: 'login', outcome: 'locked-password' } as BankEvent)
  const answer = await metricsSite(metrics).request('/metrics')
  const lines = (await answer.text()).split('\n')
  for (const line of [
    'ichido_database_connections{state="busy"} 1',
    'ichido_database_connections{state="waiting"} 3',
    'ichido_password_hashes{state="running"} 4',
    'ichido_password_hashes{state="waiting"} 5',
    'ichido_outbox_notices 6',
    'ichido_outbox_oldest_seconds 7',
    'ichido_locked_attempts_total{counter="password"} 1',
    'ichido_locked_attempts_total{counter="code"} 0',
    'ichido_events_total{procedure="login",outcome="locked-password"} 1',
  ]) {
    expect(lines).toContain(line)
  }
  expect((await metricsSite(metrics).request('/')).status).toBe(404)
})

test('without the database the other figures are told all the same', async () => {
  const away = openMetrics({ ...STILL, outbox: () => Promise.reject(new Error('away')) })
  const lines = (await away.registry.metrics()).split('\n')
  expect(lines).toContain('ichido_outbox_notices Nan')
  expect(lines).toContain('ichido_password_hashes{state="running"} 4')
})

test('the backlog is what is not sent, and how long it has waited', async () => {
  await bank.pool.query('update notice set sent_at = now()')
  expect(await outboxBacklog(bank.pool, bank.clock)).toEqual({ waiting: 0, oldestSeconds: 0 })
  const notice = { bankCode: '1184', contractId: 'x', to: 'x@x.invalid', subject: 'x', body: 'x' }
  const { journal } = bank.ports.store.tables
  await journal.addNotice({ ...notice, createdAtMs: MORNING_MS - 5_000 })
  await journal.addNotice({ ...notice, createdAtMs: MORNING_MS })
  expect(await outboxBacklog(bank.pool, bank.clock)).toEqual({ waiting: 2, oldestSeconds: 5 })
})

test.each([
  [{}, undefined],
  [{ METRICS_PORT: '' }, undefined],
  [{ METRICS_PORT: '9090' }, { host: '127.0.0.1', port: 9090 }],
  [
    { METRICS_PORT: '0', HOST: '0.0.0.0' },
    { host: '127.0.0.1', port: 0 },
  ],
  [
    { METRICS_PORT: '9090', METRICS_HOST: '10.0.0.1' },
    { host: '10.0.0.1', port: 9090 },
  ],
])('the settings %o', (environment, listener) => {
  const read = readSettings(environment)
  expect(read.ok && read.settings.metrics).toEqual(listener)
})

test('a metrics port that is none is told', () => {
  const reasons = [`METRICS_PORT is 'yes': it takes a port from 0 to 65535`]
  expect(readSettings({ METRICS_PORT: 'yes' })).toEqual({ ok: false, reasons })
})
