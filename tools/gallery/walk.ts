/** One who walks through pages; what a walk does not reach is told at the end, and the others go on. */
export type Walk = (name: string, visit: () => Promise<void>) => Promise<void>

export interface Walks {
  readonly walk: Walk
  /** What was not reached, each with the reason in one line. */
  readonly missed: readonly string[]
}

export function walks(): Walks {
  const missed: string[] = []
  return {
    missed,
    async walk(name, visit) {
      const startedAt = performance.now()
      try {
        await visit()
      } catch (error) {
        missed.push(`${name}: ${error instanceof Error ? placeOf(error) : String(error)}`)
      }
      console.log(`${name}: ${((performance.now() - startedAt) / 1000).toFixed(0)} s`)
    },
  }
}

/** What went wrong, and the first line of the gallery's own on the way there. */
function placeOf(error: Error): string {
  const lines = (error.stack ?? error.message).split('\n')
  const own = lines.filter((line) => line.includes('/tools/'))
  return [lines[0], ...own].map((line) => line?.trim()).join('\n    ')
}
