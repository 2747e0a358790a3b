import type { Ports } from './bank/ports.ts'
import type { Opening } from './listen-on-all.ts'
import type { OpenPorts } from './open-ports.ts'
import type { Settings } from './settings.ts'
import { outboxBacklog } from './store/outbox.ts'
import type { ServedSite } from './web/listen.ts'

/** What a server counts of itself, where that is wished for. */
export interface Watched {
  readonly ports: Ports
  observe(name: string, site: ServedSite): ServedSite
  /** Where it is read, if anybody wants it. */
  readonly opening: { readonly metrics?: Opening }
}

/** Without `METRICS_PORT` nothing is loaded, counted or slowed. */
export async function watched(settings: Settings, open: OpenPorts): Promise<Watched> {
  const { metrics: listener } = settings
  if (listener === undefined) {
    return { ports: open.ports, observe: (_, site) => site, opening: {} }
  }
  const { openMetrics } = await import('./metrics/metrics.ts')
  const { countedStore } = await import('./metrics/counted-store.ts')
  const { observedSite } = await import('./metrics/observed-site.ts')
  const { metricsSite } = await import('./metrics/metrics-site.ts')
  const { pool, clock, hashing } = open
  const metrics = openMetrics({
    hashing,
    pool: () => ({
      busy: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    outbox: () => outboxBacklog(pool, clock),
  })
  return {
    ports: { ...open.ports, store: countedStore(open.ports.store, metrics.countEvent) },
    observe: (name, site) => observedSite(site, name, metrics),
    opening: { metrics: { site: metricsSite(metrics), listener } },
  }
}
