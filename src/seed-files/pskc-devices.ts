import type { SeedRecord } from '../bank/hardware/seed.ts'
import { done } from '../bank/refusal.ts'
import { normaliseSerial } from '../oath/serial.ts'
import type { PskcKey } from './pskc-key.ts'
import { faulty, type Read } from './read.ts'

type TokenKey = Extract<PskcKey, { for: 'one-time-passwords' }>

/**
 * Several keys may belong to one device: a PIN beside the seed (RFC 6030 figure 5), or the same
 * seed once more for the next period (figure 10). They stand one after another, so the last token
 * is held back until the next one shows that it is complete.
 */
export function deviceSequence() {
  let held: TokenKey | undefined
  let leftOut = 0
  return {
    /** Takes the next key, and gives the token before it if that is complete. */
    next(key: PskcKey): Read<SeedRecord | undefined> {
      if (key.for === 'something-else') {
        // Alone in its device it is a token that we would lose without a word.
        if (held === undefined || normaliseSerial(key.serial) !== held.record.serial) {
          return faulty(key.line, 'algorithm-unsupported', key.algorithm)
        }
        leftOut += 1
        return done(undefined)
      }
      if (held !== undefined && isNextPeriod(held, key)) {
        held = { ...held, record: spanning(held.record, key.record) }
        return done(undefined)
      }
      const complete = held?.record
      held = key
      return done(complete)
    },
    end: () => ({ last: held?.record, leftOut }),
  }
}

/** The very same token under another key ID, in days that do not touch those before. */
function isNextPeriod(before: TokenKey, next: TokenKey): boolean {
  if (before.record.serial !== next.record.serial) return false
  const { line: _, seed, startsOn, endsOn, ...rest } = before.record
  const { line: __, seed: nextSeed, startsOn: nextStart, endsOn: nextEnd, ...same } = next.record
  if (startsOn === undefined || endsOn === undefined) return false
  if (nextStart === undefined || nextEnd === undefined) return false
  if (nextStart <= endsOn && startsOn <= nextEnd) return false
  if (before.id === next.id || Buffer.compare(seed, nextSeed) !== 0) return false
  return JSON.stringify(rest) === JSON.stringify(same)
}

function spanning(before: SeedRecord, next: SeedRecord): SeedRecord {
  const { startsOn = '', endsOn = '' } = before
  const { startsOn: nextStart = '', endsOn: nextEnd = '' } = next
  return {
    ...before,
    startsOn: startsOn < nextStart ? startsOn : nextStart,
    endsOn: endsOn > nextEnd ? endsOn : nextEnd,
  }
}
