/** The sessions of staff: bound and short, in time and in place. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { STAFF_ABSOLUTE_MS, STAFF_IDLE_MS } from '../../../src/web/office/visit.tsx'
import { codeAt } from '../../bank/held-token.ts'
import { appoint, type TestStaff } from '../../bank/office/test-staff.ts'
import { OTHER_BANK, openOtherBank } from '../../bank/other-bank.ts'
import { MORNING_MS, openTestBank, type TestBank } from '../../bank/test-bank.ts'
import { type Site, serveOffice } from '../http.ts'
import { visitor } from '../visitor.ts'
import { signIn } from './office-visitor.ts'

const MINUTE_MS = 60_000

let bank: TestBank
let site: Site
let clerk: TestStaff
beforeAll(async () => {
  bank = await openTestBank()
  await openOtherBank(bank)
  site = await serveOffice(bank.ports)
})
afterAll(async () => {
  await site.close()
  await bank.close()
})
beforeEach(async () => {
  bank.clock.nowMs = MORNING_MS
  clerk = await appoint(bank, 'clerk')
})

const ENDED = '/1184/login?notice=ended'
const pathOf = async (browser: { open(path: string): Promise<{ path: string }> }) =>
  (await browser.open('/1184/inbox')).path

test('ten minutes without a request, no more', async () => {
  expect([STAFF_IDLE_MS, STAFF_ABSOLUTE_MS]).toEqual([10 * MINUTE_MS, 240 * MINUTE_MS])
  const browser = await signIn(bank, site, clerk)
  bank.clock.nowMs += STAFF_IDLE_MS - 1
  expect(await pathOf(browser)).toBe('/1184/inbox')
  bank.clock.nowMs += STAFF_IDLE_MS - 1
  expect(await pathOf(browser)).toBe('/1184/inbox')
  bank.clock.nowMs += STAFF_IDLE_MS
  expect(await pathOf(browser)).toBe(ENDED)
  // It does not come back by being asked again.
  expect(await pathOf(browser)).toBe(ENDED)
})

test('four hours in all, however busy', async () => {
  const browser = await signIn(bank, site, clerk)
  const stepMs = STAFF_IDLE_MS - MINUTE_MS
  const endsMs = MORNING_MS + STAFF_ABSOLUTE_MS
  for (; bank.clock.nowMs + stepMs < endsMs; bank.clock.nowMs += stepMs) {
    expect(await pathOf(browser)).toBe('/1184/inbox')
  }
  expect(await pathOf(browser)).toBe('/1184/inbox')
  bank.clock.nowMs = endsMs - 1
  expect(await pathOf(browser)).toBe('/1184/inbox')
  bank.clock.nowMs = endsMs
  expect(await pathOf(browser)).toBe(ENDED)
})

test('a second login ends the first, at its code and not at its password', async () => {
  const first = await signIn(bank, site, clerk)
  bank.clock.nowMs += 30_000
  const second = visitor(site.origin)
  const { staffId, password } = clerk
  const code = await second.submit(await second.open('/1184/login'), { staffId, password })
  expect(await pathOf(first)).toBe('/1184/inbox')
  await second.submit(code, { otp: codeAt(clerk.token, bank.clock.now()) })
  expect(await pathOf(second)).toBe('/1184/inbox')
  expect(await pathOf(first)).toBe(ENDED)
})

test('the password alone opens nothing, and the identifier changes with the code', async () => {
  const browser = visitor(site.origin)
  const { staffId, password } = clerk
  const code = await browser.submit(await browser.open('/1184/login'), { staffId, password })
  const before = new Map(browser.cookies)
  expect(await pathOf(browser)).toBe(ENDED)
  await browser.submit(code, { otp: codeAt(clerk.token, bank.clock.now()) })
  expect(await pathOf(browser)).toBe('/1184/inbox')
  expect([...browser.cookies]).not.toEqual([...before])
  const stale = { headers: { cookie: [...before].map((pair) => pair.join('=')).join('; ') } }
  const answer = await fetch(new URL('/1184/inbox', site.origin), { redirect: 'manual', ...stale })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, ENDED])
})

test('a cookie of one bank opens nothing at another', async () => {
  const browser = await signIn(bank, site, clerk)
  const there = `/${OTHER_BANK.bankCode}`
  const answer = await browser.open(`${there}/inbox`)
  expect(answer.path).toBe(`${there}/login?notice=ended`)
  const posted = await browser.post(`${there}/customers`, { q: '1' })
  expect(posted.headers.get('location') ?? '').not.toBe(`${there}/customers`)
  expect(await pathOf(browser)).toBe('/1184/inbox')
})

test('logged out: the browser has nothing left', async () => {
  const browser = await signIn(bank, site, clerk)
  expect((await browser.post('/1184/logout')).status).toBe(303)
  expect(await pathOf(browser)).toBe(ENDED)
})
