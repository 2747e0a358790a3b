import type { Logger } from 'pino'
import type { Ports } from './bank/ports.ts'
import { runReservations } from './bank/procedures/reservation-run.ts'

/**
 * Soon after 8:00, and soon after a clock was moved in a demonstration; one look into a short
 * index.
 */
const EVERY_MS = 10_000

/**
 * Executes reservations when they are due, until it is stopped. Every process does: see the
 * procedure.
 */
export function startReservationTimer(ports: Ports, logger: Logger): { stop(): Promise<void> } {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const round = async (): Promise<void> => {
    const runId = ports.random.id()
    const report = (error: unknown) =>
      logger.error({ err: error, runId }, 'a reservation could not be run and is tried again')
    try {
      const { executed, failed } = await runReservations(ports, runId, report)
      if (executed + failed > 0) logger.info({ executed, failed, runId }, 'reservations were run')
    } catch (error) {
      logger.warn({ err: error, runId }, 'reservations could not be read and are tried again')
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
