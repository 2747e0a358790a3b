import fs from 'node:fs'

/** The clock of servers started with ICHIDO_CLOCK on this file. */
export interface MovableClock {
  readonly file: string
  now(): number
  advance(byMs: number): void
}

export function makeClock(file: string): MovableClock {
  let offsetMs = 0
  const write = () => {
    // Renamed into place: no server ever reads half a number.
    fs.writeFileSync(`${file}.draft`, String(offsetMs))
    fs.renameSync(`${file}.draft`, file)
  }
  write()
  return {
    file,
    now: () => Date.now() + offsetMs,
    advance(byMs) {
      offsetMs += byMs
      write()
    },
  }
}
