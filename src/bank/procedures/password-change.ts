import type { Request } from '../attempt.ts'
import { mayAct, type PasswordKind, withPassword } from '../credentials.ts'
import { readNewPassword } from '../login-password.ts'
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

export interface PasswordChangeForm {
  readonly currentPassword: string
  readonly newPassword: string
  readonly newPasswordAgain: string
}

interface PasswordFacts {
  readonly newHash: string
  /** The hash that the customer has proven to know the password of. */
  readonly replacedHash: string | undefined
}

const CURRENT_PASSWORD: PasswordKind = {
  field: 'currentPassword',
  toldAt: 'currentPassword',
  hashOf: (contract) => contract.loginPasswordHash,
}

/**
 * ログインパスワードの変更, step 1: the current password and, twice, the new one.
 *
 * Refusals: `invalid-input`, those of `withPassword` (a wrong current one counts like one at
 * login), `frozen`, `too-many-requests` (see `mayChangeAccess`).
 */
export async function reviewPasswordChange(
  ports: Ports,
  request: Request,
  browser: Browser,
  form: PasswordChangeForm,
): Promise<Outcome<{ draftId: string }>> {
  const contractId = request.actor.id
  const { currentPassword: password, newPassword, newPasswordAgain } = form
  if (password === '') return refused('invalid-input', 'currentPassword')
  // 1. The new password is one that is allowed, and another one.
  const chosen = readNewPassword(contractId, 'newPassword', newPassword, newPasswordAgain)
  if (!chosen.ok) return chosen
  if (newPassword === password) return refused('invalid-input', 'newPassword')
  // 2. The customer knows the current one, and may change it today.
  const given = { contractId, password, kind: CURRENT_PASSWORD }
  const known = await withPassword(ports, request, PROCEDURE, given, async (_, contract) => {
    const may = mayAct(contract)
    return may.ok ? mayChangeAccess(contract, ports.clock.now()) : may
  })
  if (!known.ok) return known
  // 3. The draft waits for the authorisation; of the new password it knows the hash.
  const newHash = await ports.passwords.hash(chosen.value)
  const facts = { newHash, replacedHash: known.value.loginPasswordHash }
  return reviewChange(ports, request, browser, changeIn(browser), facts)
}

/**
 * Step 2, authorised. It ends every other session, and what was begun elsewhere with the old
 * password. Refusals: those of `confirmChange`.
 */
export function changePassword(
  ports: Ports,
  request: Request,
  browser: Browser,
  form: ConfirmForm,
): Promise<Outcome<SettingsResult>> {
  return confirmChange(ports, request, browser, changeIn(browser), form)
}

const PROCEDURE = 'password-change'

const changeIn = (browser: Browser): SettingsChange<PasswordFacts> => ({
  procedure: PROCEDURE,
  may(contract, { replacedHash }, nowMs) {
    if (contract.loginPasswordHash !== replacedHash) return refused('out-of-order')
    return mayChangeAccess(contract, nowMs)
  },
  async write(tx, contract, { newHash }) {
    if (!(await tx.contracts.setLoginPassword(contract, newHash))) return false
    await tx.sessions.endOthers(contract, browser)
    await tx.drafts.endOthers(contract, browser)
    return true
  },
  notice: () => ({
    act: 'ログインパスワードの変更',
    lines: [['ほかの端末', 'ほかの端末でのログインは終了しました']],
  }),
  shown: () => ({}),
})
