import { expect } from 'vitest'

/**
 * Does the work, which may take so many milliseconds of the processor in this process. What hangs
 * computes; a clock would also count what the other programs of a busy machine do.
 */
export async function within<T>(mostMs: number, work: () => T, told?: string): Promise<Awaited<T>> {
  const before = process.cpuUsage()
  const done = await work()
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1000, told).toBeLessThan(mostMs)
  return done
}
