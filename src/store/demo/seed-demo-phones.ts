import { changes, type Runner } from '../connection.ts'
import { DEMO_BANK, DEMO_PHONES } from './demo-bank.ts'

/** Gives the customers of the demonstration their telephone numbers, also in an older bank. */
export async function seedDemoPhones(on: Runner): Promise<void> {
  await changes(
    on,
    `update contract c set phone = given.phone
       from unnest($2::text[], $3::text[]) as given (contract_id, phone)
      where c.bank_code = $1 and c.contract_id = given.contract_id and c.phone is null`,
    [DEMO_BANK.bankCode, Object.keys(DEMO_PHONES), Object.values(DEMO_PHONES)],
  )
}
