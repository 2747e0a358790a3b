import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import type { Logger } from 'pino'
import type { Random } from '../bank/ports.ts'
import { addHeaders } from './answer-headers.ts'

/** What every site keeps for a request. */
export interface RequestVariables {
  /** Stands in the log, in the events and on the page of an unexpected error. */
  requestId: string
}

/**
 * Gives each request an ID and logs one line for it: method, path without query, status, time.
 * Bodies, cookies and headers never reach the log; they carry passwords and codes.
 */
export function requestLog(
  logger: Logger,
  random: Random,
): MiddlewareHandler<{ Variables: RequestVariables }> {
  return async (c, next) => {
    const requestId = random.id()
    c.set('requestId', requestId)
    const began = performance.now()
    await next()
    addHeaders(c, { 'X-Request-Id': requestId })
    const ms = Math.round((performance.now() - began) * 10) / 10
    logger.info({ requestId, method: c.req.method, path: c.req.path, status: c.res.status, ms })
  }
}

/** The address of the client, for counting only. */
export function clientAddress(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? ''
  } catch {
    // In-process calls of the tests have no connection.
    return ''
  }
}
