import type { Request } from '../attempt.ts'
import { recordBankAct } from '../office/bank-act.ts'
import { fourEyesAct } from '../office/four-eyes.ts'
import type { Staff } from '../office/staff.ts'
import { beginAnew, drawPassword, retireToken } from '../office/staff-standing.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const ACT = 'staff-renewal'

/**
 * 再登録 of a staff member whose authenticator is lost, by two persons: the token and the password are
 * retired, and a first password can be issued. One person alone could come in as the other one.
 *
 * Refusals: `out-of-order` (nobody of that ID), `not-permitted` (for oneself).
 */
export const staffRenewal = fourEyesAct<Staff | undefined>({
  act: ACT,
  hold: (_ports, tx, bankCode, { subject }) => tx.staff.lock(bankCode, subject),
  guard: async (_ports, _tx, staff, _prepared, request) => isAnother(staff, request),
  execute: async (ports, tx, request, staff) => {
    if (staff === undefined) return refused('out-of-order')
    const passwordHash = await ports.passwords.hash(drawPassword(ports))
    await beginAnew(ports, tx, staff, { passwordHash, passwordState: 'due' })
    await retireToken(tx, staff)
    const { staffId } = staff
    return done(await recordBankAct(ports, tx, request, { procedure: ACT }, { staffId }))
  },
})

/** Asked of whoever prepares and of whoever approves: nobody changes their own standing. */
function isAnother(staff: Staff | undefined, { actor }: Request): Outcome<true> {
  if (staff === undefined) return refused('out-of-order')
  return actor.kind === 'staff' && actor.id === staff.staffId
    ? refused('not-permitted')
    : done(true)
}
