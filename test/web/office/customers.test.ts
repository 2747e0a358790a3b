/** お客さま: found, seen, and prepared for, each by who may. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { STAFF_ROLES, type StaffRole } from '../../../src/bank/office/staff.ts'
import { codeAt, wrongCode } from '../../bank/held-token.ts'
import { appoint } from '../../bank/office/test-staff.ts'
import { ask } from '../../bank/procedures/verification-steps.ts'
import { atOnce, MORNING_MS, openTestBank, type TestBank, tokenOf } from '../../bank/test-bank.ts'
import { type Site, serveOffice } from '../http.ts'
import type { Page } from '../visitor.ts'
import { type OfficeVisitor, signIn } from './office-visitor.ts'

let bank: TestBank
let site: Site
const browsers = new Map<StaffRole, OfficeVisitor>()
beforeAll(async () => {
  bank = await openTestBank()
  site = await serveOffice(bank.ports)
  for (const role of STAFF_ROLES) {
    browsers.set(role, await signIn(bank, site, await appoint(bank, role)))
  }
})
afterAll(async () => {
  await site.close()
  await bank.close()
})
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})
const as = (role: StaffRole): OfficeVisitor => {
  const browser = browsers.get(role)
  if (browser === undefined) throw new Error(`nobody is signed in as ${role}`)
  return browser
}
const customerPage = (contractId: string, role: StaffRole = 'clerk') =>
  as(role).open(`/1184/customers/${contractId}`)
const actsOf = ({ html }: Page) => [...html.matchAll(/data-act="([\w-]+)"/g)].map(([, act]) => act)
const statesOf = ({ html }: Page) =>
  [...html.matchAll(/data-field="customerState" data-value="([\w-]+)"/g)].map(([, state]) => state)

async function withToken() {
  const token = await bank.makeToken()
  return { token, customer: await bank.open({ token }) }
}

describe('search', () => {
  test.each([
    ['one who fits: the page at once', 'q=10000000007', '/1184/customers/10000000007'],
    ['for a loss: the report at once', 'q=10000000007&to=loss', '/1184/customers/10000000007/loss'],
    ['several: the list', 'q=%E3%81%A7%E3%82%82', '/1184/customers?q=%E3%81%A7%E3%82%82'],
  ])('%s', async (_, query, path) => {
    const page = await as('clerk').open(`/1184/customers?${query}`)
    expect([page.status, page.path]).toEqual([200, path])
  })

  test('an auditor who asks for the loss report gets the page', async () => {
    const page = await as('auditor').open('/1184/customers?q=10000000007&to=loss')
    expect(page.path).toBe('/1184/customers/10000000007')
  })

  test('nothing typed, nobody found, what no keyboard types', async () => {
    const empty = await as('clerk').open('/1184/customers?q=%20')
    expect([empty.status, empty.refusal]).toEqual([422, 'invalid-input'])
    for (const typed of ['99999999999', '%00%01', '%25', '%ED%A0%80', 'x'.repeat(5000)]) {
      const page = await as('clerk').open(`/1184/customers?q=${typed}`)
      expect([typed.slice(0, 9), page.status < 500]).toEqual([typed.slice(0, 9), true])
    }
  })
})

describe('who looked', () => {
  const HOUR_MS = 60 * 60 * 1000
  const viewings = async (contractId: string) =>
    (
      await bank.pool.query(
        `select actor_kind, outcome from event
          where kind = 'customer-view' and contract_id = $1 order by seq`,
        [contractId],
      )
    ).rows
  const WORDS = '職員によるお客さまの画面の照会'

  test('is recorded once an hour for each person, and shown to whoever may export events', async () => {
    const { contractId } = await bank.open()
    await atOnce(6, () => customerPage(contractId))
    expect(await viewings(contractId)).toEqual([{ actor_kind: 'staff', outcome: 'done' }])
    await as('clerk').open(`/1184/customers/${contractId}/loss`)
    expect(await viewings(contractId)).toHaveLength(1)
    const seen = await customerPage(contractId, 'auditor')
    expect(await viewings(contractId)).toHaveLength(2)
    expect(seen.html.split(WORDS)).toHaveLength(3)
    expect((await customerPage(contractId)).html).not.toContain(WORDS)
    expect((await customerPage(contractId, 'supervisor')).html).toContain(WORDS)
    expect(await viewings(contractId)).toHaveLength(3)
    const { rows } = await bank.pool.query(
      `update customer_viewing set noted_at = noted_at - $2 * interval '1 millisecond'
        where contract_id = $1 and staff_id like 'clerk-%'`,
      [contractId, HOUR_MS],
    )
    expect(rows).toEqual([])
    await customerPage(contractId)
    expect(await viewings(contractId)).toHaveLength(4)
  })

  test('of nobody nothing is recorded, nor of who may not look', async () => {
    expect((await customerPage('99999999999')).status).toBe(404)
    expect(await viewings('99999999999')).toEqual([])
    const { contractId } = await bank.open()
    expect((await customerPage(contractId, 'administrator')).status).toBe(403)
    expect(await viewings(contractId)).toEqual([])
  })

  test('is no business of a channel', async () => {
    const { contractId } = await bank.open()
    await customerPage(contractId)
    // Verified after the look, so once this can be read, the look could be, too.
    const another = await bank.open()
    await ask(bank, another, { otp: '000000', purpose: 'transfer' })
    const events = await vi.waitFor(async () => {
      const page = await bank.ports.store.events.after('1184', 0, 10_000)
      expect(page.events.map((event) => event.contractId)).toContain(another.contractId)
      return page.events
    }, 20_000)
    expect(events.filter(({ kind }) => kind === 'customer-view')).toEqual([])
  })
})

describe('the page', () => {
  test('says how things stand, and why codes were refused', async () => {
    const { token, customer } = await withToken()
    const otp = codeAt(token, MORNING_MS)
    await ask(bank, customer, { otp, purpose: 'transfer' })
    await ask(bank, customer, { otp })
    await ask(bank, customer, { otp: codeAt(token, MORNING_MS - 90_000) })
    await ask(bank, customer, { otp: wrongCode(token, MORNING_MS) })
    const { html } = await customerPage(customer.contractId)
    expect(html).toContain(token.serial)
    expect(html).toContain('data-field="count-code" data-value="2"')
    expect(html).toContain('2026/11/24 10:00:00　他のチャネル（振込）')
    const why = [...html.matchAll(/data-field="why">([^<]+)</g)].map(([, text]) => text)
    expect(why).toEqual([
      expect.stringContaining('どれとも一致しません'),
      expect.stringContaining('約90秒前の数字です'),
      '2026/11/24 10:00:00に「他のチャネル（振込）」で使われた数字です',
    ])
    // Beside it what the customer was told.
    expect(html).toContain('一度使った数字は二度と使えません。')
    expect(html).not.toContain(otp)
  })

  const SET = {
    frozen: `update contract set frozen = true, frozen_by = 'customer' where contract_id = $1`,
    suspended: `update token set state = 'suspended' where serial =
                  (select token_serial from contract where contract_id = $1)`,
    locked: `update contract set confirmation_failures = 6 where contract_id = $1`,
    lowLimit: `update contract set low_limit_until = '2026-11-25T00:00+09:00',
                 token_changed_at = '2026-11-24T09:00+09:00' where contract_id = $1`,
    enrolling: `update contract set login_password_hash = null where contract_id = $1`,
  }
  const ALWAYS = ['reissue', 'card-reissue', 'password-reissue']
  test.each([
    ['as usual', [], ['open'], []],
    ['stopped by the customer', ['frozen'], ['frozen'], ['unfreeze']],
    ['token suspended', ['suspended'], ['token-suspended'], ['token-release']],
    ['locked', ['locked'], ['locked'], ['unlock-confirmation']],
    ['just started', ['lowLimit'], ['open', 'low-limit'], ['limit-lift']],
    ['not enrolled', ['enrolling'], ['open', 'not-enrolled'], []],
  ] as const)(
    '%s: its state, and only the acts that are possible',
    async (_, set, states, acts) => {
      const { customer } = await withToken()
      for (const name of set) await bank.pool.query(SET[name], [customer.contractId])
      const page = await customerPage(customer.contractId)
      expect(statesOf(page)).toEqual(states)
      expect(actsOf(page).sort()).toEqual([...ALWAYS, ...acts].sort())
    },
  )

  test('acts only for who may prepare, the loss report only for who may', async () => {
    const { customer } = await withToken()
    const path = `/1184/customers/${customer.contractId}/loss`
    for (const role of ['clerk', 'supervisor', 'auditor'] as const) {
      const page = await customerPage(customer.contractId, role)
      const may = role !== 'auditor'
      expect([role, actsOf(page).length > 0, page.html.includes(path)]).toEqual([role, may, may])
    }
  })

  test('the history goes on, page by page', async () => {
    const { customer } = await withToken()
    await bank.pool.query(
      `insert into event (bank_code, id, at, actor_kind, actor_id, contract_id, kind, outcome,
                          request_id)
       select '1184', 'h' || n, now(), 'customer', $1, $1, 'login', 'done', 'r'
         from generate_series(1, 120) n`,
      [customer.contractId],
    )
    let page = await customerPage(customer.contractId)
    const seen = [page.html.match(/<tr>/g)?.length]
    for (;;) {
      const next = /href="([^"]+before=\d+)#history"/.exec(page.html)?.[1]
      if (next === undefined) break
      page = await as('clerk').open(next)
      seen.push(page.html.match(/<tr>/g)?.length)
    }
    expect(seen).toEqual([51, 51, 21])
    for (const odd of ['x', '-1', '1e99', '']) {
      const answer = await as('clerk').open(`/1184/customers/${customer.contractId}?before=${odd}`)
      expect(answer.status).toBe(200)
    }
  })
})

describe('prepared and approved', () => {
  async function prepare(contractId: string, act: string, fields: Record<string, string> = {}) {
    const clerk = as('clerk')
    const page = await clerk.open(`/1184/customers/${contractId}/prepare/${act}`)
    return clerk.submit(page, { reason: '窓口にて本人確認済み', ...fields })
  }

  test('再発行 with its cause, from the page of the customer to the receipt', async () => {
    const { token, customer } = await withToken()
    const wrong = await prepare(customer.contractId, 'reissue')
    expect([wrong.status, wrong.refusal]).toEqual([422, 'invalid-input'])
    const proposal = await prepare(customer.contractId, 'reissue', { cause: 'uninstalled' })
    expect(proposal.path).toMatch(/\/proposals\//)
    expect(proposal.html).toContain('アプリを削除した')
    const open = await as('supervisor').open(proposal.path)
    const done = await as('supervisor').submit(open, { approveNote: '' })
    expect(done.html).toContain('data-field="receiptNo"')
    expect((await tokenOf(bank, token)).state).toBe('reissued')
    const page = await customerPage(customer.contractId)
    expect(statesOf(page)).toContain('no-token')
  })

  test('what is not possible is said, and has no form', async () => {
    const { customer } = await withToken()
    const path = `/1184/customers/${customer.contractId}/prepare/unfreeze`
    const page = await as('clerk').open(path)
    expect(page.refusal).toBe('wrong-state')
    expect(page.html).not.toContain('name="reason"')
    const sent = await as('clerk').post(path, { reason: 'あ' })
    expect(await sent.text()).toContain('data-refusal="wrong-state"')
    expect((await as('clerk').open(`${path}x`)).status).toBe(404)
  })

  test('a new card: printed once, by a third person, seen by no other', async () => {
    const customer = await bank.open({ method: 'customer-card' })
    const proposal = await prepare(customer.contractId, 'card-reissue')
    const open = await as('supervisor').open(proposal.path)
    const approved = await as('supervisor').submit(open, { approveNote: '' })
    expect(approved.html).not.toContain('data-cell')
    const mine = await as('clerk').open('/1184/letters')
    expect(mine.html).toContain('関与したため印刷できません')
    const list = await as('administrator').open('/1184/letters')
    const letter = await as('administrator').submit(list, {})
    expect([letter.status, letter.html.match(/data-cell="\d+"/g)?.length]).toEqual([200, 20])
    const again = await as('administrator').submit(list, {})
    expect([again.status, again.refusal]).toEqual([422, 'wrong-state'])
    expect(again.html).not.toContain('data-cell')
  })

  test('a new login password: the letter has what enrols again', async () => {
    const customer = await bank.open()
    const proposal = await prepare(customer.contractId, 'password-reissue')
    const open = await as('supervisor').open(proposal.path)
    await as('supervisor').submit(open, { approveNote: '' })
    const list = await as('administrator').open('/1184/letters')
    const letter = await as('administrator').submit(list, {})
    const password = /data-field="enrolmentPassword"[^>]*>([^<]+)</.exec(letter.html)?.[1]
    expect(password).toMatch(/^[A-Za-z2-9]{10}$/)
    expect(statesOf(await customerPage(customer.contractId))).toContain('not-enrolled')
  })
})

test('本人確認の項目: what the administrator sets is what the clerk is shown', async () => {
  const { customer } = await withToken()
  const administrator = as('administrator')
  const page = await administrator.open('/1184/identity-questions')
  expect(page.html).toContain('value="生年月日"')
  const wrong = await administrator.submit(page, { question1: '', least: '3' })
  expect([wrong.status, wrong.refusal]).toEqual([422, 'invalid-input'])
  const fields = { question1: '合言葉', question2: '<b>氏名</b>', least: '1' }
  const saved = await administrator.submit(page, fields)
  expect(saved.path).toContain('notice=saved')
  const loss = await as('clerk').open(`/1184/customers/${customer.contractId}/loss`)
  expect(loss.html).toContain('value="合言葉"')
  expect(loss.html).toContain('&lt;b&gt;氏名&lt;/b&gt;')
  await bank.pool.query('delete from identity_question')
})
