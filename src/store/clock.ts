import fs from 'node:fs'
import type { Clock } from '../bank/ports.ts'

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now() }

/**
 * The machine's clock moved by the milliseconds in a file, which is read again at every use, so
 * that a demonstration or a test can move the time of a running server. A missing or odd file moves
 * nothing.
 */
export function movableClock(offsetFile: string): Clock {
  return { now: () => Date.now() + readOffsetMs(offsetFile) }
}

function readOffsetMs(file: string): number {
  try {
    const offsetMs = Number(fs.readFileSync(file, 'utf8').trim())
    return Number.isSafeInteger(offsetMs) ? offsetMs : 0
  } catch {
    return 0
  }
}
