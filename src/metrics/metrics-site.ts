import { Hono } from 'hono'
import type { Metrics } from './metrics.ts'

/** `GET /metrics`, on a listener of its own: it asks for no key, so it is not for the public. */
export function metricsSite({ registry }: Pick<Metrics, 'registry'>): Hono {
  const site = new Hono()
  site.get('/metrics', async (c) =>
    c.body(await registry.metrics(), 200, {
      'Content-Type': registry.contentType,
      'Cache-Control': 'no-store',
    }),
  )
  site.notFound((c) => c.text('GET /metrics\n', 404))
  return site
}
