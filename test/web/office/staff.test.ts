/** 職員 over HTTP: appointed by two, enrolled by QR, the own password first; disabled, reset, renewed. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { parseOtpauthUri } from '../../../src/oath/otpauth-uri.ts'
import { codeAt } from '../../bank/held-token.ts'
import { appoint } from '../../bank/office/test-staff.ts'
import { MORNING_MS, openTestBank, type TestBank } from '../../bank/test-bank.ts'
import { type Site, serveOffice } from '../http.ts'
import { visitor } from '../visitor.ts'
import { type OfficeVisitor, signIn } from './office-visitor.ts'

let bank: TestBank
let site: Site
let administrator: OfficeVisitor
let supervisor: OfficeVisitor
beforeAll(async () => {
  bank = await openTestBank()
  site = await serveOffice(bank.ports)
})
afterAll(async () => {
  await site.close()
  await bank.close()
})
beforeEach(async () => {
  bank.clock.nowMs = MORNING_MS
  administrator = await signIn(bank, site, await appoint(bank, 'administrator'))
  supervisor = await signIn(bank, site, await appoint(bank, 'supervisor'))
})

const locationOf = (answer: Response) => answer.headers.get('location') ?? ''
const refusalOf = async (answer: Response) =>
  /data-refusal="([\w-]+)"/.exec(await answer.text())?.[1]
const field = (html: string, name: string) =>
  new RegExp(`data-field="${name}"[^>]*>\\s*([^<]+?)\\s*<`).exec(html)?.[1] ?? ''

/** Approved by the supervisor; the administrator then issues the first password. */
async function firstPassword(staffId: string, proposal: string): Promise<string> {
  expect((await supervisor.open('/1184/inbox')).html).toContain(proposal)
  expect((await supervisor.post(`${proposal}/approve`)).status).toBe(200)
  const issued = await administrator.post(`/1184/staff/${staffId}/first-password`)
  expect(issued.status).toBe(200)
  return field(await issued.text(), 'password')
}

let newcomers = 0
async function appointed() {
  newcomers += 1
  const staffId = `newcomer-${newcomers}`
  const form = { staffId, name: '白河　三郎', role: 'clerk', reason: '四月の異動' }
  const prepared = await administrator.post('/1184/staff/appoint', form)
  expect(prepared.status).toBe(303)
  return { staffId, password: await firstPassword(staffId, locationOf(prepared)) }
}

/** Logs in with a first password; the authenticator takes the key that the page shows. */
async function enrol(staffId: string, password: string) {
  const browser = visitor(site.origin)
  const code = await browser.submit(await browser.open('/1184/login'), { staffId, password })
  const link = /otpauth:\/\/totp\/[^"]+/.exec(code.html)?.[0].replaceAll('&amp;', '&') ?? ''
  const uri = parseOtpauthUri(link)
  if (!uri.ok) throw new Error(`the page shows no key (${code.refusal})`)
  const seed = uri.key.secret
  const first = await browser.submit(code, { otp: codeAt({ seed }, bank.clock.now()) })
  return { browser, code, seed, first }
}

/** A later code of the own authenticator, since one is good once. */
async function signInAgain(staffId: string, password: string, seed: Uint8Array) {
  bank.clock.nowMs += 30_000
  const browser = visitor(site.origin)
  const code = await browser.submit(await browser.open('/1184/login'), { staffId, password })
  return browser.submit(code, { otp: codeAt({ seed }, bank.clock.now()) })
}

const OWN = 'my own password'

describe('登録', () => {
  test('prepared, approved, handed out, enrolled by QR, and the own password before all else', async () => {
    const { staffId, password } = await appointed()
    const { browser, code, seed, first } = await enrol(staffId, password)
    expect(code.html).toContain('class="qr__code"')
    expect(first.path).toBe('/1184/password')
    // Until then no other room opens, for reading or for writing.
    expect((await browser.open('/1184/customers')).path).toBe('/1184/password')
    const csrf = /name="csrf" value="([^"]+)"/.exec(first.html)?.[1] ?? ''
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ')
    const pushed = await fetch(new URL('/1184/inbox', site.origin), {
      redirect: 'manual',
      headers: { cookie },
    })
    expect([pushed.status, csrf.length > 0]).toEqual([303, true])
    const short = await browser.submit(first, { currentPassword: password, newPassword: 'short' })
    expect([short.status, short.refusal]).toEqual([422, 'invalid-input'])
    const wrong = await browser.submit(first, { currentPassword: 'no', newPassword: OWN })
    expect(wrong.refusal).toBe('wrong-credentials')
    const done = await browser.submit(first, { currentPassword: password, newPassword: OWN })
    expect([done.status, done.refusal]).toEqual([200, undefined])
    expect((await browser.open('/1184/customers')).path).toBe('/1184/customers')
    // The key is never shown again, and the first password is dead.
    const again = await signInAgain(staffId, OWN, seed)
    expect(again.path).toBe('/1184/customers')
    const stale = visitor(site.origin)
    const login = await stale.open('/1184/login')
    expect((await stale.submit(login, { staffId, password })).refusal).toBe('wrong-credentials')
    const next = await stale.submit(login, { staffId, password: OWN })
    expect([next.path, next.html.includes('otpauth:')]).toEqual(['/1184/login/code', false])
  })

  test('refused at the field: an ID that is taken, no reason; and the form keeps what was typed', async () => {
    const form = { staffId: 'Has Space', name: '白河', role: 'clerk', reason: 'x' }
    const wrong = await administrator.post('/1184/staff/appoint', form)
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain('id="field-staffId-error"')
    const taken = await administrator.post('/1184/staff/appoint', { ...form, staffId: 'clerk' })
    const html = await taken.text()
    expect(html).toContain('data-refusal="already-exists"')
    expect(html).toContain('value="白河"')
    const silent = { ...form, staffId: 'silent-one', reason: '' }
    const without = await administrator.post('/1184/staff/appoint', silent)
    expect(await without.text()).toContain('id="field-reason-error"')
  })

  test('an administrator alone appoints nobody: neither approves nor gets a password', async () => {
    const form = { staffId: 'phantom', name: '影', role: 'supervisor', reason: 'x' }
    const proposal = locationOf(await administrator.post('/1184/staff/appoint', form))
    const own = await administrator.open(proposal)
    expect([own.status, own.html.includes('/approve"')]).toEqual([200, false])
    const tried = await administrator.post(`${proposal}/approve`)
    expect([tried.status, await refusalOf(tried)]).toEqual([403, 'not-permitted'])
    const early = await administrator.post('/1184/staff/phantom/first-password')
    expect(early.status).toBe(404)
    expect((await administrator.post(`${proposal}/withdraw`)).status).toBe(303)
    expect(await refusalOf(await supervisor.post(`${proposal}/approve`))).toBe('already-decided')
  })

  test('what is about a customer is not shown to an administrator', async () => {
    const clerk = await signIn(bank, site, await appoint(bank, 'clerk'))
    const { contractId } = await bank.open({ method: 'customer-card' })
    const at = `/1184/customers/${contractId}/prepare/card-reissue`
    const proposal = locationOf(await clerk.post(at, { reason: '窓口で確認' }))
    expect((await administrator.open('/1184/inbox')).html).not.toContain(proposal)
    expect((await administrator.open(proposal)).status).toBe(404)
    expect((await supervisor.open(proposal)).status).toBe(200)
  })
})

describe('停止, 再設定, 再登録', () => {
  test('disabled: out at once, and no way in; enabled again: the way in', async () => {
    const clerk = await appoint(bank, 'clerk')
    const browser = await signIn(bank, site, clerk)
    expect((await browser.open('/1184/inbox')).status).toBe(200)
    expect((await administrator.post(`/1184/staff/${clerk.staffId}/disable`)).status).toBe(303)
    expect((await browser.open('/1184/inbox')).path).toBe('/1184/login?notice=ended')
    const stranger = visitor(site.origin)
    const login = await stranger.open('/1184/login')
    const { staffId, password } = clerk
    expect((await stranger.submit(login, { staffId, password })).refusal).toBe('wrong-credentials')
    expect((await administrator.post(`/1184/staff/${clerk.staffId}/enable`)).status).toBe(303)
    expect((await stranger.submit(login, { staffId, password })).path).toBe('/1184/login/code')
  })

  test('reset: a new first password, the authenticator stays, nobody else comes in by it', async () => {
    const clerk = await appoint(bank, 'clerk')
    const page = await administrator.open(`/1184/staff/${clerk.staffId}`)
    expect(page.html).toContain(`/1184/staff/${clerk.staffId}/reset"`)
    const reset = await administrator.post(`/1184/staff/${clerk.staffId}/reset`)
    const password = field(await reset.text(), 'password')
    expect(password).toMatch(/^[\w]{12}$/)
    const browser = visitor(site.origin)
    const login = await browser.open('/1184/login')
    const code = await browser.submit(login, { staffId: clerk.staffId, password })
    expect([code.path, code.html.includes('otpauth:')]).toEqual(['/1184/login/code', false])
    const again = await signInAgain(clerk.staffId, password, clerk.token.seed)
    expect(again.path).toBe('/1184/password')
  })

  test('renewed by two: the old authenticator is dead, and a new one is enrolled', async () => {
    const clerk = await appoint(bank, 'clerk')
    const at = `/1184/staff/${clerk.staffId}`
    const prepared = await administrator.post(`${at}/renewal`, { reason: 'スマートフォンの紛失' })
    expect(prepared.status).toBe(303)
    const password = await firstPassword(clerk.staffId, locationOf(prepared))
    const { seed, first } = await enrol(clerk.staffId, password)
    expect(first.path).toBe('/1184/password')
    expect(seed).not.toEqual(clerk.token.seed)
  })

  test('nobody changes the own standing', async () => {
    const own = await appoint(bank, 'administrator')
    const browser = await signIn(bank, site, own)
    const acts = ['disable', 'reset', 'renewal', 'first-password']
    const page = await browser.open(`/1184/staff/${own.staffId}`)
    for (const act of acts) {
      expect(page.html).not.toContain(`/${act}"`)
      const tried = await browser.post(`/1184/staff/${own.staffId}/${act}`, { reason: 'x' })
      expect([act, await refusalOf(tried)]).toEqual([act, 'not-permitted'])
    }
  })
})
