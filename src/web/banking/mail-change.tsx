import {
  changeMail,
  type MailChangeResult,
  reviewMailChange,
} from '../../bank/procedures/mail-change.ts'
import { refused } from '../../bank/refusal.ts'
import { changeableFromMs } from '../../bank/settings-change.ts'
import { Facts } from '../parts/facts.tsx'
import { TextField } from '../parts/fields.tsx'
import { settingsChange } from './settings-change.tsx'
import { fieldError, wordedFor } from './visit.tsx'

/** メールアドレスの変更: `/settings/mail` → `…/confirm` → `…/done`. */
export const mailChange = settingsChange((plain) => {
  const { paths, contract } = plain
  const { mail: words } = plain.words.account
  const visit = wordedFor(plain, { fields: { mail: plain.words.fields.newMail ?? '' } })
  const nowMs = visit.site.ports.clock.now()
  return {
    procedure: 'mail-change',
    title: words.title,
    action: paths.mail,
    confirmAction: paths.mailConfirm,
    confirmOf: paths.mailConfirmOf,
    doneOf: paths.mailDoneOf,
    before: (
      <>
        <p>{words.text}</p>
        <Facts items={[{ field: 'currentMail', label: words.now, value: contract.mail }]} />
      </>
    ),
    fields: (form, refusal) => (
      <TextField
        name="mail"
        label={words.new}
        value={form.text('mail')}
        inputMode="email"
        autoComplete="email"
        maxLength={254}
        error={fieldError(visit, refusal, 'mail')}
      />
    ),
    review: (ports, request, browser, form) =>
      reviewMailChange(ports, request, browser, { mail: form.text('mail') }),
    operation: (facts) => ({
      name: words.operation,
      lines: [{ label: words.new, value: (facts as MailChangeResult).mail }],
    }),
    confirm: changeMail,
    done: words.done,
    results: (result) => [
      { field: 'mail', label: words.new, value: (result as MailChangeResult).mail },
    ],
    closed: changeableFromMs(contract, nowMs) ? refused('too-many-requests') : undefined,
  }
})
