import { setTimeout as sleep } from 'node:timers/promises'
import { type FreshCode, freshCode, type HeldToken, PERIOD_SECONDS } from './tokens.ts'

/** Hands out codes of many tokens in turn, none of them twice. */
export class FreshCodes {
  readonly #tokens: readonly HeldToken[]
  readonly #now: () => number
  #next = 0

  constructor(tokens: readonly HeldToken[], now: () => number = Date.now) {
    this.#tokens = tokens
    this.#now = now
  }

  /** So many codes; when all tokens are used up it waits for their next step. */
  async take(count: number): Promise<FreshCode[]> {
    const taken: FreshCode[] = []
    let usedUp = 0
    while (taken.length < count) {
      const token = this.#tokens[this.#next % this.#tokens.length]
      this.#next += 1
      const code = token && freshCode(token, this.#now())
      if (code !== undefined) {
        taken.push(code)
        usedUp = 0
        continue
      }
      usedUp += 1
      if (usedUp < this.#tokens.length) continue
      usedUp = 0
      const periodMs = PERIOD_SECONDS * 1000
      await sleep(periodMs - (this.#now() % periodMs) + 10)
    }
    return taken
  }
}
