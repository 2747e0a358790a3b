/**
 * The bank's time on a phone whose clock may be wrong: measured when the app is opened, looked at
 * again or back online, and remembered for offline use.
 */
import { askTime } from './server.ts'
import { type ClockReading, keepClock } from './vault.ts'

/** From here on the difference is worth a sentence; below it is the network's. */
const NOTICEABLE_MS = 2_000
/** A slower answer says too little about when it was written. */
const SLOWEST_ROUND_TRIP_MS = 8_000

export interface Clock {
  readonly reading: ClockReading | undefined
  readonly isOnline: boolean
}

/** Now by the bank's clock, as far as it is known. */
export const serverNowMs = ({ reading }: Clock): number => Date.now() + (reading?.offsetMs ?? 0)

/** How far the device is ahead of the bank (negative: behind); 0 below what is worth mentioning. */
export function secondsAhead({ reading }: Clock): number {
  const aheadMs = -(reading?.offsetMs ?? 0)
  return Math.abs(aheadMs) < NOTICEABLE_MS ? 0 : aheadMs / 1000
}

/** Asks the server for its time. Without an answer the reading before is kept. */
export async function measured(before: Clock): Promise<Clock> {
  const started = performance.now()
  const answer = await askTime()
  const roundTripMs = performance.now() - started
  if (!answer.ok || answer.status !== 200) return { ...before, isOnline: false }
  const now = (answer.json as { now?: unknown } | null)?.now
  if (typeof now !== 'number' || !Number.isFinite(now)) return { ...before, isOnline: false }
  if (roundTripMs > SLOWEST_ROUND_TRIP_MS) return { ...before, isOnline: true }
  const measuredAtMs = Date.now()
  const reading = { offsetMs: Math.round(now + roundTripMs / 2 - measuredAtMs), measuredAtMs }
  // Remembering is a comfort for later: the code is right now without it.
  await keepClock(reading).catch(() => undefined)
  return { reading, isOnline: true }
}
