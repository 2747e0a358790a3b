import { type Context, Hono } from 'hono'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { Ports } from '../../bank/ports.ts'
import { agree, confirmAgreement } from '../../bank/procedures/provisioning.ts'
import { SOFTWARE_TYPES } from '../../bank/token-type.ts'
import { Unavailable } from '../../bank/unavailable.ts'
import { fromBase64url, toBase64url } from '../../oath/key-agreement.ts'
import { normaliseSerial } from '../../oath/serial.ts'
import { addHeaders } from '../answer-headers.ts'
import { readBody } from '../json/body.ts'
import { invalid, problem } from '../json/problem.ts'
import { type RateLimit, rateLimiter } from '../rate-limit.ts'
import { clientAddress, type RequestVariables, requestLog } from '../request-log.ts'
import { staticFiles } from '../static-files.ts'
import { transportSecurity } from '../transport-security.ts'

type Env = { Variables: RequestVariables }

export interface TokenSiteSettings {
  readonly ports: Ports
  readonly logger: Logger
  readonly origin: () => string
  /** The folder with the built token app. */
  readonly appFolder: URL
}

/**
 * No inline script or style, nothing from elsewhere: a page that holds keys runs only its own code.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const ALWAYS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
}

/** A household or an office behind one address makes tokens; a flood of them is something else. */
const PROVISIONS_PER_ADDRESS: RateLimit = { most: 300, perMs: 60_000 }

const provisionRequest = z.strictObject({
  type: z.enum(SOFTWARE_TYPES),
  publicKey: z.string().max(100),
})
const confirmRequest = z.strictObject({ proof: z.string().max(100) })

/** The token app and its provisioning (`TOKEN_PORT`). */
export function tokenSite({ ports, logger, origin, appFolder }: TokenSiteSettings): Hono<Env> {
  const app = new Hono<Env>()
  const mayProvision = rateLimiter(PROVISIONS_PER_ADDRESS, ports.clock.now)

  app.use(requestLog(logger, ports.random))
  app.use(transportSecurity(origin))
  app.use(async (c, next) => {
    await next()
    addHeaders(c, ALWAYS)
  })

  app.get('/time', (c) => fresh(c, { now: ports.clock.now() }))

  app.get('/institution-key', async (c) =>
    fresh(c, { publicKey: toBase64url(await ports.institution.publicKey()) }),
  )

  app.post('/provision', async (c) => {
    if (!mayProvision(clientAddress(c))) {
      return problem({ status: 429, code: 'too-many-requests', title: 'Too many, try again later' })
    }
    const body = await readBody(c, provisionRequest)
    if (!body.ok) return body.response
    const clientKey = fromBase64url(body.value.publicKey)
    const agreed = clientKey && (await agree(ports, body.value.type, clientKey))
    if (!agreed) return invalid('Not an uncompressed point of P-256 in base64url', 'publicKey')
    const answer = {
      serial: agreed.serial,
      publicKey: toBase64url(agreed.serverKey),
      signature: toBase64url(agreed.signature),
      algorithm: agreed.algorithm,
      digits: agreed.digits,
      period: agreed.periodSeconds,
      now: agreed.nowMs,
    }
    return fresh(c, answer, 201)
  })

  app.post('/provision/:serial/confirm', async (c) => {
    const body = await readBody(c, confirmRequest)
    if (!body.ok) return body.response
    const proof = fromBase64url(body.value.proof)
    if (proof === null) return invalid('Not base64url', 'proof')
    const serial = normaliseSerial(c.req.param('serial'))
    const confirmation = serial ? await confirmAgreement(ports, serial, proof) : 'unknown'
    switch (confirmation) {
      case 'confirmed':
        return c.body(null, 204)
      case 'unknown':
        return problem({ status: 404, code: 'serial-unknown', title: 'No such credential' })
      case 'confirmed-before':
        return problem({ status: 409, code: 'serial-in-use', title: 'It was confirmed before' })
      case 'wrong-proof':
        return invalid('The proof is wrong and the credential is gone', 'proof', 422)
    }
  })

  app.get('*', staticFiles(appFolder))
  app.notFound(() => problem({ status: 404, code: 'not-found', title: 'There is no such thing' }))
  app.onError((error, c) => {
    const requestId = c.get('requestId')
    const unavailable = error instanceof Unavailable
    logger.error({ requestId, err: error }, unavailable ? 'the database is away' : 'unexpected')
    return unavailable
      ? problem({ status: 503, code: 'unavailable', title: 'Not available at the moment' })
      : problem({ status: 500, code: 'internal-error', title: 'Unexpected error' })
  })
  return app
}

const fresh = (c: Context, value: object, status: 200 | 201 = 200) =>
  c.json(value, status, { 'Cache-Control': 'no-store' })
