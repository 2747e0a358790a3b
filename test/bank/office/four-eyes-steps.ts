/** An act that needs two people, step by step. */
import type { FourEyesAct } from '../../../src/bank/office/four-eyes.ts'
import type { Customer, Process } from '../test-bank.ts'
import type { TestStaff } from './test-staff.ts'

const REASON = '窓口にて運転免許証で本人確認済み'

export type Facts = Readonly<Record<string, unknown>>

export const prepare = (
  { ports }: Process,
  act: FourEyesAct,
  { contractId }: Pick<Customer, 'contractId'>,
  by: TestStaff,
  facts: Facts = {},
) => act.propose(ports, by.request, { subject: contractId, contractId, facts }, REASON)

/** Prepared and waiting; what remains is to approve it. */
export async function prepared(
  bank: Process,
  act: FourEyesAct,
  customer: Pick<Customer, 'contractId'>,
  by: TestStaff,
  facts: Facts = {},
) {
  const outcome = await prepare(bank, act, customer, by, facts)
  if (!outcome.ok) throw new Error(`the proposal was refused: ${outcome.refusal}`)
  const { id } = outcome.value
  return {
    id,
    approve: (supervisor: TestStaff, { ports }: Process = bank) =>
      act.approve(ports, supervisor.request, id, ''),
  }
}
