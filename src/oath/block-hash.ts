/**
 * What SHA-1 and SHA-256 share: 64-byte blocks, words of 32 bits, padding and length (FIPS 180-4
 * §5).
 *
 * These two are our own because one check costs eight compressions, and a general hash object
 * spends several times their cost on the objects around them (see bench/code-check.ts). Nothing but
 * `hmac-key.ts` uses them.
 */
export interface BlockHash {
  /** The initial hash value (FIPS 180-4 §5.3), one entry a word. */
  readonly initialState: Int32Array
  /** Length of the message schedule: the block's 16 words and those derived from them. */
  readonly scheduleWords: number
  /** Mixes the block in the first 16 words of the schedule into the state. */
  readonly compress: (state: Int32Array, schedule: Int32Array) => void
}

export const BLOCK_BYTES = 64

/** An element that is known to exist: the loops here and in the compressions stay inside. */
export const wordAt = (words: Int32Array, place: number): number => words[place] as number

/**
 * Runs the rest of a message through the hash and closes it with padding and length; `state`, which
 * stands after `bytesBefore` bytes (whole blocks), is changed into the digest. Bytes and words are
 * converted by shifts, here and around: a DataView would first move each small array off the heap.
 */
export function finish(
  hash: BlockHash,
  state: Int32Array,
  schedule: Int32Array,
  rest: Uint8Array,
  bytesBefore: number,
): void {
  let start = 0
  // The padding is one bit, in a byte of its own, then zeros up to the eight bytes of length.
  for (; start + BLOCK_BYTES <= rest.length + 8; start += BLOCK_BYTES) {
    absorb(hash, state, schedule, rest, start)
  }
  load(schedule, rest, start)
  const bits = (bytesBefore + rest.length) * 8
  schedule[14] = Math.floor(bits / 2 ** 32)
  schedule[15] = bits
  hash.compress(state, schedule)
}

/** Runs one block through the hash. */
export function absorb(
  hash: BlockHash,
  state: Int32Array,
  schedule: Int32Array,
  message: Uint8Array,
  start: number,
): void {
  load(schedule, message, start)
  hash.compress(state, schedule)
}

/** The words of a finished state as bytes, high byte first. */
export function digestBytes(state: Int32Array): Uint8Array {
  const digest = new Uint8Array(state.length * 4)
  for (let place = 0; place < digest.length; place += 1) {
    digest[place] = wordAt(state, place >> 2) >>> (24 - 8 * (place & 3))
  }
  return digest
}

/** Sixteen words from `start`; beyond the message its padding. */
function load(schedule: Int32Array, message: Uint8Array, start: number): void {
  for (let word = 0; word < 16; word += 1) {
    const at = start + word * 4
    schedule[word] =
      (paddedByteAt(message, at) << 24) |
      (paddedByteAt(message, at + 1) << 16) |
      (paddedByteAt(message, at + 2) << 8) |
      paddedByteAt(message, at + 3)
  }
}

function paddedByteAt(message: Uint8Array, place: number): number {
  if (place < message.length) return message[place] as number
  return place === message.length ? 0x80 : 0
}
