/**
 * A seed made ready for HMAC (RFC 2104). Key set-up hashes the two pads: it is done once here, and
 * each message starts from a copy of the two states, so that a window of candidates pays for it
 * only once.
 */
import { hmac } from '@noble/hashes/hmac.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { absorb, BLOCK_BYTES, type BlockHash, digestBytes, finish } from './block-hash.ts'
import { sha1 } from './sha1.ts'
import { sha256 } from './sha256.ts'

/** The HMAC hash functions of RFC 6238 §1.2, spelt as in key URIs. */
export const ALGORITHMS = ['SHA1', 'SHA256', 'SHA512'] as const
export type Algorithm = (typeof ALGORITHMS)[number]

/**
 * Holds its state in a closure, so that no log or JSON of an object with a key can show the seed.
 */
export interface HmacKey {
  readonly algorithm: Algorithm
  /** HMAC of the message: 20, 32 or 64 bytes, by algorithm. */
  readonly mac: (message: Uint8Array) => Uint8Array
}

/** `seed`: the shared secret as raw bytes; it is read now and not kept. */
export function hmacKey(algorithm: Algorithm, seed: Uint8Array): HmacKey {
  switch (algorithm) {
    case 'SHA1':
      return { algorithm, mac: prepare(sha1, seed) }
    case 'SHA256':
      return { algorithm, mac: prepare(sha256, seed) }
    case 'SHA512': {
      const ready = hmac.create(sha512, seed)
      return { algorithm, mac: (message) => ready.clone().update(message).digest() }
    }
  }
}

/**
 * H((K ^ opad) || H((K ^ ipad) || message)), with the states after both pads kept (RFC 2104 §4).
 */
function prepare(hash: BlockHash, seed: Uint8Array): HmacKey['mac'] {
  const schedule = new Int32Array(hash.scheduleWords)
  const state = hash.initialState.slice()
  const pad = new Uint8Array(BLOCK_BYTES)
  if (seed.length > BLOCK_BYTES) {
    finish(hash, state, schedule, seed, 0)
    pad.set(digestBytes(state))
  } else {
    pad.set(seed)
  }
  const inner = stateAfter(hash, schedule, pad, 0x36)
  const outer = stateAfter(hash, schedule, pad, 0x36 ^ 0x5c)
  // What could be turned back into the seed does not outlive the set-up.
  pad.fill(0)
  schedule.fill(0)

  return (message) => {
    state.set(inner)
    finish(hash, state, schedule, message, BLOCK_BYTES)
    const innerDigest = digestBytes(state)
    state.set(outer)
    finish(hash, state, schedule, innerDigest, BLOCK_BYTES)
    return digestBytes(state)
  }
}

/** The state after one block, the pad; `change` is combined into each byte of it, for good. */
function stateAfter(
  hash: BlockHash,
  schedule: Int32Array,
  pad: Uint8Array,
  change: number,
): Int32Array {
  for (let place = 0; place < pad.length; place += 1) pad[place] = (pad[place] as number) ^ change
  const state = hash.initialState.slice()
  absorb(hash, state, schedule, pad, 0)
  return state
}
