/** Token holders in any number, stored as the bank stores them: sealed seeds, one contract each. */
import { randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import type { Vault } from '../../src/bank/ports.ts'
import { CENTRE, type SealedSeed } from '../../src/bank/token.ts'
import { type HmacKey, hmacKey } from '../../src/oath/hmac-key.ts'
import { hotp } from '../../src/oath/hotp.ts'
import { timeStep } from '../../src/oath/totp.ts'
import { DEMO_BANK } from '../../src/store/demo/demo-bank.ts'

export const PERIOD_SECONDS = 30
const SEED_BYTES = 32
const TOKENS_PER_STATEMENT = 5_000

/** A token as its holder has it. */
export interface HeldToken {
  readonly contractId: string
  readonly serial: string
  readonly key: HmacKey
  /** The last step whose code was handed out. */
  lastStep: number
}

/**
 * Stores `count` tokens, each bound to a contract of the demonstration bank. `first` numbers them.
 */
export async function storeTokens(
  pool: Pool,
  vault: Vault,
  count: number,
  first = 0,
): Promise<HeldToken[]> {
  const held = await insertTokens(pool, vault, count, first)
  await settle(pool)
  return held
}

/** The same, without the housekeeping afterwards. */
export async function insertTokens(
  pool: Pool,
  vault: Vault,
  count: number,
  first: number,
): Promise<HeldToken[]> {
  const held: HeldToken[] = []
  for (let done = 0; done < count; done += TOKENS_PER_STATEMENT) {
    const most = Math.min(TOKENS_PER_STATEMENT, count - done)
    const made = await Promise.all(
      Array.from({ length: most }, (_, place) => makeToken(vault, first + done + place)),
    )
    await insert(pool, made)
    held.push(...made.map(({ token }) => token))
  }
  return held
}

/** What the server's own housekeeping would do soon after so many inserts. */
export async function settle(pool: Pool): Promise<void> {
  await pool.query('vacuum analyze token')
  await pool.query('vacuum analyze contract')
}

interface Made {
  readonly token: HeldToken
  readonly seed: SealedSeed
  readonly secret: SealedSeed
}

async function makeToken(vault: Vault, number: number): Promise<Made> {
  const serial = `GM9${String(number).padStart(8, '0')}`
  const seed = randomBytes(SEED_BYTES)
  const identity = { issuer: CENTRE, serial, algorithm: 'SHA256' } as const
  const contractId = `9${String(number).padStart(10, '0')}`
  const owner = { bankCode: DEMO_BANK.bankCode, contractId }
  const token = { contractId, serial, key: hmacKey('SHA256', seed), lastStep: -1 }
  return {
    token,
    seed: await vault.sealSeed(identity, seed),
    secret: await vault.sealSecret(owner, '482913'),
  }
}

async function insert(pool: Pool, made: readonly Made[]): Promise<void> {
  await pool.query(
    `with given as (
       select * from unnest($1::text[], $2::text[], $3::bytea[], $4::int[], $7::bytea[], $8::int[])
         as g (contract_id, serial, seed, seed_version, secret, secret_version)
     ), tokens as (
       insert into token (issuer, serial, type, kind, algorithm, digits, period_seconds, state,
                          sealed_seed, key_version)
       select $5, serial, 'GM', 'totp', 'SHA256', 6, ${PERIOD_SECONDS}, 'active', seed,
              seed_version
         from given
     )
     insert into contract (bank_code, contract_id, name, mail, login_password_hash, method,
                           sealed_secret, secret_key_version, token_issuer, token_serial)
     select $6, contract_id, 'ソクテイ', 'bench@demo.invalid', 'none', 'confirmation-password',
            secret, secret_version, $5, serial
       from given`,
    [
      made.map(({ token }) => token.contractId),
      made.map(({ token }) => token.serial),
      made.map(({ seed }) => seed.sealed),
      made.map(({ seed }) => seed.keyVersion),
      CENTRE,
      DEMO_BANK.bankCode,
      made.map(({ secret }) => secret.sealed),
      made.map(({ secret }) => secret.keyVersion),
    ],
  )
}

export const codeAt = (token: HeldToken, step: number): string => hotp(token.key, step, 6)

export interface FreshCode {
  readonly token: HeldToken
  readonly step: number
  readonly otp: string
}

/**
 * The next code of this token that was never handed out and stays within the acceptance window for
 * 30 seconds, whatever drift its acceptances leave: the current step's first, later the following
 * step's. Undefined until time moves on.
 */
export function freshCode(token: HeldToken, nowMs: number): FreshCode | undefined {
  const now = timeStep(nowMs, PERIOD_SECONDS)
  const step = token.lastStep < 0 ? now : now + 1
  if (step <= token.lastStep) return undefined
  token.lastStep = step
  return { token, step, otp: codeAt(token, step) }
}
