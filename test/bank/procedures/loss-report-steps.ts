/** 紛失届 as a clerk records it. */
import { USUAL_CHECK } from '../../../src/bank/office/identity-check.ts'
import { type LossForm, reportLoss } from '../../../src/bank/procedures/loss-report.ts'
import type { TestStaff } from '../office/test-staff.ts'
import type { Customer, Process, TestBank } from '../test-bank.ts'

export const ALL = USUAL_CHECK.questions

/** Every question answered, the token to be stopped, and whatever the test changes. */
export function report(
  { ports }: Process,
  clerk: TestStaff,
  customer: Pick<Customer, 'contractId'>,
  form: Partial<LossForm> = {},
) {
  const formKey = ports.random.id()
  const filled = { formKey, scope: 'token', confirmed: ALL, memo: '', ...form }
  return reportLoss(ports, clerk.request, customer.contractId, filled)
}

export async function withToken(bank: TestBank) {
  const token = await bank.makeToken()
  return { token, customer: await bank.open({ token }) }
}
