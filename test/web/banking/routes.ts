/** The routes of the bank site, for tables that must forget none. */
import { pino } from 'pino'
import type { Ports } from '../../../src/bank/ports.ts'
import { bankingSite } from '../../../src/web/banking/banking-site.tsx'

/** Of one method and without the bank: `/transfers/:receiptNo`. */
export function routesOf(ports: Ports, method: 'GET' | 'POST'): string[] {
  const settings = {
    ports,
    logger: pino({ level: 'silent' }),
    origin: () => 'http://bank.invalid',
    tokenOrigin: () => 'http://token.invalid',
    sessionSecret: new Uint8Array(32),
    demo: false,
  }
  const { routes } = bankingSite(settings)
  const paths = routes.filter((route) => route.method === method).map(({ path }) => path)
  return [...new Set(paths)]
    .filter((path) => path.startsWith('/:bankCode/'))
    .map((path) => path.replace('/:bankCode', ''))
}
