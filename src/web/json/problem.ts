import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Refusal } from '../../bank/refusal.ts'

export interface Problem {
  readonly status: ContentfulStatusCode
  readonly code: Refusal | 'unauthorised' | 'not-found' | 'internal-error'
  readonly title: string
  readonly detail?: string | undefined
  /** The field of the body, or the header, that the problem is about. */
  readonly field?: string | undefined
}

/**
 * A problem as RFC 9457 has it: `application/problem+json` with our `code` and `field` as
 * extensions.
 */
export function problem(given: Problem): Response {
  const { status, title, detail, code, field } = given
  const body = { type: 'about:blank', title, status, detail, code, field }
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }),
    },
  })
}

export const invalid = (detail: string, field?: string, status: ContentfulStatusCode = 400) =>
  problem({ status, code: 'invalid-input', title: 'The request is not valid', detail, field })
