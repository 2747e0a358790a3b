/** The desktop token's side of the key agreement; its bytes are in `oath/key-agreement.ts`. */
import {
  createECDH,
  createHash,
  createHmac,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  verify,
} from 'node:crypto'
import {
  type Offer,
  proofMessage,
  readOffer,
  readPublicKey,
  SEED_BYTES,
  SEED_INFO,
  toBase64url,
  transcriptOf,
} from '../oath/key-agreement.ts'
import type { TokenFile } from './token-file.ts'

const TIMEOUT_MS = 10_000
/** Showing a code must not hang on a server that does not answer. */
const CLOCK_TIMEOUT_MS = 1_500

type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string }

export interface MadeToken {
  readonly token: TokenFile
  /** base64url; the token counts only once the server has accepted it (`confirmToken`). */
  readonly proof: string
}

export interface NewToken {
  readonly server: string
  readonly type: 'GM' | 'PC'
  readonly nowMs: () => number
  readonly fetch: typeof fetch
}

/** Agrees on a new seed with the server, whose signature is checked before anything is derived. */
export async function newToken({
  server,
  type,
  nowMs,
  fetch,
}: NewToken): Promise<Outcome<MadeToken>> {
  const institution = await ask(fetch, server, '/institution-key')
  if (!institution.ok) return institution
  const institutionKey = readPublicKey(
    (institution.value.json as { publicKey?: unknown } | null)?.publicKey,
  )
  if (institution.value.status !== 200 || institutionKey === null)
    return refused(`${server} is not a token server`)

  const pair = createECDH('prime256v1')
  const clientKey = pair.generateKeys()
  const body = { type, publicKey: toBase64url(clientKey) }
  const answer = await ask(fetch, server, '/provision', body)
  if (!answer.ok) return answer
  if (answer.value.status !== 201) return refused(provisioningRefused(type, answer.value))
  const offer = readOffer(answer.value.json)
  if (offer === null) return refused(`${server} gave an answer that is not a token`)
  const clockOffsetMs = Math.round(offer.nowMs - nowMs())

  const transcript = transcriptOf({ clientKey, serverKey: offer.serverKey, serial: offer.serial })
  if (!isSignedBy(institutionKey, transcript, offer.signature))
    return refused(`${server} could not prove that it is the bank: no token was made`)
  const secret = sharedSecret(pair, offer)
  if (secret === null) return refused(`${server} gave an answer that is not a token`)
  const transcriptHash = createHash('sha256').update(transcript).digest()
  const seed = Buffer.from(hkdfSync('sha256', secret, transcriptHash, SEED_INFO, SEED_BYTES))
  const proof = createHmac('sha256', seed).update(proofMessage(transcriptHash)).digest()
  const { serial, digits, periodSeconds } = offer
  const token: TokenFile = {
    version: 1,
    serial,
    algorithm: 'SHA256',
    digits,
    periodSeconds,
    seed: toBase64url(seed),
    server,
    clockOffsetMs,
  }
  return { ok: true, value: { token, proof: toBase64url(proof) } }
}

/**
 * Proves to the server that both derived the same seed; before that the serial is unknown to the
 * bank.
 */
export async function confirmToken(
  { token, proof }: MadeToken,
  fetch: NewToken['fetch'],
): Promise<Outcome<null>> {
  const answer = await ask(fetch, token.server, `/provision/${token.serial}/confirm`, { proof })
  if (!answer.ok) return answer
  if (answer.value.status === 204) return { ok: true, value: null }
  return refused(`${token.server} did not accept the token (status ${answer.value.status})`)
}

/**
 * The server's clock minus this one (half of the round trip counted), or null when it is
 * unreachable.
 */
export async function measureClockOffset(
  server: string,
  nowMs: () => number,
  fetch: NewToken['fetch'],
): Promise<number | null> {
  const before = nowMs()
  const answer = await ask(fetch, server, '/time', undefined, CLOCK_TIMEOUT_MS)
  if (!answer.ok || answer.value.status !== 200) return null
  const now = (answer.value.json as { now?: unknown } | null)?.now
  return typeof now === 'number' && Number.isFinite(now) ? now - (before + nowMs()) / 2 : null
}

/**
 * The origin of a server's address. Without TLS only this computer itself: the first key is
 * trusted.
 */
export function originOf(address: string): Outcome<string> {
  const url = URL.parse(address)
  if (url === null || !/^https?:$/.test(url.protocol)) return refused('must be an http(s) address')
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)
  if (url.protocol === 'http:' && !isLoopback) return refused('must begin with https://')
  return { ok: true, value: url.origin }
}

/** ECDSA P-256/SHA-256 with a raw r‖s; false also for a key that is no point of the curve. */
function isSignedBy(rawKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const [x, y] = [toBase64url(rawKey.subarray(1, 33)), toBase64url(rawKey.subarray(33))]
  let key: KeyObject
  try {
    key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  } catch {
    return false
  }
  return verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature)
}

/** The x-coordinate of the shared point; null when the server's key is no point of the curve. */
function sharedSecret(pair: ReturnType<typeof createECDH>, { serverKey }: Offer): Buffer | null {
  try {
    return pair.computeSecret(serverKey)
  } catch {
    return null
  }
}

interface Answer {
  readonly status: number
  /** null when the body was no JSON. */
  readonly json: unknown
}

async function ask(
  fetch: NewToken['fetch'],
  server: string,
  path: string,
  body?: object,
  timeoutMs = TIMEOUT_MS,
): Promise<Outcome<Answer>> {
  const post = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
  try {
    const response = await fetch(new URL(path, server), {
      ...(body === undefined ? {} : post),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    const text = await response.text()
    return { ok: true, value: { status: response.status, json: jsonOf(text) } }
  } catch {
    return refused(`cannot reach ${server}: is the address right and the server running?`)
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function provisioningRefused(type: string, { status, json }: Answer): string {
  const code = (json as { code?: unknown } | null)?.code
  if (status === 429) return 'the server is busy: try again in a few minutes'
  const named = typeof code === 'string' && /^[a-z-]{1,40}$/.test(code) ? `, ${code}` : ''
  return `the server refused a new ${type} token (status ${status}${named})`
}

const refused = (reason: string) => ({ ok: false, reason }) as const
