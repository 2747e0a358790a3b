/** The bank's own people: who they are, and which of them may do what, once, as data. */

export const STAFF_ROLES = ['clerk', 'supervisor', 'auditor', 'administrator'] as const

export type StaffRole = (typeof STAFF_ROLES)[number]

/**
 * Whose the password is: chosen by its owner; handed out on paper, to be changed at the first
 * login; or none is handed out yet.
 */
export type PasswordState = 'own' | 'first' | 'due'

export interface Staff {
  readonly bankCode: string
  readonly staffId: string
  readonly name: string
  readonly role: StaffRole
  readonly passwordHash: string
  readonly passwordState: PasswordState
  /** The staff member's own token, made at the first login. */
  readonly token?: { readonly issuer: string; readonly serial: string }
  readonly disabled: boolean
  readonly lastLoginAtMs?: number
}

/** The type of the tokens of staff. No bank opens it to customers: their serials start nothing. */
export const STAFF_TOKEN_TYPE = 'ST'

/**
 * What the staff does in the back office, and who may. Whoever prepares an act that moves something
 * never approves it: that is not a matter of roles, see `four-eyes.ts`.
 */
export const STAFF_ACTS = {
  /** Search for customers and see their contracts, tokens, counters and events. */
  'customer-view': ['clerk', 'supervisor', 'auditor'],
  /** Record a loss, which suspends at once. */
  'loss-report': ['clerk', 'supervisor'],
  /** Prepare what a supervisor then approves. */
  prepare: ['clerk', 'supervisor'],
  /** Approve or return what another one prepared. */
  decide: ['supervisor'],
  /** See what waits and what was decided, and withdraw what one has prepared. */
  'proposal-view': ['clerk', 'supervisor', 'auditor', 'administrator'],
  /** See the stock of hardware tokens and their way to the customer. */
  'hardware-view': ['clerk', 'supervisor', 'auditor', 'administrator'],
  /** Import seed files, record applications, dispatch, returns. */
  'hardware-handle': ['clerk', 'supervisor'],
  /** See token types, campaigns, messages and notices. */
  'campaign-view': ['clerk', 'supervisor', 'auditor', 'administrator'],
  /** See the figures of the day. */
  'figures-view': ['clerk', 'supervisor', 'auditor', 'administrator'],
  /** Take figures and events out of the system as files. */
  export: ['supervisor', 'auditor'],
  /** See the sealed log and prove receipts. */
  'evidence-view': ['supervisor', 'auditor', 'administrator'],
  /** Print a sealed letter in whose making one had no part. */
  'letter-print': ['clerk', 'administrator'],
  /** Set what is asked of a caller before a loss is recorded. */
  'identity-settings': ['administrator'],
  /** Prepare appointments and renewals, disable and unlock staff. */
  'staff-manage': ['administrator'],
} as const satisfies Record<string, readonly StaffRole[]>

export type StaffAct = keyof typeof STAFF_ACTS

export function mayDo(role: StaffRole, act: StaffAct): boolean {
  return (STAFF_ACTS[act] as readonly StaffRole[]).includes(role)
}
