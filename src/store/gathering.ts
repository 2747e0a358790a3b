export interface GatheringSettings<In, Out> {
  /** How many runs may be under way at once. */
  readonly atOnce: number
  /** The most items in one run. */
  readonly most: number
  /** Items that have a key in common never share a run, and never run at once. */
  readonly alone?: (item: In) => readonly string[]
  /** Answers each item, in their order. */
  readonly run: (items: readonly In[]) => Promise<readonly Out[]>
}

interface Waiting<In, Out> {
  readonly item: In
  resolve(answer: Out): void
  reject(error: unknown): void
}

/**
 * Gathers items that arrive while earlier ones are under way, and runs them together. A lone item
 * never waits; under load the runs grow by themselves.
 */
export class Gathering<In, Out> {
  readonly #settings: GatheringSettings<In, Out>
  #waiting: Waiting<In, Out>[] = []
  #underWay = 0
  readonly #keysUnderWay = new Set<string>()
  #scheduled = false

  constructor(settings: GatheringSettings<In, Out>) {
    this.#settings = settings
  }

  add(item: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject })
      this.#schedule()
    })
  }

  /**
   * Starts runs after the current turn of the event loop, so that all that came with it go
   * together.
   */
  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      while (this.#underWay < this.#settings.atOnce && this.#start());
    })
  }

  /** Starts one run; false when nothing that waits may run now. */
  #start(): boolean {
    const taken = this.#take()
    if (taken.length === 0) return false
    const keys = taken.flatMap((waiting) => this.#keysOf(waiting))
    for (const key of keys) this.#keysUnderWay.add(key)
    this.#underWay += 1
    this.#settings
      .run(taken.map((waiting) => waiting.item))
      .then(
        (answers) => {
          for (const [place, waiting] of taken.entries()) waiting.resolve(answers[place] as Out)
        },
        (error) => {
          for (const waiting of taken) waiting.reject(error)
        },
      )
      .finally(() => {
        this.#underWay -= 1
        for (const key of keys) this.#keysUnderWay.delete(key)
        if (this.#waiting.length > 0) this.#schedule()
      })
    return true
  }

  #keysOf({ item }: Waiting<In, Out>): readonly string[] {
    return this.#settings.alone?.(item) ?? []
  }

  #take(): Waiting<In, Out>[] {
    const keys = new Set(this.#keysUnderWay)
    const taken: Waiting<In, Out>[] = []
    const left: Waiting<In, Out>[] = []
    for (const waiting of this.#waiting) {
      const own = this.#keysOf(waiting)
      const joins = taken.length < this.#settings.most && !own.some((key) => keys.has(key))
      for (const key of own) keys.add(key)
      ;(joins ? taken : left).push(waiting)
    }
    this.#waiting = left
    return taken
  }
}
