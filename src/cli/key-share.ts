/**
 * The wrapping key in two shares on paper: what is printed, and what a person types back. Neither
 * share alone tells anything of the key: one is random, the other is the key hidden behind it.
 */
import { createHash, randomBytes } from 'node:crypto'

/**
 * Crockford's 32 symbols: no I, L, O and U, and whoever reads 1, 1, 0 for the first three is right.
 */
const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const KEY_BYTES = 32
const FINGERPRINT_BYTES = 8
/** Format and number of the share, fingerprint of the key, day, the share itself, and its check. */
const HEAD_BYTES = 1 + FINGERPRINT_BYTES + 2
const CHECK_BYTES = 2
const BYTES_A_LINE = 5
export const LINES = (HEAD_BYTES + KEY_BYTES + CHECK_BYTES) / BYTES_A_LINE
const FORMAT = 0x10
const DAY_MS = 24 * 60 * 60 * 1000

/** One share as it was read, sound in itself. */
export interface KeyShare {
  readonly number: 1 | 2
  /** Of the whole key: the same on both shares. */
  readonly fingerprint: string
  /** The day on which the key was split, `YYYY-MM-DD`. */
  readonly day: string
  readonly bytes: Uint8Array
}

export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string }

const fault = (reason: string) => ({ ok: false, reason }) as const

/** Splits a key into two shares, printed. */
export function splitKey(
  key: Uint8Array,
  fingerprint: string,
  day: string,
): readonly [string, string] {
  const pad = randomBytes(KEY_BYTES)
  const share = (number: 1 | 2, bytes: Uint8Array) =>
    printShare({ number, fingerprint, day, bytes })
  return [share(1, pad), share(2, exclusiveOr(pad, key))]
}

/** The key of two shares that belong together, with the fingerprint that it has to have. */
export function joinShares(
  one: KeyShare,
  other: KeyShare,
): Read<{ readonly key: Uint8Array; readonly fingerprint: string }> {
  if (one.number === other.number) return fault(`both are share ${one.number}`)
  if (one.fingerprint !== other.fingerprint) {
    return fault(`they belong to different keys: ${one.fingerprint} and ${other.fingerprint}`)
  }
  if (one.day !== other.day) {
    return fault(`they were made at different times, on ${one.day} and ${other.day}`)
  }
  const key = exclusiveOr(one.bytes, other.bytes)
  return { ok: true, value: { key, fingerprint: one.fingerprint } }
}

const exclusiveOr = (one: Uint8Array, other: Uint8Array): Uint8Array =>
  one.map((byte, place) => byte ^ (other[place] ?? 0))

function printShare({ number, fingerprint, day, bytes }: KeyShare): string {
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUInt8(FORMAT | number, 0)
  head.write(fingerprint.replaceAll('-', ''), 1, 'hex')
  head.writeUInt16BE(Date.parse(day) / DAY_MS, 1 + FINGERPRINT_BYTES)
  const body = Buffer.concat([head, bytes])
  const whole = Buffer.concat([body, checkOf(body)])
  const lines = Array.from({ length: LINES }, (_, place) => {
    const part = whole.subarray(place * BYTES_A_LINE, (place + 1) * BYTES_A_LINE)
    const symbols = symbolsOf(part)
    const text = `${symbols.slice(0, 4)} ${symbols.slice(4)}   ${lineCheck(place + 1, symbols)}`
    return `   ${place + 1}   ${text}`
  })
  return [
    `ichido key share ${number} of 2`,
    `key ${fingerprint}, split on ${day}`,
    '',
    ...lines,
    '',
    `This share alone opens nothing. Keep it apart from share ${3 - number}, in the hands of another`,
    'person. `ichido key join` puts both together: type each line with its last two characters.',
    '',
  ].join('\n')
}

/**
 * Reads a printed share: lines that begin with a number from 1 to 9, whatever stands around them.
 */
export function readShare(text: string): Read<KeyShare> {
  const typed = new Map<number, string>()
  for (const line of text.normalize('NFKC').split(/\r?\n/)) {
    const [, number, rest] = /^\s*([1-9])[\s.:]+(\S.*)$/.exec(line) ?? []
    if (number === undefined || rest === undefined) continue
    if (typed.has(Number(number))) return fault(`line ${number} is there twice`)
    typed.set(Number(number), rest)
  }
  const parts: Uint8Array[] = []
  for (let number = 1; number <= LINES; number += 1) {
    const line = typed.get(number)
    if (line === undefined) return fault(`line ${number} is missing`)
    const read = readLine(number, line)
    if (!read.ok) return read
    parts.push(read.value)
  }
  return shareOf(parts)
}

/** Reads what was typed for one line: eight characters and the two that check them. */
export function readLine(number: number, typed: string): Read<Uint8Array> {
  const folded = typed
    .normalize('NFKC')
    .replace(/[\s-]/g, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  const odd = [...folded].find((symbol) => !SYMBOLS.includes(symbol))
  if (odd !== undefined) return fault(`line ${number}: ${JSON.stringify(odd)} is never used`)
  if (folded.length !== 10) {
    return fault(`line ${number} has ${folded.length} characters instead of 4 + 4 + 2`)
  }
  const symbols = folded.slice(0, 8)
  if (folded.slice(8) !== lineCheck(number, symbols)) {
    return fault(`line ${number}: a character is wrong, or two have changed places`)
  }
  return { ok: true, value: bytesOf(symbols) }
}

/** The share that these lines make up, each of them sound. */
export function shareOf(lines: readonly Uint8Array[]): Read<KeyShare> {
  const whole = Buffer.concat(lines)
  const body = whole.subarray(0, HEAD_BYTES + KEY_BYTES)
  const [kind = 0] = body
  const number = kind & 0x0f
  if ((kind & 0xf0) !== FORMAT || (number !== 1 && number !== 2)) {
    return fault('this is not a share of a key')
  }
  if (!checkOf(body).equals(whole.subarray(HEAD_BYTES + KEY_BYTES))) {
    return fault(`the lines of share ${number} do not belong together`)
  }
  const fingerprint = body.toString('hex', 1, 1 + FINGERPRINT_BYTES).match(/.{4}/g) ?? []
  const day = new Date(body.readUInt16BE(1 + FINGERPRINT_BYTES) * DAY_MS)
  return {
    ok: true,
    value: {
      number,
      fingerprint: fingerprint.join('-'),
      day: day.toISOString().slice(0, 10),
      bytes: body.subarray(HEAD_BYTES),
    },
  }
}

const checkOf = (body: Uint8Array): Buffer =>
  createHash('sha256').update('ichido key share').update(body).digest().subarray(0, CHECK_BYTES)

/**
 * Two symbols that check a line and its place. The remainder by a prime, each symbol with a weight
 * of its own: one wrong symbol, or two that have changed places, always change it.
 */
const CHECK_PRIME = 1021

function lineCheck(number: number, symbols: string): string {
  const remainder = [...symbols].reduce(
    (sum, symbol) => (sum * 32 + SYMBOLS.indexOf(symbol)) % CHECK_PRIME,
    number,
  )
  return SYMBOLS.charAt(remainder >> 5) + SYMBOLS.charAt(remainder & 31)
}

/** Five bytes as eight symbols of five bits. */
function symbolsOf(bytes: Uint8Array): string {
  const value = BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
  return Array.from({ length: 8 }, (_, place) =>
    SYMBOLS.charAt(Number((value >> BigInt(35 - place * 5)) & 31n)),
  ).join('')
}

function bytesOf(symbols: string): Uint8Array {
  const value = [...symbols].reduce(
    (sum, symbol) => (sum << 5n) | BigInt(SYMBOLS.indexOf(symbol)),
    0n,
  )
  return Buffer.from(value.toString(16).padStart(BYTES_A_LINE * 2, '0'), 'hex')
}
