import { changePassword, reviewPasswordChange } from '../../bank/procedures/password-change.ts'
import { refused } from '../../bank/refusal.ts'
import { changeableFromMs } from '../../bank/settings-change.ts'
import { PasswordField } from '../parts/fields.tsx'
import { settingsChange } from './settings-change.tsx'
import { fieldError, wordedFor } from './visit.tsx'

/** ログインパスワードの変更: `/settings/password` → `…/confirm` → `…/done`. */
export const passwordChange = settingsChange((plain) => {
  const { paths, contract } = plain
  const { password, passwordRules, settings } = plain.words.account
  const visit = wordedFor(plain, { refusals: settings.refusals })
  const nowMs = visit.site.ports.clock.now()
  return {
    procedure: 'password-change',
    title: password.title,
    action: paths.password,
    confirmAction: paths.passwordConfirm,
    confirmOf: paths.passwordConfirmOf,
    doneOf: paths.passwordDoneOf,
    before: <p>{password.text}</p>,
    fields: (_, refusal) => (
      <>
        <PasswordField
          name="currentPassword"
          label={password.current}
          error={fieldError(visit, refusal, 'currentPassword')}
        />
        <PasswordField
          name="newPassword"
          label={password.new}
          hint={passwordRules}
          autoComplete="new-password"
          error={fieldError(visit, refusal, 'newPassword')}
        />
        <PasswordField
          name="newPasswordAgain"
          label={password.again}
          autoComplete="new-password"
          error={fieldError(visit, refusal, 'newPasswordAgain')}
        />
      </>
    ),
    review: (ports, request, browser, form) =>
      reviewPasswordChange(ports, request, browser, {
        currentPassword: form.text('currentPassword'),
        newPassword: form.text('newPassword'),
        newPasswordAgain: form.text('newPasswordAgain'),
      }),
    operation: () => ({ name: password.operation, lines: [] }),
    confirm: changePassword,
    done: password.done,
    results: () => [],
    closed: changeableFromMs(contract, nowMs) ? refused('too-many-requests') : undefined,
  }
})
