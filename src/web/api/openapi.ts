import { z } from 'zod'
import { MOST_EVENTS, USUAL_EVENTS } from './event-pages.ts'
import {
  actAnswer,
  contractAnswer,
  contractOpeningAnswer,
  contractOpeningRequest,
  eventsAnswer,
  exchangeRequest,
  problemAnswer,
  startRequest,
  stopRequest,
  tokenAnswer,
  verificationAnswer,
  verificationRequest,
} from './schemas.ts'

const json = (schema: z.ZodType) => ({
  'application/json': { schema: z.toJSONSchema(schema, { target: 'draft-2020-12' }) },
})

const problems = (...statuses: readonly number[]) =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: 'A problem (RFC 9457)',
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      },
    ]),
  )

/** The description of the API, OpenAPI 3.1, made of the schemas that also parse the requests. */
export function openapi(origin: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'ichido',
      version: '1',
      description:
        'One-time passwords of a bank: verify codes, keep tokens and contracts, follow events.',
    },
    servers: [{ url: origin }],
    security: [{ key: [] }],
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: z.toJSONSchema(problemAnswer) },
    },
    paths: {
      '/v1/verifications': {
        post: {
          summary: 'Verify a code: accepted once, whoever asks',
          parameters: [
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: false,
              description: 'A repeated call gets the first answer for 24 hours',
              schema: { type: 'string', minLength: 1, maxLength: 200 },
            },
          ],
          requestBody: { required: true, content: json(verificationRequest) },
          responses: {
            200: { description: 'Accepted or refused', content: json(verificationAnswer) },
            ...problems(400, 401, 413, 415, 422),
          },
        },
      },
      '/v1/tokens/{serial}': {
        get: {
          summary: 'A token of this bank or of the centre',
          parameters: [pathParameter('serial')],
          responses: {
            200: { description: 'The token', content: json(tokenAnswer) },
            ...problems(401, 404),
          },
        },
      },
      '/v1/tokens/{serial}/suspend': {
        post: {
          summary: 'Suspend a token: from then on none of its codes is accepted anywhere',
          parameters: [pathParameter('serial')],
          responses: acts(),
        },
      },
      '/v1/contracts': {
        post: {
          summary: 'Open a contract: its customer enrols with what the answer tells, once',
          requestBody: { required: true, content: json(contractOpeningRequest) },
          responses: {
            201: { description: 'Opened', content: json(contractOpeningAnswer) },
            ...problems(400, 401, 409, 413, 415, 422),
          },
        },
      },
      '/v1/events': {
        get: {
          summary: 'The events of this bank, in order and each once',
          parameters: eventParameters,
          responses: {
            200: {
              description: 'Events, and the cursor to go on with',
              content: json(eventsAnswer),
            },
            ...problems(400, 401),
          },
        },
      },
      '/v1/contracts/{contractId}': {
        get: {
          summary: 'A contract of this bank',
          parameters: [pathParameter('contractId')],
          responses: {
            200: { description: 'The contract', content: json(contractAnswer) },
            ...problems(401, 404),
          },
        },
      },
      '/v1/contracts/{contractId}/token': {
        post: tokenAct('Start (利用開始)', startRequest),
        put: tokenAct('Exchange (交換)', exchangeRequest),
        delete: tokenAct('Stop (利用中止)', stopRequest),
      },
      '/healthz': { get: unguarded('The process answers') },
      '/readyz': { get: unguarded('The database answers', 503) },
    },
  }
}

const eventParameters = [
  {
    name: 'after',
    in: 'query',
    required: false,
    description: 'The `next` of the page before; without it from the beginning',
    schema: { type: 'string', maxLength: 40 },
  },
  {
    name: 'limit',
    in: 'query',
    required: false,
    description: 'How many events at most',
    schema: { type: 'integer', minimum: 1, maximum: MOST_EVENTS, default: USUAL_EVENTS },
  },
]

const pathParameter = (name: string) => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'string' },
})

/** An act is done with a receipt, or refused as a problem whose `code` is the refusal. */
const acts = () => ({
  200: { description: 'Done', content: json(actAnswer) },
  ...problems(400, 401, 413, 415, 422, 423),
})

const tokenAct = (summary: string, request: z.ZodType) => ({
  summary,
  parameters: [pathParameter('contractId')],
  requestBody: { required: true, content: json(request) },
  responses: acts(),
})

const unguarded = (description: string, ...failures: readonly number[]) => ({
  summary: description,
  security: [],
  responses: { 200: { description }, ...problems(...failures) },
})
