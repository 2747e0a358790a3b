/** Where a customer reads the codes: the token app, the desktop token, or any authenticator. */
import { expect } from 'vitest'
import type { DemoTokenReading } from '../../src/bank/demo.ts'
import { showToken } from '../../src/cli/token.ts'
import { confirmToken, newToken } from '../../src/cli/token-agreement.ts'
import { hmacKey } from '../../src/oath/hmac-key.ts'
import { parseOtpauthUri } from '../../src/oath/otpauth-uri.ts'
import { timeStep, totp } from '../../src/oath/totp.ts'
import { readDemoTokens } from '../../src/store/demo/demo-readings.ts'
import type { Program, ServerClock } from './program.ts'
import type { Visitor } from './visitor.ts'

const PERIOD_MS = 30_000

export interface Token {
  readonly serial: string
  /** A code that was not given out before; the clock is moved on where one would have to wait. */
  freshCode(): Promise<string>
}

/** The token app in its own browser: the phone beside the customer. */
export class PhoneToken implements Token {
  readonly #visitor: Visitor
  readonly #program: Program
  readonly serial: string
  #given: string | undefined

  private constructor(visitor: Visitor, program: Program, serial: string) {
    this.#visitor = visitor
    this.#program = program
    this.serial = serial
  }

  /** Opens the app for the first time and makes a token. */
  static async make(visitor: Visitor, program: Program): Promise<PhoneToken> {
    await visitor.page.goto(`${program.token}/`)
    await visitor.page.waitForSelector('#make-token')
    await visitor.see()
    await visitor.page.click('#make-token')
    await shownCode(visitor)
    await visitor.see()
    return new PhoneToken(visitor, program, await shownSerial(visitor))
  }

  async freshCode(): Promise<string> {
    if (this.#given !== undefined) this.#program.clock.moveBy(PERIOD_MS)
    await openAgain(this.#visitor)
    await expect.poll(() => shownCode(this.#visitor)).not.toBe(this.#given ?? '')
    this.#given = await shownCode(this.#visitor)
    return this.#given
  }
}

/** Opens the app anew, and lets it learn the time. */
export async function openAgain({ page }: Visitor): Promise<void> {
  const measured = page.waitForResponse((answer) => answer.url().endsWith('/time'))
  await page.reload()
  await measured
  // The answer has come; it is kept and shown within the next two ticks.
  await page.waitForTimeout(500)
}

/** The code as it stands on the screen. */
export async function shownCode({ page }: Visitor): Promise<string> {
  const text = await page.textContent('[data-field="code"]:not(:empty)')
  return (text ?? '').replaceAll(/\D/g, '')
}

export async function shownSerial({ page }: Visitor): Promise<string> {
  const text = await page.textContent('[data-field="serial"]')
  return (text ?? '').replaceAll(/\s/g, '')
}

/** The desktop token, for journeys that are not about the app. */
export async function makeDesktopToken({ token: server, clock }: Program): Promise<Token> {
  const made = await newToken({ server, type: 'GM', nowMs: Date.now, fetch })
  if (!made.ok) throw new Error(made.reason)
  const confirmed = await confirmToken(made.value, fetch)
  if (!confirmed.ok) throw new Error(confirmed.reason)
  const { token } = made.value
  return {
    serial: token.serial,
    freshCode: freshCodes(clock, (nowMs) => showToken(token, nowMs).code),
  }
}

/**
 * Any authenticator, given the key URI that the demonstration prints; or the customer's own device,
 * with a clock that has run ahead.
 */
export const authenticator = (contractId: string, clock: ServerClock, aheadMs = 0): Token =>
  playing((token) => token.contractId === contractId, clock, aheadMs)

/** The second factor of a staff member of the demonstration. */
export const staffAuthenticator = (staffId: string, clock: ServerClock): Token =>
  playing((token) => token.staffId === staffId, clock)

/** A hardware token of the demonstration, by what is printed on its back. */
export const hardwareToken = (serial: string, clock: ServerClock): Token =>
  playing((token) => token.serial === serial, clock)

function playing(
  isMeant: (token: DemoTokenReading) => boolean,
  clock: ServerClock,
  aheadMs = 0,
): Token {
  const found = readDemoTokens().find(isMeant)
  if (found === undefined) throw new Error('the demonstration has no such token to play')
  return { ...scanned(found.otpauth, clock, aheadMs), serial: found.serial }
}

/** An authenticator that was shown a key URI, as a QR code or as a link. */
export function scanned(otpauth: string, clock: ServerClock, aheadMs = 0): Token {
  const read = parseOtpauthUri(otpauth)
  if (!read.ok || read.key.type !== 'totp') throw new Error('this is no key that shows codes')
  const { account, algorithm, secret, digits, periodSeconds } = read.key
  const key = hmacKey(algorithm, secret)
  return {
    serial: account,
    freshCode: freshCodes(clock, (nowMs) => totp(key, nowMs + aheadMs, digits, periodSeconds)),
  }
}

/** The last step of which a code was given out at each program, by whichever token. */
const given = new WeakMap<ServerClock, number>()

function freshCodes(clock: ServerClock, codeAt: (nowMs: number) => string) {
  return async () => {
    if (stepOf(clock) <= (given.get(clock) ?? -1)) clock.moveBy(PERIOD_MS)
    given.set(clock, stepOf(clock))
    return codeAt(clock.now())
  }
}

const stepOf = (clock: ServerClock) => timeStep(clock.now(), PERIOD_MS / 1000)
