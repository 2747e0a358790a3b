import { Hono } from 'hono'
import type { Logger } from 'pino'
import type { BankProfile } from '../../bank/contract.ts'
import { mayDo } from '../../bank/office/staff.ts'
import type { Ports } from '../../bank/ports.ts'
import { recordViewing } from '../../bank/procedures/customer-view.ts'
import { refused } from '../../bank/refusal.ts'
import { Unavailable } from '../../bank/unavailable.ts'
import type { SeedLimits } from '../../seed-files/read.ts'
import { browsersOf } from '../browser.ts'
import { readForm, type SubmittedForm } from '../form.ts'
import { lanes } from '../lanes.ts'
import { ICON_PATH, icon, STYLE_PATH, styleSheet } from '../parts/site-files.ts'
import { rememberFor } from '../remember.ts'
import { type RequestVariables, requestLog } from '../request-log.ts'
import { securityHeaders } from '../security-headers.ts'
import { transportSecurity } from '../transport-security.ts'
import { japanese } from '../words/words.ts'
import { mailboxPage } from './mailbox.tsx'
import { firstRoomOf } from './navigation.ts'
import { PASSWORD_PATH } from './password.tsx'
import { showNotFound, showUnexpected, showUnreadable } from './plain-pages.tsx'
import type { Answer, OfficeRoute } from './route.ts'
import { OFFICE_ROUTES } from './routes.ts'
import { OFFICE_STYLE_PATH, officeStyleSheet } from './site-files.ts'
import { codePage, codeSubmit, loginPage, loginSubmit, logoutSubmit } from './staff-login.tsx'
import { takeUpload } from './take-upload.ts'
import {
  type OfficeContext,
  type OfficeParts,
  type OfficeVisit,
  officeVisitOf,
  type StaffVisit,
  showDeadEnd,
  staffOf,
} from './visit.tsx'

export interface OfficeSettings {
  readonly ports: Ports
  readonly logger: Logger
  readonly origin: () => string
  /** The secret from which the keys of forms are derived; the same in all processes. */
  readonly sessionSecret: Uint8Array
  /** Bounds of seed files that are other than the usual. */
  readonly seedLimits?: Partial<SeedLimits>
  /** The bank whose mailbox the demonstration shows; undefined in production. */
  readonly demoBankCode: string | undefined
}

const PROFILE_LIFE_MS = 5_000
const FORMS_OF_A_BROWSER = { abreast: 2, waiting: 30 }
const words = japanese.office

/** The back office (`OFFICE_PORT`): the bank's staff, each behind password and one-time password. */
export function officeSite(settings: OfficeSettings) {
  const { ports, logger, origin, demoBankCode } = settings
  const cookie = { name: 'ichido-office', sameSite: 'Strict' } as const
  const browsers = browsersOf(settings.sessionSecret, ports.random, origin, cookie)
  const { seedLimits = {} } = settings
  const site: OfficeParts = { ports, browsers, seedLimits }
  const profileOf = rememberFor(PROFILE_LIFE_MS, ports.clock.now, (bankCode) =>
    ports.store.tables.banks.profile(bankCode),
  )
  const lane = lanes(FORMS_OF_A_BROWSER)

  const page = (answer: (visit: OfficeVisit) => Answer) => async (c: OfficeContext) => {
    const bank = await bankOf(c, profileOf)
    return bank === undefined ? c.notFound() : answer(officeVisitOf(site, c, bank))
  }
  /** A form that this browser got from us. */
  const submit = (answer: (visit: OfficeVisit, form: SubmittedForm) => Answer) =>
    page(async (visit) => {
      const form = await readForm(visit.c)
      if (typeof form === 'number') return showUnreadable(visit, form)
      const isOwn = browsers.isOwnForm(visit.c, visit.browser, form.text('csrf'))
      const outcome = isOwn
        ? await lane(visit.browser.id, async () => answer(visit, form))
        : 'foreign'
      if (typeof outcome !== 'string') return outcome
      const refusal = refused(outcome === 'full' ? 'too-many-requests' : 'out-of-order')
      const again = { href: visit.paths.login, label: words.backToLogin }
      return showDeadEnd(visit, words.login.title, refusal, again)
    })

  const app = new Hono<{ Variables: RequestVariables & { nonce: string } }>()
  app.use(requestLog(logger, ports.random))
  app.use(transportSecurity(origin))
  app.use(securityHeaders(ports.random))
  app.get(STYLE_PATH, styleSheet)
  app.get(OFFICE_STYLE_PATH, officeStyleSheet)
  app.get(ICON_PATH, icon)
  if (demoBankCode !== undefined) {
    app.get('/', (c) => c.redirect(`/${demoBankCode}/login`, 302))
    app.get('/mailbox', async (c) => {
      const bank = await profileOf(demoBankCode)
      return bank === undefined ? c.notFound() : mailboxPage(officeVisitOf(site, c, bank))
    })
  }
  app.get('/:bankCode/login', page(loginPage))
  app.post('/:bankCode/login', submit(loginSubmit))
  app.get('/:bankCode/login/code', page(codePage))
  app.post('/:bankCode/login/code', submit(codeSubmit))
  app.post('/:bankCode/logout', submit(logoutSubmit))
  for (const route of OFFICE_ROUTES) {
    const path = `/:bankCode${route.path}`
    if (route.method === 'get') {
      app.get(
        path,
        page((visit) => asStaff(visit, route, route.page)),
      )
    } else if ('upload' in route) {
      app.post(
        path,
        page((visit) => asStaff(visit, route, (staff) => takeUpload(staff, route.upload))),
      )
    } else {
      app.post(
        path,
        submit((visit, form) => asStaff(visit, route, (staff) => route.submit(staff, form))),
      )
    }
  }
  app.get(
    '/:bankCode',
    page(async (visit) => {
      const staff = await staffOf(visit)
      const to = staff ? firstRoomOf(staff.staff.role, visit.paths) : visit.paths.login
      return visit.c.redirect(to, 303)
    }),
  )
  app.notFound(async (c) => {
    const bank = await bankOf(c, profileOf)
    if (bank === undefined) return c.text(words.notFound, 404)
    return showNotFound(officeVisitOf(site, c, bank))
  })
  app.onError(async (error, c) => {
    const requestId = c.get('requestId')
    const unavailable = error instanceof Unavailable
    logger.error({ requestId, err: error }, unavailable ? 'the database is away' : 'unexpected')
    const status = unavailable ? 503 : 500
    const bank = await bankOf(c, profileOf).catch(() => undefined)
    if (bank === undefined) return c.text(words.unexpected.text(requestId), status)
    return showUnexpected(officeVisitOf(site, c, bank), status)
  })
  return app
}

/** Signed in, and allowed: the role is looked up with every request. */
async function asStaff(
  visit: OfficeVisit,
  route: OfficeRoute,
  answer: (staff: StaffVisit) => Answer,
): Promise<Response> {
  const staff = await staffOf(visit)
  if (staff === undefined) return visit.c.redirect(visit.paths.loginEnded, 303)
  // A password that another person has handed out opens one room: that where it is changed.
  const isHandedOut = staff.staff.passwordState !== 'own'
  if (isHandedOut && route.path !== PASSWORD_PATH)
    return visit.c.redirect(visit.paths.password, 303)
  if (route.act === 'signed-in' || mayDo(staff.staff.role, route.act)) {
    const contractId = route.method === 'get' ? visit.c.req.param('contractId') : undefined
    const { ports } = visit.site
    if (contractId !== undefined) await recordViewing(ports, staff.staffRequest, contractId)
    return answer(staff)
  }
  const again = { href: visit.paths.roles, label: words.roles.title }
  return showDeadEnd(visit, words.notPermitted, refused('not-permitted'), again, staff)
}

async function bankOf(
  c: OfficeContext,
  profileOf: (bankCode: string) => Promise<BankProfile | undefined>,
): Promise<BankProfile | undefined> {
  const [, bankCode] = /^\/(\d{4})(?:\/|$)/.exec(c.req.path) ?? []
  return bankCode === undefined ? undefined : profileOf(bankCode)
}
