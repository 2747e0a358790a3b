import { hash, verify } from '@node-rs/argon2'
import type { PasswordHasher } from '../bank/ports.ts'
import { Unavailable } from '../bank/unavailable.ts'

/**
 * OWASP's first choice of parameters: argon2id, 19 MiB, two passes, one lane. Argon2id is the
 * default.
 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export interface QueueLimits {
  /** How many hashes run at once: they block threads of the pool that files and keys also use. */
  readonly running: number
  /** How many may wait; the next one is told to come back. */
  readonly waiting: number
}

/** What runs and what waits, for whoever watches. */
export interface QueuedHasher extends PasswordHasher {
  standing(): { readonly running: number; readonly waiting: number }
}

/** Argon2id (RFC 9106) behind a bounded queue, so that a flood of logins cannot starve the rest. */
export function passwordHasher(limits: QueueLimits): QueuedHasher {
  let running = 0
  const queue: (() => void)[] = []

  async function inTurn<T>(work: () => Promise<T>): Promise<T | 'busy'> {
    if (running < limits.running) running += 1
    else if (queue.length >= limits.waiting) return 'busy'
    else await new Promise<void>((resolve) => queue.push(resolve))
    try {
      return await work()
    } finally {
      // The place is handed on, so that a newcomer cannot slip in between.
      const next = queue.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }

  const nobodysHash = hash('the password of no one', COST)

  return {
    standing: () => ({ running, waiting: queue.length }),

    async hash(password) {
      const made = await inTurn(() => hash(password, COST))
      if (made === 'busy') throw new Unavailable()
      return made
    },

    async verify(known, password) {
      const against = known ?? (await nobodysHash)
      const same = await inTurn(() => verify(against, password))
      return same === 'busy' ? 'busy' : same && known !== undefined
    },
  }
}
