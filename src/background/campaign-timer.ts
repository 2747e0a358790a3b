import type { Logger } from 'pino'
import type { Ports } from '../bank/ports.ts'
import { expireTypes } from '../bank/procedures/type-expiry.ts'
import { remindNext } from '../bank/procedures/type-reminder.ts'
import { type Repeated, repeat } from '../store/repeat.ts'

/** Two looks into short indexes; portions of one reminder are as far apart at least. */
const EVERY_MS = 10_000

/** Sends reminders and ends tokens when their days come, until it is stopped; in every process. */
export function startCampaignTimer(ports: Ports, logger: Logger): Repeated {
  return repeat({
    everyMs: EVERY_MS,
    async step(isStopped) {
      const runId = ports.random.id()
      const report = (error: unknown) =>
        logger.error({ err: error, runId }, 'a token could not be ended and is tried again')
      // One portion of each reminder that is due, and no more.
      for (let queued: number | undefined = 0; queued !== undefined && !isStopped(); ) {
        queued = await remindNext(ports, runId)
        if (queued) logger.info({ queued, runId }, 'reminders were queued')
      }
      const expired = await expireTypes(ports, runId, report)
      if (expired > 0) logger.info({ expired, runId }, 'tokens of ended types have expired')
    },
    failed: (error) => logger.warn({ err: error }, 'campaigns could not go on and are tried again'),
  })
}
