import { ICON_PATH, STYLE_PATH } from '../parts/site-files.ts'
import { SCRIPT_PATH } from './site-files.ts'

const PATHS = new Map<string, Paths>()

/** The addresses of a bank that we serve: made once, since every page asks for them. */
export function pathsOf(bankCode: string): Paths {
  const paths = PATHS.get(bankCode) ?? pathsUnder(bankCode)
  PATHS.set(bankCode, paths)
  return paths
}

/** Every address of the bank site, once. Pages link only to these. */
function pathsUnder(bankCode: string) {
  const at = (path: string) => `/${bankCode}${path}`
  const withDraft = (path: string) => (draft: string) =>
    `${at(path)}?draft=${encodeURIComponent(draft)}`
  return {
    css: STYLE_PATH,
    icon: ICON_PATH,
    script: SCRIPT_PATH,
    login: at('/login'),
    loginEnded: at('/login?notice=ended'),
    loggedOut: at('/login?notice=logged-out'),
    loginCode: at('/login/code'),
    loginCodeOf: withDraft('/login/code'),
    logout: at('/logout'),
    home: at('/home'),
    account: (number: string) => at(`/accounts/${number}`),
    otpStart: at('/otp/start'),
    otpStartToken: at('/otp/start/token'),
    otpStartTokenOf: withDraft('/otp/start/token'),
    otpStartDoneOf: withDraft('/otp/start/done'),
    otpExchange: at('/otp/exchange'),
    otpExchangeCurrent: at('/otp/exchange/current'),
    otpExchangeCurrentOf: withDraft('/otp/exchange/current'),
    otpExchangeNew: at('/otp/exchange/new'),
    otpExchangeNewOf: withDraft('/otp/exchange/new'),
    otpExchangeDoneOf: withDraft('/otp/exchange/done'),
    otpStop: at('/otp/stop'),
    otpStopConfirm: at('/otp/stop/confirm'),
    otpStopConfirmOf: withDraft('/otp/stop/confirm'),
    otpStopDoneOf: withDraft('/otp/stop/done'),
    otpResync: at('/otp/resync'),
    otpResyncCodes: at('/otp/resync/codes'),
    otpResyncCodesOf: withDraft('/otp/resync/codes'),
    otpResyncDoneOf: withDraft('/otp/resync/done'),
    enrol: at('/enrol'),
    enrolPassword: at('/enrol/password'),
    enrolPasswordOf: withDraft('/enrol/password'),
    enrolDoneOf: withDraft('/enrol/done'),
    settings: at('/settings'),
    settingsLimit: at('/settings/limit'),
    otpAtLogin: at('/settings/otp-at-login'),
    otpAtLoginConfirm: at('/settings/otp-at-login/confirm'),
    otpAtLoginConfirmOf: withDraft('/settings/otp-at-login/confirm'),
    otpAtLoginDoneOf: withDraft('/settings/otp-at-login/done'),
    password: at('/settings/password'),
    passwordConfirm: at('/settings/password/confirm'),
    passwordConfirmOf: withDraft('/settings/password/confirm'),
    passwordDoneOf: withDraft('/settings/password/done'),
    mail: at('/settings/mail'),
    mailConfirm: at('/settings/mail/confirm'),
    mailConfirmOf: withDraft('/settings/mail/confirm'),
    mailDoneOf: withDraft('/settings/mail/done'),
    freeze: at('/freeze'),
    freezeOf: withDraft('/freeze'),
    freezeDoneOf: withDraft('/freeze/done'),
    transfer: at('/transfer'),
    transferFrom: (account: string) => at(`/transfer?fromAccount=${account}`),
    transferOf: withDraft('/transfer'),
    transferReview: at('/transfer/review'),
    transferReviewOf: withDraft('/transfer/review'),
    transferDoneOf: withDraft('/transfer/done'),
    transferTo: (payee: string) => at(`/transfer?payee=${encodeURIComponent(payee)}`),
    transfers: at('/transfers'),
    bill: at('/bill'),
    billOf: withDraft('/bill'),
    billReview: at('/bill/review'),
    billReviewOf: withDraft('/bill/review'),
    billDoneOf: withDraft('/bill/done'),
    transfersWith: (search: URLSearchParams) => at(`/transfers?${search}`),
    transferRecord: (receiptNo: string) => at(`/transfers/${receiptNo}`),
    transferCancel: (receiptNo: string) => at(`/transfers/${receiptNo}/cancel`),
    transferCancelDone: (receiptNo: string) => at(`/transfers/${receiptNo}/cancel/done`),
    payees: at('/payees'),
    payeesAfter: (told: 'kept' | 'removed') => at(`/payees?notice=${told}`),
    payeeRemove: (payee: string) => at(`/payees/${encodeURIComponent(payee)}/remove`),
    limitReview: at('/settings/limit/review'),
    limitReviewOf: withDraft('/settings/limit/review'),
    limitDoneOf: withDraft('/settings/limit/done'),
    guide: at('/guide'),
    help: at('/help'),
    helpOn: (topic: string) => at(`/help#${topic}`),
    display: at('/display'),
    sessionExtend: at('/session/extend'),
    draftExtend: at('/draft/extend'),
    /** A page of a draft, as it stands now; the path is one of these. */
    againAt: (path: string, draft: string) => `${path}?draft=${encodeURIComponent(draft)}`,
  }
}

export type Paths = ReturnType<typeof pathsUnder>
