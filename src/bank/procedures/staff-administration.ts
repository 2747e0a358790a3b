import { attempt, eventOf, type Request } from '../attempt.ts'
import { STAFF_ROLES, type Staff, type StaffRole } from '../office/staff.ts'
import { counterOf } from '../office/staff-counter.ts'
import type { Ports, Tx } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const MIN_PASSWORD_LENGTH = 10

export interface NewStaff {
  readonly staffId: string
  readonly name: string
  readonly role: string
}

/**
 * 職員の登録: the person gets a password on paper, and makes the own token at the first login.
 *
 * Refusals: `invalid-input` (with the field), `already-exists` (at `staffId`).
 */
export async function appointStaff(
  ports: Ports,
  request: Request,
  form: NewStaff,
): Promise<Outcome<{ staffId: string; password: string }>> {
  const { bankCode } = request.bank
  const staffId = form.staffId.trim().toLowerCase()
  const name = form.name.trim()
  if (!/^[a-z0-9.-]{3,32}$/.test(staffId)) return refused('invalid-input', 'staffId')
  if (name === '' || name.length > 60) return refused('invalid-input', 'name')
  if (!isRole(form.role)) return refused('invalid-input', 'role')
  const { role } = form
  const password = drawPassword(ports)
  const passwordHash = await ports.passwords.hash(password)
  return change(ports, request, 'staff-appoint', staffId, async (tx) => {
    const staff = { bankCode, staffId, name, role, passwordHash, disabled: false }
    if (!(await tx.staff.insert(staff))) return refused('already-exists', 'staffId')
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
 * ロック解除 and a new start of a staff member: a new password on paper; with `newToken` the old token
 * is retired as well, and the next login makes another one.
 *
 * Refusals: `not-permitted` (for oneself).
 */
export async function resetStaff(
  ports: Ports,
  request: Request,
  staffId: string,
  newToken: boolean,
): Promise<Outcome<{ password: string }>> {
  const { bankCode } = request.bank
  const password = drawPassword(ports)
  const passwordHash = await ports.passwords.hash(password)
  return onStaff(ports, request, 'staff-reset', staffId, async (tx, staff) => {
    await tx.staff.setPassword(staff, passwordHash)
    await tx.logins.lock(bankCode, counterOf(staffId), ports.clock.now())
    await tx.logins.reset(bankCode, counterOf(staffId))
    await tx.staffSessions.endAll(staff)
    if (newToken && staff.token !== undefined) {
      const token = await tx.tokens.lock(staff.token)
      await tx.staff.setToken(staff, undefined)
      if (token?.state === 'active') await tx.tokens.move(token, 'reissued')
      else if (token?.state === 'provisioned') await tx.tokens.move(token, 'expired')
    }
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
      await tx.staff.setPassword(staff, passwordHash)
      await tx.journal.append(eventOf(ports, request, attempted, 'done'))
      return done(true)
    },
  )
}

const isRole = (text: string): text is StaffRole =>
  (STAFF_ROLES as readonly string[]).includes(text)

/** Twelve characters that nobody mistakes for one another on paper: 60 bits. */
function drawPassword(ports: Ports): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789X'
  const drawn = Array.from({ length: 12 }, () => letters[ports.random.below(letters.length)])
  return drawn.join('')
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
