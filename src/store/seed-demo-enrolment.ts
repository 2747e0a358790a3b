import type { PoolClient } from 'pg'
import { changes, row } from './connection.ts'
import { DEMO_BANK, DEMO_UNENROLLED } from './demo-bank.ts'
import { type DemoParts, writeAccount } from './seed-demo.ts'

/** As long as the letter with an enrolment password is good for. */
const ENROLMENT_LIFE_MS = 60 * 24 * 60 * 60 * 1000

/**
 * Adds the contract on which 利用登録 is tried, also to a demonstration bank that is older than it.
 * While nobody has enrolled it, every start makes its enrolment password good for another sixty
 * days.
 */
export async function seedDemoEnrolment(parts: DemoParts): Promise<void> {
  const { pool, nowMs } = parts
  const { contractId } = DEMO_UNENROLLED
  const key = [DEMO_BANK.bankCode, contractId]
  const expiresAt = new Date(nowMs + ENROLMENT_LIFE_MS)
  const text = 'select 1 from contract where bank_code = $1 and contract_id = $2'
  if ((await row(pool, text, key)) !== undefined) {
    await changes(
      pool,
      `update contract set enrolment_expires_at = $3
        where bank_code = $1 and contract_id = $2 and enrolment_hash is not null`,
      [...key, expiresAt],
    )
    return
  }
  const made = await prepared(parts)
  const client = await pool.connect()
  try {
    await client.query('begin')
    if (await writeContract(client, made, expiresAt)) {
      for (const account of DEMO_UNENROLLED.accounts) {
        await writeAccount(client, parts, DEMO_UNENROLLED, account)
      }
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

async function prepared({ passwords, vault }: DemoParts) {
  const { contractId, enrolmentPassword, secret } = DEMO_UNENROLLED
  return {
    enrolmentHash: await passwords.hash(enrolmentPassword),
    secret: await vault.sealSecret({ bankCode: DEMO_BANK.bankCode, contractId }, secret),
  }
}

/** False when another process that starts at the same moment has written it. */
async function writeContract(
  client: PoolClient,
  made: Awaited<ReturnType<typeof prepared>>,
  expiresAt: Date,
): Promise<boolean> {
  const { contractId, name, mail, method } = DEMO_UNENROLLED
  const written = await changes(
    client,
    `insert into contract (bank_code, contract_id, name, mail, method, sealed_secret,
                           secret_key_version, enrolment_hash, enrolment_expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict do nothing`,
    [
      DEMO_BANK.bankCode,
      contractId,
      name,
      mail,
      method,
      made.secret.sealed,
      made.secret.keyVersion,
      made.enrolmentHash,
      expiresAt,
    ],
  )
  return written === 1
}
