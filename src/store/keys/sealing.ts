import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'

const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Seals with AES-256-GCM (NIST SP 800-38D) under a fresh random nonce: nonce ‖ ciphertext ‖ tag.
 * The additional data binds the box to its row, so that boxes cannot be swapped between rows.
 */
export function seal(key: KeyObject, plain: Uint8Array, boundTo: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(boundTo))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Opens what `seal` made. Throws when key, bytes or binding differ. */
export function open(key: KeyObject, box: Uint8Array, boundTo: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(Buffer.from(boundTo))
  decipher.setAuthTag(box.subarray(box.length - TAG_BYTES))
  const middle = box.subarray(NONCE_BYTES, box.length - TAG_BYTES)
  return Buffer.concat([decipher.update(middle), decipher.final()])
}

/** The additional data of a box, which also names the version of its key. */
export type Binding = (keyVersion: number) => string

/** Binds a box to the facts that name its row. */
export const bindingOf =
  (label: string, facts: readonly string[]): Binding =>
  (keyVersion) =>
    JSON.stringify([label, ...facts, keyVersion])
