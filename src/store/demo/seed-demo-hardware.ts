import { changes } from '../connection.ts'
import { DEMO_BANK, DEMO_STOCK } from './demo-bank.ts'
import { demoStockSeed } from './demo-stock-seed.ts'
import type { DemoParts } from './seed-demo.ts'

/**
 * Puts a few hardware tokens of each shape on the demonstration's shelf, so that a newcomer can
 * play the whole way from the application to the customer. Also for a demonstration bank that is
 * older; a token that is there already stays as it is.
 */
export async function seedDemoHardware(parts: Omit<DemoParts, 'passwords'>): Promise<void> {
  const { pool, nowMs } = parts
  const { bankCode } = DEMO_BANK
  for (const { batchNo, shape, serials } of DEMO_STOCK) {
    const written = await changes(
      pool,
      `insert into stock_batch (bank_code, batch_no, type, format, file_name, shape, tokens,
                                actor_kind, actor_id, imported_at)
       values ($1, $2, 'HW', 'pskc', 'demo.xml', $3, $4, 'system', 'demo', $5)
       on conflict do nothing`,
      [bankCode, batchNo, shape, serials.length, new Date(nowMs)],
    )
    if (written === 0) continue
    for (const [place, serial] of serials.entries()) {
      await writeToken(parts, { batchNo, serial, line: place + 1 })
    }
  }
}

async function writeToken(
  { pool, vault }: Pick<DemoParts, 'pool' | 'vault'>,
  token: { readonly batchNo: string; readonly serial: string; readonly line: number },
): Promise<void> {
  const { serial } = token
  const identity = { issuer: DEMO_BANK.bankCode, serial, algorithm: 'SHA256' } as const
  const seed = await vault.sealSeed(identity, demoStockSeed(serial))
  await changes(
    pool,
    `insert into token (issuer, serial, type, kind, algorithm, digits, period_seconds, state,
                        sealed_seed, key_version, batch_no, batch_line)
     values ($1, $2, 'HW', 'totp', 'SHA256', 6, 30, 'stocked', $3, $4, $5, $6)
     on conflict do nothing`,
    [identity.issuer, serial, seed.sealed, seed.keyVersion, token.batchNo, token.line],
  )
}
