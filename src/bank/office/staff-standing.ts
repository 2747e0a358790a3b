import type { Ports, Tx } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'
import { type PasswordState, STAFF_ROLES, type Staff, type StaffRole } from './staff.ts'
import { counterOf } from './staff-counter.ts'

/* The standing of a staff member: what the operator's way and that of two persons have in common. */

export interface NewStaff {
  readonly staffId: string
  readonly name: string
  readonly role: string
}

/** Who is to be appointed, as typed. Refusals: `invalid-input` at `staffId`, `name` or `role`. */
export function readNewStaff(form: NewStaff): Outcome<NewStaff & { readonly role: StaffRole }> {
  const staffId = form.staffId.trim().toLowerCase()
  const name = form.name.trim()
  if (!/^[a-z0-9.-]{3,32}$/.test(staffId)) return refused('invalid-input', 'staffId')
  if (name === '' || name.length > 60) return refused('invalid-input', 'name')
  const role = STAFF_ROLES.find((known) => known === form.role)
  return role === undefined ? refused('invalid-input', 'role') : done({ staffId, name, role })
}

/** Twelve characters that nobody mistakes for one another on paper: 60 bits. */
export function drawPassword(ports: Pick<Ports, 'random'>): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789X'
  const drawn = Array.from({ length: 12 }, () => letters[ports.random.below(letters.length)])
  return drawn.join('')
}

/** A new password and no lock: whoever is signed in is not any more. */
export async function beginAnew(
  ports: Ports,
  tx: Tx,
  staff: Staff,
  to: { readonly passwordHash: string; readonly passwordState: PasswordState },
): Promise<void> {
  const { bankCode, staffId } = staff
  await tx.staff.setPassword(staff, to.passwordHash, to.passwordState)
  await tx.logins.lock(bankCode, counterOf(staffId), ports.clock.now())
  await tx.logins.reset(bankCode, counterOf(staffId))
  await tx.staffSessions.endAll(staff)
}

/** The old token is dead; the next login makes another one. */
export async function retireToken(tx: Tx, staff: Staff): Promise<void> {
  if (staff.token === undefined) return
  const token = await tx.tokens.lock(staff.token)
  await tx.staff.setToken(staff, undefined)
  if (token?.state === 'active') await tx.tokens.move(token, 'reissued')
  else if (token?.state === 'provisioned') await tx.tokens.move(token, 'expired')
}
