import type { SeedFault, SeedRecord } from './seed.ts'
import type { BatchContents, TakenSerial } from './stock.ts'

/** So many faults are told one by one; of the others only the number. */
const MOST_TOLD = 20
/** RFC 4226 §4 R6 */
const STRONG_SEED_BYTES = 16

/** What the importer should look at, though it keeps nothing from being used. */
export interface SeedRemarks {
  /** Keys of other kinds in a token's device. */
  readonly leftOut: number
  /** Tokens whose last day has passed. */
  readonly expired: number
  /** Tokens whose seed has less than 128 bits. */
  readonly weak: number
  /** The file carries a signature, which nobody has checked. */
  readonly signed: boolean
}

/** What is counted and noted on the way through a file. */
export class SeedTally {
  tokens = 0
  readonly faults: SeedFault[] = []
  #more = 0
  #expired = 0
  #weak = 0
  readonly #makers = new Set<string | undefined>()
  readonly #models = new Set<string | undefined>()

  count({ endsOn, seed, manufacturer, model }: SeedRecord, today: string): void {
    this.tokens += 1
    if (endsOn !== undefined && endsOn < today) this.#expired += 1
    if (seed.length < STRONG_SEED_BYTES) this.#weak += 1
    // Two are as good as many: then the batch names none.
    if (this.#makers.size < 2) this.#makers.add(manufacturer)
    if (this.#models.size < 2) this.#models.add(model)
  }

  noteTaken(taken: readonly TakenSerial[]): void {
    for (const { serial, line, firstLine } of taken) {
      if (firstLine === undefined) this.note({ reason: 'serial-taken', serial, line })
      else this.note({ reason: 'serial-twice', serial, line, firstLine })
    }
  }

  note(fault: SeedFault): void {
    // What ends the reading is told in any case; of duplicates there may be any number.
    if (this.faults.length < MOST_TOLD || fault.serial === undefined) this.faults.push(fault)
    else this.#more += 1
  }

  contents(): BatchContents {
    const [manufacturer] = this.#makers.size === 1 ? this.#makers : []
    const [model] = this.#models.size === 1 ? this.#models : []
    return {
      tokens: this.tokens,
      ...(manufacturer !== undefined && { manufacturer }),
      ...(model !== undefined && { model }),
    }
  }

  remarks = (): Pick<SeedRemarks, 'expired' | 'weak'> => ({
    expired: this.#expired,
    weak: this.#weak,
  })

  told = () => ({ faults: this.faults.toSorted((a, b) => a.line - b.line), more: this.#more })

  summary(): Record<string, string | number> {
    const first = this.told().faults[0]
    if (first === undefined) return {}
    return { fault: first.reason, line: first.line, faults: this.faults.length + this.#more }
  }
}
