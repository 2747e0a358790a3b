/** Another bank of the centre, with a customer who uses the same phone. */
import { DEMO_BANK } from '../../src/store/demo/demo-bank.ts'
import type { HeldToken } from './held-token.ts'
import type { Process } from './test-bank.ts'

export const OTHER_BANK = { ...DEMO_BANK, bankCode: '1181', name: '会津信用金庫（テスト）' }

/** Opens the bank, once. */
export async function openOtherBank({ pool }: Process): Promise<void> {
  const { bankCode, name } = OTHER_BANK
  await pool.query(
    `insert into bank (bank_code, name, contact, thresholds, limits, fees)
     select $1, $2, contact, thresholds, limits, fees from bank where bank_code = '1184'
     on conflict do nothing`,
    [bankCode, name],
  )
  await pool.query(
    `insert into token_type
     select $1, type, name, medium, kind, algorithm, digits, period_seconds, open_from, closed_from
       from token_type where bank_code = '1184' on conflict do nothing`,
    [bankCode],
  )
}

let opened = 0

/** A contract of the other bank with that token; returns its ID. */
export async function openThere({ ports, pool }: Process, token: HeldToken): Promise<string> {
  opened += 1
  const { bankCode } = OTHER_BANK
  const contractId = `V${String(opened).padStart(9, '0')}`
  const secret = await ports.vault.sealSecret({ bankCode, contractId }, '482913')
  await pool.query(
    `insert into contract (bank_code, contract_id, name, mail, login_password_hash, method,
                           sealed_secret, secret_key_version, token_issuer, token_serial)
     select $1, $2, 'テスト　ベツバンク', $3, login_password_hash, 'confirmation-password', $4, $5, $6, $7
       from contract where bank_code = '1184' and contract_id = '10000000001'`,
    [
      bankCode,
      contractId,
      `${contractId}@customer.invalid`,
      secret.sealed,
      secret.keyVersion,
      token.issuer,
      token.serial,
    ],
  )
  return contractId
}
