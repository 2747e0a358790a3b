/** What reading a piece of a seed file comes to: a value, or the one fault that ends it. */

import type { SeedFault, SeedFaultReason, SeedRecord } from '../bank/hardware/seed.ts'
import type { Done } from '../bank/refusal.ts'

export interface Faulty {
  readonly ok: false
  readonly fault: SeedFault
}

export type Read<T> = Done<T> | Faulty

export function faultAt(line: number, reason: SeedFaultReason, about?: string): SeedFault {
  return about === undefined ? { reason, line } : { reason, line, about: printable(about) }
}

export const faulty = (line: number, reason: SeedFaultReason, about?: string): Faulty => ({
  ok: false,
  fault: faultAt(line, reason, about),
})

/** The tokens of a piece of a file, up to the fault if it has one. */
export interface ReadPiece {
  readonly records: readonly SeedRecord[]
  readonly fault?: SeedFault
}

const MOST_SHOWN = 80

/** A name from the file, fit to be shown: short, and without what a terminal would obey. */
export function printable(text: string): string {
  const plain = text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim()
  const characters = [...plain]
  return characters.length > MOST_SHOWN ? `${characters.slice(0, MOST_SHOWN).join('')}…` : plain
}

/** Bounds on what is taken from a file, so that no file can take more than its share. */
export interface SeedLimits {
  readonly mostBytes: number
  readonly mostTokens: number
  /** RFC 4226 §4 R6 asks for 128 bits. */
  readonly leastSeedBytes: number
}

export const SEED_LIMITS: SeedLimits = {
  mostBytes: 2 * 1024 ** 3,
  mostTokens: 1_000_000,
  leastSeedBytes: 16,
}

/** RFC 6030 figure 2 has a seed of four; published samples are what a demonstration is tried with. */
export const DEMO_SEED_LIMITS: Partial<SeedLimits> = { leastSeedBytes: 4 }
