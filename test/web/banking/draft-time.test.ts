/** How long a draft lasts: told on each of its pages, put off on request, never beyond its hour. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { HeldToken } from '../../bank/held-token.ts'
import {
  type Customer,
  DAY_MS,
  MORNING_MS,
  openTestBank,
  type TestBank,
} from '../../bank/test-bank.ts'
import { type Site, serveBanking } from '../http.ts'
import type { Page, Visitor } from '../visitor.ts'
import { counterOf, credentialsOf, type Met, toReview } from './counter.ts'

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
const after = (minutes: number) => {
  bank.clock.nowMs = MORNING_MS + minutes * MINUTE_MS
}

interface Drafted extends Met {
  readonly customer: Customer
  readonly token: HeldToken
}

/** A customer with a token who has given the password at that page. */
async function begun(path: string, withToken = true): Promise<Drafted> {
  const counter = counterOf(bank, site)
  const token = await bank.makeToken()
  const at = await counter.someone({ ...(withToken && { token }), otpAtLogin: withToken })
  return { ...at, token, page: await at.send(path, credentialsOf(at.customer)) }
}

const otpOf = ({ token }: Drafted) => ({ otp: counterOf(bank, site).codeOf(token) })

/** The pages that end with a draft: how they are reached. */
const PAGES: Readonly<Record<string, () => Promise<Met>>> = {
  '/login/code': () => begun('/login'),
  '/otp/start/token': () => begun('/otp/start', false),
  '/otp/exchange/current': () => begun('/otp/exchange'),
  '/otp/exchange/new': async () => {
    const at = await begun('/otp/exchange')
    return { ...at, page: await at.browser.submit(at.page, otpOf(at)) }
  },
  '/otp/stop/confirm': () => begun('/otp/stop'),
  '/otp/resync/codes': () => begun('/otp/resync'),
  '/freeze': () => begun('/freeze'),
  '/enrol/password': async () => {
    const { customer, browser, open } = await counterOf(bank, site).someone()
    const { contractId, loginPassword } = customer
    await bank.pool.query(
      `update contract set enrolment_hash = login_password_hash, login_password_hash = null,
                           enrolment_expires_at = $2 where contract_id = $1`,
      [contractId, new Date(MORNING_MS + DAY_MS)],
    )
    const typed = { contractId, enrolmentPassword: loginPassword }
    return { browser, page: await browser.submit(await open('/enrol'), typed) }
  },
}

const UNTIL = /data-field="validUntil" data-value="([^"]+)"/
const untilOf = ({ html }: Page) => UNTIL.exec(html)?.[1]
const dataOf = ({ html }: Page, name: string) =>
  new RegExp(`<dialog[^>]* data-${name}="([^"]*)"`).exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''

async function putOff(browser: Visitor, page: Page, csrf = dataOf(page, 'csrf')) {
  const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ')
  return fetch(site.origin + dataOf(page, 'extend'), {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, origin: site.origin },
    body: new URLSearchParams({ csrf, draft: dataOf(page, 'draft') }),
  })
}

describe.each(Object.entries(PAGES))('%s', (path, reach) => {
  test('tells until when it is valid, and then that it has ended', async () => {
    const { browser, page } = await reach()
    expect(page.path).toContain(`/1184${path}?draft=`)
    expect(untilOf(page)).toBe('2026-11-24T01:30:00.000Z')
    expect(page.html).toContain('このお手続きは 10:30 まで有効です。')
    expect(dataOf(page, 'left-seconds')).toBe('1800')
    after(30)
    const ended = await browser.open(dataOf(page, 'ended'))
    expect([ended.refusal, untilOf(ended)]).toEqual(['draft-expired', undefined])
  })
})

test('put off on request by half an hour, and used then', async () => {
  const at = await begun('/login')
  after(29)
  const answer = await putOff(at.browser, at.page)
  expect(await answer.json()).toEqual({
    leftSeconds: 1800,
    isLast: false,
    told: 'このお手続きは 10:59 まで有効です。',
  })
  after(58)
  expect((await at.browser.submit(at.page, otpOf(at))).path).toBe('/1184/home')
})

test('never beyond an hour after it was opened', async () => {
  const { browser, page } = await begun('/otp/stop')
  after(20)
  await putOff(browser, page)
  after(49)
  const last = await putOff(browser, page)
  expect(await last.json()).toMatchObject({ leftSeconds: 660, isLast: true })
  after(60)
  expect((await browser.open(page.path)).refusal).toBe('draft-expired')
  expect((await putOff(browser, page)).status).toBe(422)
})

test('nobody else puts it off, nor a form that is not ours', async () => {
  const { browser, page } = await begun('/otp/resync')
  const other = await begun('/otp/resync')
  after(20)
  expect((await putOff(browser, page, 'wrong')).status).toBe(422)
  expect((await putOff(other.browser, page, dataOf(other.page, 'csrf'))).status).toBe(422)
  expect(untilOf(await browser.open(page.path))).toBe('2026-11-24T01:30:00.000Z')
})

test('of a signed-in customer it is put off with the session', async () => {
  const counter = counterOf(bank, site)
  const at = await counter.signedIn()
  const review = await toReview(at)
  for (const minutes of [9, 18, 27, 36]) {
    after(minutes)
    expect((await putOff(at.browser, review)).status).toBe(200)
  }
  const paid = await at.browser.submit(review, await counter.answersOf(at.customer))
  expect(paid.path).toContain('/1184/transfer/done')
})
