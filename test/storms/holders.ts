/** Token holders who log in with password and code, and codes that are none of theirs. */
import type { Backdoor } from '../../bench/rig/installation.ts'
import { codeAt, type HeldToken, storeTokens } from '../../bench/rig/tokens.ts'
import { DEMO_BANK } from '../../src/store/demo/demo-bank.ts'
import { passwordHasher } from '../../src/store/passwords.ts'

export const HOLDERS_PASSWORD = 'Stormed01'

/** Stores them; `first` numbers them. */
export async function storeLoginHolders(
  { pool, vault }: Backdoor,
  count: number,
  first: number,
): Promise<HeldToken[]> {
  const holders = await storeTokens(pool, vault, count, first)
  const hash = await passwordHasher({ running: 1, waiting: 1 }).hash(HOLDERS_PASSWORD)
  await pool.query(
    `update contract set login_password_hash = $1, otp_at_login = true
      where bank_code = $2 and contract_id = any ($3)`,
    [hash, DEMO_BANK.bankCode, holders.map(({ contractId }) => contractId)],
  )
  return holders
}

/** Codes that are right at no step near this one. */
export function wrongCodes(token: HeldToken, step: number, count: number): string[] {
  const near = new Set(Array.from({ length: 9 }, (_, place) => codeAt(token, step - 4 + place)))
  const codes: string[] = []
  for (let number = 0; codes.length < count; number += 1) {
    const code = String(number * 4_999).padStart(6, '0')
    if (!near.has(code)) codes.push(code)
  }
  return codes
}
