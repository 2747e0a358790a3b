import type { BankEvent } from '../../bank/event.ts'
import type { Journal } from '../../bank/ports.ts'
import { changes, type Runner, row, rows } from '../connection.ts'

/**
 * The values of an event in the order of the columns below, as every statement that appends one has
 * them.
 */
export function eventValues(event: BankEvent): unknown[] {
  return [
    event.bankCode,
    event.id,
    new Date(event.atMs),
    event.actor.kind,
    event.actor.id,
    event.contractId ?? null,
    event.serial ?? null,
    event.kind,
    event.outcome,
    event.receiptNo ?? null,
    event.requestId,
    event.detail === undefined ? null : JSON.stringify(event.detail),
  ]
}

export const EVENT_COLUMNS = `bank_code, id, at, actor_kind, actor_id, contract_id, serial, kind,
  outcome, receipt_no, request_id, detail`

interface NoticeRow {
  contract_id: string
  recipient: string
  subject: string
  body: string
  created_at: Date
}

export function journalOn(on: Runner): Journal {
  return {
    async append(event) {
      const text = `insert into event (${EVENT_COLUMNS})
                    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`
      await changes(on, text, eventValues(event))
    },

    async nextReceiptNo() {
      const found = await row<{ no: number }>(on, `select nextval('receipt_no') as no`, [])
      return String(found?.no)
    },

    async record(event, receipt, notices) {
      const text = `with appended as (
           insert into event (${EVENT_COLUMNS})
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)),
         kept as (
           insert into receipt (bank_code, receipt_no, contract_id, procedure, received_at)
           values ($1, $10, $13, $14, $15))
         insert into notice (bank_code, contract_id, recipient, subject, body, created_at,
                             next_attempt_at)
         select $1, $13, recipient, subject, body, $15, $15
           from unnest($16::text[], $17::text[], $18::text[]) as told (recipient, subject, body)`
      await changes(on, text, [
        ...eventValues(event),
        receipt.contractId,
        receipt.procedure,
        new Date(receipt.receivedAtMs),
        notices.map((notice) => notice.to),
        notices.map((notice) => notice.subject),
        notices.map((notice) => notice.body),
      ])
    },

    async addNotice(notice) {
      await changes(
        on,
        `insert into notice (bank_code, contract_id, recipient, subject, body, created_at,
                             next_attempt_at)
         values ($1, $2, $3, $4, $5, $6, $6)`,
        [
          notice.bankCode,
          notice.contractId,
          notice.to,
          notice.subject,
          notice.body,
          new Date(notice.createdAtMs),
        ],
      )
    },

    async latestNotices(bankCode, most) {
      const found = await rows<NoticeRow>(
        on,
        `select contract_id, recipient, subject, body, created_at from notice
          where bank_code = $1 order by seq desc limit $2`,
        [bankCode, most],
      )
      return found.map((notice) => ({
        bankCode,
        contractId: notice.contract_id,
        to: notice.recipient,
        subject: notice.subject,
        body: notice.body,
        createdAtMs: notice.created_at.getTime(),
      }))
    },
  }
}
