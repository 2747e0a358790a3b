import { createHash } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { Logger } from 'pino'
import type { z } from 'zod'
import type { Request } from '../../bank/attempt.ts'
import { readContractId } from '../../bank/credentials.ts'
import { codeStanding } from '../../bank/one-time-password.ts'
import type { Ports } from '../../bank/ports.ts'
import {
  type ChannelResult,
  exchangeByChannel,
  startByChannel,
  stopByChannel,
} from '../../bank/procedures/token-by-channel.ts'
import { suspendToken } from '../../bank/procedures/token-suspend.ts'
import { verify } from '../../bank/procedures/verification.ts'
import type { Outcome } from '../../bank/refusal.ts'
import { Unavailable } from '../../bank/unavailable.ts'
import { normaliseSerial } from '../../oath/serial.ts'
import { readBody } from '../json/body.ts'
import { invalid, problem } from '../json/problem.ts'
import { STYLE_PATH, styleSheet } from '../parts/site-files.ts'
import { REFUSAL_STATUS } from '../refusals.ts'
import { type RequestVariables, requestLog } from '../request-log.ts'
import { transportSecurity } from '../transport-security.ts'
import { type Client, clientFinder } from './clients.ts'
import { contractOpening } from './contract-acts.ts'
import { DocsPage } from './docs-page.tsx'
import { eventPage } from './event-pages.ts'
import { openapi } from './openapi.ts'
import { exchangeRequest, startRequest, stopRequest, verificationRequest } from './schemas.ts'

type Env = { Variables: RequestVariables }

export interface ApiSettings {
  readonly ports: Ports
  readonly logger: Logger
  readonly origin: () => string
}

/** The REST API of one bank's other channels (`API_PORT`). */
export function apiSite({ ports, logger, origin }: ApiSettings): Hono<Env> {
  const app = new Hono<Env>()
  const findClient = clientFinder(ports.store.tables.apiClients, ports.clock.now)

  /** Every guarded handler asks for its client itself: no path prefix decides who may come in. */
  const withClient = (handler: (c: Context<Env>, client: Client) => Promise<Response>) => {
    return async (c: Context<Env>) => {
      const client = await findClient(c.req.header('Authorization'))
      if (client !== undefined) return handler(c, client)
      const title = 'An API key of a bank is needed'
      return problem({ status: 401, code: 'unauthorised', title })
    }
  }

  app.use(requestLog(logger, ports.random))
  app.use(transportSecurity(origin))

  app.post(
    '/v1/verifications',
    withClient(async (c, client) => {
      const body = await readBody(c, verificationRequest)
      if (!body.ok) return body.response
      const key = c.req.header('Idempotency-Key')
      if (key !== undefined && !/^[\x21-\x7e]{1,200}$/.test(key)) {
        return invalid('A key has 1 to 200 visible ASCII characters', 'Idempotency-Key')
      }
      const callKey =
        key === undefined
          ? undefined
          : { key, bodyHash: createHash('sha256').update(body.text).digest() }
      const outcome = await verify(ports, requestOf(c, client), body.value, callKey)
      if (outcome.ok) return c.json(outcome.value, 200, { 'Cache-Control': 'no-store' })
      return invalid('Another body came under this key', outcome.field, 422)
    }),
  )

  app.get(
    '/v1/tokens/:serial',
    withClient(async (c, { bank }) => {
      const serial = normaliseSerial(c.req.param('serial') ?? '')
      const token = serial && (await ports.store.tables.tokens.find(bank.bankCode, serial))
      if (!token) return notFound()
      const { type, state, algorithm, digits, periodSeconds } = token
      const standing = codeStanding(token, bank.thresholds)
      const locked = !standing.ok && standing.refusal === 'locked-code'
      const answer = { serial, type, state, algorithm, digits, period: periodSeconds, locked }
      return c.json(answer, 200, { 'Cache-Control': 'no-store' })
    }),
  )

  app.post(
    '/v1/tokens/:serial/suspend',
    withClient(async (c, client) => {
      const serial = normaliseSerial(c.req.param('serial') ?? '')
      if (serial === undefined) return notFound()
      return answerAct(await suspendToken(ports, requestOf(c, client), serial))
    }),
  )

  app.get(
    '/v1/events',
    withClient((c, { bank }) => eventPage(c, ports, bank.bankCode)),
  )

  app.post(
    '/v1/contracts',
    withClient((c, client) => contractOpening(c, ports, requestOf(c, client))),
  )

  app.get(
    '/v1/contracts/:contractId',
    withClient(async (c, { bank }) => {
      const contractId = readContractId(c.req.param('contractId') ?? '')
      const { contracts } = ports.store.tables
      const contract = contractId && (await contracts.find(bank.bankCode, contractId))
      if (!contract) return notFound()
      const { method, frozen, token } = contract
      const otpAtLogin = contract.otpAtLogin ? 'required' : 'not-required'
      const held = token && { token: { serial: token.serial } }
      const answer = { contractId, method, frozen, otpAtLogin, ...held }
      return c.json(answer, 200, { 'Cache-Control': 'no-store' })
    }),
  )

  /** A change to a contract's token, by the body of its schema. */
  const tokenAct = <Schema extends z.ZodType>(
    schema: Schema,
    act: (
      ports: Ports,
      request: Request,
      contractId: string,
      form: z.infer<Schema>,
    ) => Promise<Outcome<ChannelResult>>,
  ) =>
    withClient(async (c, client) => {
      const contractId = readContractId(c.req.param('contractId') ?? '')
      if (contractId === undefined) return notFound()
      const body = await readBody(c, schema)
      if (!body.ok) return body.response
      return answerAct(await act(ports, requestOf(c, client), contractId, body.value))
    })
  app.post('/v1/contracts/:contractId/token', tokenAct(startRequest, startByChannel))
  app.put('/v1/contracts/:contractId/token', tokenAct(exchangeRequest, exchangeByChannel))
  app.delete('/v1/contracts/:contractId/token', tokenAct(stopRequest, stopByChannel))

  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', async (c) => {
    await ports.store.ping()
    return c.json({ status: 'ready' })
  })
  app.get('/openapi.json', (c) => c.json(openapi(origin())))
  app.get(STYLE_PATH, styleSheet)
  app.get('/docs', async (c) => {
    c.header('Content-Security-Policy', DOCS_POLICY)
    return c.html(<DocsPage api={openapi(origin())} />)
  })

  app.notFound(() => notFound())
  app.onError((error, c) => {
    const requestId = c.get('requestId')
    if (error instanceof Unavailable) {
      logger.warn({ requestId, err: error }, 'the database does not answer')
      const title = 'The service is not available at the moment'
      return problem({ status: 503, code: 'unavailable', title })
    }
    logger.error({ requestId, err: error }, 'unexpected')
    const detail = `Request ${requestId}`
    return problem({ status: 500, code: 'internal-error', title: 'Unexpected error', detail })
  })
  return app
}

/** The receipt of an act, or its refusal as a problem. */
function answerAct(outcome: Outcome<ChannelResult>): Response {
  if (!outcome.ok) {
    const { refusal, field } = outcome
    const title = 'The act was refused and nothing was changed'
    return problem({ status: REFUSAL_STATUS[refusal], code: refusal, title, field })
  }
  const { receivedAtMs, ...receipt } = outcome.value
  const answer = { ...receipt, receivedAt: new Date(receivedAtMs).toISOString() }
  return Response.json(answer, { headers: { 'Cache-Control': 'no-store' } })
}

/** The page for people has no script and nothing from elsewhere. */
const DOCS_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"

const notFound = () => problem({ status: 404, code: 'not-found', title: 'There is no such thing' })

const requestOf = (c: Context<Env>, client: Client): Request => ({
  bank: client.bank,
  actor: { kind: 'api', id: client.name },
  requestId: c.get('requestId'),
})
