/** 利用登録, 設定 and 取引中止 as pages: without script, over real HTTP. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DEMO_UNENROLLED } from '../../../src/store/demo/demo-bank.ts'
import { seedDemoEnrolment } from '../../../src/store/demo/seed-demo-enrolment.ts'
import { codeAt } from '../../bank/held-token.ts'
import {
  type Customer,
  contractOf,
  DAY_MS,
  MORNING_MS,
  openTestBank,
  type TestBank,
} from '../../bank/test-bank.ts'
import { type Site, serveBanking } from '../http.ts'
import { type Page, type Visitor, visitor } from '../visitor.ts'

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

const seed = () =>
  seedDemoEnrolment({
    pool: bank.pool,
    vault: bank.ports.vault,
    passwords: bank.ports.passwords,
    nowMs: bank.clock.now(),
  })

async function signedIn({ contractId, loginPassword }: Customer): Promise<Visitor> {
  const guest = visitor(site.origin)
  const home = await guest.submit(await guest.open('/1184/login'), { contractId, loginPassword })
  expect(home.path).toBe('/1184/home')
  return guest
}

const shownIn = ({ html }: Page, field: string) =>
  new RegExp(`data-field="${field}"[^>]*>([^<]*)`).exec(html)?.[1]

/** The right answers to the positions that the page asks. */
const answersTo = ({ positions }: Page, customer: Customer) =>
  Object.fromEntries(
    Object.entries(positions).map(([name, at]) => [name, customer.cells[at - 1] ?? '']),
  )

describe('利用登録', () => {
  test('the contract of the demonstration enrols, once, and logs in', async () => {
    await seed()
    await seed()
    const { contractId, enrolmentPassword } = DEMO_UNENROLLED
    const guest = visitor(site.origin)
    const login = await guest.open('/1184/login')
    expect(login.html).toContain('href="/1184/enrol"')
    const begin = await guest.open('/1184/enrol')
    const wrong = await guest.submit(begin, { contractId, enrolmentPassword: 'Chigau08' })
    expect([wrong.status, wrong.refusal]).toEqual([422, 'wrong-credentials'])
    const password = await guest.submit(wrong, { contractId, enrolmentPassword })
    expect(password.path).toMatch(/^\/1184\/enrol\/password\?draft=/)
    const loginPassword = 'Atarashii1'
    const fields = { loginPassword, loginPasswordAgain: loginPassword, mail: 'yayoi@example.jp' }
    const bad = await guest.submit(password, { ...fields, loginPassword: 'short' })
    expect([bad.status, bad.refusal]).toEqual([422, 'invalid-input'])
    expect(bad.html).toMatch(/id="field-loginPassword-error"/)
    expect(bad.html).toContain('value="yayoi@example.jp"')
    expect(bad.html).not.toContain('value="short"')
    const done = await guest.submit(bad, fields)
    expect([done.status, shownIn(done, 'mail')]).toEqual([200, 'yayoi@example.jp'])
    expect(shownIn(done, 'receiptNo')).toMatch(/^\d{7}$/)
    const again = await guest.submit(bad, fields)
    expect(shownIn(again, 'receiptNo')).toBe(shownIn(done, 'receiptNo'))
    const home = await guest.submit(await guest.open('/1184/login'), { contractId, loginPassword })
    expect(shownIn(home, 'accountNumber')).toBe('0000081')
    await seed()
    const used = await guest.submit(await guest.open('/1184/enrol'), {
      contractId,
      enrolmentPassword,
    })
    expect(used.refusal).toBe('wrong-credentials')
  })
})

describe('設定', () => {
  test('the mail address, by the confirmation method', async () => {
    const customer = await bank.open()
    const guest = await signedIn(customer)
    const hub = await guest.open('/1184/settings')
    for (const path of ['password', 'mail', 'limit']) {
      expect(hub.html).toContain(`href="/1184/settings/${path}"`)
    }
    const form = await guest.open('/1184/settings/mail')
    const bad = await guest.submit(form, { mail: 'nobody' })
    expect([bad.status, bad.refusal]).toEqual([422, 'invalid-input'])
    const confirm = await guest.submit(bad, { mail: 'new@example.jp' })
    expect(confirm.html).toContain('new@example.jp')
    const done = await guest.submit(confirm, answersTo(confirm, customer))
    expect(shownIn(done, 'mail')).toBe('new@example.jp')
    expect((await contractOf(bank, customer)).mail).toBe('new@example.jp')
  })

  test('the login password ends the session elsewhere', async () => {
    const customer = await bank.open()
    const guest = await signedIn(customer)
    const fields = { newPassword: 'Atarashii1', newPasswordAgain: 'Atarashii1' }
    const form = await guest.open('/1184/settings/password')
    const wrong = await guest.submit(form, { ...fields, currentPassword: 'Chigau08' })
    expect([wrong.status, wrong.refusal]).toEqual([422, 'wrong-credentials'])
    const currentPassword = customer.loginPassword
    const confirm = await guest.submit(wrong, { ...fields, currentPassword })
    const done = await guest.submit(confirm, answersTo(confirm, customer))
    expect(shownIn(done, 'receiptNo')).toMatch(/^\d{7}$/)
    for (const text of guest.seen) expect(text).not.toContain('Atarashii1')
  })

  test('the code at login, by a code', async () => {
    const token = await bank.makeToken()
    const customer = await bank.open({ token })
    const guest = await signedIn(customer)
    const form = await guest.open('/1184/settings/otp-at-login')
    expect(form.html).toMatch(/data-field="otpAtLogin" data-value="not-required"/)
    const confirm = await guest.submit(form, { otpAtLogin: 'required' })
    expect(confirm.html).toContain('「認証する」に変更')
    const wrong = await guest.submit(confirm, { otp: '12345' })
    expect(wrong.refusal).toBe('invalid-input')
    const done = await guest.submit(wrong, { otp: codeAt(token, bank.clock.now()) })
    expect(done.html).toMatch(/data-field="otpAtLogin" data-value="required"/)
  })

  test('for a day after a start the pages say from when', async () => {
    const customer = await bank.open({ token: await bank.makeToken() })
    await bank.pool.query('update contract set token_changed_at = $2 where contract_id = $1', [
      customer.contractId,
      new Date(MORNING_MS - DAY_MS + 60_000),
    ])
    const guest = await signedIn(customer)
    for (const path of ['password', 'mail']) {
      const page = await guest.open(`/1184/settings/${path}`)
      expect([page.status, page.refusal]).toEqual([429, 'too-many-requests'])
      expect(page.html).toContain('2026年11月24日 10:01')
    }
    expect((await guest.open('/1184/settings/otp-at-login')).status).toBe(200)
  })
})

describe('取引中止', () => {
  test('from every signed-in page, one page and one button', async () => {
    const customer = await bank.open()
    const guest = await signedIn(customer)
    for (const path of ['home', 'transfer', 'transfers', 'settings', 'settings/mail']) {
      expect((await guest.open(`/1184/${path}`)).html).toContain('href="/1184/freeze"')
    }
    const page = await guest.open('/1184/freeze')
    const done = await guest.submit(page, {})
    expect(shownIn(done, 'receiptNo')).toMatch(/^\d{7}$/)
    const again = await guest.submit(page, {})
    expect(shownIn(again, 'receiptNo')).toBe(shownIn(done, 'receiptNo'))
    expect((await guest.open('/1184/home')).html).toContain('お取引を中止しています')
    expect((await guest.open('/1184/freeze')).refusal).toBe('frozen')
    expect((await guest.open('/1184/settings/mail')).refusal).toBe('frozen')
  })

  test('from the foot of the login page', async () => {
    const customer = await bank.open({ token: await bank.makeToken(), otpAtLogin: true })
    const guest = visitor(site.origin)
    expect((await guest.open('/1184/login')).html).toContain('href="/1184/freeze"')
    const { contractId, loginPassword } = customer
    const page = await guest.submit(await guest.open('/1184/freeze'), {
      contractId,
      loginPassword,
    })
    const done = await guest.submit(page, {})
    expect(shownIn(done, 'receiptNo')).toMatch(/^\d{7}$/)
    expect((await contractOf(bank, customer)).frozen).toBe(true)
  })
})

test('where a token shows its serial: a picture with its alternative, fetched when wanted', async () => {
  const customer = await bank.open()
  const guest = visitor(site.origin)
  const { contractId, loginPassword } = customer
  const begin = await guest.open('/1184/otp/start')
  const page = await guest.submit(begin, { contractId, loginPassword })
  expect(page.html).toContain('シリアル番号の場所')
  const [, path = ''] = /<img src="([^"]+)" alt="[^"]+"[^>]* loading="lazy"/.exec(page.html) ?? []
  expect((await guest.open(path)).html).toMatch(/^<svg /)
})
