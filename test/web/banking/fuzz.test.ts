/**
 * Whatever is typed or sent, every page and form answers soon with a status of the client's, tells
 * nothing internal, and changes nothing.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Customer, TestBank } from '../../bank/test-bank.ts'
import { openTestBank, tracesOf } from '../../bank/test-bank.ts'
import { within } from '../../processor-time.ts'
import { type Site, serveBanking } from '../http.ts'
import { type Page, type Visitor, visitor } from '../visitor.ts'
import { routesOf } from './routes.ts'

let bank: TestBank
let site: Site
beforeAll(async () => {
  bank = await openTestBank()
  site = await serveBanking(bank.ports)
})
afterAll(async () => {
  await site.close()
  await bank.close()
})

const MOST_MS = 1_000
const RUNS = 15

const CREDENTIALS = ['contractId', 'loginPassword']
const CONFIRMATION = ['otp', 'confirm1', 'confirm2', 'confirm3', 'card1', 'image1']
const TOKEN = ['serial', 'otp', 'otpAtLogin']
const PAYEE = ['payee', 'bankCode', 'branchCode', 'accountType', 'accountNumber', 'payeeName']
const BILL = ['billerNo', 'customerNo', 'confirmationNo', 'paymentCategory']

/** Every form of the site with its fields. */
const FORMS: Readonly<Record<string, readonly string[]>> = {
  '/login': CREDENTIALS,
  '/login/code': ['draft', 'otp'],
  '/logout': [],
  '/otp/start': CREDENTIALS,
  '/otp/start/token': ['draft', ...TOKEN, ...CONFIRMATION],
  '/otp/exchange': CREDENTIALS,
  '/otp/exchange/current': ['draft', 'otp'],
  '/otp/exchange/new': ['draft', ...TOKEN],
  '/otp/stop': CREDENTIALS,
  '/otp/stop/confirm': ['draft', ...CONFIRMATION],
  '/otp/resync': CREDENTIALS,
  '/otp/resync/codes': ['draft', 'otp', 'nextOtp'],
  '/enrol': ['contractId', 'enrolmentPassword'],
  '/enrol/password': ['draft', 'loginPassword', 'loginPasswordAgain', 'mail'],
  '/freeze': ['draft', ...CREDENTIALS],
  '/settings/otp-at-login': ['otpAtLogin'],
  '/settings/otp-at-login/confirm': ['draft', ...CONFIRMATION],
  '/settings/password': ['currentPassword', 'newPassword', 'newPasswordAgain'],
  '/settings/password/confirm': ['draft', ...CONFIRMATION],
  '/settings/mail': ['mail'],
  '/settings/mail/confirm': ['draft', ...CONFIRMATION],
  '/settings/limit': ['dailyLimit'],
  '/settings/limit/review': ['draft', ...CONFIRMATION],
  '/transfer': ['fromAccount', ...PAYEE, 'amount', 'date'],
  '/transfer/review': ['draft', ...CONFIRMATION],
  '/bill': BILL,
  '/bill/review': ['draft', 'fromAccount', ...CONFIRMATION],
  '/transfers/:receiptNo/cancel': CONFIRMATION,
  '/payees': ['receiptNo'],
  '/payees/:payee/remove': [],
  '/session/extend': [],
  '/draft/extend': ['draft'],
}

/** What the address of a page may carry after `?`. */
const QUERY = [
  ...['draft', 'notice', 'lang', 'size', 'theme', 'back', 'fromAccount', 'payee', 'amount'],
  ...['fromDay', 'toDay', 'searchedPayee', 'kind', 'status', 'leastYen', 'mostYen'],
  ...['olderThan', 'newerThan'],
]

/** What breaks programs, each sent in every field. */
const HOSTILE = [
  ...['', '\u0000', '\ud800', '\udfff\ud800', 'a\u0000b', '１２３４５６', '-1', '1e9', '٣٤٥٦٧٨'],
  ...["'; drop table token; --", '{{7*7}}', '<script>alert(1)</script>', '../../etc/passwd'],
  ...['9'.repeat(400), 'あ'.repeat(5_000), '2026-02-30', 'a@b.jp\r\nBcc: c@d.jp', '__proto__'],
]

/** Texts as keyboards, input methods, copies and attackers make them. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom('０', '1', ' ', '　', 'ー', '-', '９'), maxLength: 70 }),
  fc.integer().map(String),
  fc.constantFrom(...HOSTILE, 'required', 'new', '1184', '001', '0001', '東京', 'a@b.jp'),
)

type Sent = readonly (readonly [name: string, value: string])[]

/** Some of the fields, some twice, and some that no form has. */
const sentOf = (names: readonly string[]): fc.Arbitrary<Sent> =>
  fc.array(fc.tuple(fc.constantFrom(...names, '__proto__', 'toString', '\u0000', 'otp[]'), text), {
    maxLength: names.length + 3,
  })

/** In the address of a page and in the body of a form, lone surrogates as their three bytes. */
const encoded = (sent: Sent): string =>
  sent.map((pair) => pair.map((part) => percent(part)).join('=')).join('&')

const percent = (part: string): string =>
  encodeURIComponent(part.toWellFormed()).replaceAll('%EF%BF%BD', '%ED%A0%80')

/** A customer's browser: with cookies, form token and the drafts of whatever was begun. */
interface Begun {
  readonly customer: Customer
  readonly browser: Visitor
  readonly csrf: string
  readonly drafts: Readonly<Record<string, string>>
}

const draftOf = (page: Page): string => /draft=([\w-]+)/.exec(page.path)?.[1] ?? ''

/** Signed in and in the middle of everything at once. */
async function begin(): Promise<Begun> {
  const customer = await bank.open()
  const { contractId, loginPassword, accountNumber } = customer
  const browser = visitor(site.origin)
  const open = (path: string) => browser.open(`/1184${path}`)
  const send = async (path: string, fields: Record<string, string>) =>
    draftOf(await browser.submit(await open(path), fields))
  await browser.submit(await open('/login'), { contractId, loginPassword })
  const payee = {
    bankCode: '1184',
    branchCode: '001',
    accountType: 'ordinary',
    accountNumber: '0000021',
  }
  const drafts = {
    '/otp/start/token': await send('/otp/start', { contractId, loginPassword }),
    '/transfer/review': await send('/transfer', {
      ...payee,
      fromAccount: accountNumber,
      amount: '1',
    }),
    '/bill/review': await send('/bill', {
      billerNo: '58191',
      customerNo: '20261122',
      confirmationNo: '4711',
    }),
    '/settings/mail/confirm': await send('/settings/mail', { mail: 'another@example.jp' }),
    '/settings/limit/review': await send('/settings/limit', { dailyLimit: '1' }),
  }
  expect(Object.values(drafts)).not.toContain('')
  const { html } = await open('/settings/limit')
  return { customer, browser, csrf: /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '', drafts }
}

const headersOf = ({ browser }: Begun) => ({
  cookie: [...browser.cookies].map((pair) => pair.join('=')).join('; '),
  origin: site.origin,
  'content-type': 'application/x-www-form-urlencoded',
})

async function expectCalm(path: string, init: RequestInit): Promise<void> {
  const asked = async () => {
    const answer = await fetch(site.origin + path, { redirect: 'manual', ...init })
    return { answer, html: await answer.text() }
  }
  const { answer, html } = await within(MOST_MS, asked, path)
  expect(answer.status, `${path} ${init.body}`).toBeLessThan(500)
  expect(html).not.toMatch(/\bat \S+:\d+:\d+|node_modules|SELECT|insert into/)
  const location = answer.headers.get('location')
  if (location !== null) expect(location).toMatch(/^\/1184\//)
}

/** What a contract has, but for the count of wrong answers and the challenge that waits. */
async function withoutCounts(customer: Customer) {
  const { contract, ...others } = await tracesOf(bank, customer)
  const kept = contract.map((row) => ({ ...row, confirmation_failures: 0, challenge: null }))
  return { contract: kept, ...others }
}

test('every form of the site is in the table', () => {
  expect(routesOf(bank.ports, 'POST').sort()).toEqual(Object.keys(FORMS).sort())
})

test.each(Object.entries(FORMS))('POST %s', async (path, names) => {
  const begun = await begin()
  const draft = begun.drafts[path]
  const before = await withoutCounts(begun.customer)
  for (const hostile of HOSTILE) {
    const body = encoded([['csrf', begun.csrf], ...names.map((name) => [name, hostile] as const)])
    const at = path.replace(/:\w+/, percent(hostile) || '0')
    await expectCalm(`/1184${at}`, { method: 'POST', headers: headersOf(begun), body })
  }
  await fc.assert(
    fc.asyncProperty(sentOf(names), text, fc.boolean(), async (sent, inPath, ownDraft) => {
      const own: Sent = draft !== undefined && ownDraft ? [['draft', draft]] : []
      const at = path.replace(/:\w+/, percent(inPath) || '0')
      const body = encoded([['csrf', begun.csrf], ...own, ...sent])
      await expectCalm(`/1184${at}`, { method: 'POST', headers: headersOf(begun), body })
    }),
    { numRuns: RUNS },
  )
  expect(await withoutCounts(begun.customer)).toEqual(before)
})

test('GET of every page, whatever its address carries', async () => {
  const begun = await begin()
  const before = await withoutCounts(begun.customer)
  const paths = routesOf(bank.ports, 'GET')
  expect(paths.length).toBeGreaterThan(40)
  for (const path of paths) {
    for (const hostile of HOSTILE) {
      const query = encoded(QUERY.map((name) => [name, hostile.slice(0, 500)]))
      const at = path.replace(/:\w+/g, percent(hostile.slice(0, 500)) || '0')
      await expectCalm(`/1184${at}?${query}`, { headers: headersOf(begun) })
    }
  }
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...paths),
      sentOf(QUERY),
      text,
      fc.boolean(),
      async (path, sent, inPath, isSignedIn) => {
        const at = path.replace(/:\w+/g, percent(inPath) || '0')
        const headers = isSignedIn ? headersOf(begun) : {}
        await expectCalm(`/1184${at}?${encoded(sent)}`, { headers })
      },
    ),
    { numRuns: 400 },
  )
  expect(await withoutCounts(begun.customer)).toEqual(before)
})

/** The code of what was refused, on the alert that tells it. */
const alertIn = (html: string) => /role="alert" data-refusal="([\w-]+)"/.exec(html)?.[1]

test.each(['/%00/login', '/%FF/login', '/%/login', '/9999/login', '/1184x/login', '/nowhere'])(
  '%s is not found',
  async (path) => expect((await fetch(site.origin + path)).status).toBe(404),
)

test('a page that a bank does not have is told as a refusal', async () => {
  const answer = await fetch(`${site.origin}/1184/nowhere`)
  expect([answer.status, alertIn(await answer.text())]).toEqual([404, 'invalid-input'])
})

test('a mistake of ours is told as a refusal, with the ID of the request and no more', async () => {
  const { store } = bank.ports
  const touch = () => Promise.reject(new Error('a secret of the program'))
  const tables = { ...store.tables, sessions: { ...store.tables.sessions, touch } }
  const broken = await serveBanking({ ...bank.ports, store: { ...store, tables } })
  const answer = await fetch(`${broken.origin}/1184/home`)
  const html = await answer.text()
  await broken.close()
  expect([answer.status, alertIn(html)]).toEqual([500, 'unavailable'])
  expect(html).toContain(answer.headers.get('x-request-id'))
  expect(html).not.toContain('a secret of the program')
})

test('other bodies than forms, and bodies that are far too large, are turned away', async () => {
  const begun = await begin()
  const post = async (body: string, type: string) => {
    const answer = await fetch(`${site.origin}/1184/login`, {
      method: 'POST',
      headers: { ...headersOf(begun), 'content-type': type },
      body,
    })
    const html = await answer.text()
    expect(html).toContain('はじめからやり直す')
    return [answer.status, alertIn(html)]
  }
  const form = 'application/x-www-form-urlencoded'
  expect(await post('{"contractId":"1"}', 'application/json')).toEqual([415, 'invalid-input'])
  const parts = 'multipart/form-data; boundary=x'
  expect(await post('a', parts)).toEqual([415, 'invalid-input'])
  expect(await post(`csrf=${'x'.repeat(70_000)}`, form)).toEqual([413, 'invalid-input'])
  expect(await post(`csrf=${'x'.repeat(60_000)}`, form)).toEqual([422, 'out-of-order'])
})
