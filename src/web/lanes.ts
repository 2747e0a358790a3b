interface Lane {
  running: number
  /** Who waits, in the order of arrival: each is called when a place is handed over. */
  readonly line: (() => void)[]
}

export interface LaneWidth {
  readonly abreast: number
  readonly waiting: number
}

/**
 * Lets few pieces of work through at a time for each key, the others one after another as they
 * came, and none where too many wait (`full`). Acts of one customer queue up at the row of the
 * contract, each with a connection of the pool: a flood from one browser must not take them all
 * from others.
 */
export function lanes({ abreast, waiting }: LaneWidth) {
  const open = new Map<string, Lane>()

  const leave = (key: string, lane: Lane) => {
    const next = lane.line.shift()
    if (next !== undefined) return next()
    lane.running -= 1
    if (lane.running === 0) open.delete(key)
  }

  return async <T>(key: string, work: () => Promise<T>): Promise<T | 'full'> => {
    const lane = open.get(key) ?? { running: 0, line: [] }
    open.set(key, lane)
    if (lane.running < abreast) lane.running += 1
    else if (lane.line.length >= waiting) return 'full'
    else await new Promise<void>((resolve) => lane.line.push(resolve))
    try {
      return await work()
    } finally {
      leave(key, lane)
    }
  }
}
