import type { Request } from '../attempt.ts'
import type { Browser, Ports } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'
import {
  type ConfirmForm,
  confirmChange,
  reviewChange,
  type SettingsChange,
  type SettingsResult,
} from '../settings-change.ts'

interface OtpAtLoginFacts {
  readonly otpAtLogin: 'required' | 'not-required'
}

export type OtpAtLoginResult = SettingsResult & OtpAtLoginFacts

/**
 * ログイン時のワンタイムパスワード認証要否, step 1: 認証する or 認証しない, other than now.
 *
 * Refusals: `invalid-input`, `frozen`, `no-token`.
 */
export async function reviewOtpAtLogin(
  ports: Ports,
  request: Request,
  browser: Browser,
  form: { readonly otpAtLogin: string },
): Promise<Outcome<{ draftId: string }>> {
  const { otpAtLogin } = form
  if (otpAtLogin !== 'required' && otpAtLogin !== 'not-required') {
    return refused('invalid-input', 'otpAtLogin')
  }
  return reviewChange(ports, request, browser, OTP_AT_LOGIN, { otpAtLogin })
}

/** Step 2, with a code. Steps and refusals are those of `confirmChange`, and `no-token`. */
export function changeOtpAtLogin(
  ports: Ports,
  request: Request,
  browser: Browser,
  form: ConfirmForm,
): Promise<Outcome<OtpAtLoginResult>> {
  return confirmChange(ports, request, browser, OTP_AT_LOGIN, form) as Promise<
    Outcome<OtpAtLoginResult>
  >
}

const OTP_AT_LOGIN: SettingsChange<OtpAtLoginFacts> = {
  procedure: 'otp-at-login',
  may(contract, { otpAtLogin }) {
    if (contract.token === undefined) return refused('no-token')
    const same = contract.otpAtLogin === (otpAtLogin === 'required')
    return same ? refused('invalid-input', 'otpAtLogin') : done(contract)
  },
  write: (tx, contract, { otpAtLogin }) =>
    tx.contracts.setOtpAtLogin(contract, otpAtLogin === 'required'),
  notice: ({ otpAtLogin }) => ({
    act: 'ログイン時の認証の変更',
    lines: [['ログイン時の認証', otpAtLogin === 'required' ? '認証する' : '認証しない']],
  }),
  shown: (facts) => facts,
}
