/**
 * Which act opens which page and form, written down a second time: a route that comes under another
 * act is noticed here. And whoever may is let in, to pages and to acts that do something.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  mayDo,
  STAFF_ROLES,
  type StaffAct,
  type StaffRole,
} from '../../../src/bank/office/staff.ts'
import { cardReissue } from '../../../src/bank/procedures/card-reissue.ts'
import { recordExport } from '../../../src/bank/procedures/export-record.ts'
import { appointmentOf, staffAppointment } from '../../../src/bank/procedures/staff-appointment.ts'
import type { RouteAct } from '../../../src/web/office/route.ts'
import { OFFICE_ROUTES } from '../../../src/web/office/routes.ts'
import { prepared } from '../../bank/office/four-eyes-steps.ts'
import { appoint, type TestStaff } from '../../bank/office/test-staff.ts'
import { onTheWay, wanted } from '../../bank/procedures/hardware-steps.ts'
import { report, withToken } from '../../bank/procedures/loss-report-steps.ts'
import { type LogBank, openLogBank } from '../../store/evidence/log-of-tests.ts'
import { type Site, serveOffice } from '../http.ts'
import { type OfficeVisitor, signIn } from './office-visitor.ts'

const ROUTES: Readonly<Record<RouteAct, readonly string[]>> = {
  'customer-view': [
    'get /customers',
    'get /customers/:contractId',
    'get /customers/:contractId/loss/:receiptNo',
    'get /campaigns/:type/customers',
  ],
  'loss-report': ['get /customers/:contractId/loss', 'post /customers/:contractId/loss'],
  prepare: [
    'get /customers/:contractId/prepare/:act',
    'post /customers/:contractId/prepare/:act',
    'post /hardware/returns/destroy',
    'get /hardware/battery/campaign',
    'post /hardware/battery/campaign',
    'post /hardware/terms',
    'get /campaigns/:type/plan',
    'post /campaigns/:type/plan',
    'post /campaigns/:type/propose',
    'get /campaigns/:type/reopen',
    'post /campaigns/:type/reopen',
    'get /announcements/write',
    'post /announcements/preview',
    'post /announcements/propose',
    'get /announcements/template/write',
    'post /announcements/template/preview',
    'post /announcements/template/propose',
    'get /announcements/:id/take-down',
    'post /announcements/:id/take-down',
  ],
  'letter-print': ['get /letters', 'post /letters/:id/print'],
  'identity-settings': ['get /identity-questions', 'post /identity-questions'],
  'proposal-view': [
    'get /inbox',
    'get /inbox/settled',
    'get /proposals/:id',
    'post /proposals/:id/withdraw',
  ],
  decide: ['post /proposals/:id/approve', 'post /proposals/:id/return'],
  'signed-in': ['get /roles', 'get /password', 'post /password'],
  'staff-manage': [
    'get /staff',
    'get /staff/appoint',
    'post /staff/appoint',
    'get /staff/:staffId',
    'post /staff/:staffId/disable',
    'post /staff/:staffId/enable',
    'post /staff/:staffId/reset',
    'post /staff/:staffId/renewal',
    'post /staff/:staffId/first-password',
  ],
  'hardware-view': [
    'get /hardware',
    'get /hardware/applications',
    'get /hardware/applications/:no',
    'get /hardware/dispatch',
    'get /hardware/dispatched',
    'get /hardware/returns',
    'get /hardware/battery',
    'get /hardware/battery/campaigns/:no',
    'get /hardware/terms',
    'get /hardware/:serial',
  ],
  'hardware-handle': [
    'post /hardware/applications',
    'get /hardware/applications/new',
    'post /hardware/applications/:no/assign',
    'post /hardware/applications/:no/undo',
    'post /hardware/applications/:no/withdraw',
    'post /hardware/applications/:no/missing',
    'post /hardware/applications/:no/resend',
    'get /hardware/import',
    'post /hardware/import',
    'get /hardware/import/:watch',
    'post /hardware/dispatch',
    'post /hardware/returns',
  ],
  'campaign-view': [
    'get /campaigns',
    'get /campaigns/:type',
    'get /announcements',
    'get /announcements/template',
    'get /announcements/:id',
  ],
  export: [
    'post /campaigns/:type/customers/export',
    'post /figures/export',
    'get /events',
    'post /events/export',
  ],
  'figures-view': ['get /figures'],
  'evidence-view': ['get /evidence', 'post /evidence/receipt', 'post /evidence/receipt/bundle'],
}

test('each route comes under the act that is written here', () => {
  const acts = Object.entries(ROUTES).flatMap(([act, paths]) =>
    paths.map((path) => `${path} ${act}`),
  )
  const routes = OFFICE_ROUTES.map(({ method, path, act }) => `${method} ${path} ${act}`)
  expect(routes.toSorted()).toEqual(acts.toSorted())
})

let bank: LogBank
let site: Site
/** Prepares what the others decide, so that nothing is anybody's own. */
let author: TestStaff
const staff = new Map<StaffRole, TestStaff>()
const browsers = new Map<StaffRole, OfficeVisitor>()
const subjects = new Map<string, string>()
beforeAll(async () => {
  bank = await openLogBank()
  site = await serveOffice(bank.ports)
  author = await appoint(bank, 'clerk')
  for (const role of STAFF_ROLES) {
    const member = await appoint(bank, role)
    staff.set(role, member)
    browsers.set(role, await signIn(bank, site, member))
  }
  const { customer, token } = await withToken(bank)
  const { contractId } = customer
  const loss = await report(bank, author, customer)
  // About no customer, whom an administrator would not be shown.
  const appointment = appointmentOf({ staffId: 'newcomer', name: 'テスト', role: 'clerk' })
  const waiting = await staffAppointment.propose(
    bank.ports,
    author.request,
    wanted(appointment),
    '異動',
  )
  const { applicationNo } = await onTheWay(bank, author, 'received')
  const shelf = await bank.pool.query(`select serial from token where state = 'stocked' limit 1`)
  const announced = await bank.pool.query(`select id from announcement where bank_code = '1184'`)
  for (const [name, value] of [
    [':contractId', contractId],
    [':receiptNo', loss.ok ? loss.value.receiptNo : ''],
    [':act', 'card-reissue'],
    ['/proposals/:id', `/proposals/${wanted(waiting).id}`],
    ['/announcements/:id', `/announcements/${announced.rows[0]?.id}`],
    [':staffId', author.staffId],
    ['/applications/:no', `/applications/${applicationNo}`],
    [':serial', shelf.rows[0]?.serial ?? token.serial],
    [':type', 'GM'],
    [':watch', 'a-watch-of-nobody-yet'],
  ] as const) {
    subjects.set(name, value)
  }
})
afterAll(async () => {
  await site.close()
  await bank.close()
})

const browserOf = (role: StaffRole): OfficeVisitor => {
  const browser = browsers.get(role)
  if (browser === undefined) throw new Error(`nobody is signed in as ${role}`)
  return browser
}
const refusalIn = (html: string) => /data-refusal="([\w-]+)"/.exec(html)?.[1]

/** Pages of something that this bank does not have stand for themselves in tests of their own. */
const ELSEWHERE = ['/hardware/battery/campaigns/:no', '/hardware/battery/campaign']

describe.each(STAFF_ROLES)('pages for %s', (role) => {
  const pages = OFFICE_ROUTES.filter(
    ({ method, path }) => method === 'get' && !ELSEWHERE.includes(path),
  )
  test.each(pages.map(({ path, act }) => [path, act] as const))('%s', async (path, act) => {
    let address = path
    for (const [name, value] of subjects) address = address.replace(name, value)
    expect(address).not.toContain(':')
    const page = await browserOf(role).open(`/1184${address}`)
    const may = act === 'signed-in' || mayDo(role, act)
    if (!may) expect([page.status, page.refusal]).toEqual([403, 'not-permitted'])
    // A page that says why nothing can be done here is a page, too.
    else expect([200, REASONED.get(path)]).toContain(page.status)
  })
})

/** GM is open: there is nothing to reopen. */
const REASONED = new Map([['/campaigns/:type/reopen', 422]])

/** One thing that each act really does, on a subject of its own each time. */
const DOINGS: Partial<Record<StaffAct, () => Promise<readonly [string, Record<string, string>]>>> =
  {
    'loss-report': async () => {
      const { customer } = await withToken(bank)
      const confirmed = { confirmed1: '氏名', confirmed2: '生年月日', confirmed3: 'お届けの住所' }
      const form = { formKey: bank.ports.random.id(), scope: 'token', memo: '', ...confirmed }
      return [`/customers/${customer.contractId}/loss`, form]
    },
    prepare: async () => {
      const { contractId } = await bank.open()
      return [`/customers/${contractId}/prepare/card-reissue`, { reason: 'x' }]
    },
    decide: async () => {
      const { id } = await prepared(bank, cardReissue, await bank.open(), author)
      return [`/proposals/${id}/approve`, {}]
    },
    'hardware-handle': async () => {
      const { applicationNo } = await onTheWay(bank, author, 'received')
      return [`/hardware/applications/${applicationNo}/withdraw`, {}]
    },
    export: async () => ['/figures/export', { period: '7' }],
    'evidence-view': async () => {
      const { receiptNo } = await recordExport(bank.ports, author.request, { what: 'test' })
      await bank.seal()
      return ['/evidence/receipt/bundle', { receiptNo }]
    },
    'letter-print': async () => {
      const deputy = await appoint(bank, 'supervisor')
      const customer = await bank.open({ method: 'customer-card' })
      await (await prepared(bank, cardReissue, customer, author)).approve(deputy)
      const text = 'select id from letter where contract_id = $1'
      const { rows } = await bank.pool.query(text, [customer.contractId])
      return [`/letters/${rows[0]?.id}/print`, {}]
    },
    'identity-settings': async () => {
      await bank.pool.query('delete from identity_question')
      return ['/identity-questions', { question1: '合言葉', question2: '氏名', least: '1' }]
    },
    'staff-manage': async () => {
      const { staffId } = await appoint(bank, 'clerk')
      return [`/staff/${staffId}/disable`, {}]
    },
  }

describe.each(STAFF_ROLES)('acts of %s', (role) => {
  test.each(Object.entries(DOINGS))('%s', async (act, subject) => {
    const [path, fields] = await subject()
    const answer = await browserOf(role).post(`/1184${path}`, fields)
    await bank.pool.query('delete from identity_question')
    const refusal = refusalIn(await answer.text())
    if (mayDo(role, act as StaffAct)) {
      expect([200, 303]).toContain(answer.status)
      expect(refusal).toBeUndefined()
      expect(answer.headers.get('location') ?? '').not.toContain('/login')
    } else {
      expect([answer.status, refusal]).toEqual([403, 'not-permitted'])
    }
  })
})
