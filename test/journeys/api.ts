/** Another channel of the bank, at the REST API. */
import { expect } from 'vitest'
import type { Token } from './codes.ts'
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

/** 利用開始 at another channel, for journeys that are not about it. */
export async function startByApi(
  { api, apiKey }: Program,
  { contractId }: Customer,
  token: Token,
): Promise<void> {
  const answer = await fetch(`${api}/v1/contracts/${contractId}/token`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ serial: token.serial, otp: await token.freshCode() }),
  })
  expect(answer.ok).toBe(true)
}
