import type { Request } from '../attempt.ts'
import { readMailAddress } from '../mail-address.ts'
import type { Browser, Ports } from '../ports.ts'
import { type Outcome, refused } from '../refusal.ts'
import {
  type ConfirmForm,
  confirmChange,
  mayChangeAccess,
  reviewChange,
  type SettingsChange,
  type SettingsResult,
} from '../settings-change.ts'

interface MailFacts {
  readonly mail: string
}

export type MailChangeResult = SettingsResult & MailFacts

/**
 * メールアドレスの変更, step 1: the new address.
 *
 * Refusals: `invalid-input` (no address, or the present one), `frozen`, `too-many-requests` (see
 * `mayChangeAccess`).
 */
export async function reviewMailChange(
  ports: Ports,
  request: Request,
  browser: Browser,
  form: { readonly mail: string },
): Promise<Outcome<{ draftId: string }>> {
  const mail = readMailAddress(form.mail)
  if (mail === undefined) return refused('invalid-input', 'mail')
  return reviewChange(ports, request, browser, MAIL_CHANGE, { mail })
}

/** Step 2, authorised. Both addresses get the notice. Refusals: those of `confirmChange`. */
export function changeMail(
  ports: Ports,
  request: Request,
  browser: Browser,
  form: ConfirmForm,
): Promise<Outcome<MailChangeResult>> {
  return confirmChange(ports, request, browser, MAIL_CHANGE, form) as Promise<
    Outcome<MailChangeResult>
  >
}

const MAIL_CHANGE: SettingsChange<MailFacts> = {
  procedure: 'mail-change',
  may(contract, { mail }, nowMs) {
    if (mail === contract.mail) return refused('invalid-input', 'mail')
    return mayChangeAccess(contract, nowMs)
  },
  write: (tx, contract, { mail }) => tx.contracts.setMail(contract, mail),
  // A stranger who reads the old mailbox, or whose address was mistyped, learns nothing of the new
  // one.
  notice: () => ({
    act: 'メールアドレスの変更',
    lines: [['お知らせの宛先', '今後のお知らせは、新しいメールアドレスへお送りします']],
  }),
  alsoTo: ({ mail }) => mail,
  shown: (facts) => facts,
}
