/**
 * The pages of the bank site that stand at an address of their own. That none is forgotten is
 * checked in `test/web/banking/every-page.test.ts`.
 */
import { BankSite, withinBank } from './bank-site.ts'
import { authenticator } from './codes.ts'
import { hajime, yoshiko } from './customers.ts'
import type { Stage } from './stage.ts'

const DAY_MS = 24 * 60 * 60_000

/** At the first of these there is nothing, which is a page, too. */
export const NOWHERE = '/nowhere'

export const BEFORE_LOGIN = [
  NOWHERE,
  '/login',
  '/login?notice=ended',
  '/login?notice=logged-out',
  '/otp/start',
  '/otp/exchange',
  '/otp/stop',
  '/otp/resync',
  '/enrol',
  '/freeze',
  '/guide',
  '/help',
]

/** Of Yoshiko, who has a token. */
export const SIGNED_IN = [
  '/home',
  `/accounts/${yoshiko.account}`,
  '/transfer',
  '/transfers',
  '/bill',
  '/payees',
  '/settings',
  '/settings/otp-at-login',
  '/settings/password',
  '/settings/mail',
  '/settings/limit',
  '/freeze',
]

/** What Yoshiko's reservation and registered payee have pages for; `:` as in the site's routes. */
export const OF_HER_TRANSFER = [
  '/transfers/:receiptNo',
  '/transfers/:receiptNo/cancel',
  '/payees/:payee/remove',
]

/** Reserves a transfer and registers its payee, in another browser; the addresses of those pages. */
export async function reserveTransfer(stage: Stage): Promise<string[]> {
  const { program } = stage
  const bank = new BankSite(await stage.visitor(), program)
  await bank.logIn(yoshiko)
  await bank.open('/transfer')
  const date = new Date(program.clock.now() + 5 * DAY_MS).toISOString().slice(0, 10)
  await bank.fill({ ...withinBank(yoshiko, hajime, '2000'), date })
  await bank.press('内容を確認する')
  const token = authenticator(yoshiko.contractId, program.clock)
  await bank.fill({ otp: await token.freshCode() })
  await bank.press('予約する')
  const receiptNo = await bank.value('receiptNo')
  await bank.press('この振込先を登録する')
  const payee = await bank.value('payee')
  return OF_HER_TRANSFER.map((path) =>
    path.replace(':receiptNo', receiptNo).replace(':payee', encodeURIComponent(payee)),
  )
}
