/** The hashes of RFC 6962 §2.1: a leaf and a node never have the same input, so neither passes for the other. */
import { hash } from 'node:crypto'

export const HASH_BYTES = 32

/** The root of a tree without leaves. */
export const EMPTY_ROOT: Buffer = hash('sha256', '', 'buffer')

/** By way of a text, because Node takes half as long to make one as to make a buffer. */
const sha256 = (input: string | Buffer): Buffer => Buffer.from(hash('sha256', input, 'hex'), 'hex')

/** SHA-256 of 0x00 and the text in UTF-8. */
export const leafHash = (text: string): Buffer => sha256(`\0${text}`)

const nodeInput = Buffer.alloc(1 + 2 * HASH_BYTES, 1)

/** SHA-256 of 0x01 and both hashes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  nodeInput.set(left, 1)
  nodeInput.set(right, 1 + HASH_BYTES)
  return sha256(nodeInput)
}

/** Hashes that stand one after another in one piece of bytes. */
export function hashesOf(bytes: Buffer): Buffer[] {
  const hashes: Buffer[] = []
  for (let at = 0; at < bytes.length; at += HASH_BYTES) {
    hashes.push(bytes.subarray(at, at + HASH_BYTES))
  }
  return hashes
}

/** The root over a row of complete subtrees, each larger than the next (RFC 6962 §2.1). */
export function rootOver(subtrees: readonly Buffer[]): Buffer {
  return subtrees.length === 0
    ? EMPTY_ROOT
    : subtrees.reduceRight((right, left) => nodeHash(left, right))
}
