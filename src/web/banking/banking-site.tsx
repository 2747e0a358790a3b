import { Hono } from 'hono'
import type { Logger } from 'pino'
import { dayOf } from '../../bank/calendar.ts'
import type { Ports } from '../../bank/ports.ts'
import { refused } from '../../bank/refusal.ts'
import { Unavailable } from '../../bank/unavailable.ts'
import { browsersOf } from '../browser.ts'
import { readForm, type SubmittedForm } from '../form.ts'
import { lanes } from '../lanes.ts'
import {
  ICON_PATH,
  icon,
  STYLE_PATH,
  styleSheet,
  TOKEN_PICTURES_PATH,
  tokenPictures,
} from '../parts/site-files.ts'
import { rememberFor } from '../remember.ts'
import { type RequestVariables, requestLog } from '../request-log.ts'
import { securityHeaders } from '../security-headers.ts'
import { transportSecurity } from '../transport-security.ts'
import { japanese } from '../words/words.ts'
import { accountPage } from './account.tsx'
import * as bill from './bill.tsx'
import { changeDisplay } from './display.ts'
import * as enrol from './enrol.tsx'
import * as freeze from './freeze.tsx'
import { guidePage } from './guide.tsx'
import { helpPage } from './help.tsx'
import { historyPage } from './history.tsx'
import { homePage } from './home.tsx'
import * as limit from './limit.tsx'
import { loginCodePage, loginCodeSubmit, loginPage, loginSubmit, logoutSubmit } from './login.tsx'
import * as mail from './mail-change.tsx'
import * as atLogin from './otp-at-login.tsx'
import * as exchange from './otp-exchange.tsx'
import * as resync from './otp-resync.tsx'
import * as start from './otp-start.tsx'
import * as stop from './otp-stop.tsx'
import * as password from './password-change.tsx'
import { payeeRemovePage, payeeRemoveSubmit, payeesPage, payeesSubmit } from './payees.tsx'
import { showNotFound, showUnavailable, showUnexpected, showUnreadable } from './plain-pages.tsx'
import { cancelDonePage, cancelPage, cancelSubmit } from './reservation-cancel.tsx'
import { draftExtend, sessionExtend } from './session.ts'
import { settingsPage } from './settings.tsx'
import { PICTURE_PATHS, picture, SCRIPT_PATH, script } from './site-files.ts'
import * as transfer from './transfer.tsx'
import { transferRecordPage } from './transfer-record.tsx'
import {
  type BankingContext,
  type CustomerVisit,
  customerOf,
  type Site,
  showDeadEnd,
  type Visit,
  visitOf,
} from './visit.tsx'

export interface BankingSettings {
  readonly ports: Ports
  readonly logger: Logger
  readonly origin: () => string
  readonly tokenOrigin: () => string
  /** The secret from which the keys of forms are derived; the same in all processes. */
  readonly sessionSecret: Uint8Array
  readonly demo: boolean
}

type Answer = Response | Promise<Response>

/** A change of a bank's settings is seen by every process after so long. */
const PROFILE_LIFE_MS = 5_000

/** What nobody's hands exceed, not even with several tabs. */
const FORMS_OF_A_BROWSER = { abreast: 2, waiting: 30 }

/** The bank site (`BANKING_PORT`): which address leads to which page of which procedure. */
export function bankingSite(settings: BankingSettings) {
  const { ports, logger, origin } = settings
  const browsers = browsersOf(settings.sessionSecret, ports.random, origin)
  const { tokenOrigin, demo } = settings
  const isSecure = () => origin().startsWith('https:')
  const announcements = rememberFor(PROFILE_LIFE_MS, ports.clock.now, (bankCode) =>
    ports.store.tables.banks.announcements(bankCode, dayOf(ports.clock.now())),
  )
  const site: Site = { ports, browsers, tokenOrigin, isSecure, announcements, demo }
  const profileOf = rememberFor(PROFILE_LIFE_MS, ports.clock.now, (bankCode) =>
    ports.store.tables.banks.profile(bankCode),
  )
  /** The bank whose code begins the path, if we serve it. */
  const bankOf = async (c: BankingContext) => {
    const [, bankCode] = /^\/(\d{4})(?:\/|$)/.exec(c.req.path) ?? []
    return bankCode === undefined ? undefined : profileOf(bankCode)
  }

  const lane = lanes(FORMS_OF_A_BROWSER)

  /** Anyone's page of a bank that we serve. */
  const page = (answer: (visit: Visit) => Answer) => async (c: BankingContext) => {
    const bank = await bankOf(c)
    return bank === undefined ? c.notFound() : answer(visitOf(site, c, bank))
  }

  /** A form that this browser got from us. */
  const submit = (answer: (visit: Visit, form: SubmittedForm) => Answer) =>
    page(async (visit) => {
      const form = await readForm(visit.c)
      if (typeof form === 'number') return showUnreadable(visit, form)
      const isOwn = browsers.isOwnForm(visit.c, visit.browser, form.text('csrf'))
      const outcome = isOwn
        ? await lane(visit.browser.id, async () => answer(visit, form))
        : 'foreign'
      if (typeof outcome !== 'string') return outcome
      const refusal = refused(outcome === 'full' ? 'too-many-requests' : 'out-of-order')
      return showDeadEnd(visit, visit.words.banking.login.title, refusal, visit.paths.login)
    })

  const signedIn = async (visit: Visit, answer: (customer: CustomerVisit) => Answer) => {
    const customer = await customerOf(visit)
    return customer ? answer(customer) : visit.c.redirect(visit.paths.loginEnded, 303)
  }
  /** A page of the signed-in customer; without a session, the way to the login. */
  const customerPage = (answer: (visit: CustomerVisit) => Answer) =>
    page((visit) => signedIn(visit, answer))
  const customerSubmit = (answer: (visit: CustomerVisit, form: SubmittedForm) => Answer) =>
    submit((visit, form) => signedIn(visit, (customer) => answer(customer, form)))

  // People type addresses with and without a slash at the end.
  const app = new Hono<{ Variables: RequestVariables & { nonce: string } }>({ strict: false })
  app.use(requestLog(logger, ports.random))
  app.use(transportSecurity(origin))
  app.use(securityHeaders(ports.random))

  app.get(STYLE_PATH, styleSheet)
  app.get(ICON_PATH, icon)
  app.get(TOKEN_PICTURES_PATH, tokenPictures)
  app.get(SCRIPT_PATH, script)
  for (const path of PICTURE_PATHS) app.get(path, picture)
  app.get('/:bankCode/display', page(changeDisplay))

  app.get(
    '/:bankCode',
    page(({ c, paths }) => c.redirect(paths.login, 303)),
  )
  app.get('/:bankCode/login', page(loginPage))
  app.post('/:bankCode/login', submit(loginSubmit))
  app.get('/:bankCode/login/code', page(loginCodePage))
  app.post('/:bankCode/login/code', submit(loginCodeSubmit))
  app.post('/:bankCode/logout', submit(logoutSubmit))

  app.get('/:bankCode/otp/start', page(start.otpStartBegin.page))
  app.post('/:bankCode/otp/start', submit(start.otpStartBegin.submit))
  app.get('/:bankCode/otp/start/token', page(start.otpStartToken.page))
  app.post('/:bankCode/otp/start/token', submit(start.otpStartToken.submit))
  app.get('/:bankCode/otp/start/done', page(start.otpStartToken.donePage))

  app.get('/:bankCode/otp/exchange', page(exchange.otpExchangeBegin.page))
  app.post('/:bankCode/otp/exchange', submit(exchange.otpExchangeBegin.submit))
  app.get('/:bankCode/otp/exchange/current', page(exchange.otpExchangeCurrentPage))
  app.post('/:bankCode/otp/exchange/current', submit(exchange.otpExchangeCurrentSubmit))
  app.get('/:bankCode/otp/exchange/new', page(exchange.otpExchangeNew.page))
  app.post('/:bankCode/otp/exchange/new', submit(exchange.otpExchangeNew.submit))
  app.get('/:bankCode/otp/exchange/done', page(exchange.otpExchangeNew.donePage))

  app.get('/:bankCode/otp/stop', page(stop.otpStopBegin.page))
  app.post('/:bankCode/otp/stop', submit(stop.otpStopBegin.submit))
  app.get('/:bankCode/otp/stop/confirm', page(stop.otpStopConfirm.page))
  app.post('/:bankCode/otp/stop/confirm', submit(stop.otpStopConfirm.submit))
  app.get('/:bankCode/otp/stop/done', page(stop.otpStopConfirm.donePage))

  app.get('/:bankCode/otp/resync', page(resync.otpResyncBegin.page))
  app.post('/:bankCode/otp/resync', submit(resync.otpResyncBegin.submit))
  app.get('/:bankCode/otp/resync/codes', page(resync.otpResyncCodes.page))
  app.post('/:bankCode/otp/resync/codes', submit(resync.otpResyncCodes.submit))
  app.get('/:bankCode/otp/resync/done', page(resync.otpResyncCodes.donePage))

  app.get('/:bankCode/enrol', page(enrol.enrolPage))
  app.post('/:bankCode/enrol', submit(enrol.enrolSubmit))
  app.get('/:bankCode/enrol/password', page(enrol.enrolPassword.page))
  app.post('/:bankCode/enrol/password', submit(enrol.enrolPassword.submit))
  app.get('/:bankCode/enrol/done', page(enrol.enrolPassword.donePage))

  app.get('/:bankCode/freeze', page(freeze.freezePage))
  app.post('/:bankCode/freeze', submit(freeze.freezeSubmit))
  app.get('/:bankCode/freeze/done', page(freeze.freezeDonePage))

  app.get('/:bankCode/settings', customerPage(settingsPage))
  for (const [path, change] of [
    ['otp-at-login', atLogin.otpAtLogin],
    ['password', password.passwordChange],
    ['mail', mail.mailChange],
  ] as const) {
    app.get(`/:bankCode/settings/${path}`, customerPage(change.page))
    app.post(`/:bankCode/settings/${path}`, customerSubmit(change.submit))
    app.get(`/:bankCode/settings/${path}/confirm`, customerPage(change.confirmPage))
    app.post(`/:bankCode/settings/${path}/confirm`, customerSubmit(change.confirmSubmit))
    app.get(`/:bankCode/settings/${path}/done`, customerPage(change.donePage))
  }

  app.get('/:bankCode/home', customerPage(homePage))
  app.get('/:bankCode/accounts/:number', customerPage(accountPage))
  app.get('/:bankCode/transfer', customerPage(transfer.transferPage))
  app.post('/:bankCode/transfer', customerSubmit(transfer.transferSubmit))
  app.get('/:bankCode/transfer/review', customerPage(transfer.transferReview.page))
  app.post('/:bankCode/transfer/review', customerSubmit(transfer.transferReview.submit))
  app.get('/:bankCode/transfer/done', customerPage(transfer.transferReview.donePage))

  app.get('/:bankCode/bill', customerPage(bill.billPage))
  app.post('/:bankCode/bill', customerSubmit(bill.billSubmit))
  app.get('/:bankCode/bill/review', customerPage(bill.billReview.page))
  app.post('/:bankCode/bill/review', customerSubmit(bill.billReview.submit))
  app.get('/:bankCode/bill/done', customerPage(bill.billReview.donePage))

  app.get('/:bankCode/transfers', customerPage(historyPage))
  app.get('/:bankCode/transfers/:receiptNo', customerPage(transferRecordPage))
  app.get('/:bankCode/transfers/:receiptNo/cancel', customerPage(cancelPage))
  app.post('/:bankCode/transfers/:receiptNo/cancel', customerSubmit(cancelSubmit))
  app.get('/:bankCode/transfers/:receiptNo/cancel/done', customerPage(cancelDonePage))
  app.get('/:bankCode/payees', customerPage(payeesPage))
  app.post('/:bankCode/payees', customerSubmit(payeesSubmit))
  app.get('/:bankCode/payees/:payee/remove', customerPage(payeeRemovePage))
  app.post('/:bankCode/payees/:payee/remove', customerSubmit(payeeRemoveSubmit))
  app.get('/:bankCode/settings/limit', customerPage(limit.limitPage))
  app.post('/:bankCode/settings/limit', customerSubmit(limit.limitSubmit))
  app.get('/:bankCode/settings/limit/review', customerPage(limit.limitReview.page))
  app.post('/:bankCode/settings/limit/review', customerSubmit(limit.limitReview.submit))
  app.get('/:bankCode/settings/limit/done', customerPage(limit.limitReview.donePage))
  app.get('/:bankCode/guide', page(guidePage))
  app.get('/:bankCode/help', page(helpPage))
  app.post('/:bankCode/session/extend', customerSubmit(sessionExtend))
  app.post('/:bankCode/draft/extend', submit(draftExtend))

  app.notFound(async (c) => {
    const bank = await bankOf(c)
    if (bank === undefined) return c.text(japanese.banking.problem.notFound, 404)
    return showNotFound(visitOf(site, c, bank))
  })
  app.onError(async (error, c) => {
    const requestId = c.get('requestId')
    const unavailable = error instanceof Unavailable
    logger.error({ requestId, err: error }, unavailable ? 'the database is away' : 'unexpected')
    const bank = await bankOf(c).catch(() => undefined)
    if (bank === undefined) {
      return c.text(japanese.banking.problem.unexpected, unavailable ? 503 : 500)
    }
    const visit = visitOf(site, c, bank)
    return unavailable ? showUnavailable(visit) : showUnexpected(visit)
  })
  return app
}
