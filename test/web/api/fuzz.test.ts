/** Whatever is sent, the API answers with a status of the client's, soon, and changes nothing. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoApiKey } from '../../../src/store/demo/seed-demo.ts'
import { openTestBank, type TestBank, WRAPPING_KEY } from '../../bank/test-bank.ts'
import { within } from '../../processor-time.ts'
import { type Site, serveApi, serveToken } from '../http.ts'

let bank: TestBank
let api: Site
let token: Site
beforeAll(async () => {
  bank = await openTestBank()
  api = await serveApi(bank.ports)
  token = await serveToken(bank.ports, new URL('file:///no-such-folder/'))
})
afterAll(async () => {
  await api.close()
  await token.close()
  await bank.close()
})

const MOST_MS = 1_000

async function send(url: string, body: string, headers: Record<string, string> = {}) {
  const asked = async () => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${demoApiKey(WRAPPING_KEY)}`,
        ...headers,
      },
      body,
    })
    return { answer, text: await answer.text() }
  }
  const { answer, text } = await within(MOST_MS, asked)
  expect(answer.status).toBeLessThan(500)
  expect(text).not.toMatch(/\bat \S+:\d+:\d+|node_modules|SELECT|insert into/)
  return { status: answer.status, json: JSON.parse(text) }
}

/** Texts as keyboards, copies and attackers make them. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.constantFrom(
    '\u0000',
    '\ud800',
    '\udfff\ud800',
    '１２３４５６',
    "'; drop table token; --",
    '{{7*7}}',
  ),
  fc.string({ unit: fc.constantFrom('０', '1', ' ', '　', 'ー'), maxLength: 70 }),
)
const value = fc.oneof(
  text,
  fc.constant('10000000004'),
  fc.constantFrom('login', 'transfer', 'bill', 'other'),
  fc.jsonValue({ maxDepth: 4 }),
  fc.double(),
)
const field = fc.oneof(
  fc.constantFrom('contractId', 'otp', 'purpose', 'reference', 'type', 'publicKey', 'proof'),
  fc.constantFrom('name', 'mail', 'phone', 'method', 'accounts'),
  fc.constantFrom('__proto__', 'constructor', 'toString', '', '\u0000'),
)
const body = fc.oneof(
  fc.dictionary(field, value, { maxKeys: 6 }).map((object) => JSON.stringify(object)),
  fc
    .record({ contractId: value, otp: value, purpose: value, reference: value })
    .map((object) => JSON.stringify(object)),
  fc.json({ maxDepth: 6 }),
  text,
  fc.integer({ min: 1, max: 30_000 }).map((deep) => '{"otp":'.repeat(Math.floor(deep / 4))),
  fc.integer({ min: 1, max: 30_000 }).map((deep) => `${'['.repeat(deep)}${']'.repeat(deep)}`),
  fc.constantFrom(
    '{"contractId":"10000000004","otp":"123456","purpose":"other","otp":"1"}',
    '{"otp":1e400,"contractId":-0,"purpose":9999999999999999999999}',
    '\ufeff{}',
  ),
)

test('POST /v1/verifications', async () => {
  const tokens = async () => (await bank.pool.query('select * from token order by serial')).rows
  const before = await tokens()
  await fc.assert(
    fc.asyncProperty(body, async (sent) => {
      const { status, json } = await send(`${api.origin}/v1/verifications`, sent)
      expect([200, 400, 413]).toContain(status)
      if (status === 200) expect(json.result).toBe('refused')
    }),
    { numRuns: 200 },
  )
  // A guess may have been counted for the demonstration's token; nothing else has changed.
  const withoutCounts = (rows: Record<string, unknown>[]) =>
    rows.map((row) => ({ ...row, failures: 0, guesses: 0 }))
  expect(withoutCounts(await tokens())).toEqual(withoutCounts(before))
})

test('POST /v1/verifications with any Idempotency-Key', async () => {
  const visible = fc.string({
    unit: fc.integer({ min: 32, max: 126 }).map((c) => String.fromCharCode(c)),
    maxLength: 300,
  })
  const sent = '{"contractId":"T99999999","otp":"1","purpose":"other"}'
  await fc.assert(
    fc.asyncProperty(visible, async (key) => {
      const { status } = await send(`${api.origin}/v1/verifications`, sent, {
        'idempotency-key': key,
      })
      expect([200, 400]).toContain(status)
    }),
    { numRuns: 60 },
  )
})

test('POST /provision and its confirmation', async () => {
  await fc.assert(
    fc.asyncProperty(body, text, async (sent, serial) => {
      const provision = await send(`${token.origin}/provision`, sent)
      expect([400, 413]).toContain(provision.status)
      const path = `/provision/${encodeURIComponent(serial.toWellFormed())}/confirm`
      const confirm = await send(`${token.origin}${path}`, sent)
      expect([400, 404, 413]).toContain(confirm.status)
    }),
    { numRuns: 120 },
  )
})

test.each(['%00', '%ED%A0%80', '%FF', 'GM%0012345674', 'x'.repeat(3000), '%E3%81%82', '..%2F..'])(
  'a proof that can be read for the serial %s, which is none',
  async (serial) => {
    const { status } = await send(`${token.origin}/provision/${serial}/confirm`, '{"proof":"AAAA"}')
    expect(status).toBe(404)
  },
)

test('any serial in the path', async () => {
  await fc.assert(
    fc.asyncProperty(text, async (serial) => {
      const url = `${api.origin}/v1/tokens/${encodeURIComponent(serial.toWellFormed())}`
      const answer = await fetch(url, {
        headers: { authorization: `Bearer ${demoApiKey(WRAPPING_KEY)}` },
      })
      expect([200, 404]).toContain(answer.status)
    }),
    { numRuns: 120 },
  )
})

test('POST /v1/contracts', async () => {
  const contracts = async () => (await bank.pool.query('select * from contract')).rows
  const before = await contracts()
  const whole = fc
    .record({
      contractId: fc.oneof(value, fc.constant('F00000001')),
      name: fc.oneof(value, fc.constant('ア')),
      mail: value,
      phone: value,
      method: fc.oneof(value, fc.constant('image-card')),
      accounts: fc.oneof(value, fc.array(fc.dictionary(field, value), { maxLength: 30 })),
    })
    .map((object) => JSON.stringify(object))
  await fc.assert(
    fc.asyncProperty(fc.oneof(body, whole), async (sent) => {
      const { status, json } = await send(`${api.origin}/v1/contracts`, sent)
      expect([400, 409, 413, 422]).toContain(status)
      expect(json.status).toBe(status)
    }),
    { numRuns: 200 },
  )
  expect(await contracts()).toEqual(before)
})

test('GET /v1/events with any query', async () => {
  const name = fc.oneof(fc.constantFrom('after', 'limit'), text)
  const query = fc.oneof(
    fc
      .array(fc.tuple(name, text), { maxLength: 4 })
      .map((pairs) =>
        pairs
          .map((pair) => pair.map((part) => encodeURIComponent(part.toWellFormed())).join('='))
          .join('&'),
      ),
    fc.string({ unit: fc.constantFrom('%', '&', '=', 'a', '0', '+', ';', '[', ']') }),
    fc.integer().map((limit) => `limit=${limit}`),
    fc.base64String({ maxLength: 60 }).map((after) => `after=${after}`),
  )
  await fc.assert(
    fc.asyncProperty(query, async (asked) => {
      const answer = await fetch(`${api.origin}/v1/events?${asked}`, {
        headers: { authorization: `Bearer ${demoApiKey(WRAPPING_KEY)}` },
      })
      expect([200, 400]).toContain(answer.status)
      const type = answer.status === 200 ? 'application/json' : 'application/problem+json'
      expect(answer.headers.get('content-type')).toBe(type)
    }),
    { numRuns: 200 },
  )
})
