import type { PoolClient } from 'pg'
import { ENROLMENT_LIFE_MS } from '../../bank/office/first-secrets.ts'
import { changes, row } from '../connection.ts'
import { contractRegisterOn } from '../customers/contract-register.ts'
import { DEMO_BANK, DEMO_PHONES, DEMO_UNENROLLED } from './demo-bank.ts'
import { type DemoParts, writeAccount } from './seed-demo.ts'

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
function writeContract(
  client: PoolClient,
  made: Awaited<ReturnType<typeof prepared>>,
  expiresAt: Date,
): Promise<boolean> {
  const { contractId, name, mail, method } = DEMO_UNENROLLED
  const phone = DEMO_PHONES[contractId]
  return contractRegisterOn(client).open({
    bankCode: DEMO_BANK.bankCode,
    contractId,
    name,
    mail,
    ...(phone && { phone }),
    method,
    secret: made.secret,
    enrolment: { hash: made.enrolmentHash, expiresAtMs: expiresAt.getTime() },
  })
}
