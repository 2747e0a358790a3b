/**
 * A lost phone: one page and one confirmation in one process, and the thief's next code is refused
 * on the pages and by the API of every process.
 */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { demoApiKey } from '../../../src/store/demo/seed-demo.ts'
import { codeAt, type HeldToken } from '../../bank/held-token.ts'
import { appoint } from '../../bank/office/test-staff.ts'
import { balanceOf } from '../../bank/procedures/transfer-steps.ts'
import {
  type Customer,
  MORNING_MS,
  openTestBank,
  type TestBank,
  tokenOf,
  WRAPPING_KEY,
} from '../../bank/test-bank.ts'
import { type Site, serveApi, serveBanking, serveOffice } from '../http.ts'
import { type Page, type Visitor, visitor } from '../visitor.ts'
import { type OfficeVisitor, signIn } from './office-visitor.ts'

let bank: TestBank
/** The sites of two processes. */
let banking: Site[]
let api: Site[]
let office: Site
let clerk: OfficeVisitor
beforeAll(async () => {
  bank = await openTestBank()
  const processes = [bank.ports, bank.another().ports]
  banking = await Promise.all(processes.map(serveBanking))
  api = await Promise.all(processes.map(serveApi))
  office = await serveOffice(bank.ports)
  clerk = await signIn(bank, office, await appoint(bank, 'clerk'))
})
afterAll(async () => {
  await Promise.all([...banking, ...api, office].map((site) => site.close()))
  await bank.close()
})
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})

async function withToken(otpAtLogin = false) {
  const token = await bank.makeToken()
  return { token, customer: await bank.open({ token, otpAtLogin }) }
}

/** Signed in at one of the processes, with a transfer at its review. */
async function atReview(site: Site | undefined, customer: Customer) {
  const thief = visitor(site?.origin ?? '')
  await logIn(thief, customer)
  const form = await thief.open('/1184/transfer')
  const review = await thief.submit(form, {
    fromAccount: customer.accountNumber,
    payee: 'new',
    bankCode: '1184',
    branchCode: '001',
    accountType: 'ordinary',
    accountNumber: '0000021',
    amount: '1000',
  })
  expect(review.path).toContain('/transfer/review')
  return { thief, review }
}

const logIn = async (browser: Visitor, { contractId, loginPassword }: Customer): Promise<Page> =>
  browser.submit(await browser.open('/1184/login'), { contractId, loginPassword })

async function verified(site: Site, { contractId }: Customer, otp: string, purpose = 'transfer') {
  const answer = await fetch(`${site.origin}/v1/verifications`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${demoApiKey(WRAPPING_KEY)}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ contractId, otp, purpose }),
  })
  const { result, code } = (await answer.json()) as { result: string; code?: string }
  return code ?? result
}

const freshCode = (token: HeldToken): string => {
  bank.clock.nowMs += 30_000
  return codeAt(token, bank.clock.nowMs)
}

/** The clerk's page, filled in as the caller answers. */
const filled = (page: Page, scope = 'token') => ({
  formKey: /name="formKey" value="([^"]+)"/.exec(page.html)?.[1] ?? '',
  confirmed1: '氏名',
  confirmed2: '生年月日',
  confirmed3: 'お届けの住所',
  scope,
  memo: '',
})

test('from the search to a dead token: one page, one confirmation', async () => {
  const { token, customer } = await withToken()
  const { thief, review } = await atReview(banking[1], customer)
  const loss = await clerk.open(`/1184/customers?to=loss&q=${customer.contractId}`)
  expect(loss.path).toBe(`/1184/customers/${customer.contractId}/loss`)
  const done = await clerk.submit(loss, filled(loss))
  expect(done.path).toMatch(new RegExp(`^/1184/customers/${customer.contractId}/loss/\\d+$`))
  expect(done.html).toContain(token.serial)
  expect((await tokenOf(bank, token)).state).toBe('suspended')
  // The thief's session has ended; signed in anew, in either process, the code is refused.
  const sent = await thief.submit(review, { otp: freshCode(token) })
  expect(sent.path).toContain('/login')
  for (const site of banking) {
    const again = await atReview(site, customer)
    const refused = await again.thief.submit(again.review, { otp: freshCode(token) })
    expect(refused.refusal).toBe('token-suspended')
  }
  for (const site of api) {
    expect(await verified(site, customer, freshCode(token))).toBe('token-suspended')
  }
  expect(await balanceOf(bank, customer)).toBe(1_000_000)
})

test('every page that asks for a code refuses it', async () => {
  const { token, customer } = await withToken(true)
  const { contractId, loginPassword } = customer
  const loss = await clerk.open(`/1184/customers/${contractId}/loss`)
  await clerk.submit(loss, filled(loss))
  const credentials = { contractId, loginPassword }
  const asked = await logIn(visitor(banking[0]?.origin ?? ''), customer)
  expect(asked.path).toContain('/login/code')
  for (const [path, fields] of [
    ['/1184/login', {}],
    ['/1184/otp/exchange', {}],
    ['/1184/otp/stop', { confirm1: '1', confirm2: '2', confirm3: '3' }],
    ['/1184/otp/resync', { nextOtp: codeAt(token, bank.clock.nowMs + 30_000) }],
  ] as const) {
    const thief = visitor(banking[1]?.origin ?? '')
    const page = await thief.submit(await thief.open(path), credentials)
    const refused = await thief.submit(page, { otp: freshCode(token), ...fields })
    expect([path, refused.refusal]).toEqual([path, 'token-suspended'])
  }
})

test('the service stopped as well: nobody comes in, and no channel verifies', async () => {
  const { token, customer } = await withToken()
  const loss = await clerk.open(`/1184/customers/${customer.contractId}/loss`)
  await clerk.submit(loss, filled(loss, 'both'))
  for (const site of banking) {
    expect((await logIn(visitor(site.origin), customer)).refusal).toBe('frozen')
  }
  for (const site of api) {
    expect(await verified(site, customer, freshCode(token), 'login')).toBe('frozen')
  }
})

test('a second click finds the first report', async () => {
  const { customer } = await withToken()
  const path = `/1184/customers/${customer.contractId}/loss`
  const loss = await clerk.open(path)
  const twice = await Promise.all([clerk.post(path, filled(loss)), clerk.post(path, filled(loss))])
  const [one, other] = twice.map((answer) => answer.headers.get('location'))
  expect(one).toMatch(/\/loss\/\d+$/)
  expect(other).toBe(one)
})

test('too few answers: said beside the boxes, nothing stopped, ticks kept', async () => {
  const { token, customer } = await withToken()
  const loss = await clerk.open(`/1184/customers/${customer.contractId}/loss`)
  const { confirmed3: _, ...tooFew } = filled(loss, 'both')
  const refused = await clerk.submit(loss, tooFew)
  expect([refused.status, refused.refusal]).toEqual([422, 'invalid-input'])
  expect(refused.html).toMatch(/name="confirmed1" value="氏名" checked/)
  expect(refused.html).toMatch(/name="scope" value="both" checked/)
  expect((await tokenOf(bank, token)).state).toBe('active')
})

test('at the same moment over HTTP: the transfer was first, or it moves nothing', async () => {
  for (let round = 0; round < 4; round += 1) {
    const { token, customer } = await withToken()
    const { thief, review } = await atReview(banking[round % 2], customer)
    const path = `/1184/customers/${customer.contractId}/loss`
    const loss = await clerk.open(path)
    const otp = freshCode(token)
    const [sent, done] = await Promise.all([
      thief.submit(review, { otp }),
      clerk.post(path, filled(loss, 'both')),
    ])
    expect(done.status).toBe(303)
    const moved = 1_000_000 - (await balanceOf(bank, customer))
    expect(moved).toBe(sent.path.includes('/transfer/done') ? 1000 : 0)
    for (const site of api) {
      expect(await verified(site, customer, freshCode(token))).toBe('frozen')
    }
  }
})
