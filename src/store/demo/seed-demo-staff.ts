import { STAFF_TOKEN_TYPE } from '../../bank/office/staff.ts'
import { changes, row } from '../connection.ts'
import { DEMO_BANK, DEMO_STAFF, type DemoStaff } from './demo-bank.ts'
import type { DemoParts } from './seed-demo.ts'

/** Writes the staff of the demonstration once. */
export async function seedDemoStaff(parts: DemoParts): Promise<void> {
  const { bankCode } = DEMO_BANK
  const found = await row(parts.pool, 'select 1 from staff where bank_code = $1', [bankCode])
  if (found !== undefined) return
  for (const staff of DEMO_STAFF) await writeStaff(parts, staff)
}

/** One statement for each, so that a second process that comes at the same time changes nothing. */
async function writeStaff({ pool, vault, passwords }: DemoParts, staff: DemoStaff) {
  const { bankCode } = DEMO_BANK
  const { serial } = staff
  const algorithm = 'SHA256'
  const identity = { issuer: bankCode, serial, algorithm } as const
  const seed = await vault.sealSeed(identity, Buffer.from(staff.seedHex, 'hex'))
  await changes(
    pool,
    `with made as (
       insert into token (issuer, serial, type, kind, algorithm, digits, period_seconds, state,
                          sealed_seed, key_version)
       values ($1, $2, $3, 'totp', $4, 6, 30, 'active', $5, $6)
       on conflict do nothing
       returning issuer, serial)
     insert into staff (bank_code, staff_id, name, role, password_hash, token_issuer, token_serial)
     select $1, $7, $8, $9, $10, issuer, serial from made
     on conflict do nothing`,
    [
      bankCode,
      serial,
      STAFF_TOKEN_TYPE,
      algorithm,
      seed.sealed,
      seed.keyVersion,
      staff.staffId,
      staff.name,
      staff.role,
      await passwords.hash(staff.password),
    ],
  )
}
