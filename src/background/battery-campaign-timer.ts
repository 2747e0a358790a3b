import type { Logger } from 'pino'
import type { Ports } from '../bank/ports.ts'
import { runBatteryCampaigns } from '../bank/procedures/battery-campaign.ts'
import { type Repeated, repeat } from '../store/repeat.ts'

/** Soon after an approval; one look into an index that is empty most of the time. */
const EVERY_MS = 10_000

/** Deals with what battery campaigns have listed, until it is stopped. Every process does. */
export function startBatteryCampaignTimer(ports: Ports, logger: Logger): Repeated {
  return repeat({
    everyMs: EVERY_MS,
    async step() {
      const runId = ports.random.id()
      const report = (error: unknown) =>
        logger.error({ err: error, runId }, 'a battery replacement failed and is tried again')
      const settled = await runBatteryCampaigns(ports, runId, report)
      if (settled > 0) logger.info({ settled, runId }, 'battery replacements were recorded')
    },
    failed: (error) =>
      logger.warn({ err: error }, 'battery campaigns could not be read and are tried again'),
  })
}
