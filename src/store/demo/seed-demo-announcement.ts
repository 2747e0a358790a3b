import type { Pool } from 'pg'
import { changes } from '../connection.ts'
import { DEMO_ANNOUNCEMENT, DEMO_BANK } from './demo-bank.ts'

/**
 * The demonstration's announcement and its English name: also for a bank that was written before
 * there were any.
 */
export async function seedDemoAnnouncement(pool: Pool): Promise<void> {
  const { id, publishedOn, ja, en } = DEMO_ANNOUNCEMENT
  await changes(
    pool,
    `insert into announcement (bank_code, id, published_on, heading, text, heading_en, text_en)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [DEMO_BANK.bankCode, id, publishedOn, ja.heading, ja.text, en?.heading, en?.text],
  )
  const text = 'update bank set english = $2 where bank_code = $1 and english is null'
  await changes(pool, text, [DEMO_BANK.bankCode, DEMO_BANK.english])
}
