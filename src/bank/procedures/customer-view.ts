import { eventOf, type Request } from '../attempt.ts'
import { VIEWING } from '../event-reading.ts'
import type { Ports } from '../ports.ts'

/** Whoever goes through the pages of one customer during a call leaves one event, not twenty. */
const NOTED_FOR_MS = 60 * 60 * 1000

/**
 * That a staff member opens a customer's page is recorded before it is shown, once an hour for each
 * of the two. Of an ID that nobody has nothing is.
 */
export function recordViewing(ports: Ports, request: Request, contractId: string): Promise<void> {
  const { bankCode } = request.bank
  return ports.store.transaction(async (tx) => {
    const nowMs = ports.clock.now()
    const viewing = { bankCode, contractId, staffId: request.actor.id }
    if (!(await tx.customers.noteViewing(viewing, nowMs, nowMs - NOTED_FOR_MS))) return
    const attempted = { procedure: VIEWING, contractId }
    await tx.journal.append(eventOf(ports, request, attempted, 'done'))
  })
}
