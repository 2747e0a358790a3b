import { createHash } from 'node:crypto'

/** The seed of a token on the demonstration's shelf: fixed, and as public as the rest of it. */
export const demoStockSeed = (serial: string): Buffer =>
  createHash('sha256').update(`ichido demo stock ${serial}`).digest()
