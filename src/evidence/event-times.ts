import type { FindingList } from './findings.ts'

/** No transaction and no clock of a server is off by as much. */
const ALLOWED_MS = 10 * 60 * 1000

interface Odd {
  readonly leaf: number
  readonly seq: number
  readonly more: string
  count: number
}

/**
 * Whether events come in the order of their numbers and times, but for the length of a transaction:
 * one that was written into the past by hand before it was sealed does not.
 */
export class EventTimes {
  readonly #findings: FindingList
  /** The highest number sealed by then, of the last minutes. */
  readonly #recent: { atMs: number; top: number }[] = []
  #top = 0
  #topBefore = 0
  #batchAtMs = 0
  #latestMs = Number.NEGATIVE_INFINITY
  #odd: Odd | undefined

  constructor(findings: FindingList) {
    this.#findings = findings
  }

  startBatch(atMs: number): void {
    this.#recent.push({ atMs: this.#batchAtMs, top: this.#top })
    while ((this.#recent[0]?.atMs ?? atMs) < atMs - ALLOWED_MS) {
      this.#topBefore = this.#recent.shift()?.top ?? 0
    }
    this.#batchAtMs = atMs
  }

  add(leaf: number, seq: number, text: string): void {
    if (seq < this.#topBefore) {
      const more = `seq ${this.#topBefore} was sealed more than ten minutes before it`
      this.#findings.add('late', { leaf, seq, more })
    }
    this.#top = Math.max(this.#top, seq)
    const atMs = timeOf(text)
    const isOld = atMs < this.#latestMs - ALLOWED_MS
    if (isOld || atMs > this.#batchAtMs + ALLOWED_MS) this.#keepOdd(leaf, seq, isOld)
    else this.#latestMs = Math.max(this.#latestMs, atMs)
  }

  end(): void {
    if (this.#odd === undefined) return
    const { leaf, seq, more, count } = this.#odd
    const others = count > 1 ? `, and ${count - 1} more` : ''
    this.#findings.add('misdated', { leaf, seq, more: `${more}${others}` })
  }

  /** A clock that was set back makes many in a row: they are one finding. */
  #keepOdd(leaf: number, seq: number, isOld: boolean): void {
    const more = isOld
      ? 'more than ten minutes before events that were sealed earlier'
      : 'more than ten minutes after it was sealed'
    this.#odd ??= { leaf, seq, more, count: 0 }
    this.#odd.count += 1
  }
}

/** The fourth field; inside a field a quotation mark never stands without a backslash before it. */
const timeOf = (text: string): number => Number(text.split('","', 4)[3])
