import type { Hono } from 'hono'
import type { Demo } from './bank/demo.ts'
import { type OpenPorts, openPorts } from './open-ports.ts'
import { startReservationTimer } from './reservation-timer.ts'
import { DEMO_SEED_LIMITS } from './seed-files/read.ts'
import { type Settings, SITES, type Site } from './settings.ts'
import { DEMO_BANK } from './store/demo-bank.ts'
import { readDemoCustomers, readDemoStaff } from './store/demo-readings.ts'
import { startOutbox } from './store/outbox.ts'
import { demoApiKey } from './store/seed-demo.ts'
import { startSweeper } from './store/sweeper.ts'
import { apiSite } from './web/api/api-site.tsx'
import { bankingSite } from './web/banking/banking-site.tsx'
import { type Listening, listen } from './web/listen.ts'
import { openLog } from './web/log.ts'
import { officeSite } from './web/office/office-site.tsx'
import { tokenSite } from './web/token/token-site.ts'

export interface Serving {
  readonly origins: Readonly<Record<Site, string>>
  readonly demo: Demo | undefined
  stop(): Promise<void>
}

export type ServeOutcome =
  | { readonly ok: true; readonly serving: Serving }
  | { readonly ok: false; readonly reason: string }

const TOKEN_APP = new URL('../token-app/', import.meta.url)

/** Opens everything and listens on the four addresses. */
export async function startServing(
  settings: Settings,
  report: (line: string) => void,
): Promise<ServeOutcome> {
  const opening = await openPorts(settings, { as: 'serve', report })
  if (!opening.ok) return opening
  const { open } = opening
  const logger = openLog(settings.logLevel)
  const origins: Partial<Record<Site, string>> = {}
  const originOf = (site: Site) => () => origins[site] ?? ''
  const common = { ports: open.ports, logger }
  // biome-ignore lint/suspicious/noExplicitAny: each site has an environment type of its own.
  const sites: Record<Site, Hono<any>> = {
    banking: bankingSite({
      ...common,
      origin: originOf('banking'),
      tokenOrigin: originOf('token'),
      sessionSecret: open.wrappingKey,
      demo: settings.mode === 'demo',
    }),
    token: tokenSite({ ...common, origin: originOf('token'), appFolder: TOKEN_APP }),
    office: officeSite({
      ...common,
      origin: originOf('office'),
      sessionSecret: open.wrappingKey,
      ...(settings.mode === 'demo' && { seedLimits: DEMO_SEED_LIMITS }),
      demoBankCode: settings.mode === 'demo' ? DEMO_BANK.bankCode : undefined,
    }),
    api: apiSite({ ...common, origin: originOf('api') }),
  }
  const listening: Listening[] = []
  try {
    for (const site of SITES) {
      const { host, port, origin } = settings.listeners[site]
      const listener = await listen(sites[site], host, port)
      listening.push(listener)
      origins[site] = origin ?? `http://${host.includes(':') ? `[${host}]` : host}:${listener.port}`
    }
  } catch (error) {
    await Promise.all(listening.map((listener) => listener.close()))
    await open.close()
    const { code, port } = error as NodeJS.ErrnoException & { port?: number }
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
    const why = code === 'EADDRINUSE' ? 'is in use by another program' : 'may not be opened'
    return { ok: false, reason: `port ${port} ${why}; name another one, or 0 for any free port` }
  }
  const stopWork = startWork(settings, open, logger)
  const stop = async () => {
    await Promise.all(listening.map((listener) => listener.close()))
    await stopWork()
    await open.close()
  }
  const demo =
    settings.mode === 'demo'
      ? {
          apiKey: demoApiKey(open.wrappingKey),
          customers: readDemoCustomers(),
          staff: readDemoStaff(),
        }
      : undefined
  return { ok: true, serving: { origins: origins as Record<Site, string>, demo, stop } }
}

/** What a server does besides answering: notices, reservations, and sweeping up what has ended. */
function startWork(
  settings: Settings,
  { pool, clock, ports }: OpenPorts,
  logger: ReturnType<typeof openLog>,
): () => Promise<void> {
  const sweeper = startSweeper(pool, clock, logger)
  const reservations = startReservationTimer(ports, logger)
  const { smtpUrl, mailFrom } = settings
  const outbox =
    smtpUrl === undefined
      ? undefined
      : startOutbox({ pool, clock, logger, smtpUrl, sender: mailFrom })
  return async () => {
    sweeper.stop()
    await Promise.all([reservations.stop(), outbox?.stop()])
  }
}
