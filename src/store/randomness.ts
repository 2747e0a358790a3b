import { randomBytes, randomInt } from 'node:crypto'
import type { Random } from '../bank/ports.ts'

const ID_BYTES = 16
const IDS_PER_DRAW = 256

/** The operating system's randomness. */
export const randomness: Random = {
  bytes: (length) => new Uint8Array(randomBytes(length)),
  below: (bound) => randomInt(bound),
  id: () => nextIdBytes().toString('base64url'),
}

let drawn = Buffer.alloc(0)

/**
 * Each system call takes as long as a code check: it fetches many at once, and none is given twice.
 */
function nextIdBytes(): Buffer {
  if (drawn.length === 0) drawn = randomBytes(ID_BYTES * IDS_PER_DRAW)
  const bytes = drawn.subarray(0, ID_BYTES)
  drawn = drawn.subarray(ID_BYTES)
  return bytes
}
