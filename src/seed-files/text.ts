import { TextDecoder } from 'node:util'
import type { SeedFault } from '../bank/hardware/seed.ts'
import { faultAt, type SeedLimits } from './read.ts'

/** Small pieces, so that limits which are looked at after each one are kept closely. */
const PIECE_BYTES = 64 * 1024

/**
 * The file as text, in small pieces, whatever the size of those in which it comes. A file that is
 * no UTF-8 ends with a fault; a byte order mark is dropped.
 */
export async function* textOf(
  bytes: AsyncIterable<Uint8Array>,
  limits: SeedLimits,
): AsyncGenerator<string | SeedFault, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  let taken = 0
  for await (const chunk of bytes) {
    if (taken === 0 && isPacked(chunk)) return yield faultAt(1, 'compressed')
    taken += chunk.length
    if (taken > limits.mostBytes) return yield faultAt(line, 'too-large')
    for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
      const text = decoded(decoder, chunk.subarray(from, from + PIECE_BYTES))
      if (text === undefined) return yield faultAt(line, 'not-utf-8')
      line += lineBreaksIn(text)
      yield text
    }
  }
  const rest = decoded(decoder)
  yield rest ?? faultAt(line, 'not-utf-8')
}

/** gzip (RFC 1952 §2.3.1), ZIP, 7z: what mail programs and makers pack files into. */
const PACKED = ['1f8b', '504b0304', '377abcaf']

function isPacked(start: Uint8Array): boolean {
  const hex = Buffer.from(start.subarray(0, 4)).toString('hex')
  return PACKED.some((magic) => hex.startsWith(magic))
}

/** The next text, or at the end what is left; undefined when the bytes are no UTF-8. */
function decoded(decoder: TextDecoder, bytes?: Uint8Array): string | undefined {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
  } catch {
    return undefined
  }
}

function lineBreaksIn(text: string): number {
  let found = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) found += 1
  return found
}
