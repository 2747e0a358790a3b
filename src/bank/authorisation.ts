import { type Answers, confirm } from './confirmation.ts'
import type { BankProfile, Contract } from './contract.ts'
import { acceptCode } from './one-time-password.ts'
import type { Ports, Tx } from './ports.ts'
import { type Outcome, refused } from './refusal.ts'
import type { Token } from './token.ts'

/**
 * How a customer authorises an act: with a code, or, without a token, by the confirmation method.
 */
export interface Authorisation {
  readonly otp: string
  readonly answers: Answers
}

/**
 * Proves the customer within the act's transaction: with a token only a code counts, without one
 * only the confirmation method. Contract and token are locked by the caller.
 *
 * Refusals: those of `acceptCode` or of `confirm`, `no-token`.
 */
export async function authorise(
  ports: Ports,
  tx: Tx,
  bank: BankProfile,
  customer: { readonly contract: Contract; readonly token: Token | undefined },
  given: Authorisation,
): Promise<Outcome<unknown>> {
  const { contract, token } = customer
  if (contract.token === undefined) return confirm(ports, tx, bank, contract, given.answers)
  if (token === undefined) return refused('no-token', 'otp')
  return acceptCode(ports, tx, token, given.otp, bank.thresholds)
}
