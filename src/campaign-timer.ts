import type { Logger } from 'pino'
import type { Ports } from './bank/ports.ts'
import { expireTypes } from './bank/procedures/type-expiry.ts'
import { remindNext } from './bank/procedures/type-reminder.ts'

/** Two looks into short indexes; portions of one reminder are as far apart at least. */
const EVERY_MS = 10_000

/** Sends reminders and ends tokens when their days come, until it is stopped; in every process. */
export function startCampaignTimer(ports: Ports, logger: Logger): { stop(): Promise<void> } {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const round = async (): Promise<void> => {
    const runId = ports.random.id()
    const report = (error: unknown) =>
      logger.error({ err: error, runId }, 'a token could not be ended and is tried again')
    try {
      // One portion of each reminder that is due, and no more.
      for (let queued: number | undefined = 0; queued !== undefined && !stopped; ) {
        queued = await remindNext(ports, runId)
        if (queued) logger.info({ queued, runId }, 'reminders were queued')
      }
      const expired = await expireTypes(ports, runId, report)
      if (expired > 0) logger.info({ expired, runId }, 'tokens of ended types have expired')
    } catch (error) {
      logger.warn({ err: error, runId }, 'campaigns could not go on and are tried again')
    }
    if (!stopped) timer = setTimeout(begin, EVERY_MS)
  }
  let running = Promise.resolve()
  const begin = () => {
    running = round()
  }
  begin()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
