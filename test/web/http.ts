/** Sites on real ports, asked over real HTTP. */
import type { Hono } from 'hono'
import { pino } from 'pino'
import { expect } from 'vitest'
import type { Ports } from '../../src/bank/ports.ts'
import { apiSite } from '../../src/web/api/api-site.tsx'
import { bankingSite } from '../../src/web/banking/banking-site.tsx'
import { listen } from '../../src/web/listen.ts'
import { officeSite } from '../../src/web/office/office-site.tsx'
import { tokenSite } from '../../src/web/token/token-site.ts'

export interface Site {
  readonly origin: string
  close(): Promise<void>
}

const logger = pino({ level: 'silent' })

// biome-ignore lint/suspicious/noExplicitAny: each site has an environment type of its own.
async function serve(make: (origin: () => string) => Hono<any>): Promise<Site> {
  let origin = ''
  const { port, close } = await listen(
    make(() => origin),
    '127.0.0.1',
    0,
  )
  origin = `http://127.0.0.1:${port}`
  return { origin, close }
}

export const serveApi = (ports: Ports): Promise<Site> =>
  serve((origin) => apiSite({ ports, logger, origin }))

export const serveBanking = (ports: Ports): Promise<Site> =>
  serve((origin) =>
    bankingSite({
      ports,
      logger,
      origin,
      tokenOrigin: () => 'http://token.invalid',
      sessionSecret: new Uint8Array(32),
      demo: false,
    }),
  )

export const serveOffice = (ports: Ports): Promise<Site> =>
  serve((origin) =>
    officeSite({
      ports,
      logger,
      origin,
      sessionSecret: new Uint8Array(32),
      demoBankCode: undefined,
    }),
  )

export const serveToken = (ports: Ports, appFolder: URL): Promise<Site> =>
  serve(() => tokenSite({ origin: () => '', ports, logger, appFolder }))

/**
 * That an answer is a problem of RFC 9457 with our extensions, and nothing else; returns its body.
 */
export async function expectProblem(
  answer: Response,
  status: number,
  code: string,
  field?: string,
) {
  const body = (await answer.json()) as Record<string, unknown>
  expect([answer.status, body.code, body.field]).toEqual([status, code, field])
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(answer.headers.get('x-request-id')).toMatch(/^[\w-]{22}$/)
  expect(body).toMatchObject({ type: 'about:blank', status, title: expect.any(String) })
  const known = ['type', 'title', 'status', 'detail', 'code', 'field']
  expect(Object.keys(body).filter((key) => !known.includes(key))).toEqual([])
  return body
}
