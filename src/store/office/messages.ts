import type { AnnouncementRecord, Messages, TemplateVersion } from '../../bank/ports.ts'
import { type AnnouncementRow, announcementOf } from '../banks.ts'
import { changes, type Runner, row, rows } from '../connection.ts'

interface RecordRow extends AnnouncementRow {
  last_day: string | null
  receipt_no: number | null
  taken_down_at: Date | null
}

const COLUMNS = `id, to_char(published_on, 'YYYY-MM-DD') as published_on, last_day, heading, text,
  heading_en, text_en, receipt_no, taken_down_at`

const recordOf = (bankCode: string, found: RecordRow): AnnouncementRecord => ({
  ...announcementOf(found),
  bankCode,
  ...(found.last_day !== null && { lastDay: found.last_day }),
  ...(found.receipt_no !== null && { receiptNo: String(found.receipt_no) }),
  ...(found.taken_down_at !== null && { takenDownAtMs: found.taken_down_at.getTime() }),
})

interface TemplateRow {
  version: number
  template: TemplateVersion['template']
  decided_at: Date
  decided_by: string
  receipt_no: number
}

const THIS = 'bank_code = $1 and id = $2'

export function messagesOn(on: Runner): Messages {
  const read = async (bankCode: string, id: string, lock: '' | 'for update') => {
    const text = `select ${COLUMNS} from announcement where ${THIS} ${lock}`
    const found = await row<RecordRow>(on, text, [bankCode, id])
    return found && recordOf(bankCode, found)
  }
  return {
    async announcements(bankCode, most) {
      const found = await rows<RecordRow>(
        on,
        `select ${COLUMNS} from announcement where bank_code = $1
          order by announcement.published_on desc, id limit $2`,
        [bankCode, most],
      )
      return found.map((announcement) => recordOf(bankCode, announcement))
    },

    find: (bankCode, id) => read(bankCode, id, ''),
    lock: (bankCode, id) => read(bankCode, id, 'for update'),

    async publish({ bankCode, id, publishedOn, lastDay, ja, en, receiptNo }) {
      await changes(
        on,
        `insert into announcement (bank_code, id, published_on, last_day, heading, text,
                                   heading_en, text_en, receipt_no)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          bankCode,
          id,
          publishedOn,
          lastDay ?? null,
          ja.heading,
          ja.text,
          en?.heading ?? null,
          en?.text ?? null,
          receiptNo ?? null,
        ],
      )
    },

    async takeDown({ bankCode, id }, receiptNo, nowMs) {
      const text = `update announcement set taken_down_at = $3, taken_down_with = $4
                     where ${THIS} and taken_down_at is null`
      return (await changes(on, text, [bankCode, id, new Date(nowMs), receiptNo])) === 1
    },

    async templates(bankCode, most) {
      const found = await rows<TemplateRow>(
        on,
        `select version, template, decided_at, decided_by, receipt_no from notice_template
          where bank_code = $1 order by version desc limit $2`,
        [bankCode, most],
      )
      return found.map(versionOf)
    },

    async lockTemplate(bankCode) {
      await row(on, 'select from bank where bank_code = $1 for no key update', [bankCode])
      const found = await row<{ version: number }>(
        on,
        'select coalesce(max(version), 0) as version from notice_template where bank_code = $1',
        [bankCode],
      )
      return found?.version ?? 0
    },

    async addTemplate(bankCode, { version, template, decidedAtMs, decidedBy, receiptNo }) {
      const json = JSON.stringify(template)
      await changes(
        on,
        `insert into notice_template (bank_code, version, template, decided_at, decided_by,
                                      receipt_no)
         values ($1, $2, $3, $4, $5, $6)`,
        [bankCode, version, json, new Date(decidedAtMs), decidedBy, receiptNo],
      )
      await changes(on, 'update bank set notice_template = $2 where bank_code = $1', [
        bankCode,
        json,
      ])
    },
  }
}

const versionOf = (found: TemplateRow): TemplateVersion => ({
  version: found.version,
  template: found.template,
  decidedAtMs: found.decided_at.getTime(),
  decidedBy: found.decided_by,
  receiptNo: String(found.receipt_no),
})
