/**
 * What the phone keeps. The key is a non-extractable CryptoKey in IndexedDB; a marker in
 * localStorage remembers that there was one, so that a lost key is told from a first start.
 */
import type { Bytes } from '../oath/key-agreement.ts'

export interface Token {
  readonly version: 1
  readonly serial: string
  /** HMAC-SHA-256, `sign` only, not extractable: not even this app can read the seed. */
  readonly key: CryptoKey
  readonly digits: 6 | 8
  readonly periodSeconds: number
  readonly madeAtMs: number
}

/** A token the server may or may not have confirmed yet: a broken connection must not lose it. */
export interface Pending extends Token {
  /** base64url */
  readonly proof: string
}

export interface ClockReading {
  /** The server's clock minus this device's. */
  readonly offsetMs: number
  readonly measuredAtMs: number
}

export interface Vault {
  readonly token: Token | undefined
  readonly pending: Pending | undefined
  readonly clock: ClockReading | undefined
  /** The institution's public key, pinned at its first use. */
  readonly institution: Bytes | undefined
}

/**
 * The database could not be opened, read or written: private browsing, no space, or switched off.
 */
export class VaultError extends Error {}

const NAME = 'ichido-token'
const STORE = 'kept'
const MARKER = 'ichido-serial'

export async function readVault(): Promise<Vault> {
  const [token, pending, clock, institution] = await Promise.all([
    read<Token>('token'),
    read<Pending>('pending'),
    read<ClockReading>('clock'),
    read<Bytes>('institution'),
  ])
  if (token !== undefined) mark(token.serial)
  return { token, pending, clock, institution }
}

export const keepClock = (clock: ClockReading): Promise<void> =>
  change((store) => store.put(clock, 'clock'))

/** The institution key is pinned together with the first token that it signed. */
export const keepPending = (pending: Pending, institution: Bytes): Promise<void> =>
  change((store) => {
    store.put(pending, 'pending')
    store.put(institution, 'institution')
  })

export const dropPending = (): Promise<void> => change((store) => store.delete('pending'))

/** One transaction: the old token goes only when the new one is in its place. */
export async function promote({ proof: _, ...token }: Pending): Promise<Token> {
  await change((store) => {
    store.put(token, 'token')
    store.delete('pending')
  })
  mark(token.serial)
  return token
}

/** The serial of the token that once was here, whether or not its key still is. */
export function markedSerial(): string | null {
  try {
    return localStorage.getItem(MARKER)
  } catch {
    return null
  }
}

function mark(serial: string): void {
  try {
    localStorage.setItem(MARKER, serial)
  } catch {
    // Without localStorage a lost key looks like a first start, which explains itself.
  }
}

async function read<T>(name: string): Promise<T | undefined> {
  const database = await opened()
  return settled<T | undefined>(database.transaction(STORE).objectStore(STORE).get(name))
}

async function change(write: (store: IDBObjectStore) => void): Promise<void> {
  const transaction = (await opened()).transaction(STORE, 'readwrite', { durability: 'strict' })
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(new VaultError('aborted', { cause: transaction.error }))
    try {
      write(transaction.objectStore(STORE))
    } catch (cause) {
      // Some private windows cannot store a key, and say so at once.
      reject(new VaultError('not written', { cause }))
    }
  })
}

let database: Promise<IDBDatabase> | undefined

/**
 * Opened once; anew after the browser has closed it, as it does when the user clears the site's
 * data.
 */
function opened(): Promise<IDBDatabase> {
  database ??= (async () => {
    try {
      const request = indexedDB.open(NAME, 1)
      request.onupgradeneeded = () => request.result.createObjectStore(STORE)
      const open = await settled(request)
      open.onclose = forget
      open.onversionchange = () => {
        open.close()
        forget()
      }
      return open
    } catch (cause) {
      forget()
      throw cause instanceof VaultError ? cause : new VaultError('not opened', { cause })
    }
  })()
  return database
}

function forget(): void {
  database = undefined
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(new VaultError('failed', { cause: request.error }))
  })
}
