/** How long a session lasts: told on the page, extended on request, never beyond its hour. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Customer, MORNING_MS, openTestBank, type TestBank } from '../../bank/test-bank.ts'
import { type Site, serveBanking } from '../http.ts'
import { type Visitor, visitor } from '../visitor.ts'

const MINUTE_MS = 60_000

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
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})

async function signedIn(): Promise<{ browser: Visitor; csrf: string; html: string }> {
  const { contractId, loginPassword }: Customer = await bank.open()
  const browser = visitor(site.origin)
  const login = await browser.open('/1184/login')
  const home = await browser.submit(login, { contractId, loginPassword })
  const csrf = /data-csrf="([^"]+)"/.exec(home.html)?.[1] ?? ''
  return { browser, csrf, html: home.html }
}

async function extend(browser: Visitor, csrf: string) {
  const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ')
  return fetch(`${site.origin}/1184/session/extend`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, origin: site.origin },
    body: new URLSearchParams({ csrf }),
  })
}

test('a page tells without script until when it is valid', async () => {
  const { html } = await signedIn()
  expect(html).toContain('data-field="validUntil" data-value="2026-11-24T01:10:00.000Z"')
  expect(html).toContain('10:10')
  expect(html).toMatch(/<dialog class="timeout" role="alertdialog"[^>]*data-left-seconds="600"/)
})

test('the session is extended by ten minutes from the request', async () => {
  const { browser, csrf } = await signedIn()
  bank.clock.nowMs += 9 * MINUTE_MS
  const answer = await extend(browser, csrf)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({ leftSeconds: 600, isLast: false })
  bank.clock.nowMs += 9 * MINUTE_MS
  expect((await browser.open('/1184/home')).path).toBe('/1184/home')
})

test('never beyond an hour after the login', async () => {
  const { browser, csrf } = await signedIn()
  for (let minutes = 9; minutes < 54; minutes += 9) {
    bank.clock.nowMs = MORNING_MS + minutes * MINUTE_MS
    expect(await (await extend(browser, csrf)).json()).toMatchObject({ isLast: false })
  }
  bank.clock.nowMs = MORNING_MS + 54 * MINUTE_MS
  const last = await extend(browser, csrf)
  expect(await last.json()).toMatchObject({ leftSeconds: 360, isLast: true })
  bank.clock.nowMs = MORNING_MS + 60 * MINUTE_MS
  expect((await extend(browser, csrf)).status).toBe(303)
})

test('nobody extends it without the token of the form, nor after its end', async () => {
  const { browser, csrf } = await signedIn()
  expect((await extend(browser, 'wrong')).status).toBe(422)
  bank.clock.nowMs += 10 * MINUTE_MS
  const answer = await extend(browser, csrf)
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe('/1184/login?notice=ended')
})
