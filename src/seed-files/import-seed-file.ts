import type { Request } from '../bank/attempt.ts'
import type { Ports } from '../bank/ports.ts'
import { importSeeds, type SeedImportForm } from '../bank/procedures/seed-import.ts'
import { readSeedFile, type SeedFileForm } from './seed-file.ts'

/**
 * Imports a seed file from wherever its bytes come: a file, an upload. They are asked for only as
 * fast as they are taken, and let go of when the import ends early. Refusals: see `importSeeds`.
 */
export const importSeedFile = (
  ports: Ports,
  request: Request,
  bytes: AsyncIterable<Uint8Array>,
  form: SeedImportForm & SeedFileForm,
) => importSeeds(ports, request, form, readSeedFile(bytes, form))
