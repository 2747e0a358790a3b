/**
 * Production mode from an empty database on: a bank, a customer and an API key by command beside
 * the running server; the customer enrols and starts a token; a channel verifies a code.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { showToken } from '../src/cli/token.ts'
import { confirmToken, newToken } from '../src/cli/token-agreement.ts'
import type { TokenFile } from '../src/cli/token-file.ts'
import { openTestBank } from './bank/test-bank.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { runCommand, type ServerProcess, startServer } from './server-process.ts'
import { visitor } from './web/visitor.ts'

const BANK = '1181'
const CONTRACT = '20000000001'
const LOGIN_PASSWORD = 'Hanako2026'
const ORIGIN = 'https://ib.bank.invalid'

let database: TestDatabase
let folder: string
let settings: Record<string, string>
let server: ServerProcess
beforeAll(async () => {
  database = await createTestDatabase()
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-production-'))
  const keyFile = path.join(folder, 'key')
  fs.writeFileSync(keyFile, `${'5c'.repeat(32)}\n`, { mode: 0o600 })
  settings = {
    ICHIDO_MODE: 'production',
    DATABASE_URL: database.connectionString,
    ICHIDO_KEY_FILE: keyFile,
    BANKING_ORIGIN: ORIGIN,
    TOKEN_ORIGIN: 'https://token.bank.invalid',
    OFFICE_ORIGIN: 'https://office.bank.invalid',
    API_ORIGIN: 'https://api.bank.invalid',
    METRICS_PORT: '0',
  }
  server = await startServer(settings)
})
afterAll(async () => {
  await server?.stop()
  await database.drop()
  fs.rmSync(folder, { recursive: true })
})

/** A command that has to be done. */
async function ichido(...args: string[]): Promise<string> {
  const { exitCode, out, err } = await runCommand(args, settings)
  expect([args[0], exitCode, err]).toEqual([args[0], 0, ''])
  return out
}

/** Asks until it is so: what a process remembers it forgets within five seconds. */
async function untilStatus(status: number, ask: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const answer = await ask()
    if (answer.status === status) return answer
    await answer.text()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

test('it serves no bank, and nothing of the demonstration, before one is added', async () => {
  expect(server.origins).toMatchObject({ banking: ORIGIN, api: 'https://api.bank.invalid' })
  expect(server.apiKey).toBe('')
  for (const bank of [BANK, '1184']) {
    const answer = await fetch(`${server.addresses.banking}/${bank}/login`)
    expect(answer.status).toBe(404)
  }
  expect((await fetch(`${server.addresses.office}/mailbox`)).status).not.toBe(200)
})

interface Opened {
  readonly enrolmentPassword: string
  readonly cells: readonly string[]
}
let opened: Opened
let apiKey: string

test('a bank, a customer and a key are added by command, and served by the running process', async () => {
  await ichido(
    ...['bank', 'add', BANK, '--name', '会津信用金庫', '--department', '事務部'],
    ...['--phone', '0242-00-0001', '--hours', '平日 9:00～17:00'],
  )
  const added = await ichido(
    ...['customer', 'add', CONTRACT, '--bank', BANK, '--name', 'アイヅ　ハナコ'],
    ...['--mail', 'hanako@customer.invalid', '--method', 'confirmation-password'],
    ...['--account', '001-1234567=1000000', '--json'],
  )
  opened = JSON.parse(added) as Opened
  const key = await ichido('api-key', 'add', '--bank', BANK, '--name', 'call-centre', '--json')
  apiKey = (JSON.parse(key) as { key: string }).key
  const login = () => fetch(`${server.addresses.banking}/${BANK}/login`)
  expect(await (await untilStatus(200, login)).text()).toContain('会津信用金庫')
})

test('behind https, browsers keep to https, and the cookies to their own host', async () => {
  const cookieOf = (answer: Response) => answer.headers.getSetCookie().join()
  const { banking, office } = server.addresses
  expect(cookieOf(await fetch(`${banking}/${BANK}/login`))).toMatch(
    /^__Host-ichido=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  )
  expect(cookieOf(await fetch(`${office}/${BANK}/login`))).toMatch(
    /^__Host-ichido-office=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  )
  for (const [site, path] of [
    ['banking', `/${BANK}/login`],
    ['banking', '/nowhere'],
    ['token', '/'],
    ['office', `/${BANK}/login`],
    ['api', '/openapi.json'],
    ['api', '/v1/events'],
  ] as const) {
    const { headers } = await fetch(server.addresses[site] + path)
    expect([site, path, headers.get('strict-transport-security')]).toEqual([
      ...[site, path],
      'max-age=31536000; includeSubDomains',
    ])
  }
})

let token: TokenFile

test('the customer enrols with the letter, makes a token, and takes it into use', async () => {
  const customer = visitor(server.addresses.banking, ORIGIN)
  const { enrolmentPassword } = opened
  const enrolment = { contractId: CONTRACT, enrolmentPassword }
  const chosen = await customer.submit(await customer.open(`/${BANK}/enrol`), enrolment)
  expect(chosen.path).toMatch(`/${BANK}/enrol/password`)
  const enrolled = await customer.submit(chosen, {
    loginPassword: LOGIN_PASSWORD,
    loginPasswordAgain: LOGIN_PASSWORD,
    mail: 'hanako@customer.invalid',
  })
  expect(enrolled.html).toContain('data-field="receiptNo"')

  const made = await newToken({
    server: server.addresses.token,
    type: 'GM',
    nowMs: Date.now,
    fetch,
  })
  if (!made.ok) throw new Error(made.reason)
  expect((await confirmToken(made.value, fetch)).ok).toBe(true)
  token = made.value.token

  const credentials = { contractId: CONTRACT, loginPassword: LOGIN_PASSWORD }
  const form = await customer.submit(await customer.open(`/${BANK}/otp/start`), credentials)
  const asked = Object.entries(form.positions)
  expect(asked).toHaveLength(3)
  const started = await customer.submit(form, {
    serial: token.serial,
    otp: showToken(token, Date.now()).code,
    otpAtLogin: 'required',
    ...Object.fromEntries(asked.map(([name, place]) => [name, opened.cells[place - 1] ?? ''])),
  })
  expect([started.refusal, started.path]).toEqual([
    undefined,
    expect.stringMatching(`/${BANK}/otp/start/done`),
  ])
})

const api = (path: string, body?: object) =>
  fetch(`${server.addresses.api}${path}`, {
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  })

test('a channel verifies the next code, follows the events, and is turned away when revoked', async () => {
  // The code of the start is spent; the next one is accepted a step early.
  const otp = showToken(token, Date.now() + 30_000).code
  const body = { contractId: CONTRACT, otp, purpose: 'transfer' }
  const verified = await api('/v1/verifications', body)
  expect(await verified.json()).toMatchObject({ result: 'accepted', serial: token.serial })
  const again = await api('/v1/verifications', body)
  expect(await again.json()).toEqual({ result: 'refused', code: 'code-already-used' })

  const kinds: string[] = []
  let cursor = ''
  while (kinds.filter((kind) => kind === 'verification').length < 2) {
    const page = await api(`/v1/events?limit=2${cursor && `&after=${cursor}`}`)
    const { events, next } = (await page.json()) as { events: { kind: string }[]; next: string }
    kinds.push(...events.map(({ kind }) => kind))
    cursor = next
  }
  expect([...new Set(kinds)]).toEqual([
    'bank-opening',
    'contract-opening',
    'api-key-issue',
    'enrolment',
    'otp-start',
    'verification',
  ])
  await ichido('api-key', 'revoke', '--bank', BANK, '--name', 'call-centre')
  await untilStatus(401, () => api('/v1/events'))
})

test('a database that holds the demonstration bank is refused, and left as it was', async () => {
  const demo = await openTestBank()
  try {
    const DATABASE_URL = demo.connectionString
    const { exitCode, out, err } = await runCommand(['serve'], { ...settings, DATABASE_URL })
    expect([exitCode, out, err]).toEqual([
      1,
      '',
      'this database holds the demonstration bank, whose passwords are public: ' +
        'production mode needs another one\n',
    ])
  } finally {
    await demo.close()
  }
})

test('the metrics count all that, and tell nothing of the customer', async () => {
  const answer = await fetch(`${server.origins.metrics}/metrics`)
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  const metrics = await answer.text()
  for (const line of [
    'ichido_verifications_total{purpose="transfer",outcome="done"} 1',
    'ichido_verifications_total{purpose="transfer",outcome="code-already-used"} 1',
    'ichido_events_total{procedure="otp-start",outcome="done"} 1',
    'ichido_http_requests_total{site="api",method="POST",status="200"} 2',
    'ichido_outbox_notices 3',
  ]) {
    expect(metrics.split('\n')).toContain(line)
  }
  expect(metrics).toMatch(/^process_resident_memory_bytes \d+/m)
  for (const told of [CONTRACT, token.serial, `"${BANK}"`, apiKey, opened.enrolmentPassword]) {
    expect(metrics).not.toContain(told)
  }
})

test('it ends in order, and none of the secrets is in what it wrote', async () => {
  expect(await server.stop()).toBe(0)
  const { enrolmentPassword } = opened
  for (const secret of [enrolmentPassword, LOGIN_PASSWORD, apiKey, token.seed]) {
    expect(server.output()).not.toContain(secret)
  }
  expect(server.output()).toContain('"path":"/v1/verifications"')
})
