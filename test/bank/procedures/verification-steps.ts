/** A verification as another channel of the bank asks for it. */
import { createHash } from 'node:crypto'
import type { Request } from '../../../src/bank/attempt.ts'
import {
  type CallKey,
  type Verification,
  type VerificationForm,
  verify,
} from '../../../src/bank/procedures/verification.ts'
import { type Customer, type Process, request } from '../test-bank.ts'

const channel: Request = { ...request, actor: { kind: 'api', id: 'call centre' } }

export type Asked = Partial<VerificationForm> & { readonly otp: string }

/** The answer; an outcome that is refused itself is a refusal of the call, not of the code. */
export async function ask(
  { ports }: Process,
  { contractId }: Pick<Customer, 'contractId'>,
  asked: Asked,
  callKey?: CallKey,
): Promise<Verification | 'call refused'> {
  const form: VerificationForm = { contractId, purpose: 'other', ...asked }
  const outcome = await verify(ports, channel, form, callKey)
  return outcome.ok ? outcome.value : 'call refused'
}

/** The code of a refusal, or `accepted`. */
export const told = (answer: Verification | 'call refused'): string => {
  if (answer === 'call refused') return answer
  return answer.result === 'accepted' ? 'accepted' : answer.code
}

export const count = (answers: readonly string[], wanted: string): number =>
  answers.filter((answer) => answer === wanted).length

/** A key and the body that comes under it. */
export const keyed = (key: string, body: string): CallKey => ({
  key,
  bodyHash: createHash('sha256').update(body).digest(),
})
