export interface RateLimit {
  readonly most: number
  readonly perMs: number
}

const MOST_KEYS = 50_000

/**
 * Counts per key in fixed windows, in this process: a brake on floods, not a guard of any secret.
 */
export function rateLimiter(limit: RateLimit, now: () => number): (key: string) => boolean {
  let window = Number.NaN
  let counts = new Map<string, number>()
  return (key) => {
    const current = Math.floor(now() / limit.perMs)
    if (current !== window || counts.size > MOST_KEYS) {
      window = current
      counts = new Map()
    }
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count <= limit.most
  }
}
