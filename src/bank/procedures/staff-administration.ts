import { attempt, eventOf, type Request } from '../attempt.ts'
import type { Staff } from '../office/staff.ts'
import { counterOf } from '../office/staff-counter.ts'
import {
  beginAnew,
  drawPassword,
  type NewStaff,
  readNewStaff,
  retireToken,
} from '../office/staff-standing.ts'
import type { Ports, Tx } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const MIN_PASSWORD_LENGTH = 10

/**
 * 職員の登録 by the operator of the centre: how a bank gets its first people. The person gets a password
 * on paper, makes the own token at the first login and chooses an own password.
 *
 * Refusals: `invalid-input` (with the field), `already-exists` (at `staffId`).
 */
export async function appointStaff(
  ports: Ports,
  request: Request,
  form: NewStaff,
): Promise<Outcome<{ staffId: string; password: string }>> {
  const { bankCode } = request.bank
  const read = readNewStaff(form)
  if (!read.ok) return read
  const { staffId } = read.value
  const password = drawPassword(ports)
  const passwordHash = await ports.passwords.hash(password)
  return change(ports, request, 'staff-appoint', staffId, async (tx) => {
    const standing = { passwordHash, passwordState: 'first', disabled: false } as const
    if (!(await tx.staff.insert({ bankCode, ...read.value, ...standing })))
      return refused('already-exists', 'staffId')
    return done({ staffId, password })
  })
}

/**
 * 利用停止 of a staff member: the open session ends with it; or the way back.
 *
 * Refusals: `not-permitted` (for oneself), `wrong-state`.
 */
export function setStaffDisabled(
  ports: Ports,
  request: Request,
  staffId: string,
  disabled: boolean,
): Promise<Outcome<true>> {
  return onStaff(
    ports,
    request,
    disabled ? 'staff-disable' : 'staff-enable',
    staffId,
    async (tx, staff) => {
      if (!(await tx.staff.setDisabled(staff, disabled))) return refused('wrong-state')
      if (disabled) await tx.staffSessions.endAll(staff)
      return done(true)
    },
  )
}

/**
 * ロック解除 of a staff member: a new password on paper. With `newToken` the operator retires the old
 * token as well, and the next login makes another one; in the back office that takes two persons
 * (`staffRenewal`), as does a person whose token no code has proven yet: whoever has the password
 * could make it.
 *
 * Refusals: `out-of-order` (nobody of that ID), `not-permitted` (for oneself; or alone).
 */
export async function resetStaff(
  ports: Ports,
  request: Request,
  staffId: string,
  newToken: boolean,
): Promise<Outcome<{ password: string }>> {
  const password = drawPassword(ports)
  const passwordHash = await ports.passwords.hash(password)
  return onStaff(ports, request, 'staff-reset', staffId, async (tx, staff) => {
    const isProven = staff.token && (await tx.tokens.get(staff.token))?.state === 'active'
    if (request.actor.kind === 'staff' && (newToken || !isProven)) return refused('not-permitted')
    await beginAnew(ports, tx, staff, { passwordHash, passwordState: 'first' })
    if (newToken) await retireToken(tx, staff)
    return done({ password })
  })
}

/**
 * The first password of a person whom two others have appointed or renewed: told once, to be
 * changed at the first login.
 *
 * Refusals: `out-of-order` (nobody of that ID), `not-permitted` (for oneself), `wrong-state` (none is
 * due: it was told already).
 */
export async function issueFirstPassword(
  ports: Ports,
  request: Request,
  staffId: string,
): Promise<Outcome<{ password: string }>> {
  const password = drawPassword(ports)
  const passwordHash = await ports.passwords.hash(password)
  return onStaff(ports, request, 'staff-handover', staffId, async (tx, staff) => {
    if (staff.passwordState !== 'due') return refused('wrong-state')
    await tx.staff.setPassword(staff, passwordHash, 'first')
    return done({ password })
  })
}

/**
 * パスワードの変更 by the staff member.
 *
 * Refusals: `invalid-input` (too short, or the same), `wrong-credentials`, `too-many-requests`.
 */
export async function changeStaffPassword(
  ports: Ports,
  request: Request,
  form: { readonly currentPassword: string; readonly newPassword: string },
): Promise<Outcome<true>> {
  const { newPassword, currentPassword } = form
  if (newPassword.length < MIN_PASSWORD_LENGTH || newPassword.length > 64) {
    return refused('invalid-input', 'newPassword')
  }
  if (newPassword === currentPassword) return refused('invalid-input', 'newPassword')
  const { bankCode, thresholds } = request.bank
  const counter = counterOf(request.actor.id)
  const known = await ports.store.tables.staff.find(bankCode, request.actor.id)
  const right = await ports.passwords.verify(known?.passwordHash, currentPassword)
  if (right === 'busy') return refused('too-many-requests')
  const passwordHash = await ports.passwords.hash(newPassword)
  const attempted = { procedure: 'staff-password' }
  return attempt<{ failures: number; staff: Staff | undefined }, true>(
    ports,
    request,
    attempted,
    async (tx) => ({
      failures: await tx.logins.lock(bankCode, counter, ports.clock.now()),
      staff: await tx.staff.lock(bankCode, request.actor.id),
    }),
    async (tx, { failures, staff }) => {
      // 1. The old password is right; guesses at it count like those at the login.
      if (failures >= thresholds.password) return refused('locked-password', 'currentPassword')
      if (!right || staff === undefined || staff.passwordHash !== known?.passwordHash) {
        const counts = { counter: 'password', contractId: counter } as const
        return { ...refused('wrong-credentials', 'currentPassword'), counts }
      }
      // 2. The new one takes its place.
      if (failures > 0) await tx.logins.reset(bankCode, counter)
      await tx.staff.setPassword(staff, passwordHash, 'own')
      await tx.journal.append(eventOf(ports, request, attempted, 'done'))
      return done(true)
    },
  )
}

/** A change of another staff member: nobody changes the own standing. */
function onStaff<T>(
  ports: Ports,
  request: Request,
  procedure: string,
  staffId: string,
  apply: (tx: Tx, staff: Staff) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  return change(ports, request, procedure, staffId, async (tx) => {
    if (request.actor.kind === 'staff' && request.actor.id === staffId) {
      return refused('not-permitted')
    }
    const staff = await tx.staff.lock(request.bank.bankCode, staffId)
    return staff === undefined ? refused('out-of-order') : apply(tx, staff)
  })
}

/** The attempt with its event, which names the staff member whom it is about. */
function change<T>(
  ports: Ports,
  request: Request,
  procedure: string,
  staffId: string,
  act: (tx: Tx) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const attempted = { procedure }
  return attempt<undefined, T>(
    ports,
    request,
    attempted,
    async () => undefined,
    async (tx) => {
      const outcome = await act(tx)
      if (!outcome.ok) return outcome
      await tx.journal.append(eventOf(ports, request, attempted, 'done', { detail: { staffId } }))
      return outcome
    },
  )
}
