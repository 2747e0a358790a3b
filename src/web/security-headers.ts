import type { MiddlewareHandler } from 'hono'
import type { Random } from '../bank/ports.ts'
import { addHeaders } from './answer-headers.ts'

/**
 * Headers of every page: scripts only with this response's nonce, styles, images and requests only
 * from and to here, no frame, no form to elsewhere, nothing kept by caches.
 */
export function securityHeaders(
  random: Random,
): MiddlewareHandler<{ Variables: { nonce: string } }> {
  return async (c, next) => {
    const nonce = random.id()
    c.set('nonce', nonce)
    await next()
    addHeaders(c, ALWAYS)
    addHeaders(c, { 'Content-Security-Policy': policyWith(nonce) })
    if (!c.res.headers.has('Cache-Control')) addHeaders(c, { 'Cache-Control': 'no-store' })
  }
}

const ALWAYS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
}

const policyWith = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
