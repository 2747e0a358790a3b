/**
 * The key URI `otpauth://TYPE/ISSUER:ACCOUNT?secret=…` that authenticator apps read from a QR code
 * (the "Key Uri Format" page of Google Authenticator).
 */
import { decodeBase32, encodeBase32 } from './base32.ts'
import { type Digits, isDigits } from './code.ts'
import { ALGORITHMS, type Algorithm } from './hmac-key.ts'

interface Described {
  /** Who issued the token: the bank. Absent where the URI names none. */
  readonly issuer?: string
  /** Whose or which token it is: the serial or the customer's name for it. */
  readonly account: string
  readonly secret: Uint8Array
  readonly algorithm: Algorithm
  readonly digits: Digits
}

export type OtpauthKey = Described &
  (
    | { readonly type: 'totp'; readonly periodSeconds: number }
    | { readonly type: 'hotp'; readonly counter: number }
  )

/** Names the part of the URI at fault; never quotes it, for it may hold the seed. */
export type OtpauthRefusal =
  | 'too-long'
  | 'not-otpauth'
  | 'parameters'
  | 'label'
  | 'issuer'
  | 'secret'
  | 'algorithm'
  | 'digits'
  | 'period'
  | 'counter'

export type OtpauthReading =
  | { readonly ok: true; readonly key: OtpauthKey }
  | { readonly ok: false; readonly reason: OtpauthRefusal }

/** More than a QR code that phones read comfortably can hold. */
const MAX_URI_LENGTH = 2048
const MAX_PERIOD_SECONDS = 2 ** 31 - 1

/**
 * Reads a key URI. Absent parameters have the format's defaults (SHA1, 6 digits, 30 seconds); a
 * counter has none. Unknown parameters are ignored; a repeated one is refused, since readers differ
 * over which counts, and so are two issuers that differ. Counters beyond 2^53 are refused rather
 * than rounded.
 */
export function parseOtpauthUri(uri: string): OtpauthReading {
  if (uri.length > MAX_URI_LENGTH) return refusal('too-long')
  const [, type, rawLabel, query] = /^otpauth:\/\/(totp|hotp)\/([^?#]*)\?([^#]*)$/i.exec(uri) ?? []
  if (type === undefined || rawLabel === undefined || query === undefined) {
    return refusal('not-otpauth')
  }
  const parameters = readParameters(query)
  if (parameters === undefined) return refusal('parameters')
  const label = readLabel(rawLabel)
  if (label === undefined) return refusal('label')
  const issuer = parameters.get('issuer') ?? label.issuer
  if (issuer !== undefined && !isLabelText(issuer)) return refusal('issuer')
  if (label.issuer !== undefined && label.issuer !== issuer) return refusal('issuer')
  const secret = decodeBase32(parameters.get('secret') ?? '')
  if (secret === undefined || secret.length === 0) return refusal('secret')
  const algorithmName = (parameters.get('algorithm') ?? 'SHA1').toLowerCase()
  const algorithm = ALGORITHMS.find((name) => name.toLowerCase() === algorithmName)
  if (algorithm === undefined) return refusal('algorithm')
  const digits = readWhole(parameters.get('digits') ?? '6')
  if (digits === undefined || !isDigits(digits)) return refusal('digits')
  const described: Described = {
    ...(issuer === undefined ? {} : { issuer }),
    account: label.account,
    secret,
    algorithm,
    digits,
  }
  if (type.toLowerCase() === 'hotp') {
    const counter = readWhole(parameters.get('counter') ?? '')
    if (counter === undefined) return refusal('counter')
    return { ok: true, key: { ...described, type: 'hotp', counter } }
  }
  const periodSeconds = readWhole(parameters.get('period') ?? '30')
  if (periodSeconds === undefined || periodSeconds < 1 || periodSeconds > MAX_PERIOD_SECONDS) {
    return refusal('period')
  }
  return { ok: true, key: { ...described, type: 'totp', periodSeconds } }
}

/**
 * Prints the URI with every parameter spelt out, or `undefined` for what could not be read back: an
 * empty name, one with a colon or a lone surrogate, an empty secret, a period of zero.
 */
export function printOtpauthUri(key: OtpauthKey): string | undefined {
  const { issuer, account } = key
  if (!isLabelText(account) || (issuer !== undefined && !isLabelText(issuer))) return undefined
  const issuerName = issuer === undefined ? undefined : encodeURIComponent(issuer)
  const label = encodeURIComponent(account)
  const uri = [
    `otpauth://${key.type}/${issuerName === undefined ? label : `${issuerName}:${label}`}`,
    `?secret=${encodeBase32(key.secret)}`,
    issuerName === undefined ? '' : `&issuer=${issuerName}`,
    `&algorithm=${key.algorithm}&digits=${key.digits}`,
    key.type === 'totp' ? `&period=${key.periodSeconds}` : `&counter=${key.counter}`,
  ].join('')
  return parseOtpauthUri(uri).ok ? uri : undefined
}

const refusal = (reason: OtpauthRefusal): OtpauthReading => ({ ok: false, reason })

/** The parameters by lower-case name; `undefined` when one is repeated or not decodable. */
function readParameters(query: string): Map<string, string> | undefined {
  const parameters = new Map<string, string>()
  for (const pair of query.split('&')) {
    if (pair === '') continue
    const [rawName = '', ...rest] = pair.split('=')
    // Some printers encode the query as a form, where a plus sign stands for a space.
    const name = decodePercent(rawName)?.toLowerCase()
    const value = decodePercent(rest.join('=').replaceAll('+', ' '))
    if (name === undefined || value === undefined || parameters.has(name)) return undefined
    parameters.set(name, value)
  }
  return parameters
}

/** `issuer:account` or `account`; spaces before the account are allowed by the format. */
function readLabel(rawLabel: string): { issuer?: string; account: string } | undefined {
  const parts = decodePercent(rawLabel)?.split(':')
  const account = parts?.pop()?.trimStart()
  if (parts === undefined || parts.length > 1 || account === undefined) return undefined
  if (!isLabelText(account)) return undefined
  const [issuer] = parts
  if (issuer === undefined) return { account }
  return isLabelText(issuer) ? { issuer, account } : undefined
}

/**
 * A name that survives the label: it has no colon, no control character and no space at its ends.
 */
function isLabelText(text: string): boolean {
  return text !== '' && text.isWellFormed() && text.trim() === text && !/[:\p{Cc}]/u.test(text)
}

/** A whole number written in ASCII digits, up to 2^53 - 1. */
function readWhole(text: string): number | undefined {
  if (!/^[0-9]{1,16}$/.test(text)) return undefined
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : undefined
}

function decodePercent(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
