/** The customer's side of a token: its seed, and the codes that it shows. */
import { randomBytes } from 'node:crypto'
import type { NewToken, Ports } from '../../src/bank/ports.ts'
import { CENTRE, type TokenState } from '../../src/bank/token.ts'
import { hmacKey } from '../../src/oath/hmac-key.ts'
import { hotp } from '../../src/oath/hotp.ts'
import { timeStep } from '../../src/oath/totp.ts'

export interface HeldToken {
  readonly issuer: string
  readonly serial: string
  readonly seed: Uint8Array
}

export interface TokenWish {
  readonly type?: string
  readonly state?: TokenState
  readonly kind?: 'totp' | 'hotp'
  readonly shippedTo?: string
  readonly issuer?: string
}

let made = 0

/** Puts a token with a random seed into the store, in whatever state the test wishes. */
export async function makeToken(ports: Ports, wish: TokenWish): Promise<HeldToken> {
  made += 1
  const type = wish.type ?? 'GM'
  const issuer = wish.issuer ?? CENTRE
  const seed = new Uint8Array(randomBytes(32))
  const identity = {
    issuer,
    serial: `${type}${String(90_000_000 + made)}`,
    algorithm: 'SHA256',
  } as const
  const token: NewToken = {
    ...identity,
    type,
    kind: wish.kind ?? 'totp',
    digits: 6,
    periodSeconds: 30,
    state: wish.state ?? 'active',
    seed: await ports.vault.sealSeed(identity, seed),
    ...(wish.shippedTo !== undefined && { shippedTo: wish.shippedTo }),
  }
  if (!(await ports.store.tables.tokens.insert(token))) throw new Error('the serial is taken')
  return { issuer, serial: identity.serial, seed }
}

/** The code of a step or counter. */
export const codeOfFactor = (token: Pick<HeldToken, 'seed'>, factor: number): string =>
  hotp(hmacKey('SHA256', token.seed), factor, 6)

/** The code that the token shows at the moment. */
export const codeAt = (token: Pick<HeldToken, 'seed'>, nowMs: number): string =>
  codeOfFactor(token, timeStep(nowMs, 30))

/** Codes that the token shows at no moment near: wrong ones, each another. */
export function wrongCodes(token: Pick<HeldToken, 'seed'>, nowMs: number, count: number): string[] {
  const step = timeStep(nowMs, 30)
  const near = Array.from({ length: 41 }, (_, place) => codeOfFactor(token, step - 20 + place))
  const wrong: string[] = []
  for (let guess = 0; wrong.length < count; guess += 1) {
    const code = String(guess).padStart(6, '0')
    if (!near.includes(code)) wrong.push(code)
  }
  return wrong
}

export const wrongCode = (token: Pick<HeldToken, 'seed'>, nowMs: number): string =>
  wrongCodes(token, nowMs, 1)[0] ?? ''
