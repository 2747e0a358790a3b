import {
  changeOtpAtLogin,
  type OtpAtLoginResult,
  reviewOtpAtLogin,
} from '../../bank/procedures/otp-at-login.ts'
import { refused } from '../../bank/refusal.ts'
import { RadioGroup } from '../parts/fields.tsx'
import { settingsChange } from './settings-change.tsx'
import { fieldError } from './visit.tsx'

/** ログイン時の認証要否: `/settings/otp-at-login` → `…/confirm` → `…/done`. */
export const otpAtLogin = settingsChange((visit) => {
  const { paths, contract } = visit
  const { otpAtLogin: words } = visit.words.account
  const { start } = visit.words.banking
  const name = (value: OtpAtLoginResult['otpAtLogin']) =>
    value === 'required' ? start.required : start.notRequired
  const now = contract.otpAtLogin ? 'required' : 'not-required'
  return {
    procedure: 'otp-at-login',
    title: words.title,
    action: paths.otpAtLogin,
    confirmAction: paths.otpAtLoginConfirm,
    confirmOf: paths.otpAtLoginConfirmOf,
    doneOf: paths.otpAtLoginDoneOf,
    before: (
      <p>
        {visit.words.parts.labelled(words.now, '')}
        <strong data-field="otpAtLogin" data-value={now}>
          {name(now)}
        </strong>
      </p>
    ),
    fields: (form, refusal) => (
      <RadioGroup
        name="otpAtLogin"
        legend={start.otpAtLogin}
        value={form.text('otpAtLogin') || now}
        error={fieldError(visit, refusal, 'otpAtLogin')}
        options={[
          { value: 'required', label: start.required, hint: start.requiredHint },
          { value: 'not-required', label: start.notRequired, hint: start.notRequiredHint },
        ]}
      />
    ),
    review: (ports, request, browser, form) =>
      reviewOtpAtLogin(ports, request, browser, { otpAtLogin: form.text('otpAtLogin') }),
    operation: (facts) => ({
      name: words.operation(name((facts as OtpAtLoginResult).otpAtLogin)),
      lines: [],
    }),
    confirm: changeOtpAtLogin,
    done: words.done,
    results: (result) => {
      const { otpAtLogin: value } = result as OtpAtLoginResult
      return [
        { field: 'otpAtLogin', label: start.otpAtLogin, value: name(value), dataValue: value },
      ]
    },
    closed: contract.token === undefined ? refused('no-token') : undefined,
  }
})
