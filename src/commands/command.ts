import type { OpenPorts } from '../open-ports.ts'
import type { Settings } from '../settings.ts'

/**
 * Does a piece of work with everything open, beside a running server or alone, and lets it go
 * again. Returns the exit code of the command: 0 done, 1 refused, 2 wrong usage or settings.
 */
export type AsCommand = (
  work: (open: OpenPorts, settings: Settings) => Promise<number>,
) => Promise<number>
