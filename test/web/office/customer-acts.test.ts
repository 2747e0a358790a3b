/** What two people do for a customer, over HTTP from the search to what the customer has of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { expireProposals, PROPOSAL_LIFE_MS } from '../../../src/bank/office/four-eyes.ts'
import { codeAt } from '../../bank/held-token.ts'
import { appoint, type TestStaff } from '../../bank/office/test-staff.ts'
import { recordOf, reserved, TOMORROW } from '../../bank/procedures/reservation-steps.ts'
import {
  contractOf,
  MORNING_MS,
  openTestBank,
  type TestBank,
  tokenOf,
} from '../../bank/test-bank.ts'
import { type Site, serveBanking, serveOffice } from '../http.ts'
import { type Page, visitor } from '../visitor.ts'
import { type OfficeVisitor, signIn } from './office-visitor.ts'

let bank: TestBank
let site: Site
let banking: Site
let clerk: OfficeVisitor
let supervisor: OfficeVisitor
let deputy: TestStaff
beforeAll(async () => {
  bank = await openTestBank()
  site = await serveOffice(bank.ports)
  banking = await serveBanking(bank.ports)
  clerk = await signIn(bank, site, await appoint(bank, 'clerk'))
  supervisor = await signIn(bank, site, await appoint(bank, 'supervisor'))
  deputy = await appoint(bank, 'supervisor')
})
afterAll(async () => {
  await Promise.all([site.close(), banking.close()])
  await bank.close()
})
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})

const locationOf = (answer: Response) => answer.headers.get('location') ?? ''
const refusalOf = async (answer: Response) =>
  /data-refusal="([\w-]+)"/.exec(await answer.text())?.[1]

async function withToken() {
  const token = await bank.makeToken()
  return { token, customer: await bank.open({ token }) }
}

interface Who {
  readonly contractId: string
}

/** Prepared by the clerk; the address of the proposal. */
async function prepared({ contractId }: Who, act: string, more: Record<string, string> = {}) {
  const at = `/1184/customers/${contractId}/prepare/${act}`
  const answer = await clerk.post(at, { reason: 'お電話で本人確認済み', ...more })
  expect([act, answer.status]).toEqual([act, 303])
  return locationOf(answer)
}

/** Prepared, and approved by the supervisor, with a receipt. */
async function decided(customer: Who, act: string, more: Record<string, string> = {}) {
  const proposal = await prepared(customer, act, more)
  const approved = await supervisor.post(`${proposal}/approve`)
  expect([act, approved.status]).toEqual([act, 200])
  expect(await approved.text()).toMatch(/data-field="receiptNo"[^>]*>\d{7}/)
}

async function logIn({ contractId }: Who, loginPassword: string) {
  const browser = visitor(banking.origin)
  const page = await browser.submit(await browser.open('/1184/login'), {
    contractId,
    loginPassword,
  })
  return { browser, page }
}

describe('検索', () => {
  test('each way leads to the customer: ID, name in any kana, telephone, serial, receipt number', async () => {
    const { token, customer } = await withToken()
    const { contractId } = customer
    await bank.pool.query(
      `update contract set name = 'ナナクサ　ミズホ', phone = '0248-99-1234' where contract_id = $1`,
      [contractId],
    )
    const receiptNo = await reserved(bank, customer, token)
    const page = `/1184/customers/${contractId}`
    for (const typed of [
      contractId,
      'ﾅﾅｸｻ ﾐｽﾞﾎ',
      'ななくさ',
      'ナナクサミ',
      '0248991234',
      '０２４８－９９－１２３４',
      token.serial,
      receiptNo,
    ]) {
      const found = await clerk.open(`/1184/customers?q=${encodeURIComponent(typed)}`)
      expect([typed, found.path]).toEqual([typed, page])
    }
    const nobody = await clerk.open('/1184/customers?q=%E3%82%80%E3%82%80%E3%82%80')
    expect([nobody.status, nobody.html.includes(page)]).toEqual([200, false])
  })
})

describe('起案の行方', () => {
  test('nobody approves or returns an own proposal, with whatever role', async () => {
    const { customer } = await withToken()
    const at = `/1184/customers/${customer.contractId}/prepare/reissue`
    const answer = await supervisor.post(at, { reason: 'x', cause: 'lost' })
    const proposal = locationOf(answer)
    expect((await supervisor.open(proposal)).html).not.toContain('/approve"')
    expect(await refusalOf(await supervisor.post(`${proposal}/approve`))).toBe('own-proposal')
    const returned = await supervisor.post(`${proposal}/return`, { note: 'x' })
    expect(await refusalOf(returned)).toBe('own-proposal')
    expect(await refusalOf(await clerk.post(`${proposal}/withdraw`))).toBe('not-permitted')
    const second = await signIn(bank, site, deputy)
    expect((await second.post(`${proposal}/approve`)).status).toBe(200)
  })

  test('the lists: what waits, oldest first; what was decided, with what became of it', async () => {
    const one = await prepared((await withToken()).customer, 'card-reissue')
    bank.clock.nowMs += 1_000
    const other = await prepared((await withToken()).customer, 'card-reissue')
    bank.clock.nowMs += 1_000
    const back = await prepared((await withToken()).customer, 'card-reissue')
    const waiting = (await clerk.open('/1184/inbox')).html
    const places = [one, other, back].map((proposal) => waiting.indexOf(proposal))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(Math.min(...places)).toBeGreaterThan(0)
    await supervisor.post(`${one}/approve`)
    await clerk.post(`${other}/withdraw`)
    await supervisor.post(`${back}/return`, { note: '書類が足りません' })
    const left = (await supervisor.open('/1184/inbox')).html
    for (const proposal of [one, other, back]) expect(left).not.toContain(proposal)
    const settled = (await clerk.open('/1184/inbox/settled')).html
    for (const proposal of [one, other, back]) expect(settled).toContain(proposal)
    for (const state of ['approved', 'withdrawn', 'returned']) {
      expect(settled).toContain(`data-value="${state}"`)
    }
  })

  test('left for three days it expires: no approval, and it can be prepared anew', async () => {
    const { customer } = await withToken()
    const proposal = await prepared(customer, 'card-reissue')
    bank.clock.nowMs += PROPOSAL_LIFE_MS
    const late = await signIn(bank, site, deputy)
    expect(await refusalOf(await late.post(`${proposal}/approve`))).toBe('proposal-expired')
    expect((await late.open('/1184/inbox')).html).not.toContain(proposal)
    expect(await expireProposals(bank.ports, 'a run')).toBeGreaterThan(0)
    const seen = await late.open(proposal)
    expect(seen.html).toContain('data-value="expired"')
    expect(seen.html).not.toContain('/approve"')
    const at = `/1184/customers/${customer.contractId}/prepare/card-reissue`
    expect((await late.post(at, { reason: '改めて' })).status).toBe(303)
    bank.clock.nowMs = MORNING_MS
    clerk = await signIn(bank, site, await appoint(bank, 'clerk'))
    supervisor = await signIn(bank, site, await appoint(bank, 'supervisor'))
  })
})

describe('お客さまのために', () => {
  test.each(['uninstalled', 'lost', 'broken', 'other'])(
    '再発行 (%s): the old codes are dead, and another token can be started',
    async (cause) => {
      const { token, customer } = await withToken()
      await decided(customer, 'reissue', { cause })
      expect((await tokenOf(bank, token)).state).toBe('reissued')
      expect((await contractOf(bank, customer)).token).toBeUndefined()
      const next = await bank.makeToken({ state: 'provisioned' })
      const { contractId, loginPassword } = customer
      const browser = visitor(banking.origin)
      const form = await browser.submit(await browser.open('/1184/otp/start'), {
        contractId,
        loginPassword,
      })
      const answers = Object.fromEntries(
        Object.entries(form.positions).map(([name, position]) => [
          name,
          customer.cells[position - 1] ?? '',
        ]),
      )
      const done = await browser.submit(form, {
        serial: next.serial,
        otp: codeAt(next, bank.clock.now()),
        otpAtLogin: 'not-required',
        ...answers,
      })
      expect([done.path.split('?')[0], done.refusal]).toEqual(['/1184/otp/start/done', undefined])
    },
  )

  test('再発行 without a cause is refused at the field', async () => {
    const { customer } = await withToken()
    const at = `/1184/customers/${customer.contractId}/prepare/reissue`
    const answer = await clerk.post(at, { reason: 'x' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('field-cause')
  })

  test('ロック解除 of the password: locked on the page of the bank, open again there', async () => {
    const { customer } = await withToken()
    for (let time = 0; time < 6; time += 1) await logIn(customer, 'wrong')
    const locked = await logIn(customer, customer.loginPassword)
    expect(locked.page.refusal).toBe('locked-password')
    await decided(customer, 'unlock-password')
    expect((await logIn(customer, customer.loginPassword)).page.path).toBe('/1184/home')
  })

  test('ロック解除 of the confirmation: its counter begins anew', async () => {
    const { customer } = await withToken()
    const lock = 'update contract set confirmation_failures = 6 where contract_id = $1'
    await bank.pool.query(lock, [customer.contractId])
    await decided(customer, 'unlock-confirmation')
    expect((await contractOf(bank, customer)).confirmationFailures).toBe(0)
  })

  test('解除 after the customer has stopped everything', async () => {
    const { customer } = await withToken()
    const { browser } = await logIn(customer, customer.loginPassword)
    await browser.submit(await browser.open('/1184/freeze'), {})
    expect(await contractOf(bank, customer)).toMatchObject({ frozen: true, frozenBy: 'customer' })
    const states = async () => (await clerk.open(`/1184/customers/${customer.contractId}`)).html
    expect(await states()).toContain('data-field="customerState" data-value="frozen"')
    await decided(customer, 'unfreeze')
    expect(await states()).not.toContain('data-value="frozen"')
    expect((await contractOf(bank, customer)).frozen).toBe(false)
  })
})

describe('紛失届', () => {
  const filled = (page: Page, scope: string) => ({
    formKey: /name="formKey" value="([^"]+)"/.exec(page.html)?.[1] ?? '',
    confirmed1: '氏名',
    confirmed2: '生年月日',
    confirmed3: 'お届けの住所',
    scope,
    memo: '',
  })

  test('the service alone: nobody comes in, the token is not suspended', async () => {
    const { token, customer } = await withToken()
    const loss = await clerk.open(`/1184/customers/${customer.contractId}/loss`)
    const done = await clerk.submit(loss, filled(loss, 'service'))
    expect(done.path).toMatch(/\/loss\/\d+$/)
    expect((await logIn(customer, customer.loginPassword)).page.refusal).toBe('frozen')
    expect((await tokenOf(bank, token)).state).toBe('active')
    expect(await contractOf(bank, customer)).toMatchObject({ frozen: true, frozenBy: 'bank' })
  })

  test('what was reserved is not sent, and the clerk reads how much that was', async () => {
    const { token, customer } = await withToken()
    const receiptNo = await reserved(bank, customer, token)
    const page = await clerk.open(`/1184/customers/${customer.contractId}`)
    expect(page.html).toContain(TOMORROW.replaceAll('-', '/'))
    const loss = await clerk.open(`/1184/customers/${customer.contractId}/loss`)
    const done = await clerk.submit(loss, filled(loss, 'token'))
    expect(done.html).toMatch(/data-field="cancelled"[^>]*>1件/)
    expect((await recordOf(bank, customer, receiptNo))?.status).toBe('cancelled')
  })
})
