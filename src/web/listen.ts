import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'

export interface Listening {
  readonly port: number
  /** Takes no new connection, finishes what is under way, and ends idle ones. */
  close(): Promise<void>
}

/** Slow clients are let go: a request that is not whole by then will not be. */
const TIMEOUTS = { headersTimeout: 10_000, requestTimeout: 20_000, keepAliveTimeout: 65_000 }

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
