import type { Hono } from 'hono'
import { startBatteryCampaignTimer } from './background/battery-campaign-timer.ts'
import { startCampaignTimer } from './background/campaign-timer.ts'
import { startEvidence } from './background/evidence-work.ts'
import { startProposalTimer } from './background/proposal-timer.ts'
import { startReservationTimer } from './background/reservation-timer.ts'
import type { Demo } from './bank/demo.ts'
import { type Addresses, listenOnAll } from './listen-on-all.ts'
import { type OpenPorts, openPorts } from './open-ports.ts'
import { DEMO_SEED_LIMITS } from './seed-files/read.ts'
import { type Settings, SITES, type Site } from './settings.ts'
import { DEMO_BANK } from './store/demo/demo-bank.ts'
import { readDemoCards, readDemoCustomers, readDemoStaff } from './store/demo/demo-readings.ts'
import { demoApiKey } from './store/demo/seed-demo.ts'
import { startCounting } from './store/events/figures-counting.ts'
import { startKeyWatch } from './store/keys/key-watch.ts'
import { startOutbox } from './store/outbox.ts'
import { startSweeper } from './store/sweeper.ts'
import { watched } from './watched.ts'
import { apiSite } from './web/api/api-site.tsx'
import { bankingSite } from './web/banking/banking-site.tsx'
import { openLog } from './web/log.ts'
import { officeSite } from './web/office/office-site.tsx'
import { tokenSite } from './web/token/token-site.ts'

export interface Serving {
  readonly origins: Readonly<Record<Site, string>>
  /** Where the process itself listens, which behind a proxy is not the origin. */
  readonly addresses: Addresses
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
  // Known before the first request, where the settings name them.
  const origins: Partial<Record<Site, string>> = Object.fromEntries(
    SITES.map((site) => [site, settings.listeners[site].origin]),
  )
  const originOf = (site: Site) => () => origins[site] ?? ''
  const watch = await watched(settings, open)
  const common = { ports: watch.ports, logger }
  // biome-ignore lint/suspicious/noExplicitAny: each site has an environment type of its own.
  const sites: Record<Site, Hono<any>> = {
    banking: bankingSite({
      ...common,
      origin: originOf('banking'),
      tokenOrigin: originOf('token'),
      sessionSecret: open.installationSecret,
      demo: settings.mode === 'demo',
    }),
    token: tokenSite({ ...common, origin: originOf('token'), appFolder: TOKEN_APP }),
    office: officeSite({
      ...common,
      origin: originOf('office'),
      sessionSecret: open.installationSecret,
      ...(settings.mode === 'demo' && { seedLimits: DEMO_SEED_LIMITS }),
      demoBankCode: settings.mode === 'demo' ? DEMO_BANK.bankCode : undefined,
    }),
    api: apiSite({ ...common, origin: originOf('api') }),
  }
  const openingOf = (site: Site) => ({
    site: watch.observe(site, sites[site]),
    listener: settings.listeners[site],
  })
  const listening = await listenOnAll({
    banking: openingOf('banking'),
    token: openingOf('token'),
    office: openingOf('office'),
    api: openingOf('api'),
    ...watch.opening,
  }).catch(async (error) => {
    await open.close()
    throw error
  })
  if (!listening.ok) {
    await open.close()
    return listening
  }
  const { addresses } = listening
  for (const site of SITES) origins[site] ??= addresses[site]
  const stopWork = startWork(settings, { ...open, ports: watch.ports }, logger)
  const stop = async () => {
    await listening.close()
    await stopWork()
    await open.close()
  }
  const demo = settings.mode === 'demo' ? demoOf(open) : undefined
  return { ok: true, serving: { origins: origins as Record<Site, string>, addresses, demo, stop } }
}

/** What the demonstration shows of itself at the start. */
const demoOf = ({ installationSecret }: OpenPorts): Demo => ({
  apiKey: demoApiKey(installationSecret),
  customers: readDemoCustomers(),
  cards: readDemoCards(),
  staff: readDemoStaff(),
})

/** What a server does besides answering: what is due, what is counted, and what has ended. */
function startWork(
  settings: Settings,
  open: OpenPorts,
  logger: ReturnType<typeof openLog>,
): () => Promise<void> {
  const { pool, clock, ports } = open
  const sweeper = startSweeper(pool, clock, logger)
  const reservations = startReservationTimer(ports, logger)
  const proposals = startProposalTimer(ports, logger)
  const campaigns = startCampaignTimer(ports, logger)
  const batteries = startBatteryCampaignTimer(ports, logger)
  const counting = startCounting(pool, clock, logger)
  const { random } = ports
  const run = { random, by: 'key watch', runId: random.id() }
  const keyWatch = startKeyWatch({ ...open, ...run }, logger)
  const evidence = startEvidence(settings, open, logger)
  const { smtpUrl, mailFrom } = settings
  const outbox =
    smtpUrl === undefined
      ? undefined
      : startOutbox({ pool, clock, logger, smtpUrl, sender: mailFrom })
  return async () => {
    sweeper.stop()
    await Promise.all([
      reservations.stop(),
      proposals.stop(),
      campaigns.stop(),
      batteries.stop(),
      counting.stop(),
      keyWatch.stop(),
      outbox?.stop(),
    ])
    await evidence.stop()
  }
}
