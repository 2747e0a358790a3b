/** How far an import has come, for the page that watches it in another tab. */
export interface ImportProgress {
  readonly staffId: string
  readonly state: 'running' | 'done' | 'failed'
  readonly tokens: number
}

/** So many are remembered, in this process only: who asks another one learns nothing yet. */
const MOST_REMEMBERED = 50

const known = new Map<string, ImportProgress>()

export function noteProgress(watch: string, progress: ImportProgress): void {
  if (!/^[\w-]{16,32}$/.test(watch)) return
  known.delete(watch)
  known.set(watch, progress)
  const [oldest] = known.keys()
  if (known.size > MOST_REMEMBERED && oldest !== undefined) known.delete(oldest)
}

/** Of this staff member's own imports only. */
export function progressOf(watch: string, staffId: string): ImportProgress | undefined {
  const found = known.get(watch)
  return found?.staffId === staffId ? found : undefined
}
