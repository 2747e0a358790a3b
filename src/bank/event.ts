import type { Refusal } from './refusal.ts'

/** Who acted: a customer by contract ID, an API client or a staff member by name, or the system. */
export interface Actor {
  readonly kind: 'customer' | 'api' | 'staff' | 'system'
  readonly id: string
}

/** One attempt or act. Appended in the act's own transaction; never changed. */
export interface BankEvent {
  readonly id: string
  readonly bankCode: string
  readonly atMs: number
  readonly actor: Actor
  readonly contractId?: string
  readonly serial?: string
  /** The procedure: `login`, `otp-start`, `transfer`, `verification`, … */
  readonly kind: string
  readonly outcome: 'done' | Refusal
  readonly receiptNo?: string
  /** The request that caused it, as it stands in the access log. */
  readonly requestId: string
  /** Further facts without secrets: amounts, purposes, references. */
  readonly detail?: Readonly<Record<string, string | number | boolean>>
}
