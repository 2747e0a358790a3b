/** What a storm did and found: a line for each, and the violations that make the run fail. */

const say = (line: string) => process.stdout.write(`${line}\n`)

const MOST_SHOWN = 20

export class Findings {
  #violations = 0

  get violations(): number {
    return this.#violations
  }

  /** Something done or seen that is as it should be. */
  note(line: string): void {
    say(line)
  }

  /** Something that must never be. */
  violation(line: string): void {
    this.#violations += 1
    if (this.#violations <= MOST_SHOWN) say(`VIOLATION ${line}`)
  }

  /** A violation unless the condition holds. */
  expect(condition: boolean, otherwise: string): void {
    if (!condition) this.violation(otherwise)
  }
}

/** How often each value occurs. */
export function tally<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/** `accepted 1, code-already-used 63`. */
export const shown = (counts: ReadonlyMap<string, number>): string =>
  [...counts].map(([value, count]) => `${value} ${count}`).join(', ')
