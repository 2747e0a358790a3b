import type { Pool } from 'pg'
import { type EventReading, type RecordedEvent, VIEWING } from '../../bank/event-reading.ts'
import { row, rows } from '../connection.ts'
import { eventHorizon } from './event-horizon.ts'
import { type EventRow, RECORDED_COLUMNS, recordedEventOf } from './recorded-events.ts'

/** What the index of contracts has (`0011-administration.sql`). */
const IN_HISTORY = `(kind <> 'verification' or outcome <> 'done')`

/** As `seq` is read: from the newest on. */
const NEWEST = Number.MAX_SAFE_INTEGER

export function eventReadingOn(pool: Pool): EventReading {
  const horizon = eventHorizon(pool)
  const read = async (text: string, values: unknown[]) =>
    (await rows<EventRow>(pool, text, values)).map(recordedEventOf)
  return {
    async after(bankCode, seq, most) {
      const text = `select ${RECORDED_COLUMNS} from event
                     where bank_code = $1 and seq > $2 and seq <= $3 and kind <> '${VIEWING}'
                     order by seq limit $4`
      const found = await read(text, [bankCode, seq, await horizon(), most + 1])
      return { events: found.slice(0, most), more: found.length > most }
    },

    ofContract: (bankCode, contractId, most, before = NEWEST, withViewings = false) =>
      read(
        `select ${RECORDED_COLUMNS} from event
          where bank_code = $1 and contract_id = $2 and seq < $3
            and ${IN_HISTORY} and ($5 or kind <> '${VIEWING}')
          order by seq desc limit $4`,
        [bankCode, contractId, before, most, withViewings],
      ),

    async acceptedByChannels(bankCode, contractId, lookThrough, before = NEWEST) {
      const found = await rows<EventRow & { place: number }>(
        pool,
        `select * from (
           select ${RECORDED_COLUMNS}, row_number() over (order by seq desc) as place from event
            where bank_code = $1 and seq < $3 order by seq desc limit $4) looked
          where place = $4 or (contract_id = $2 and not ${IN_HISTORY})
          order by seq desc`,
        [bankCode, contractId, before, lookThrough],
      )
      const events = found.map(recordedEventOf)
      const isOwn = (event: RecordedEvent) =>
        event.contractId === contractId && event.kind === 'verification' && event.outcome === 'done'
      return {
        events: events.filter(isOwn),
        lookedBackTo: found.find(({ place }) => place === lookThrough)?.seq,
      }
    },

    bySerial: (bankCode, serial, most, before = NEWEST) =>
      read(
        `select ${RECORDED_COLUMNS} from event
          where bank_code = $1 and serial = $2 and seq < $3 and kind <> 'verification'
          order by seq desc limit $4`,
        [bankCode, serial, before, most],
      ),

    async byReceipt(bankCode, receiptNo) {
      if (!/^\d{1,15}$/.test(receiptNo)) return []
      // The receipt names the contract, whose events have an index; receipts need none for that.
      const receipt = await row<{ contract_id: string }>(
        pool,
        'select contract_id from receipt where bank_code = $1 and receipt_no = $2',
        [bankCode, receiptNo],
      )
      if (receipt === undefined) return []
      const text = `select ${RECORDED_COLUMNS} from event
                     where bank_code = $1 and contract_id = $2 and receipt_no = $3 and ${IN_HISTORY}
                     order by seq`
      return read(text, [bankCode, receipt.contract_id, receiptNo])
    },
  }
}
