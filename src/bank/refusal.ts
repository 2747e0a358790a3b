import type { Contract } from './contract.ts'
import type { BankEvent } from './event.ts'
import type { Token } from './token.ts'

/**
 * Everything the bank can refuse, as one closed union. A refusal is a returned value: throwing
 * means a bug or broken infrastructure, and would also roll the failure counter back.
 */
export const REFUSALS = [
  'wrong-credentials',
  'wrong-code',
  'code-already-used',
  'wrong-confirmation',
  'locked-password',
  'locked-code',
  'locked-confirmation',
  'frozen',
  'token-suspended',
  'serial-unknown',
  'serial-not-yours',
  'serial-in-use',
  'type-closed',
  'same-serial',
  'no-token',
  'has-token',
  'limit-exceeded',
  'insufficient-funds',
  'unknown-payee',
  'unknown-bill',
  'already-paid',
  'draft-expired',
  'out-of-order',
  'invalid-input',
  'too-many-requests',
  'unavailable',
] as const

/** What only the bank's own people and channels can be refused, never a customer. */
export const STAFF_REFUSALS = [
  'already-exists',
  'not-permitted',
  'unknown-contract',
  'already-proposed',
  'already-decided',
  'own-proposal',
  'proposal-expired',
  'wrong-state',
  'day-passed',
  'unknown-placeholder',
  'has-link',
  'unknown-application',
  'already-applied',
  'not-in-stock',
  'wrong-shape',
] as const

export type StaffRefusal = (typeof STAFF_REFUSALS)[number]

export type CustomerRefusal = (typeof REFUSALS)[number]

export type Refusal = CustomerRefusal | StaffRefusal

export const isStaffRefusal = (refusal: Refusal): refusal is StaffRefusal =>
  (STAFF_REFUSALS as readonly Refusal[]).includes(refusal)

export interface Refused {
  readonly ok: false
  readonly refusal: Refusal
  /** The field of the form or body that the refusal is about. */
  readonly field?: string
  /** A wrong answer, which `attempt` counts before it is told. */
  readonly counts?: WrongAnswer
  /** What the event of the attempt says beyond the refusal: for the bank's staff, never told. */
  readonly detail?: BankEvent['detail']
}

export type WrongAnswer =
  | { readonly counter: 'code'; readonly token: Token }
  | { readonly counter: 'confirmation'; readonly contract: Contract }
  | { readonly counter: 'password'; readonly contractId: string }
  | { readonly counter: 'bill-look-up'; readonly contract: Contract; readonly day: string }

export interface Done<T> {
  readonly ok: true
  readonly value: T
}

export type Outcome<T> = Done<T> | Refused

export const done = <T>(value: T): Done<T> => ({ ok: true, value })

export const refused = (refusal: Refusal, field?: string): Refused =>
  field === undefined ? { ok: false, refusal } : { ok: false, refusal, field }
