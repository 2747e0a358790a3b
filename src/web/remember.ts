const MOST_KEYS = 10_000

/**
 * Remembers what was read for each key for a while, so that every request need not ask the database
 * for what seldom changes. A failed read is not remembered.
 */
export function rememberFor<T>(
  lifeMs: number,
  now: () => number,
  read: (key: string) => Promise<T>,
): (key: string) => Promise<T> {
  const known = new Map<string, { value: Promise<T>; readAtMs: number }>()
  return (key) => {
    const before = known.get(key)
    const nowMs = now()
    const ageMs = before === undefined ? Number.POSITIVE_INFINITY : nowMs - before.readAtMs
    if (before !== undefined && ageMs >= 0 && ageMs < lifeMs) return before.value
    if (known.size >= MOST_KEYS) known.clear()
    const value = read(key)
    known.set(key, { value, readAtMs: nowMs })
    value.catch(() => known.delete(key))
    return value
  }
}
