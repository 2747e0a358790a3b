import { isDay } from '../bank/calendar.ts'
import type { SeedRecord } from '../bank/hardware/seed.ts'
import { done } from '../bank/refusal.ts'
import type { OtpAlgorithm, OtpKind } from '../bank/token.ts'
import { SOFTWARE_TYPES } from '../bank/token-type.ts'
import { isIssuedSerial, normaliseSerial } from '../oath/serial.ts'
import { faulty, printable, type Read, type SeedLimits } from './read.ts'

/** What a file says of a token, before it is judged. */
export interface StatedToken {
  readonly line: number
  readonly serial: string
  readonly seed: Uint8Array
  readonly kind?: OtpKind | undefined
  readonly algorithm?: OtpAlgorithm | undefined
  readonly digits?: number | undefined
  readonly periodSeconds?: number | undefined
  readonly counter?: number | undefined
  readonly driftSteps?: number | undefined
  readonly manufacturer?: string | undefined
  readonly model?: string | undefined
  readonly startsOn?: string | undefined
  readonly endsOn?: string | undefined
}

const MOST_SEED_BYTES = 64
const PERIODS_SECONDS: readonly number[] = [30, 60]
/** Nobody presses a button more often in the life of a battery. */
const MOST_COUNTER = 2 ** 32
/** An hour and a half at 30 seconds: a clock that is further off is broken. */
const MOST_DRIFT_STEPS = 180

/**
 * Judges a token by what the bank can use.
 *
 * Faults: `serial-invalid`, `serial-reserved`, `seed-length`, `digits-unsupported`,
 * `period-unsupported`, `field-invalid`.
 */
export function usableToken(stated: StatedToken, limits: SeedLimits): Read<SeedRecord> {
  const { line, seed, digits, periodSeconds } = stated
  // 1. The serial is one that a customer can type, and that no app of ours will ever get.
  const serial = normaliseSerial(stated.serial)
  if (serial === undefined) return faulty(line, 'serial-invalid')
  if (SOFTWARE_TYPES.some((type) => isIssuedSerial(type, serial))) {
    return faulty(line, 'serial-reserved')
  }
  // 2. The seed cannot be guessed (RFC 4226 §4 R6), and is no file that someone put in its place.
  if (seed.length < limits.leastSeedBytes || seed.length > MOST_SEED_BYTES) {
    return faulty(line, 'seed-length', String(seed.length))
  }
  // 3. The codes are of a kind that the pages take and the window is made for.
  if (digits !== undefined && !(digits >= 6 && digits <= 8)) {
    return faulty(line, 'digits-unsupported', String(digits))
  }
  if (periodSeconds !== undefined && !PERIODS_SECONDS.includes(periodSeconds)) {
    return faulty(line, 'period-unsupported', String(periodSeconds))
  }
  // 4. Counter and clock are such as a token can have.
  const { counter = 0, driftSteps = 0 } = stated
  if (counter < 0 || counter > MOST_COUNTER) return faulty(line, 'field-invalid', 'Counter')
  if (Math.abs(driftSteps) > MOST_DRIFT_STEPS) return faulty(line, 'field-invalid', 'TimeDrift')
  return done({
    line,
    serial,
    seed,
    algorithm: stated.algorithm ?? 'SHA1',
    counter,
    driftSteps,
    ...(stated.kind !== undefined && { kind: stated.kind }),
    ...(digits !== undefined && { digits }),
    ...(periodSeconds !== undefined && { periodSeconds }),
    ...(stated.manufacturer && { manufacturer: printable(stated.manufacturer) }),
    ...(stated.model && { model: printable(stated.model) }),
    ...(stated.startsOn !== undefined && { startsOn: stated.startsOn }),
    ...(stated.endsOn !== undefined && { endsOn: stated.endsOn }),
  })
}

/** `HMAC-SHA256`, `SHA-1`, `HmacSHA512`: the hash behind the codes. */
export function algorithmNamed(text: string): OtpAlgorithm | undefined {
  const found = /^(?:HMAC|HOTP|TOTP)?SHA(1|256|512)$/.exec(text.toUpperCase().replace(/[-_ ]/g, ''))
  return found === null ? undefined : (`SHA${found[1]}` as OtpAlgorithm)
}

/** A whole number in decimal digits. */
export const wholeNumber = (text: string): number | undefined =>
  /^[+-]?\d{1,15}$/.test(text) ? Number(text) : undefined

/** `2026-11-24`, `2026/11/24` or a moment of XML Schema: the day as it is written. */
export function dayWritten(text: string): string | undefined {
  const found = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?Z?$/.exec(
    text,
  )
  if (found === null) return undefined
  const [, year, month = '', day = ''] = found
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(written) ? written : undefined
}
