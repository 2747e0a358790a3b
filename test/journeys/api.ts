/** Another channel of the bank, at the REST API. */
import type { Customer } from './customers.ts'
import type { Program } from './program.ts'

/** Has a code verified. `accepted`, or the refusal. */
export async function verifyByApi(
  { api, apiKey }: Program,
  { contractId }: Customer,
  otp: string,
): Promise<string> {
  const answer = await fetch(`${api}/v1/verifications`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ contractId, otp, purpose: 'other' }),
  })
  const { result, code } = (await answer.json()) as { result?: string; code?: string }
  return result === 'accepted' ? result : (code ?? `status ${answer.status}`)
}
