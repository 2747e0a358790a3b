/**
 * The desktop token (パソコン版): `token new` agrees on a seed with the server, `token show` shows the
 * code. Every function that ends in `Command` takes parsed options and returns the exit code:
 * 0 done, 1 refused with one line on stderr, 2 wrong usage.
 */
import { createHmac } from 'node:crypto'
import type { DemoTokenReading } from '../bank/demo.ts'
import type { Clock } from '../bank/ports.ts'
import { hmacKey } from '../oath/hmac-key.ts'
import { counterMessage } from '../oath/hotp.ts'
import { fromBase64url } from '../oath/key-agreement.ts'
import { parseOtpauthUri } from '../oath/otpauth-uri.ts'
import { secondsLeft, timeStep, totp } from '../oath/totp.ts'
import { codeOf } from '../oath/truncate.ts'
import { confirmToken, measureClockOffset, newToken, originOf } from './token-agreement.ts'
import { claimTokenFile, readTokenFile, type TokenFile } from './token-file.ts'

/** What a command uses of the world; the defaults are the process's own. */
export interface Surroundings {
  readonly nowMs: () => number
  readonly fetch: typeof fetch
  readonly out: (line: string) => void
  readonly err: (line: string) => void
}

const PROCESS: Surroundings = {
  nowMs: Date.now,
  fetch: (...request) => fetch(...request),
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
}

export interface TokenNewOptions {
  readonly server: string
  readonly file: string
  readonly type?: string
}

/** `ichido token new --server URL [--type GM|PC] --file F` */
export async function tokenNewCommand(
  options: TokenNewOptions,
  { nowMs, fetch, out, err }: Surroundings = PROCESS,
): Promise<0 | 1 | 2> {
  const type = options.type ?? 'GM'
  if (type !== 'GM' && type !== 'PC') return refuse(err, '--type must be GM or PC', 2)
  const server = originOf(options.server)
  if (!server.ok) return refuse(err, `--server ${server.reason}`, 2)

  const claimed = await claimTokenFile(options.file)
  if (!claimed.ok) return refuse(err, `cannot write ${options.file}: ${claimed.reason}`)
  const file = claimed.value
  const made = await newToken({ server: server.value, type, nowMs, fetch })
  if (!made.ok) {
    await file.discard()
    return refuse(err, made.reason)
  }
  // On the disk before the server counts it: a crash in between leaves no credential without a
  // seed.
  await file.write(made.value.token)
  const confirmed = await confirmToken(made.value, fetch)
  if (!confirmed.ok) {
    await file.discard()
    return refuse(err, confirmed.reason)
  }
  await file.keep()
  out(`serial ${made.value.token.serial}`)
  return 0
}

export interface TokenShowOptions {
  readonly file: string
  readonly json?: boolean
}

/** `ichido token show --file F [--json]` → serial, code, secondsLeft */
export async function tokenShowCommand(
  options: TokenShowOptions,
  { nowMs, fetch, out, err }: Surroundings = PROCESS,
): Promise<0 | 1 | 2> {
  const read = await readTokenFile(options.file)
  if (!read.ok) return refuse(err, `cannot read ${options.file}: ${read.reason}`)
  const token = read.value
  // The computer's clock may have been set since: measure again, and only without a server
  // remember.
  const measured = await measureClockOffset(token.server, nowMs, fetch)
  const shown = showToken(token, nowMs() + (measured ?? token.clockOffsetMs))
  if (options.json) out(JSON.stringify(shown))
  else for (const [name, value] of Object.entries(shown)) out(`${name} ${value}`)
  return 0
}

/**
 * `ichido token show --demo ACCOUNT [--json]`: what the token of a demonstration customer or staff
 * member shows now, for whoever has no authenticator at hand. The clock is the server's, moved or
 * not.
 */
export function tokenShowDemoCommand(
  account: string,
  tokens: readonly DemoTokenReading[],
  { json }: { readonly json?: boolean | undefined },
  { now }: Clock,
  { out, err }: Surroundings = PROCESS,
): 0 | 1 {
  const found = tokens.find(({ contractId, staffId }) => (contractId ?? staffId) === account)
  const read = found && parseOtpauthUri(found.otpauth)
  if (found === undefined || !read?.ok || read.key.type !== 'totp') {
    return refuse(err, `${account} of the demonstration has no token`)
  }
  const { secret, digits, periodSeconds, algorithm } = read.key
  const nowMs = now()
  const code = totp(hmacKey(algorithm, secret), nowMs, digits, periodSeconds)
  const shown = { serial: found.serial, code, secondsLeft: secondsLeft(nowMs, periodSeconds) }
  if (json) out(JSON.stringify(shown))
  else for (const [name, value] of Object.entries(shown)) out(`${name} ${value}`)
  return 0
}

export interface ShownToken {
  readonly serial: string
  readonly code: string
  readonly secondsLeft: number
}

/** The code of a token at a moment of the server's clock (RFC 6238 §4.2). Pure. */
export function showToken(token: TokenFile, serverNowMs: number): ShownToken {
  const seed = fromBase64url(token.seed)
  if (seed === null) throw new Error('a token file is only read with a valid seed')
  const step = timeStep(serverNowMs, token.periodSeconds)
  const mac = createHmac('sha256', seed).update(counterMessage(step)).digest()
  return {
    serial: token.serial,
    code: codeOf(mac, token.digits),
    secondsLeft: secondsLeft(serverNowMs, token.periodSeconds),
  }
}

function refuse<Code extends 1 | 2 = 1>(
  err: Surroundings['err'],
  reason: string,
  code: Code = 1 as Code,
): Code {
  err(`ichido: ${reason}`)
  return code
}
