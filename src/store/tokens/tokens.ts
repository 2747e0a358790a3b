import type { CodeThresholds, Tokens } from '../../bank/ports.ts'
import {
  CENTRE,
  type CodeUse,
  mayMove,
  type OtpAlgorithm,
  type OtpKind,
  type Token,
  type TokenState,
} from '../../bank/token.ts'
import type { FactorWindow } from '../../oath/window.ts'
import { changes, type Runner, row } from '../connection.ts'

export interface TokenRow {
  issuer: string
  serial: string
  type: string
  kind: OtpKind
  algorithm: OtpAlgorithm
  digits: number
  period_seconds: number
  state: TokenState
  sealed_seed: Buffer
  key_version: number
  last_accepted: number
  drift_steps: number
  failures: number
  guesses: number
  accepted_at: Date | null
  accepted_for: string | null
  shipped_to: string | null
}

export const TOKEN_COLUMNS = `t.issuer, t.serial, t.type, t.kind, t.algorithm, t.digits,
  t.period_seconds, t.state, t.sealed_seed, t.key_version, t.last_accepted, t.drift_steps,
  t.failures, t.guesses, t.accepted_at, t.accepted_for, t.shipped_to`

export function tokenOf(found: TokenRow): Token {
  return {
    issuer: found.issuer,
    serial: found.serial,
    type: found.type,
    kind: found.kind,
    algorithm: found.algorithm,
    digits: found.digits,
    periodSeconds: found.period_seconds,
    state: found.state,
    seed: { sealed: found.sealed_seed, keyVersion: found.key_version },
    lastAccepted: found.last_accepted,
    driftSteps: found.drift_steps,
    failures: found.failures,
    guesses: found.guesses,
    ...(found.accepted_at !== null &&
      found.accepted_for !== null && {
        lastUse: { procedure: found.accepted_for, atMs: found.accepted_at.getTime() },
      }),
    ...(found.shipped_to !== null && { shippedTo: found.shipped_to }),
  }
}

const THIS = 'issuer = $1 and serial = $2'
const key = (of: { issuer: string; serial: string }) => [of.issuer, of.serial]

/**
 * The states in which a code can be judged: in use, or about to be taken into use by its first
 * code.
 */
const USABLE = `state in ('active', 'provisioned', 'shipped')`

export function tokensOn(on: Runner): Tokens {
  return {
    find: (bankCode, serial) => bySerial(on, bankCode, serial, ''),
    lockBySerial: (bankCode, serial) => bySerial(on, bankCode, serial, 'for update'),
    get: (identity) => byIdentity(on, identity, ''),
    lock: (identity) => byIdentity(on, identity, 'for update'),

    async lockOf(bankCode, contractId) {
      const text = `select ${TOKEN_COLUMNS}
                      from contract c
                      join token t on (t.issuer, t.serial) = (c.token_issuer, c.token_serial)
                     where (c.bank_code, c.contract_id) = ($1, $2) for update of t`
      const found = await row<TokenRow>(on, text, [bankCode, contractId])
      return found && tokenOf(found)
    },

    async insert(token) {
      const inserted = await changes(
        on,
        `insert into token (issuer, serial, type, kind, algorithm, digits, period_seconds, state,
                            sealed_seed, key_version, shipped_to, transcript_hash, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         on conflict do nothing`,
        [
          token.issuer,
          token.serial,
          token.type,
          token.kind,
          token.algorithm,
          token.digits,
          token.periodSeconds,
          token.state,
          token.seed.sealed,
          token.seed.keyVersion,
          token.shippedTo ?? null,
          token.transcriptHash ?? null,
          token.expiresAtMs === undefined ? null : new Date(token.expiresAtMs),
        ],
      )
      return inserted === 1
    },

    async transcriptHash(token) {
      const text = `select transcript_hash from token where ${THIS}`
      const found = await row<{ transcript_hash: Buffer | null }>(on, text, key(token))
      return found?.transcript_hash ?? undefined
    },

    async move(token, to, expiresAtMs) {
      if (!mayMove(token.state, to)) throw new Error(`no token moves from ${token.state} to ${to}`)
      const changed = await changes(
        on,
        `update token set state = $4, expires_at = $5, transcript_hash = null
          where ${THIS} and state = $3`,
        [...key(token), token.state, to, expiresAtMs === undefined ? null : new Date(expiresAtMs)],
      )
      return changed === 1
    },

    async discard(token) {
      await changes(on, `delete from token where ${THIS} and state = 'agreed'`, key(token))
    },

    async contractsUsing(token) {
      const text = `select count(*) as users from contract
                     where token_issuer = $1 and token_serial = $2`
      return (await row<{ users: number }>(on, text, key(token)))?.users ?? 0
    },

    accept: (token, step, ...more) => acceptFrom(on, token, { first: step, last: step }, ...more),
    acceptPair: (token, step, ...more) =>
      acceptFrom(on, token, { first: step - 1, last: step }, ...more),

    async resetFailures(token) {
      await changes(on, `update token set failures = 0 where ${THIS}`, key(token))
    },

    async countFailure(token, thresholds) {
      const changed = await changes(
        on,
        `update token set failures = failures + 1, guesses = guesses + 1
          where ${THIS} and ${USABLE} and failures < $3 and guesses < $4`,
        [...key(token), ...numbersOf(thresholds)],
      )
      return changed === 1
    },
  }
}

/** Accepts all the factors or none: the lowest of them is the one that may be spent already. */
async function acceptFrom(
  on: Runner,
  token: Token,
  factors: FactorWindow,
  driftSteps: number,
  thresholds: CodeThresholds,
  use?: CodeUse,
): Promise<boolean> {
  const changed = await changes(
    on,
    `update token
        set last_accepted = $4, drift_steps = $5, failures = 0, accepted_at = $8,
            accepted_for = $9
      where ${THIS} and last_accepted < $3 and ${USABLE}
        and failures < $6 and guesses < $7`,
    [
      ...key(token),
      factors.first,
      factors.last,
      driftSteps,
      ...numbersOf(thresholds),
      use === undefined ? null : new Date(use.atMs),
      use?.procedure ?? null,
    ],
  )
  return changed === 1
}

const numbersOf = (thresholds: CodeThresholds) => [thresholds.code, thresholds.seedGuesses]

async function bySerial(on: Runner, bankCode: string, serial: string, lock: '' | 'for update') {
  const text = `select ${TOKEN_COLUMNS} from token t
                 where issuer in ('${CENTRE}', $1) and serial = $2 and state <> 'agreed' ${lock}`
  const found = await row<TokenRow>(on, text, [bankCode, serial])
  return found && tokenOf(found)
}

async function byIdentity(
  on: Runner,
  identity: Pick<Token, 'issuer' | 'serial'>,
  lock: '' | 'for update',
) {
  const text = `select ${TOKEN_COLUMNS} from token t where ${THIS} ${lock}`
  const found = await row<TokenRow>(on, text, key(identity))
  return found && tokenOf(found)
}
