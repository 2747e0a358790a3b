import path from 'node:path'

export interface Listener {
  readonly host: string
  readonly port: number
  /** The public origin; unset means made of host and port. */
  readonly origin?: string
}

export const SITES = ['banking', 'token', 'office', 'api'] as const
export type Site = (typeof SITES)[number]

export interface Settings {
  readonly mode: 'demo' | 'production'
  readonly dataFolder: string
  readonly databaseUrl?: string
  readonly keyFile: string
  readonly listeners: Readonly<Record<Site, Listener>>
  /** Where metrics are read, if they are wanted. */
  readonly metrics?: Listener
  /** Where notices go; without it they are kept in the outbox. */
  readonly smtpUrl?: string
  /** The sender of notices. */
  readonly mailFrom: string
  readonly logLevel: string
  /** Where signed heads of the evidence are published. */
  readonly heads: { readonly file: string } | { readonly url: string }
  /** Demo only: the file with the clock's offset in milliseconds. */
  readonly clockFile?: string
}

const DEFAULT_PORTS: Record<Site, number> = { banking: 8080, token: 8081, office: 8082, api: 8083 }

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the settings of `docs/OPERATIONS.md` from the environment. Everything that is wrong is told
 * at once, each in a sentence for the operator.
 */
export function readSettings(
  environment: Environment,
): { readonly ok: true; readonly settings: Settings } | { ok: false; reasons: string[] } {
  const reasons: string[] = []
  const mode = environment.ICHIDO_MODE ?? 'demo'
  if (mode !== 'demo' && mode !== 'production') {
    return { ok: false, reasons: [`ICHIDO_MODE is '${mode}': it takes 'demo' or 'production'`] }
  }
  const listeners = Object.fromEntries(
    SITES.map((site) => [site, readListener(environment, site, mode, reasons)]),
  ) as Record<Site, Listener>
  const metrics = readMetricsListener(environment, reasons)
  if (mode === 'production') requireForProduction(environment, reasons)
  const dataFolder = path.resolve(environment.ICHIDO_DATA ?? './data')
  const heads = readHeads(environment, dataFolder, reasons)
  if (reasons.length > 0) return { ok: false, reasons }
  return {
    ok: true,
    settings: {
      mode,
      dataFolder,
      keyFile: environment.ICHIDO_KEY_FILE ?? path.join(dataFolder, 'key'),
      listeners,
      heads,
      mailFrom: environment.MAIL_FROM ?? 'notice@ichido.invalid',
      logLevel: environment.LOG_LEVEL ?? (mode === 'demo' ? 'warn' : 'info'),
      ...(metrics && { metrics }),
      ...(environment.DATABASE_URL && { databaseUrl: environment.DATABASE_URL }),
      ...(environment.SMTP_URL && { smtpUrl: environment.SMTP_URL }),
      ...(mode === 'demo' && environment.ICHIDO_CLOCK && { clockFile: environment.ICHIDO_CLOCK }),
    },
  }
}

function readListener(
  environment: Environment,
  site: Site,
  mode: Settings['mode'],
  reasons: string[],
): Listener {
  const name = site.toUpperCase()
  const port = readPort(`${name}_PORT`, environment, DEFAULT_PORTS[site], reasons)
  const origin = environment[`${name}_ORIGIN`]
  if (origin !== undefined && !isOrigin(origin, mode)) {
    const scheme = mode === 'production' ? 'https' : 'http or https'
    reasons.push(`${name}_ORIGIN is '${origin}': it takes ${scheme}://host[:port] and nothing else`)
  }
  const host = environment.HOST ?? '127.0.0.1'
  return { host, port, ...(origin !== undefined && { origin }) }
}

function readPort(
  name: string,
  environment: Environment,
  unset: number,
  reasons: string[],
): number {
  const text = environment[name] ?? String(unset)
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    reasons.push(`${name} is '${text}': it takes a port from 0 to 65535`)
  }
  return port
}

/** On an interface of its own: what the sites listen on may be open to more than the watchers. */
function readMetricsListener(environment: Environment, reasons: string[]): Listener | undefined {
  if (!environment.METRICS_PORT) return undefined
  const port = readPort('METRICS_PORT', environment, 0, reasons)
  return { host: environment.METRICS_HOST ?? '127.0.0.1', port }
}

function isOrigin(text: string, mode: Settings['mode']): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  const https = url.protocol === 'https:'
  return url.origin === text && (https || (mode === 'demo' && url.protocol === 'http:'))
}

/** An address or a file; a file is named by its path, so that a mistyped address is not taken for one. */
function readHeads(
  { ICHIDO_HEADS: text }: Environment,
  dataFolder: string,
  reasons: string[],
): Settings['heads'] {
  if (text === undefined) return { file: path.join(dataFolder, 'heads.log') }
  if (!/^[a-z][a-z0-9+.-]+:/i.test(text)) return { file: path.resolve(text) }
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    reasons.push(`ICHIDO_HEADS is '${text}': it takes a file or an http(s) address`)
  }
  return { url: text }
}

function requireForProduction(environment: Environment, reasons: string[]): void {
  const required: [name: string, why: string][] = [
    ['DATABASE_URL', 'the PostgreSQL server'],
    ['ICHIDO_KEY_FILE', 'the file with the wrapping key'],
    ...SITES.map((site): [string, string] => [
      `${site.toUpperCase()}_ORIGIN`,
      'the public https origin that the TLS terminator serves',
    ]),
  ]
  for (const [name, why] of required) {
    if (!environment[name]) reasons.push(`production mode needs ${name}: ${why}`)
  }
  if (environment.ICHIDO_CLOCK) reasons.push('ICHIDO_CLOCK is for demo mode only')
}
