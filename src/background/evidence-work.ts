import type { Logger } from 'pino'
import type { OpenPorts } from '../open-ports.ts'
import type { Settings } from '../settings.ts'
import { startHeadPublisher } from '../store/evidence/head-publishing.ts'
import { logKeysOn } from '../store/evidence/log-keys.ts'
import { startSealer } from '../store/evidence/sealer.ts'

/** Seals the events of all banks and publishes the signed heads, until it is stopped. */
export function startEvidence(
  settings: Settings,
  { pool, clock, ports }: OpenPorts,
  logger: Logger,
): { stop(): Promise<void> } {
  const keys = logKeysOn(pool, ports.vault, clock)
  const sealer = startSealer({ pool, clock, keys }, logger)
  const publisher = startHeadPublisher({ pool, keys, logger, target: settings.heads })
  return {
    async stop() {
      // The last events first, so that their head goes out as well.
      await sealer.stop()
      await publisher.stop()
    },
  }
}
