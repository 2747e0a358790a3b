/**
 * SHA-1 (FIPS 180-4 §6.1). As HMAC in HOTP it is sound, broken collisions or not (RFC 4226 appendix
 * B.2).
 */
import { type BlockHash, wordAt } from './block-hash.ts'

export const sha1: BlockHash = {
  initialState: Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0),
  scheduleWords: 80,
  compress,
}

/** One loop for each of the four functions f(t) of §4.1.1, with its constant of §4.2.1. */
function compress(state: Int32Array, w: Int32Array): void {
  for (let t = 16; t < 80; t += 1) {
    w[t] = rotl(wordAt(w, t - 3) ^ wordAt(w, t - 8) ^ wordAt(w, t - 14) ^ wordAt(w, t - 16), 1)
  }
  let a = wordAt(state, 0)
  let b = wordAt(state, 1)
  let c = wordAt(state, 2)
  let d = wordAt(state, 3)
  let e = wordAt(state, 4)
  for (let t = 0; t < 20; t += 1) {
    const next = (rotl(a, 5) + (d ^ (b & (c ^ d))) + e + 0x5a827999 + wordAt(w, t)) | 0
    e = d
    d = c
    c = rotl(b, 30)
    b = a
    a = next
  }
  for (let t = 20; t < 40; t += 1) {
    const next = (rotl(a, 5) + (b ^ c ^ d) + e + 0x6ed9eba1 + wordAt(w, t)) | 0
    e = d
    d = c
    c = rotl(b, 30)
    b = a
    a = next
  }
  for (let t = 40; t < 60; t += 1) {
    const next = (rotl(a, 5) + ((b & c) | (d & (b | c))) + e + 0x8f1bbcdc + wordAt(w, t)) | 0
    e = d
    d = c
    c = rotl(b, 30)
    b = a
    a = next
  }
  for (let t = 60; t < 80; t += 1) {
    const next = (rotl(a, 5) + (b ^ c ^ d) + e + 0xca62c1d6 + wordAt(w, t)) | 0
    e = d
    d = c
    c = rotl(b, 30)
    b = a
    a = next
  }
  state[0] = wordAt(state, 0) + a
  state[1] = wordAt(state, 1) + b
  state[2] = wordAt(state, 2) + c
  state[3] = wordAt(state, 3) + d
  state[4] = wordAt(state, 4) + e
}

const rotl = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits))
