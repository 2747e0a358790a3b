/** The REST API over real HTTP: every documented status, and that its description is true of it. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPool } from '../../../src/store/connection.ts'
import { demoApiKey } from '../../../src/store/demo/seed-demo.ts'
import { storeOn } from '../../../src/store/store.ts'
import { codeAt, wrongCode } from '../../bank/held-token.ts'
import { MORNING_MS, openTestBank, type TestBank, WRAPPING_KEY } from '../../bank/test-bank.ts'
import { expectProblem, type Site, serveApi } from '../http.ts'

let bank: TestBank
let api: Site
beforeAll(async () => {
  bank = await openTestBank()
  api = await serveApi(bank.ports)
})
afterAll(async () => {
  await api.close()
  await bank.close()
})

const JSON_TYPE = { 'content-type': 'application/json' }
const KEY = { authorization: `Bearer ${demoApiKey(WRAPPING_KEY)}` }
const right = { contractId: 'T00000000', otp: '123456', purpose: 'other' }

const get = (path: string, headers: Record<string, string> = KEY) =>
  fetch(`${api.origin}${path}`, { headers })
const post = (body: string | ReadableStream, headers: Record<string, string> = {}) =>
  fetch(`${api.origin}/v1/verifications`, {
    method: 'POST',
    headers: { ...JSON_TYPE, ...KEY, ...headers },
    body,
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  } as RequestInit)
const verify = (body: object, headers: Record<string, string> = {}) =>
  post(JSON.stringify(body), headers)

async function withToken() {
  const token = await bank.makeToken()
  return { token, customer: await bank.open({ token }) }
}

describe('POST /v1/verifications', () => {
  test('200 accepted, then 200 refused', async () => {
    const { token, customer } = await withToken()
    const body = { ...right, contractId: customer.contractId, otp: codeAt(token, MORNING_MS) }
    const accepted = await verify(body)
    expect(accepted.status).toBe(200)
    expect(accepted.headers.get('cache-control')).toBe('no-store')
    expect(await accepted.json()).toEqual({
      result: 'accepted',
      verificationId: expect.stringMatching(/^[\w-]{22}$/),
      serial: token.serial,
      at: '2026-11-24T01:00:00.000Z',
    })
    const used = await verify(body)
    expect([used.status, await used.json()]).toEqual([
      200,
      { result: 'refused', code: 'code-already-used' },
    ])
    const wrong = await verify({ ...body, otp: wrongCode(token, MORNING_MS) })
    expect(await wrong.json()).toEqual({ result: 'refused', code: 'wrong-code' })
  })

  test('full width is forgiven, what is no code is refused and not an error', async () => {
    const { token, customer } = await withToken()
    const { contractId } = customer
    for (const otp of ['', 'abcdef', '123456\u0000', '💴💴💴', '\ud800']) {
      const answer = await verify({ ...right, contractId, otp })
      expect([answer.status, await answer.json()]).toEqual([
        200,
        { result: 'refused', code: 'invalid-input' },
      ])
    }
    const wide = codeAt(token, MORNING_MS).replace(
      /\d/g,
      (digit) => '０１２３４５６７８９'[+digit] ?? '',
    )
    const answer = await verify({ ...right, contractId, otp: wide })
    expect(await answer.json()).toMatchObject({ result: 'accepted' })
  })

  test('an Idempotency-Key: the same answer, 422 for another body, 400 for no key at all', async () => {
    const { token, customer } = await withToken()
    const body = { ...right, contractId: customer.contractId, otp: codeAt(token, MORNING_MS) }
    const key = { 'idempotency-key': `key of ${customer.contractId}`.replaceAll(' ', '-') }
    const first = await (await verify(body, key)).json()
    expect(first).toMatchObject({ result: 'accepted' })
    expect(await (await verify(body, key)).json()).toEqual(first)
    const other = await verify({ ...body, purpose: 'login' }, key)
    await expectProblem(other, 422, 'invalid-input', 'Idempotency-Key')
    for (const malformed of ['', 'a b', 'x'.repeat(201)]) {
      const answer = await verify(body, { 'idempotency-key': malformed })
      await expectProblem(answer, 400, 'invalid-input', 'Idempotency-Key')
    }
  })

  test.each([
    ['an unknown field', { ...right, colour: 'red' }, 'colour'],
    ['a known field twice under another name', { ...right, OTP: '1' }, 'OTP'],
    ['a number for a code', { ...right, otp: 123456 }, 'otp'],
    ['no code', { contractId: right.contractId, purpose: 'other' }, 'otp'],
    ['a long code', { ...right, otp: '1'.repeat(65) }, 'otp'],
    ['no contract', { otp: '1', purpose: 'other' }, 'contractId'],
    ['a contract with a NUL', { ...right, contractId: '1000000\u00001' }, 'contractId'],
    ['a contract in full width', { ...right, contractId: '１０００００００００１' }, 'contractId'],
    ['another purpose', { ...right, purpose: 'fun' }, 'purpose'],
    ['a reference with a NUL', { ...right, reference: 'a\u0000b' }, 'reference'],
    ['a reference with half a character', { ...right, reference: '\ud800' }, 'reference'],
    ['a long reference', { ...right, reference: 'x'.repeat(101) }, 'reference'],
    ['a list', [right], undefined],
    ['null', null, undefined],
    ['a text', 'x', undefined],
  ])('400 for %s', async (_, body, field) => {
    await expectProblem(await post(JSON.stringify(body)), 400, 'invalid-input', field)
  })

  test.each(['', '{', '{"otp":1,}', '\u0000', '['.repeat(60_000)])(
    '400 for %.10j, no JSON',
    async (body) => {
      await expectProblem(await post(body), 400, 'invalid-input')
    },
  )

  test('a field that looks like part of every object is an unknown field', async () => {
    const body = JSON.stringify(right).replace('}', ',"__proto__":{"otp":"1"}}')
    await expectProblem(await post(body), 400, 'invalid-input', '__proto__')
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', ''])(
    '415 for the content type %j',
    async (type) => {
      const answer = await post(JSON.stringify(right), { 'content-type': type })
      await expectProblem(answer, 415, 'invalid-input')
    },
  )

  test('application/json with a charset is taken', async () => {
    const answer = await verify(right, { 'content-type': 'Application/JSON; charset=utf-8' })
    expect(answer.status).toBe(200)
  })

  test('413 above 64 KiB, whether the length is told or not', async () => {
    const large = JSON.stringify({ ...right, reference: 'x'.repeat(64 * 1024) })
    await expectProblem(await post(large), 413, 'invalid-input')
    const stream = new Blob([large]).stream()
    await expectProblem(await post(stream), 413, 'invalid-input')
  })

  test('a body without a told length is read', async () => {
    const answer = await post(new Blob([JSON.stringify(right)]).stream())
    expect(await answer.json()).toEqual({ result: 'refused', code: 'no-token' })
  })
})

describe('the key', () => {
  test.each(['', 'Bearer', 'Bearer ', 'Basic abc', 'Bearer wrong', `Bearer ${'x'.repeat(5000)}`])(
    '401 for %.20j',
    async (authorization) => {
      for (const answer of [
        await verify(right, { authorization }),
        await get('/v1/tokens/GM20170312', { authorization }),
      ]) {
        await expectProblem(answer, 401, 'unauthorised')
        expect(answer.headers.get('www-authenticate')).toBe('Bearer')
      }
    },
  )

  test('a revoked key is dead after five seconds at most', async () => {
    const secret = 'key to revoke'.replaceAll(' ', '-')
    const hash = createHash('sha256').update(secret).digest()
    await bank.pool.query(`insert into api_key values ($1, '1184', 'other', now())`, [hash])
    const authorization = `Bearer ${secret}`
    expect((await verify(right, { authorization })).status).toBe(200)
    await bank.pool.query('update api_key set revoked_at = now() where key_hash = $1', [hash])
    bank.clock.nowMs += 5_000
    expect((await verify(right, { authorization })).status).toBe(401)
    bank.clock.nowMs = MORNING_MS
  })
})

describe('GET /v1/tokens/{serial}', () => {
  test('200 for a token of the centre, however the serial is typed; never its seed', async () => {
    for (const serial of [
      'GM20170312',
      'gm20170312',
      'GM-2017-0312',
      encodeURIComponent('ＧＭ２０１７０３１２'),
    ]) {
      const answer = await get(`/v1/tokens/${serial}`)
      expect(await answer.json()).toEqual({
        serial: 'GM20170312',
        type: 'GM',
        state: 'active',
        algorithm: 'SHA256',
        digits: 6,
        period: 30,
        locked: false,
      })
    }
  })

  test('locked tells of a locked token', async () => {
    const token = await bank.makeToken()
    await bank.pool.query('update token set failures = 10 where serial = $1', [token.serial])
    expect(await (await get(`/v1/tokens/${token.serial}`)).json()).toMatchObject({ locked: true })
  })

  test('404 for an unknown serial, an unconfirmed one, and one of another bank', async () => {
    const agreed = await bank.makeToken({ state: 'agreed' })
    const foreign = await bank.makeToken({ type: 'HW', issuer: '1181' })
    for (const serial of [
      'GM00000000',
      agreed.serial,
      foreign.serial,
      '%00',
      '%E0%A4%A',
      'x'.repeat(4000),
    ]) {
      await expectProblem(await get(`/v1/tokens/${serial}`), 404, 'not-found')
    }
  })
})

describe('the rest', () => {
  test.each([
    '/',
    '/v1',
    '/v1/verifications',
    '/v2/verifications',
    '/v1/tokens/',
    '//',
    '/%2e%2e/',
  ])('GET %s is 404', async (path) => {
    await expectProblem(await get(path), 404, 'not-found')
  })

  test('alive and ready', async () => {
    for (const [path, status] of [
      ['/healthz', 'ok'],
      ['/readyz', 'ready'],
    ] as const) {
      const answer = await get(path, {})
      expect([answer.status, await answer.json()]).toEqual([200, { status }])
    }
  })

  test('without the database: alive, not ready, and every call is 503, none of them counted', async () => {
    const pool = openPool({ connectionString: 'postgres://x@127.0.0.1:1/x', max: 2 }, () => {})
    const away = await serveApi({ ...bank.ports, store: storeOn(pool) })
    try {
      expect((await fetch(`${away.origin}/healthz`)).status).toBe(200)
      await expectProblem(await fetch(`${away.origin}/readyz`), 503, 'unavailable')
      const answer = await fetch(`${away.origin}/v1/verifications`, {
        method: 'POST',
        headers: { ...JSON_TYPE, ...KEY },
        body: JSON.stringify(right),
      })
      await expectProblem(answer, 503, 'unavailable')
    } finally {
      await away.close()
      await pool.end()
    }
  })
})
