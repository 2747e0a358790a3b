import type { MiddlewareHandler } from 'hono'
import { addHeaders } from './answer-headers.ts'

const ALWAYS_BY_HTTPS = {
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
}

/** Where the site is public by https, browsers are told never to ask for it in any other way. */
export function transportSecurity(origin: () => string): MiddlewareHandler {
  return async (c, next) => {
    await next()
    if (origin().startsWith('https:')) addHeaders(c, ALWAYS_BY_HTTPS)
  }
}
