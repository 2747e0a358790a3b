/** The two steps of a change of the settings as a customer takes them. */
import type { Request } from '../../../src/bank/attempt.ts'
import type { Ports } from '../../../src/bank/ports.ts'
import { changeMail, reviewMailChange } from '../../../src/bank/procedures/mail-change.ts'
import { changeOtpAtLogin, reviewOtpAtLogin } from '../../../src/bank/procedures/otp-at-login.ts'
import {
  changePassword,
  reviewPasswordChange,
} from '../../../src/bank/procedures/password-change.ts'
import type { Outcome } from '../../../src/bank/refusal.ts'
import type { ConfirmForm, SettingsResult } from '../../../src/bank/settings-change.ts'
import { codeAt, type HeldToken } from '../held-token.ts'
import {
  type Customer,
  newBrowser,
  type Process,
  requestOf,
  rightAnswers,
  type TestBank,
} from '../test-bank.ts'

export const NEW_PASSWORD = 'Atarashii1'

export type Review = (
  bank: Process,
  customer: Customer,
  browser: Uint8Array,
) => Promise<Outcome<{ draftId: string }>>
type Confirm = (
  ports: Ports,
  request: Request,
  browser: Uint8Array,
  form: ConfirmForm,
) => Promise<Outcome<SettingsResult>>

export const toMail = (mail: string): Review => {
  return (bank, customer, browser) =>
    reviewMailChange(bank.ports, requestOf(customer), browser, { mail })
}
export const toPassword = (
  newPassword: string,
  currentPassword?: string,
  newPasswordAgain = newPassword,
): Review => {
  return (bank, customer, browser) =>
    reviewPasswordChange(bank.ports, requestOf(customer), browser, {
      currentPassword: currentPassword ?? customer.loginPassword,
      newPassword,
      newPasswordAgain,
    })
}
export const toOtpAtLogin = (otpAtLogin: string): Review => {
  return (bank, customer, browser) =>
    reviewOtpAtLogin(bank.ports, requestOf(customer), browser, { otpAtLogin })
}

export const MAIL = { kind: 'mail-change', review: toMail('new@example.jp'), confirm: changeMail }
export const PASSWORD = {
  kind: 'password-change',
  review: toPassword(NEW_PASSWORD),
  confirm: changePassword,
}
export const OTP_AT_LOGIN = {
  kind: 'otp-at-login',
  review: toOtpAtLogin('required'),
  confirm: changeOtpAtLogin,
}
export type Change = { kind: string; review: Review; confirm: Confirm }

/** At step 2 of a change; `send` is right in everything that the test does not change. */
export async function reviewed(
  bank: TestBank,
  change: Change,
  customer: Customer,
  token?: HeldToken,
) {
  const browser = newBrowser()
  const outcome = await change.review(bank, customer, browser)
  if (!outcome.ok) throw new Error(`the change was refused: ${outcome.refusal}`)
  const answers = token ? {} : await rightAnswers(bank, customer)
  const send = (form: Partial<ConfirmForm> = {}, { ports }: Process = bank) =>
    change.confirm(ports, requestOf(customer), browser, {
      draftId: outcome.value.draftId,
      otp: token ? codeAt(token, bank.clock.now()) : '',
      answers,
      ...form,
    })
  return { customer, browser, answers, send }
}
