/**
 * No secret, code or key shows anywhere: traffic with canaries, good and bad, goes to a real server
 * that logs all it can; then its output, its answers and a full dump of the database are searched
 * for them.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeBase32 } from '../src/oath/base32.ts'
import { DEMO_CONTRACTS } from '../src/store/demo/demo-bank.ts'
import { codeAt, wrongCodes } from './bank/held-token.ts'
import { openTestBank, type TestBank, WRAPPING_KEY } from './bank/test-bank.ts'
import { type ServerProcess, startServer } from './server-process.ts'
import { type Visitor, visitor } from './web/visitor.ts'

const GOOD_PASSWORD = 'CanaryGood9q'
const BAD_PASSWORD = 'CanaryBad7zX'
const CONFIRMATION = '907153'

let bank: TestBank
let server: ServerProcess
let folder: string
const answers: string[] = []
const canaries = new Map<string, string>()

beforeAll(async () => {
  bank = await openTestBank()
  await plantSecrets()
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-canary-'))
  fs.writeFileSync(path.join(folder, 'key'), WRAPPING_KEY.toString('hex'))
  server = await startServer({
    ICHIDO_MODE: 'demo',
    ICHIDO_DATA: folder,
    DATABASE_URL: bank.connectionString,
    LOG_LEVEL: 'trace',
    METRICS_PORT: '0',
    DEBUG: '1',
  })
})
afterAll(async () => {
  await server?.stop()
  await bank.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

/** Passwords that a start does not print, for contracts 1 and 7. */
async function plantSecrets(): Promise<void> {
  const hash = await bank.ports.passwords.hash(GOOD_PASSWORD)
  for (const contractId of ['10000000001', '10000000007']) {
    const owner = { bankCode: '1184', contractId }
    const secret = await bank.ports.vault.sealSecret(owner, CONFIRMATION)
    await bank.pool.query(
      `update contract set login_password_hash = $2, sealed_secret = $3, secret_key_version = $4
        where contract_id = $1`,
      [contractId, hash, secret.sealed, secret.keyVersion],
    )
  }
  canaries.set('the right login password', GOOD_PASSWORD)
  canaries.set('a wrong login password', BAD_PASSWORD)
  canaries.set('the confirmation password', CONFIRMATION)
  canaries.set('the wrapping key', WRAPPING_KEY.toString('hex'))
  for (const { contractId, secret, token } of DEMO_CONTRACTS) {
    if (token) addBytes(`the seed of ${contractId}`, Buffer.from(token.seedHex, 'hex'))
    if (typeof secret !== 'string')
      canaries.set(`the card of ${contractId}`, JSON.stringify(secret))
  }
}

function addBytes(name: string, bytes: Uint8Array): void {
  const buffer = Buffer.from(bytes)
  canaries.set(`${name} in hex`, buffer.toString('hex'))
  canaries.set(`${name} in base32`, encodeBase32(buffer))
  canaries.set(`${name} in base64`, buffer.toString('base64').replaceAll('=', ''))
  canaries.set(`${name} in base64url`, buffer.toString('base64url'))
}

const tokenOf = (place: number) => ({
  seed: Buffer.from(DEMO_CONTRACTS[place]?.token?.seedHex ?? '', 'hex'),
})
const submitted = (name: string, code: string): string => {
  canaries.set(`${name} (${code})`, code)
  return code
}

async function askApi(body: object, headers: Record<string, string> = {}) {
  const answer = await fetch(`${server.origins.api}/v1/verifications`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${server.apiKey}`,
      ...headers,
    },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  answers.push(`${[...answer.headers].join('\n')}\n${text}`)
  return { status: answer.status, ...JSON.parse(text) }
}

async function apiTraffic(): Promise<void> {
  const token = tokenOf(3)
  const contract = { contractId: '10000000004', purpose: 'transfer' }
  const right = submitted('a right code at the API', codeAt(token, Date.now()))
  const accepted = await askApi({ ...contract, otp: right }, { 'idempotency-key': 'canary-1' })
  expect(accepted.result).toBe('accepted')
  expect((await askApi({ ...contract, otp: right })).code).toBe('code-already-used')
  for (const wrong of wrongCodes(token, Date.now(), 3)) {
    const otp = submitted('a wrong code at the API', wrong.replace(/^000/, '731'))
    await askApi({ ...contract, otp })
  }
  const odd = submitted('a malformed code', 'canary-code-51')
  expect((await askApi({ ...contract, otp: odd })).code).toBe('invalid-input')
  expect((await askApi({ ...contract, otp: [odd] })).status).toBe(400)
  expect((await askApi({ ...contract, code: odd })).status).toBe(400)
}

const logIn = async (customer: Visitor, contractId: string, loginPassword: string) =>
  customer.submit(await customer.open('/1184/login'), { contractId, loginPassword })

async function loginTraffic(customer: Visitor): Promise<void> {
  const token = tokenOf(6)
  expect((await logIn(customer, '10000000007', BAD_PASSWORD)).refusal).toBe('wrong-credentials')
  expect((await logIn(customer, '99999999999', BAD_PASSWORD)).refusal).toBe('wrong-credentials')
  const asked = await logIn(customer, '10000000007', GOOD_PASSWORD)
  const wrong = submitted('a wrong code at login', '618204')
  expect((await customer.submit(asked, { otp: wrong })).refusal).toBe('wrong-code')
  const right = submitted('a right code at login', codeAt(token, Date.now()))
  const home = await customer.submit(asked, { otp: right })
  expect([home.status, home.path]).toEqual([200, '/1184/home'])
}

async function startTraffic(customer: Visitor): Promise<void> {
  const token = await bank.makeToken({ state: 'provisioned' })
  addBytes('the seed of a new token', token.seed)
  const credentials = { contractId: '10000000001', loginPassword: GOOD_PASSWORD }
  const form = await customer.submit(await customer.open('/1184/otp/start'), credentials)
  const asked = Object.entries(form.positions)
  expect(asked).toHaveLength(3)
  const confirmation = Object.fromEntries(
    asked.map(([name, position]) => [name, CONFIRMATION[position - 1] ?? '']),
  )
  const filled = { serial: token.serial, otpAtLogin: 'required', ...confirmation }
  const wrong = submitted('a wrong code at the start', '540917')
  expect((await customer.submit(form, { ...filled, otp: wrong })).refusal).toBe('wrong-code')
  const otp = submitted('a right code at the start', codeAt(token, Date.now()))
  const off = { ...filled, otp, confirm1: 'x' }
  expect((await customer.submit(form, off)).refusal).toBe('wrong-confirmation')
  const done = await customer.submit(form, { ...filled, otp })
  expect(done.html).toContain('data-field="receiptNo"')
}

test('traffic with canaries leaves none behind', async () => {
  await apiTraffic()
  const visitors = [visitor(server.origins.banking), visitor(server.origins.banking)]
  const [one, two] = visitors
  if (one === undefined || two === undefined) throw new Error('no visitors')
  await loginTraffic(one)
  await startTraffic(two)
  for (const [name, value] of visitors.flatMap(({ cookies }) => [...cookies])) {
    canaries.set(`the cookie ${name}`, value)
  }
  canaries.set('the API key', server.apiKey)
  answers.push(...visitors.flatMap(({ seen }) => seen))
  expect(server.output()).toContain('"path":"/1184/login"')
  expect(found('the log', server.output())).toEqual([])
  expect(answers.flatMap((answer) => found('an answer', answer))).toEqual([])
  const metrics = await (await fetch(`${server.origins.metrics}/metrics`)).text()
  expect(metrics).toContain('ichido_verifications_total{purpose="transfer",outcome="done"} 1')
  expect(found('the metrics', metrics)).toEqual([])
  const dump = await dumpOf(bank)
  expect(dump).toContain('10000000007')
  expect(found('the database', dump)).toEqual([])
})

test('the search finds what it looks for', () => {
  for (const canary of canaries.values()) {
    expect(found('here', `{"a":"${canary}"}`).length).toBeGreaterThan(0)
    expect(found('here', Buffer.from(canary).toString('hex')).length).toBeGreaterThan(0)
  }
})

/**
 * Which canaries a text shows, plainly or as hex. Digits alone must not be part of a longer word.
 */
function found(where: string, text: string): string[] {
  return [...canaries]
    .filter(([, canary]) => {
      if (text.includes(Buffer.from(canary).toString('hex'))) return true
      if (!/^\d{6}$/.test(canary)) return text.includes(canary)
      return new RegExp(`(?<![0-9A-Za-z_-])${canary}(?![0-9A-Za-z_-])`).test(text)
    })
    .map(([name]) => `${name} in ${where}`)
}

/** Every column of every table as text. */
async function dumpOf({ pool }: TestBank): Promise<string> {
  const named = `select tablename from pg_tables where schemaname = 'public' order by tablename`
  const tables = (await pool.query<{ tablename: string }>(named)).rows
  expect(tables.length).toBeGreaterThan(15)
  const dumps = await Promise.all(
    tables.map(async ({ tablename }) => {
      const { rows } = await pool.query(`select t::text as line from "${tablename}" t`)
      return rows.map((row) => `${tablename} ${row.line}`).join('\n')
    }),
  )
  return dumps.join('\n')
}
