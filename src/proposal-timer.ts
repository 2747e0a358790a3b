import type { Logger } from 'pino'
import { expireProposals } from './bank/four-eyes.ts'
import type { Ports } from './bank/ports.ts'

/** What is over cannot be approved anyway: nobody waits for the mark and the event. */
const EVERY_MS = 60_000

/** Ends proposals that were left for too long, until it is stopped. Every process does. */
export function startProposalTimer(ports: Ports, logger: Logger): { stop(): Promise<void> } {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const round = async (): Promise<void> => {
    const runId = ports.random.id()
    try {
      const ended = await expireProposals(ports, runId)
      if (ended > 0) logger.info({ ended, runId }, 'proposals have expired')
    } catch (error) {
      logger.warn({ err: error, runId }, 'proposals could not be ended and are tried again')
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
