import type { SeedFormat, SeedReading } from '../bank/hardware/seed.ts'
import { readCsv } from './csv.ts'
import { readPskc } from './pskc.ts'
import type { Unlocking } from './pskc-opening.ts'
import { SEED_LIMITS, type SeedLimits } from './read.ts'

export interface SeedFileForm {
  readonly format: SeedFormat
  /** For an encrypted PSKC file; a CSV file is never encrypted. */
  readonly unlocking?: Unlocking
  readonly limits?: Partial<SeedLimits>
}

/** Reads a seed file, from wherever its bytes come; the procedure `seed-import` takes the result. */
export function readSeedFile(bytes: AsyncIterable<Uint8Array>, form: SeedFileForm): SeedReading {
  const limits = { ...SEED_LIMITS, ...form.limits }
  return form.format === 'csv'
    ? readCsv(bytes, limits)
    : readPskc(bytes, form.unlocking ?? {}, limits)
}
