/** Contracts opened by other channels, and the events that they follow. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { beginEnrolment } from '../../../src/bank/procedures/enrolment.ts'
import { demoApiKey } from '../../../src/store/demo/seed-demo.ts'
import { codeAt } from '../../bank/held-token.ts'
import {
  MORNING_MS,
  newBrowser,
  openTestBank,
  request,
  type TestBank,
  WRAPPING_KEY,
} from '../../bank/test-bank.ts'
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

const headers = {
  'content-type': 'application/json',
  authorization: `Bearer ${demoApiKey(WRAPPING_KEY)}`,
}
const get = (path: string) => fetch(`${api.origin}${path}`, { headers })
const post = (body: unknown, others: Record<string, string> = {}) =>
  fetch(`${api.origin}/v1/contracts`, {
    method: 'POST',
    headers: { ...headers, ...others },
    body: JSON.stringify(body),
  })

let opened = 0
function bodyOf(wish: object = {}) {
  opened += 1
  return {
    contractId: `A${String(opened).padStart(8, '0')}`,
    name: 'シラカワ　ハナコ',
    mail: 'hanako@customer.invalid',
    method: 'confirmation-password',
    ...wish,
  }
}

describe('POST /v1/contracts', () => {
  test('201 with what goes out on paper; the customer enrols with it', async () => {
    const accounts = [{ branchCode: '001', accountNumber: '6500001' }]
    const body = bodyOf({ accounts, phone: '0248-00-4321' })
    const answer = await post(body)
    const { contractId } = body
    expect([answer.status, answer.headers.get('location')]).toEqual([
      201,
      `/v1/contracts/${contractId}`,
    ])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const given = (await answer.json()) as { enrolmentPassword: string }
    expect(given).toEqual({
      contractId,
      receiptNo: expect.stringMatching(/^\d+$/),
      receivedAt: '2026-11-24T01:00:00.000Z',
      enrolmentPassword: expect.stringMatching(/^\w{10}$/),
      enrolmentExpiresAt: '2027-01-23T01:00:00.000Z',
      confirmation: {
        kind: 'confirmation-password',
        password: expect.stringMatching(/^\d{6}$/),
      },
    })
    const { enrolmentPassword } = given
    const form = { contractId, enrolmentPassword }
    expect((await beginEnrolment(bank.ports, request, newBrowser(), form)).ok).toBe(true)
    const shown = await get(`/v1/contracts/${contractId}`)
    expect(await shown.json()).toEqual({
      contractId,
      method: 'confirmation-password',
      frozen: false,
      otpAtLogin: 'not-required',
    })
    const { tables } = bank.ports.store
    expect(await tables.core.accountsOf('1184', contractId)).toMatchObject([{ balanceYen: 0 }])
  })

  test.each([
    ['customer-card', 20],
    ['image-card', 9],
  ])('a %s comes with its %i cells', async (method, count) => {
    const answer = await post(bodyOf({ method }))
    expect(await answer.json()).toMatchObject({ confirmation: { kind: method } })
    const again = (await (await post(bodyOf({ method }))).json()) as {
      confirmation: { cells: string[] }
    }
    expect(again.confirmation.cells).toHaveLength(count)
  })

  test('replayed: 409, and no secret is told again', async () => {
    const body = bodyOf()
    expect((await post(body)).status).toBe(201)
    const again = await expectProblem(await post(body), 409, 'already-exists', 'contractId')
    expect(JSON.stringify(again)).not.toContain('assword')
  })

  test('two at once: one 201, one 409', async () => {
    const body = bodyOf()
    const answers = await Promise.all([post(body), post(body)])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  })

  test('409 for an account that is taken', async () => {
    const accounts = [{ branchCode: '001', accountNumber: '0000011' }]
    await expectProblem(await post(bodyOf({ accounts })), 409, 'already-exists', 'accounts.0')
  })

  test.each([
    [400, 'an unknown field', { colour: 'red' }, 'colour'],
    [400, 'no method', { method: undefined }, 'method'],
    [400, 'another method', { method: 'none' }, 'method'],
    [400, 'a number as ID', { contractId: 99_999_999_999 }, 'contractId'],
    [400, 'a NUL in the name', { name: 'ア\u0000' }, 'name'],
    [400, 'half a character in the name', { name: '\ud800' }, 'name'],
    [
      400,
      'money from nowhere',
      { accounts: [{ branchCode: '001', accountNumber: '6500002', openingYen: 9 }] },
      'openingYen',
    ],
    [
      400,
      'a short account',
      { accounts: [{ branchCode: '001', accountNumber: '1' }] },
      'accounts.0.accountNumber',
    ],
    [422, 'a name that is no kana', { name: 'Hanako花子' }, 'name'],
    [422, 'a mail address that is none', { mail: 'x' }, 'mail'],
    [422, 'a telephone number that is none', { phone: '1' }, 'phone'],
    [
      422,
      'a branch that the bank does not have',
      { accounts: [{ branchCode: '998', accountNumber: '6500002' }] },
      'accounts.0',
    ],
  ])('%i for %s', async (status, _, wish, field) => {
    const body = bodyOf(wish)
    await expectProblem(await post(body), status, 'invalid-input', field)
    const shown = await get(`/v1/contracts/${body.contractId}`)
    expect(shown.status).toBe(404)
  })

  test('401 without a key, 415 for another content type, 413 above 64 KiB', async () => {
    await expectProblem(await post(bodyOf(), { authorization: '' }), 401, 'unauthorised')
    await expectProblem(
      await post(bodyOf(), { 'content-type': 'text/plain' }),
      415,
      'invalid-input',
    )
    await expectProblem(await post(bodyOf({ name: 'ア'.repeat(64 * 1024) })), 413, 'invalid-input')
  })
})

interface Page {
  readonly events: readonly { readonly id: string; readonly kind: string }[]
  readonly next: string
  readonly more: boolean
}
const page = async (query = ''): Promise<Page> =>
  (await get(`/v1/events${query}`)).json() as Promise<Page>

/** What the next pages hold, until something is there: other files' writes may hold it back. */
async function nextEvents(cursor: string): Promise<Page> {
  for (let round = 0; round < 400; round += 1) {
    const found = await page(`?after=${cursor}`)
    if (found.events.length > 0) return found
  }
  throw new Error('no event came')
}

/** Reads on until all that was recorded is seen; other files' writes may hold it back a while. */
async function toTheEnd(): Promise<string> {
  const { rows } = await bank.pool.query(
    `select count(*) as events from event where bank_code = '1184'`,
  )
  let [seen, next] = [0, '']
  while (seen < rows[0].events) {
    const found = await page(`?limit=500${next && `&after=${next}`}`)
    seen += found.events.length
    next = found.next
  }
  return next
}

describe('GET /v1/events', () => {
  test('what a channel did comes back once, with the cursor to go on', async () => {
    const token = await bank.makeToken()
    const { contractId } = await bank.open({ token })
    const otp = codeAt(token, MORNING_MS)
    const verified = await fetch(`${api.origin}/v1/verifications`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ contractId, otp, purpose: 'transfer', reference: 'r1' }),
    })
    const { verificationId } = (await verified.json()) as { verificationId: string }
    const seen: Page['events'][number][] = []
    let cursor = ''
    while (!seen.some(({ id }) => id === verificationId)) {
      const found = await page(`?limit=3${cursor && `&after=${cursor}`}`)
      expect(found.events.length).toBeLessThanOrEqual(3)
      seen.push(...found.events)
      cursor = found.next
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length)
    expect(seen.find(({ id }) => id === verificationId)).toEqual({
      id: verificationId,
      at: '2026-11-24T01:00:00.000Z',
      actor: { kind: 'api', id: 'demo' },
      kind: 'verification',
      outcome: 'done',
      requestId: expect.any(String),
      contractId,
      serial: token.serial,
      detail: { purpose: 'transfer', reference: 'r1' },
    })
  })

  test('an empty page keeps the cursor; events of another bank are never shown', async () => {
    const cursor = await toTheEnd()
    await bank.pool.query(
      `insert into event (bank_code, id, at, actor_kind, actor_id, kind, outcome, request_id)
       values ('1181', 'elsewhere', now(), 'system', 'x', 'x', 'done', 'x')`,
    )
    expect(await page(`?after=${cursor}`)).toEqual({ events: [], next: cursor, more: false })
    const { contractId } = bodyOf()
    await post(bodyOf({ contractId }))
    const found = await nextEvents(cursor)
    expect(found.events).toMatchObject([{ kind: 'contract-opening', contractId }])
    expect(found.next).not.toBe(cursor)
    expect(JSON.stringify(found)).not.toContain('elsewhere')
  })

  test.each([
    ['?after=', 'after'],
    ['?after=x', 'after'],
    ['?after=1', 'after'],
    ['?after=%00', 'after'],
    [`?after=${Buffer.from('after -1').toString('base64url')}`, 'after'],
    [`?after=${Buffer.from(`after ${'9'.repeat(20)}`).toString('base64url')}`, 'after'],
    [`?after=${'a'.repeat(5000)}`, 'after'],
    ['?limit=0', 'limit'],
    ['?limit=501', 'limit'],
    ['?limit=1e2', 'limit'],
    ['?limit=', 'limit'],
    ['?limit=5&limit=6', 'limit'],
    ['?limit=%E0%A4%A', 'limit'],
    ['?since=yesterday', 'since'],
    ['?__proto__=x', '__proto__'],
  ])('400 for %.60s', async (query, field) => {
    await expectProblem(await get(`/v1/events${query}`), 400, 'invalid-input', field)
  })

  test('401 without a key', async () => {
    await expectProblem(await fetch(`${api.origin}/v1/events`), 401, 'unauthorised')
  })
})

test('GET /docs shows both', async () => {
  const docs = await (await fetch(`${api.origin}/docs`)).text()
  for (const title of ['POST /v1/contracts', 'GET /v1/events']) expect(docs).toContain(title)
})
