import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { BankEvent } from '../bank/event.ts'

/** What is read when somebody asks, and costs nothing in between. */
export interface Readings {
  pool(): { readonly busy: number; readonly idle: number; readonly waiting: number }
  hashing(): { readonly running: number; readonly waiting: number }
  outbox(): Promise<{ readonly waiting: number; readonly oldestSeconds: number }>
}

export interface Metrics {
  readonly registry: Registry
  countRequest(site: string, method: string, status: number, seconds: number): void
  /** An event that is committed. */
  countEvent(event: BankEvent): void
}

/** From a page of the cache to a request that somebody gave up waiting for. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

const METHODS = new Set(['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])

/** A refusal that tells of a lock, and the counter that stands at its threshold. */
const LOCKS: Readonly<Partial<Record<BankEvent['outcome'], string>>> = {
  'locked-password': 'password',
  'locked-code': 'code',
  'locked-confirmation': 'confirmation',
}

/**
 * What an operator watches, in the format of Prometheus. Labels come from closed lists only: sites,
 * statuses, procedures, refusals, purposes. No customer, no bank, no serial, nothing typed.
 */
export function openMetrics(readings: Readings): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'ichido_http_requests_total',
    help: 'Requests by site, method and status',
    labelNames: ['site', 'method', 'status'],
    registers,
  })
  const durations = new Histogram({
    name: 'ichido_http_request_duration_seconds',
    help: 'From the request to the head of its answer, by site and method',
    labelNames: ['site', 'method'],
    buckets: SECONDS,
    registers,
  })
  const events = new Counter({
    name: 'ichido_events_total',
    help: 'Acts and refused attempts, by procedure and outcome (done, or the refusal)',
    labelNames: ['procedure', 'outcome'],
    registers,
  })
  const codes = new Counter({
    name: 'ichido_verifications_total',
    help: 'Codes of other channels, by purpose and outcome (done, or the refusal)',
    labelNames: ['purpose', 'outcome'],
    registers,
  })
  const locked = new Counter({
    name: 'ichido_locked_attempts_total',
    help: 'Attempts that met a lock, by the counter that stands at its threshold',
    labelNames: ['counter'],
    registers,
  })
  for (const counter of Object.values(LOCKS)) locked.inc({ counter }, 0)
  watch(registers, readings)

  return {
    registry,
    countRequest(site, given, status, seconds) {
      const method = METHODS.has(given) ? given : 'other'
      requests.inc({ site, method, status })
      durations.observe({ site, method }, seconds)
    },
    countEvent({ kind, outcome, detail }) {
      events.inc({ procedure: kind, outcome })
      if (kind === 'verification') codes.inc({ purpose: String(detail?.purpose), outcome })
      const counter = LOCKS[outcome]
      if (counter !== undefined) locked.inc({ counter })
    },
  }
}

/** Gauges that are read when they are asked for. */
function watch(registers: Registry[], { pool, hashing, outbox }: Readings): void {
  new Gauge({
    name: 'ichido_database_connections',
    help: 'Connections of the pool, and callers who wait for one',
    labelNames: ['state'],
    registers,
    collect() {
      for (const [state, count] of Object.entries(pool())) this.set({ state }, count)
    },
  })
  new Gauge({
    name: 'ichido_password_hashes',
    help: 'Passwords that are being hashed, and those in the queue',
    labelNames: ['state'],
    registers,
    collect() {
      for (const [state, count] of Object.entries(hashing())) this.set({ state }, count)
    },
  })
  const backlog = sharedReading(outbox)
  new Gauge({
    name: 'ichido_outbox_notices',
    help: 'Notices that are not sent yet',
    registers,
    async collect() {
      this.set((await backlog()).waiting)
    },
  })
  new Gauge({
    name: 'ichido_outbox_oldest_seconds',
    help: 'How long the oldest notice that is not sent has waited; 0 for none',
    registers,
    async collect() {
      this.set((await backlog()).oldestSeconds)
    },
  })
}

/** One question for both gauges. Without the database the other figures are wanted most. */
function sharedReading(outbox: Readings['outbox']): Readings['outbox'] {
  const unknown = { waiting: Number.NaN, oldestSeconds: Number.NaN }
  let underWay: ReturnType<Readings['outbox']> | undefined
  return () => {
    underWay ??= outbox()
      .catch(() => unknown)
      .finally(() => {
        underWay = undefined
      })
    return underWay
  }
}
