/** Ways to put load on something: as fast as so many clients can, or at a fixed rate. */
import { setTimeout as sleep } from 'node:timers/promises'

/** One act of one client: true when it was answered right, false when nothing is left to do. */
export type Act = () => Promise<boolean>

/** A closed loop: each client begins its next act when its last one is done. Acts a second. */
export async function actsPerSecond(clients: readonly Act[], seconds: number): Promise<number> {
  const startedMs = performance.now()
  const deadlineMs = startedMs + seconds * 1000
  let acts = 0
  await Promise.all(
    clients.map(async (act) => {
      while (performance.now() < deadlineMs && (await act())) acts += 1
    }),
  )
  return (acts / (performance.now() - startedMs)) * 1000
}

/**
 * An open loop: acts arrive at a fixed rate whatever the answers take, and each is timed from the
 * moment it should have begun, so that a stall is felt by all that arrive in it. Milliseconds each.
 */
export async function latenciesAtRate(
  clients: readonly Act[],
  ratePerSecond: number,
  seconds: number,
): Promise<number[]> {
  const total = Math.floor(ratePerSecond * seconds)
  const latenciesMs: number[] = []
  const idle = [...clients]
  const startedMs = performance.now()
  const dueMs = (place: number) => startedMs + (place / ratePerSecond) * 1000
  const underWay = new Set<Promise<void>>()
  let begun = 0

  const beginDue = () => {
    while (begun < total && dueMs(begun) <= performance.now()) {
      const act = idle.pop()
      if (act === undefined) return
      const intendedMs = dueMs(begun)
      begun += 1
      const done = act().then(() => {
        latenciesMs.push(performance.now() - intendedMs)
        underWay.delete(done)
        idle.push(act)
        beginDue()
      })
      underWay.add(done)
    }
  }
  while (begun < total) {
    beginDue()
    await Promise.race([sleep(1), ...(idle.length === 0 ? underWay : [])])
  }
  await Promise.all(underWay)
  return latenciesMs
}
