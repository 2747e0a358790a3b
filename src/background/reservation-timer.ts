import type { Logger } from 'pino'
import type { Ports } from '../bank/ports.ts'
import { runReservations } from '../bank/procedures/reservation-run.ts'
import { type Repeated, repeat } from '../store/repeat.ts'

/**
 * Soon after 8:00, and soon after a clock was moved in a demonstration; one look into a short
 * index.
 */
const EVERY_MS = 10_000

/**
 * Executes reservations when they are due, until it is stopped. Every process does: see the
 * procedure.
 */
export function startReservationTimer(ports: Ports, logger: Logger): Repeated {
  return repeat({
    everyMs: EVERY_MS,
    async step() {
      const runId = ports.random.id()
      const report = (error: unknown) =>
        logger.error({ err: error, runId }, 'a reservation could not be run and is tried again')
      const { executed, failed } = await runReservations(ports, runId, report)
      if (executed + failed > 0) logger.info({ executed, failed, runId }, 'reservations were run')
    },
    failed: (error) =>
      logger.warn({ err: error }, 'reservations could not be read and are tried again'),
  })
}
