import type { ReceiptFacts } from '../act.ts'
import { recordBankAct } from '../office/bank-act.ts'
import { fourEyesAct, type Prepared } from '../office/four-eyes.ts'
import type { Staff } from '../office/staff.ts'
import { drawPassword, type NewStaff, readNewStaff } from '../office/staff-standing.ts'
import type { Ports, Tx } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const ACT = 'staff-appoint'

/**
 * 職員の登録 by two persons: an administrator prepares it, a supervisor approves. Only then can a first
 * password be handed out: nobody makes a second person of themselves.
 *
 * Refusals: `already-exists` (at `staffId`).
 */
export const staffAppointment = fourEyesAct<Staff | undefined>({
  act: ACT,
  hold: (_ports, tx, bankCode, { subject }) => tx.staff.lock(bankCode, subject),
  guard: async (_ports, _tx, staff) => isFree(staff),
  execute: async (ports, tx, request, _staff, { facts }) => {
    const read = readNewStaff(facts as unknown as NewStaff)
    if (!read.ok) return read
    const inserted = await insert(ports, tx, request.bank.bankCode, read.value)
    if (!inserted.ok) return inserted
    const { staffId, role } = read.value
    const receipt: ReceiptFacts = await recordBankAct(
      ports,
      tx,
      request,
      { procedure: ACT },
      { staffId, role },
    )
    return done(receipt)
  },
})

/** What is proposed of a form. Refusals: `invalid-input` at `staffId`, `name` or `role`. */
export function appointmentOf(form: NewStaff): Outcome<Prepared> {
  const read = readNewStaff(form)
  if (!read.ok) return read
  return done({ subject: read.value.staffId, facts: { ...read.value } })
}

const isFree = (staff: Staff | undefined): Outcome<true> =>
  staff === undefined ? done(true) : refused('already-exists', 'staffId')

/** With a password that nobody knows, until a first one is issued. */
async function insert(
  ports: Ports,
  tx: Tx,
  bankCode: string,
  { staffId, name, role }: Pick<Staff, 'staffId' | 'name' | 'role'>,
): Promise<Outcome<true>> {
  const passwordHash = await ports.passwords.hash(drawPassword(ports))
  const standing = { passwordHash, passwordState: 'due', disabled: false } as const
  const inserted = await tx.staff.insert({ bankCode, staffId, name, role, ...standing })
  return inserted ? done(true) : refused('already-exists', 'staffId')
}
