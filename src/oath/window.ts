/**
 * Which moving factors may match: time steps (TOTP) or counters (HOTP). How wide is the bank's
 * policy: each further candidate forgives more drift and gives a guesser one more chance.
 */
export interface FactorWindow {
  readonly first: number
  /** Inclusive; below `first` when the window is empty. */
  readonly last: number
}

/** Some 3.5 days of 30-second steps: beyond it a search would hold up everyone else's. */
const MAX_CANDIDATES = 10_001

/**
 * The steps around a centre, which is the current step corrected by the token's own drift
 * (RFC 6238 §5.2, §6). Steps before T0 do not exist and are left out.
 */
export function around(centreStep: number, below: number, above: number): FactorWindow {
  assertCount(below)
  assertCount(above)
  return bounded(centreStep - below, centreStep + above)
}

/**
 * The `lookAhead` counters after the one last accepted (RFC 4226 §7.4), never that one or an
 * earlier one: they are spent (§7.2). `lastAccepted` is -1 for a token whose counter starts at 0.
 */
export function ahead(lastAccepted: number, lookAhead: number): FactorWindow {
  assertCount(lookAhead)
  return bounded(lastAccepted + 1, lastAccepted + lookAhead)
}

function bounded(first: number, last: number): FactorWindow {
  if (!Number.isInteger(first) || last - first >= MAX_CANDIDATES) {
    throw new RangeError('not a window of moving factors')
  }
  return { first: Math.max(first, 0), last: Math.min(last, Number.MAX_SAFE_INTEGER) }
}

function assertCount(count: number): void {
  if (!Number.isInteger(count) || count < 0) throw new RangeError('not a number of moving factors')
}
