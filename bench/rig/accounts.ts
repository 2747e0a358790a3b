/** Accounts with money for stored token holders, and their way to log in. */
import type { Pool } from 'pg'
import { DEMO_BANK, DEMO_BRANCH } from '../../src/store/demo/demo-bank.ts'
import { passwordHasher } from '../../src/store/passwords.ts'
import type { HeldToken } from './tokens.ts'

export const HOLDERS_PASSWORD = 'Measured01'
const OPENING_YEN = 1_000_000

/** The account of the holder with this place: its number is made of it. */
export const accountOf = (place: number): string => String(5_000_000 + place)

/** Opens an account for each holder, from the bank's opening account, and sets the password. */
export async function storeAccounts(pool: Pool, holders: readonly HeldToken[]): Promise<void> {
  const hash = await passwordHasher({ running: 1, waiting: 1 }).hash(HOLDERS_PASSWORD)
  const contracts = holders.map(({ contractId }) => contractId)
  const numbers = holders.map((_, place) => accountOf(place))
  await pool.query(
    `with given as (
       select * from unnest($1::text[], $2::text[]) as g (contract_id, number)
     ), opened as (
       insert into account (bank_code, branch_code, account_type, account_number, contract_id,
                            holder_name, balance_yen)
       select $3, $4, 'ordinary', number, contract_id, 'ソクテイ', $5 from given
     )
     insert into movement (bank_code, receipt_no, at, text, amount_yen, debit_branch, debit_type,
                           debit_number, credit_branch, credit_type, credit_number,
                           credit_balance_yen)
     select $3, nextval('receipt_no'), now(), '口座開設時の残高', $5, '000', 'internal', 'opening',
            $4, 'ordinary', number, $5
       from given`,
    [contracts, numbers, DEMO_BANK.bankCode, DEMO_BRANCH, OPENING_YEN],
  )
  await pool.query(
    'update contract set login_password_hash = $1 where bank_code = $2 and contract_id = any ($3)',
    [hash, DEMO_BANK.bankCode, contracts],
  )
}
