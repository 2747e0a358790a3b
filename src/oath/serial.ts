/**
 * Serials that this system issues: a type prefix (`GM`) and eight digits, the last one a Luhn
 * mod-10 check digit (ISO/IEC 7812-1 annex B), so that a mistyped serial is told at once. Makers'
 * hardware serials such as `2V0716016FK2` follow no rule of ours: look those up, do not check them
 * here.
 */
import { foldTyped } from './typed-text.ts'

const ISSUED_DIGITS = 8

/** How many serials a prefix has: ordinals 0 to 9,999,999. */
export const SERIALS_PER_PREFIX = 10 ** (ISSUED_DIGITS - 1)

/**
 * The serial of an ordinal; outside 0 to `SERIALS_PER_PREFIX` - 1 the prefix is used up:
 * RangeError.
 */
export function printSerial(prefix: string, ordinal: number): string {
  if (!Number.isInteger(ordinal) || ordinal < 0 || ordinal >= SERIALS_PER_PREFIX) {
    throw new RangeError('no serial left under this prefix')
  }
  const body = ordinal.toString().padStart(ISSUED_DIGITS - 1, '0')
  const check = (10 - (luhnSum(`${body}0`) % 10)) % 10
  return `${prefix}${body}${check}`
}

/** Whether the serial is this prefix and eight ASCII digits whose check digit is right. */
export function isIssuedSerial(prefix: string, serial: string): boolean {
  if (!serial.startsWith(prefix)) return false
  const digits = serial.slice(prefix.length)
  return digits.length === ISSUED_DIGITS && /^[0-9]+$/.test(digits) && luhnSum(digits) % 10 === 0
}

/**
 * What was typed, as upper-case ASCII letters and digits; full width, spaces and hyphens are
 * forgiven. `undefined` when it cannot be a serial of any maker.
 */
export function normaliseSerial(input: string): string | undefined {
  const serial = foldTyped(input)
  if (serial === undefined || !/^[0-9A-Za-z]{4,32}$/.test(serial)) return undefined
  return serial.toUpperCase()
}

/** Every second digit from the right counts double, a double above 9 by the sum of its digits. */
function luhnSum(digits: string): number {
  let sum = 0
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - place))
    const weighted = place % 2 === 1 ? digit * 2 : digit
    sum += weighted > 9 ? weighted - 9 : weighted
  }
  return sum
}
