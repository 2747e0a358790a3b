import type { Context } from 'hono'
import type { Request } from '../../bank/attempt.ts'
import type { Ports } from '../../bank/ports.ts'
import { openContract } from '../../bank/procedures/contract-opening.ts'
import { readBody } from '../json/body.ts'
import { problem } from '../json/problem.ts'
import { REFUSAL_STATUS } from '../refusals.ts'
import { contractOpeningRequest } from './schemas.ts'

/**
 * `POST /v1/contracts`: 201 with what goes to the customer on paper, which is told this once. No
 * account begins with money here: what an account holds is the core system's to say.
 */
export async function contractOpening(
  c: Context,
  ports: Ports,
  request: Request,
): Promise<Response> {
  const body = await readBody(c, contractOpeningRequest)
  if (!body.ok) return body.response
  const { accounts = [], ...form } = body.value
  const outcome = await openContract(ports, request, { ...form, accounts })
  if (!outcome.ok) {
    const { refusal, field } = outcome
    const title = 'The contract was not opened and nothing was changed'
    return problem({ status: REFUSAL_STATUS[refusal], code: refusal, title, field })
  }
  const { contractId, method, cells, receiptNo } = outcome.value
  const { receivedAtMs, enrolmentPassword, enrolmentExpiresAtMs } = outcome.value
  const answer = {
    contractId,
    receiptNo,
    receivedAt: new Date(receivedAtMs).toISOString(),
    enrolmentPassword,
    enrolmentExpiresAt: new Date(enrolmentExpiresAtMs).toISOString(),
    confirmation:
      method === 'confirmation-password'
        ? { kind: method, password: cells.join('') }
        : { kind: method, cells },
  }
  return c.json(answer, 201, {
    'Cache-Control': 'no-store',
    Location: `/v1/contracts/${contractId}`,
  })
}
