import { createHash } from 'node:crypto'
import type { BankProfile } from '../../bank/contract.ts'
import type { ApiClients } from '../../bank/ports.ts'
import { rememberFor } from '../remember.ts'

export interface Client {
  readonly bank: BankProfile
  readonly name: string
}

/**
 * For so long a process trusts what it read of a key: a revoked key is dead everywhere after that.
 */
const TRUST_MS = 5_000

/** Finds the API client of a bearer key. Keys are stored and looked up by their SHA-256 only. */
export function clientFinder(clients: ApiClients, now: () => number) {
  const find = rememberFor(TRUST_MS, now, (key) =>
    clients.byKeyHash(createHash('sha256').update(key).digest()),
  )
  return async (authorization: string | undefined): Promise<Client | undefined> => {
    const key = /^Bearer ([\w.~+/-]{1,200}=*)$/i.exec(authorization ?? '')?.[1]
    return key === undefined ? undefined : find(key)
  }
}
