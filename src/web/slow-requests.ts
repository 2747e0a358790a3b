import type { IncomingMessage, Server } from 'node:http'
import type { Context } from 'hono'

/** Within this time a request is whole, unless its handler has said that it may take longer. */
const WHOLE_WITHIN_MS = 20_000

/** What may take longer ends here. */
export const LONGEST_REQUEST_MS = 10 * 60 * 1000

const timers = new WeakMap<IncomingMessage, NodeJS.Timeout>()

/**
 * Ends requests that come too slowly. Node's own limit is one for the whole server; an upload is
 * read only as fast as it is taken, and needs another one.
 */
export function endSlowRequests(server: Server): void {
  server.on('request', (incoming) => {
    endAfter(incoming, WHOLE_WITHIN_MS)
    incoming.once('close', () => clearTimeout(timers.get(incoming)))
  })
}

/** From now on this request may pause for so long, and is then ended. */
export function mayPause(c: Context, ms: number): void {
  const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage }
  if (incoming !== undefined && timers.has(incoming)) endAfter(incoming, ms)
}

function endAfter(incoming: IncomingMessage, ms: number): void {
  clearTimeout(timers.get(incoming))
  const timer = setTimeout(() => {
    if (!incoming.complete) incoming.socket.destroy()
  }, ms)
  timers.set(incoming, timer.unref())
}
