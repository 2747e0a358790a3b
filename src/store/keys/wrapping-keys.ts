import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'

/** A wrapping key as a process holds it: a key object, so that no log can show it. */
export interface WrappingKey {
  /** Names the key and tells nothing of it. */
  readonly fingerprint: string
  readonly key: KeyObject
}

/** The wrapping keys of the key file: one, or two while the newer takes over from the older. */
export interface WrappingKeys {
  /** The newest first. */
  known(): readonly WrappingKey[]
  /** The key of that fingerprint. For one that is not known the key file is read again. */
  find(fingerprint: string): WrappingKey | undefined
  /** Reads the key file again if it was changed. Throws when it cannot be read or is malformed. */
  refresh(): void
}

export function wrappingKeyOf(bytes: Uint8Array): WrappingKey {
  // A key object, because Node prepares bytes as a key anew at every use.
  return { fingerprint: fingerprintOf(bytes), key: createSecretKey(bytes) }
}

/** 64 bits of an HMAC as `1a2b-3c4d-5e6f-7081`: enough to tell keys apart, and nothing to try. */
export function fingerprintOf(key: Uint8Array): string {
  const digest = createHmac('sha256', key).update('ichido wrapping key').digest('hex')
  return (digest.slice(0, 16).match(/.{4}/g) ?? []).join('-')
}

/** A key that stands in no file. */
export function fixedKey(bytes: Uint8Array): WrappingKeys {
  const only = wrappingKeyOf(bytes)
  return {
    known: () => [only],
    find: (fingerprint) => (fingerprint === only.fingerprint ? only : undefined),
    refresh: () => {},
  }
}
