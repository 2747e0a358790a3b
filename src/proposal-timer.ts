import type { Logger } from 'pino'
import { expireProposals } from './bank/four-eyes.ts'
import type { Ports } from './bank/ports.ts'

const EVERY_MS = 60_000

/** Ends proposals that were left for too long, until it is stopped. Every process does. */
export function startProposalTimer(ports: Ports, logger: Logger): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve()
  const round = async () => {
    const runId = ports.random.id()
    try {
      const expired = await expireProposals(ports, runId)
      if (expired > 0) logger.info({ expired, runId }, 'proposals have expired')
    } catch (error) {
      logger.warn({ err: error, runId }, 'proposals could not be ended and are tried again')
    }
  }
  const timer = setInterval(() => {
    running = round()
  }, EVERY_MS)
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
