import type { Logger } from 'pino'
import { expireProposals } from '../bank/office/four-eyes.ts'
import type { Ports } from '../bank/ports.ts'
import { type Repeated, repeat } from '../store/repeat.ts'

/** What is over cannot be approved anyway: nobody waits for the mark and the event. */
const EVERY_MS = 60_000

/** Ends proposals that were left for too long, until it is stopped. Every process does. */
export function startProposalTimer(ports: Ports, logger: Logger): Repeated {
  return repeat({
    everyMs: EVERY_MS,
    async step() {
      const runId = ports.random.id()
      const ended = await expireProposals(ports, runId)
      if (ended > 0) logger.info({ ended, runId }, 'proposals have expired')
    },
    failed: (error) =>
      logger.warn({ err: error }, 'proposals could not be ended and are tried again'),
  })
}
