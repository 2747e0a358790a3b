import { createHash, createHmac } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import type { PasswordHasher, Vault } from '../../bank/ports.ts'
import { CENTRE } from '../../bank/token.ts'
import { changes, row } from '../connection.ts'
import { installationSecret } from '../keys/installation-secret.ts'
import { coreBankOn, INTERNAL_BRANCH } from '../money/core-bank.ts'
import { administrationOn } from '../office/administration.ts'
import {
  DEMO_BANK,
  DEMO_BRANCH,
  DEMO_CONTRACTS,
  DEMO_PAYEES,
  DEMO_TOKEN_TYPES,
  type DemoContract,
  type DemoToken,
} from './demo-bank.ts'
import { seedDemoAnnouncement } from './seed-demo-announcement.ts'
import { seedDemoBills } from './seed-demo-bills.ts'
import { seedDemoPhones } from './seed-demo-phones.ts'

export interface DemoParts {
  readonly pool: Pool
  readonly vault: Vault
  readonly passwords: PasswordHasher
  readonly nowMs: number
}

/**
 * The demonstration's API key: the same in every process of one installation, different in each.
 */
export function demoApiKey(installationSecret: Uint8Array): string {
  const digest = createHmac('sha256', installationSecret).update('demo api key').digest('base64url')
  return `ichido_demo_${digest.slice(0, 32)}`
}

/** Whether the demonstration bank was ever written to this database. */
export async function holdsDemo(pool: Pool): Promise<boolean> {
  return (await row(pool, `select 1 from api_key where name = 'demo'`, [])) !== undefined
}

/** Writes the demonstration bank once; a second process, or a second start, finds it there. */
export async function seedDemo(parts: DemoParts): Promise<void> {
  const secret = await installationSecret(parts.pool, parts.vault)
  const apiKey = demoApiKey(secret)
  await seedBank(parts, apiKey)
  await keepApiKey(parts.pool, createHash('sha256').update(apiKey).digest())
  await seedDemoBills(parts.pool)
  await seedDemoAnnouncement(parts.pool)
  await seedDemoPhones(parts.pool)
}

/** A demonstration that is older than the installation secret gets its API key anew, once. */
async function keepApiKey(pool: Pool, keyHash: Buffer): Promise<void> {
  const text = `update api_key set key_hash = $1 where name = 'demo' and key_hash <> $1`
  await changes(pool, text, [keyHash])
}

async function seedBank(parts: DemoParts, apiKey: string): Promise<void> {
  const found = await row(parts.pool, 'select 1 from bank where bank_code = $1', [
    DEMO_BANK.bankCode,
  ])
  if (found !== undefined) return
  const contracts = await Promise.all(DEMO_CONTRACTS.map((contract) => prepared(parts, contract)))
  const client = await parts.pool.connect()
  try {
    await client.query('begin')
    await client.query('lock table bank in share row exclusive mode')
    const present = await row(client, 'select 1 from bank where bank_code = $1', [
      DEMO_BANK.bankCode,
    ])
    if (present === undefined) {
      await writeBank(client, parts, apiKey)
      for (const contract of contracts) await writeContract(client, parts, contract)
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

/** The slow and keyed parts of a contract, made before the transaction. */
async function prepared({ passwords, vault }: DemoParts, contract: DemoContract) {
  const { secret } = contract
  const owner = { bankCode: DEMO_BANK.bankCode, contractId: contract.contractId }
  return {
    contract,
    passwordHash: await passwords.hash(contract.loginPassword),
    secret: await vault.sealSecret(
      owner,
      typeof secret === 'string' ? secret : JSON.stringify(secret),
    ),
  }
}

async function writeBank(client: PoolClient, parts: DemoParts, apiKey: string): Promise<void> {
  const { bankCode } = DEMO_BANK
  const administration = administrationOn(client)
  await administration.addBank(DEMO_BANK)
  for (const type of DEMO_TOKEN_TYPES) await administration.putTokenType(bankCode, type)
  await coreBankOn(client).openBooks(DEMO_BANK)
  for (const payee of DEMO_PAYEES) {
    await changes(client, `insert into known_payee values ($1, $2, 'ordinary', $3, $4)`, [
      payee.bankCode,
      payee.branchCode,
      payee.accountNumber,
      payee.name,
    ])
  }
  await administration.addApiKey(bankCode, {
    name: 'demo',
    key: apiKey,
    createdAtMs: parts.nowMs,
  })
}

type Prepared = Awaited<ReturnType<typeof prepared>>

async function writeContract(client: PoolClient, parts: DemoParts, made: Prepared): Promise<void> {
  const { contract, secret } = made
  const { contractId, token } = contract
  const issuer = token && (await writeToken(client, parts, contractId, token))
  await changes(
    client,
    `insert into contract (bank_code, contract_id, name, mail, login_password_hash, method,
                           sealed_secret, secret_key_version, otp_at_login, token_issuer,
                           token_serial)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      DEMO_BANK.bankCode,
      contractId,
      contract.name,
      contract.mail,
      made.passwordHash,
      contract.method,
      secret.sealed,
      secret.keyVersion,
      contract.otpAtLogin ?? false,
      token?.state === 'active' ? issuer : null,
      token?.state === 'active' ? token.serial : null,
    ],
  )
  for (const account of contract.accounts) {
    await writeAccount(client, parts, contract, account)
  }
}

/**
 * An account opens with a movement from the bank's opening account, so that the ledger balances.
 */
export async function writeAccount(
  client: PoolClient,
  parts: Pick<DemoParts, 'nowMs'>,
  contract: Pick<DemoContract, 'contractId' | 'name'>,
  account: DemoContract['accounts'][number],
): Promise<void> {
  const { bankCode } = DEMO_BANK
  await changes(client, `insert into account values ($1, $2, 'ordinary', $3, $4, $5, $6)`, [
    bankCode,
    DEMO_BRANCH,
    account.number,
    contract.contractId,
    contract.name,
    account.balanceYen,
  ])
  await changes(
    client,
    `insert into movement (bank_code, receipt_no, at, text, amount_yen, debit_branch, debit_type,
                           debit_number, credit_branch, credit_type, credit_number,
                           credit_balance_yen)
     values ($1, nextval('receipt_no'), $2, '口座開設時の残高', $3, $4, 'internal', 'opening',
             $5, 'ordinary', $6, $3)`,
    [
      bankCode,
      new Date(parts.nowMs),
      account.balanceYen,
      INTERNAL_BRANCH,
      DEMO_BRANCH,
      account.number,
    ],
  )
}

/** Returns the issuer: the bank for hardware, the centre for software. */
async function writeToken(
  client: PoolClient,
  { vault }: DemoParts,
  contractId: string,
  token: DemoToken,
): Promise<string> {
  const type = DEMO_TOKEN_TYPES.find((known) => known.type === token.type)
  if (type === undefined) throw new Error(`the demonstration has no token type ${token.type}`)
  const issuer = type.medium === 'hardware' ? DEMO_BANK.bankCode : CENTRE
  const { serial } = token
  const { algorithm, kind, digits, periodSeconds } = type
  const seed = await vault.sealSeed(
    { issuer, serial, algorithm },
    Buffer.from(token.seedHex, 'hex'),
  )
  await changes(
    client,
    `insert into token (issuer, serial, type, kind, algorithm, digits, period_seconds, state,
                        sealed_seed, key_version, shipped_to)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      issuer,
      serial,
      token.type,
      kind,
      algorithm,
      digits,
      periodSeconds,
      token.state,
      seed.sealed,
      seed.keyVersion,
      type.medium === 'hardware' ? contractId : null,
    ],
  )
  return issuer
}
