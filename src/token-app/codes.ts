/** The codes of a token, from one period to the next, by the bank's clock. */
import { counterMessage } from '../oath/hotp.ts'
import { timeStep } from '../oath/totp.ts'
import { codeOf } from '../oath/truncate.ts'
import type { Token } from './vault.ts'

export interface Codes {
  readonly step: number
  readonly present: string
  readonly next: string
}

/** The present and the next code; `before` saves recomputing what is already known. */
export async function codesAt(token: Token, nowMs: number, before?: Codes): Promise<Codes> {
  const step = timeStep(nowMs, token.periodSeconds)
  if (before?.step === step) return before
  const present = before?.step === step - 1 ? before.next : await codeAt(token, step)
  return { step, present, next: await codeAt(token, step + 1) }
}

async function codeAt(token: Token, step: number): Promise<string> {
  const mac = await crypto.subtle.sign('HMAC', token.key, counterMessage(step))
  return codeOf(new Uint8Array(mac), token.digits)
}
