import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'
import { endSlowRequests, LONGEST_REQUEST_MS } from './slow-requests.ts'

export interface Listening {
  readonly port: number
  /** Takes no new connection, finishes what is under way, and ends idle ones. */
  close(): Promise<void>
}

/** Slow clients are let go, most of them long before the last limit: see `slow-requests.ts`. */
const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: LONGEST_REQUEST_MS,
  keepAliveTimeout: 65_000,
}

// biome-ignore lint/suspicious/noExplicitAny: each site has an environment type of its own.
export type ServedSite = Pick<Hono<any>, 'fetch'>

/** Serves an application on host and port; port 0 takes any free one. */
export function listen(app: ServedSite, host: string, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port }, (info) => {
      server.off('error', reject)
      resolve({ port: info.port, close: () => close(server) })
    }) as Server
    Object.assign(server, TIMEOUTS)
    endSlowRequests(server)
    server.once('error', reject)
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), 3_000).unref()
  })
}
