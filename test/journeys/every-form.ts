/** Every form of the customer's pages, filled in by whatever hands the bank site is given. */
import { expect } from 'vitest'
import { type BankSite, type Typed, withinBank } from './bank-site.ts'
import { authenticator, makeDesktopToken, type Token } from './codes.ts'
import {
  enrolmentPassword,
  futaba,
  hajime,
  itsuki,
  mitsuo,
  mutsumi,
  nanae,
  yayoi,
  yoshiko,
} from './customers.ts'
import type { Program } from './program.ts'

const DAY_MS = 24 * 60 * 60_000
const SLIP: Typed = { billerNo: '58191', customerNo: '20261122', confirmationNo: '4711' }

type Walk = (bank: BankSite, program: Program) => Promise<void>

/** The code, and the result with its receipt. */
async function authorise(bank: BankSite, token: Token, label: string): Promise<void> {
  await bank.fill({ otp: await token.freshCode() })
  await bank.press(label)
  await expectDone(bank)
}

async function expectDone(bank: BankSite): Promise<void> {
  expect(await bank.refusal()).toBeUndefined()
  expect(await bank.value('receiptNo')).toMatch(/^\d+$/)
  await bank.expectPrintable()
}

const enrol: Walk = async (bank) => {
  const { contractId, loginPassword } = yayoi
  await bank.open('/login')
  await bank.follow('利用登録')
  await bank.fill({ contractId, enrolmentPassword })
  await bank.press('次へ')
  const mail = 'yayoi@example.jp'
  await bank.fill({ loginPassword, loginPasswordAgain: loginPassword, mail })
  await bank.press('登録する')
  await expectDone(bank)
  await bank.follow('ログイン画面に戻る')
  await bank.fill({ contractId, loginPassword })
  await bank.press('ログイン')
  expect(bank.path).toBe('/home')
  await bank.logOut()
}

const startWithImages: Walk = async (bank, program) => {
  const token = await makeDesktopToken(program)
  await bank.startOtp(mitsuo, token, 'required')
  await expectDone(bank)
  await bank.logIn(mitsuo, token)
  expect(bank.path).toBe('/home')
}

const exchangeAndStop: Walk = async (bank, program) => {
  const token = authenticator(yoshiko.contractId, program.clock)
  const successor = await makeDesktopToken(program)
  await bank.beginAtFoot('交換', yoshiko)
  await bank.fill({ otp: await token.freshCode() })
  await bank.press('次へ')
  await bank.fill({ serial: successor.serial, otp: await successor.freshCode() })
  await bank.press('登録する')
  await expectDone(bank)
  await bank.beginAtFoot('利用中止', yoshiko)
  await bank.fill({ otp: await successor.freshCode() })
  await bank.confirmAs(yoshiko)
  await bank.press('停止する')
  await expectDone(bank)
}

const resynchronise: Walk = async (bank, program) => {
  const token = authenticator(mutsumi.contractId, program.clock)
  await bank.startOtp(mutsumi, token, 'not-required')
  await expectDone(bank)
  await bank.beginAtFoot('時刻補正', mutsumi)
  const otp = await token.freshCode()
  await bank.fill({ otp, nextOtp: await token.freshCode() })
  await bank.press('補正する')
  await expectDone(bank)
}

const transferAndPayees: Walk = async (bank, program) => {
  const token = authenticator(itsuki.contractId, program.clock)
  await bank.logIn(itsuki)
  await bank.follow('振込')
  await bank.fill(withinBank(itsuki, futaba, '1000'))
  await bank.press('内容を確認する')
  await authorise(bank, token, '振り込む')
  await bank.press('この振込先を登録する')
  expect(bank.path).toBe('/payees')
  await bank.follow('へ振り込む')
  const date = new Date(program.clock.now() + 5 * DAY_MS).toISOString().slice(0, 10)
  await bank.fill({ amount: '2000', date })
  await bank.press('内容を確認する')
  await authorise(bank, token, '予約する')
  const receiptNo = await bank.value('receiptNo')
  await bank.follow('取引履歴')
  await bank.follow(receiptNo)
  await bank.follow('予約を取り消す')
  await authorise(bank, token, '予約を取り消す')
  await bank.open('/payees')
  await bank.follow('削除する')
  await bank.press('削除する')
  expect(bank.path).toBe('/payees')
  await bank.logOut()
}

const searchHistory: Walk = async (bank) => {
  await bank.logIn(itsuki)
  // Open from the start when something is searched for: without script, too.
  await bank.open('/transfers?kind=transfer')
  await bank.fill({ searchedPayee: 'フタバ', status: 'executed', leastYen: '1' })
  await bank.press('探す')
  expect(await bank.page.locator('td[data-field="receiptNo"]').count()).toBe(1)
  await bank.logOut()
}

const payBill: Walk = async (bank) => {
  await bank.logIn(hajime)
  await bank.follow('収納サービス')
  await bank.fill(SLIP)
  await bank.press('内容を確認する')
  await bank.fill({ fromAccount: '0000012' })
  await bank.confirmAs(hajime)
  await bank.press('払い込む')
  await expectDone(bank)
  await bank.logOut()
}

const settings: Walk = async (bank, program) => {
  const token = authenticator(nanae.contractId, program.clock)
  await bank.logIn(nanae, token)
  const change = async (link: string, typed: Typed, label: string) => {
    await bank.follow('設定')
    await bank.follow(link)
    await bank.fill(typed)
    await bank.press(label)
    await authorise(bank, token, '変更する')
  }
  await change('ログイン時の認証要否', { otpAtLogin: 'not-required' }, '次へ')
  await change('メールアドレスの変更', { mail: 'nanae@example.jp' }, '次へ')
  await change('振込限度額の変更', { dailyLimit: '500000' }, '内容を確認する')
  const [currentPassword, newPassword] = [nanae.loginPassword, 'Atarashii7']
  const passwords = { currentPassword, newPassword, newPasswordAgain: newPassword }
  await change('ログインパスワードの変更', passwords, '次へ')
  await bank.logOut()
  await bank.logIn({ ...nanae, loginPassword: newPassword })
  expect(bank.path).toBe('/home')
  await bank.follow('取引中止')
  await bank.press('すべてのお取引を中止する')
  await expectDone(bank)
}

const freezeAtFoot: Walk = async (bank) => {
  await bank.beginAtFoot('取引中止', futaba)
  await bank.press('すべてのお取引を中止する')
  await expectDone(bank)
}

/** In this order: what a walk leaves behind is what the next ones find. */
export const EVERY_FORM: readonly (readonly [forms: string, walk: Walk])[] = [
  ['利用登録, login, logout', enrol],
  ['利用開始 with an image card, login with a code', startWithImages],
  ['交換, 利用中止', exchangeAndStop],
  ['利用開始 of a hardware token with a customer card, 時刻補正', resynchronise],
  ['振込, 振込先登録, reservation and its cancellation', transferAndPayees],
  ['取引履歴 searched', searchHistory],
  ['収納サービス with the confirmation password', payBill],
  ['設定: code at login, mail, limit, password; 取引中止', settings],
  ['取引中止 from the foot of the login page', freezeAtFoot],
]
