/** From the first number to the last, both included. */
export interface Numbers {
  readonly first: number
  readonly last: number
}

/**
 * The numbers of events that may still turn up. A number is drawn before its event is committed, so
 * a lower one can become visible after a higher one was sealed; and one whose act was undone never
 * does. Above a settled number, under which nothing can turn up any more, every number that is not
 * sealed is open.
 */
export class OpenNumbers {
  #settled: number
  #sealed: number[]

  constructor(settled: number, sealed: readonly number[]) {
    this.#settled = settled
    this.#sealed = [...sealed].sort((a, b) => a - b)
  }

  ranges(): Numbers[] {
    const ranges: Numbers[] = []
    let first = this.#settled + 1
    for (const sealed of this.#sealed) {
      if (sealed > first) ranges.push({ first, last: sealed - 1 })
      first = sealed + 1
    }
    ranges.push({ first, last: Number.MAX_SAFE_INTEGER })
    return ranges
  }

  /** As it is after these were sealed, and everything up to `settled` is certain. */
  after(sealed: readonly number[], settled: number): OpenNumbers {
    const all = [...this.#sealed, ...sealed].filter((number) => number > settled)
    return new OpenNumbers(settled, all)
  }
}
