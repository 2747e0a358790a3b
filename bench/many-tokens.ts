/** The same verifications beside ten thousand stored tokens and beside millions. */
import type { Pool } from 'pg'
import { CENTRE } from '../src/bank/token.ts'
import { DEMO_BANK } from '../src/store/demo/demo-bank.ts'
import { FreshCodes } from './rig/fresh-codes.ts'
import type { Backdoor } from './rig/installation.ts'
import { type HeldToken, insertTokens, settle } from './rig/tokens.ts'
import { type Bench, measureRate, type Rounds } from './verifications.ts'

/** Tokens whose codes are sent; they stand between the others, in the table and in its index. */
const HELD = 30_000
const CHUNKS = 50
const FIRST_HELD = 20_000_000

export interface ManyTokens {
  readonly few: number
  readonly many: number
}

/**
 * Accepted codes a second with `stored` tokens and contracts in the tables, beside those with the
 * few that the bench has stored so far. The others' seeds are copies of one: nobody opens them.
 */
export async function measureManyTokens(
  bench: Bench,
  backdoor: Backdoor,
  clients: number,
  stored: number,
  rounds: Rounds,
): Promise<ManyTokens> {
  const few = await measureRate(bench, clients, rounds)
  const held: HeldToken[] = []
  for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
    const first = FIRST_HELD + chunk * (HELD / CHUNKS)
    held.push(...(await insertTokens(backdoor.pool, backdoor.vault, HELD / CHUNKS, first)))
    await insertStrangers(backdoor.pool, chunk, Math.ceil(stored / CHUNKS))
  }
  await settle(backdoor.pool)
  const codes = new FreshCodes(held)
  const many = await measureRate({ ...bench, tokens: held, codes }, clients, rounds)
  return { few, many }
}

/** Tokens and contracts of strangers, their keys spread evenly between those of the holders. */
async function insertStrangers(pool: Pool, chunk: number, count: number): Promise<void> {
  await pool.query(
    `with like_this as (
       select sealed_seed, key_version from token where state = 'active' limit 1
     ), numbered as (
       select 'GM9' || lpad(($3::int + n % ${HELD})::text, 8, '0') || '.' || $1 || '.' || n
                as serial,
              '8' || $1 || '-' || n as contract_id, sealed_seed, key_version
         from generate_series(1, $2::int) n, like_this
     ), tokens as (
       insert into token (issuer, serial, type, kind, algorithm, digits, period_seconds, state,
                          sealed_seed, key_version)
       select $4, serial, 'GM', 'totp', 'SHA256', 6, 30, 'active', sealed_seed, key_version
         from numbered
     )
     insert into contract (bank_code, contract_id, name, mail, login_password_hash, method,
                           sealed_secret, secret_key_version, token_issuer, token_serial)
     select $5, contract_id, 'ソクテイ', 'bench@demo.invalid', 'none', 'confirmation-password',
            sealed_seed, key_version, $4, serial
       from numbered`,
    [String(chunk), count, FIRST_HELD, CENTRE, DEMO_BANK.bankCode],
  )
}
