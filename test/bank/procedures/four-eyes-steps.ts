/** An act of the back office about a customer, prepared by a clerk and approved by a supervisor. */
import type { FourEyesAct } from '../../../src/bank/four-eyes.ts'
import type { Outcome } from '../../../src/bank/refusal.ts'
import type { Customer, Process, TestBank } from '../test-bank.ts'
import { appoint, type TestStaff } from '../test-staff.ts'

export interface TwoPeople {
  readonly clerk: TestStaff
  readonly supervisor: TestStaff
}

export const appointTwo = async (bank: TestBank): Promise<TwoPeople> => ({
  clerk: await appoint(bank, 'clerk'),
  supervisor: await appoint(bank, 'supervisor'),
})

export const prepare = (
  { ports }: Process,
  { clerk }: TwoPeople,
  act: FourEyesAct,
  { contractId }: Pick<Customer, 'contractId'>,
) => {
  const prepared = { subject: contractId, contractId, facts: {} }
  return act.propose(ports, clerk.request, prepared, '窓口で本人確認済み')
}

/** Ready to be approved, by whichever process. */
export async function waiting(
  bank: Process,
  people: TwoPeople,
  act: FourEyesAct,
  customer: Customer,
) {
  const proposed = await prepare(bank, people, act, customer)
  if (!proposed.ok) throw new Error(`${act.act} was refused: ${proposed.refusal}`)
  const { id } = proposed.value
  return ({ ports }: Process = bank): Promise<Outcome<unknown>> =>
    act.approve(ports, people.supervisor.request, id, '')
}
