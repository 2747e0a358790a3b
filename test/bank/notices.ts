/** The rules of every notice (取引通知メール), whichever act sent it. */
import type { Pool } from 'pg'
import { expect } from 'vitest'
import { wallTime } from '../../src/bank/calendar.ts'

interface Sent {
  readonly contract_id: string
  readonly subject: string
  readonly body: string
  readonly receipt_no: string | null
  readonly received_at: Date | null
}

/** What has a number of its own that is nobody's account. */
const NUMBERED = /^.*(?:受付番号|シリアル番号|お問い合わせ番号)：.*$/gmu

/**
 * Looks at all that a test file has made its bank send: the time and number of a receipt of that
 * contract, the end of the contract ID and never all of it, no account's number, no link.
 */
export async function expectRightNotices(pool: Pool): Promise<void> {
  const { rows } = await pool.query<Sent>(
    `select n.contract_id, n.subject, n.body, r.receipt_no, r.received_at
       from notice n
       join contract c on c.bank_code = n.bank_code and c.contract_id = n.contract_id
       left join receipt r on r.bank_code = n.bank_code
        and r.contract_id = n.contract_id
        and r.receipt_no::text = substring(n.body from '受付番号：([0-9]+)')`,
  )
  for (const { contract_id: contractId, subject, body, receipt_no, received_at } of rows) {
    const text = `${subject}\n${body}`
    expect(text).not.toMatch(/https?:|www\.|<a /i)
    expect(text).toContain(`契約者ID：下4けた ${contractId.slice(-4)}`)
    expect(text).not.toContain(contractId)
    expect(text.replace(NUMBERED, '')).not.toMatch(/(?<![\d-])\d{7}(?![\d-])/)
    // A reminder is about no act.
    if (!/^受付/m.test(body)) continue
    expect(body).toContain(`受付番号：${receipt_no}\n`)
    expect(received_at && body).toContain(`受付時刻：${wallTime(received_at?.getTime() ?? 0)}\n`)
  }
}
