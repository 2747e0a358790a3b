/** The life of a token: states and allowed moves, once, as data. */
export const TOKEN_STATES = [
  'stocked',
  'assigned',
  'shipped',
  'agreed',
  'provisioned',
  'active',
  'suspended',
  'exchanged',
  'stopped',
  'reissued',
  'expired',
  'returned',
  'destroyed',
] as const

export type TokenState = (typeof TOKEN_STATES)[number]

/**
 * From each state the states that may follow. A software token begins at `agreed` (its key is
 * agreed but not yet confirmed, so the bank site does not know it), a hardware token at `stocked`.
 *
 * Of what was once sent only an unopened parcel goes back to stock. Everything else that comes back
 * is `returned`, and from there is no way but to be destroyed: its seed has lived with a customer.
 */
export const TOKEN_MOVES = {
  stocked: ['assigned', 'expired', 'destroyed'],
  assigned: ['shipped', 'stocked', 'expired'],
  shipped: ['active', 'stocked', 'suspended', 'reissued', 'expired', 'returned'],
  agreed: ['provisioned', 'expired'],
  provisioned: ['active', 'expired'],
  active: ['exchanged', 'stopped', 'suspended', 'reissued', 'expired'],
  suspended: ['active', 'reissued', 'expired', 'returned'],
  exchanged: ['returned'],
  stopped: ['returned'],
  reissued: ['returned'],
  expired: ['returned'],
  returned: ['destroyed'],
  destroyed: [],
} as const satisfies Record<TokenState, readonly TokenState[]>

export function mayMove(from: TokenState, to: TokenState): boolean {
  return (TOKEN_MOVES[from] as readonly TokenState[]).includes(to)
}

/** The states in which a serial may be put to use by a start or an exchange. */
export const STARTABLE: readonly TokenState[] = ['shipped', 'provisioned', 'active']

/** The issuer of software tokens: one phone may serve contracts at several banks of the centre. */
export const CENTRE = '0000'

export type OtpKind = 'totp' | 'hotp'
export type OtpAlgorithm = 'SHA1' | 'SHA256' | 'SHA512'

/** A seed as it rests in the database: AES-256-GCM under the data key of `keyVersion`. */
export interface SealedSeed {
  readonly sealed: Uint8Array
  readonly keyVersion: number
}

/** What a code was accepted for, and when. */
export interface CodeUse {
  /** The procedure; of codes that another channel asks about `verification/` and the purpose. */
  readonly procedure: string
  readonly atMs: number
}

export interface Token {
  /**
   * The bank that owns a hardware token, or the centre. With `serial` the identity of the token.
   */
  readonly issuer: string
  readonly serial: string
  readonly type: string
  readonly kind: OtpKind
  readonly algorithm: OtpAlgorithm
  readonly digits: number
  readonly periodSeconds: number
  readonly state: TokenState
  readonly seed: SealedSeed
  /**
   * The last time step or counter that was accepted; -1 before the first. Nothing at or below it
   * is.
   */
  readonly lastAccepted: number
  /** How many time steps this token's clock runs ahead (+) or behind (-). */
  readonly driftSteps: number
  /** Consecutive wrong codes. A success resets it. */
  readonly failures: number
  /** Wrong codes over the life of the seed. Nothing resets it. */
  readonly guesses: number
  /** What the last accepted code was for. */
  readonly lastUse?: CodeUse
  /** For hardware: the contract to which this bank shipped it. */
  readonly shippedTo?: string
}
