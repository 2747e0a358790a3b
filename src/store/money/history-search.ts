import { addDays, startOfDayMs } from '../../bank/calendar.ts'
import type { Contract } from '../../bank/contract.ts'
import type { HistoryEntry, HistoryPage, HistorySearch } from '../../bank/ports.ts'
import { type Runner, rows } from '../connection.ts'

interface EntryRow {
  kind: HistoryEntry['kind']
  receipt_no: number
  received_at: Date
  day: string
  payee_name: string
  amount_yen: number
  status: HistoryEntry['status']
}

/**
 * One page of what fits; one row more is read, to know whether there are further ones. Receipt
 * numbers are drawn from one sequence, so transfers and bills stand in one order by it.
 */
export async function searchHistory(
  on: Runner,
  contract: Contract,
  search: HistorySearch,
): Promise<HistoryPage> {
  const upwards = search.newerThan !== undefined
  const text = `
    select * from (
      select 'transfer' as kind, receipt_no, received_at, day, payee_name, amount_yen, status
        from transfer where bank_code = $1 and contract_id = $2
      union all
      select 'bill', receipt_no, received_at, (received_at at time zone 'Asia/Tokyo')::date,
             biller_name, amount_yen, 'executed'
        from bill_payment where bank_code = $1 and contract_id = $2
    ) entry
     where ($3::timestamptz is null or received_at >= $3)
       and ($4::timestamptz is null or received_at < $4)
       and ($5::text is null or translate(normalize(payee_name, nfkc), $6, $7) like $5)
       and ($8::text is null or status = $8)
       and ($9::text is null or kind = $9)
       and ($10::bigint is null or amount_yen >= $10)
       and ($11::bigint is null or amount_yen <= $11)
       and ($12::bigint is null or receipt_no ${upwards ? '>' : '<'} $12)
     order by receipt_no ${upwards ? 'asc' : 'desc'} limit $13`
  const { fromDay, toDay, payeeName } = search
  const found = await rows<EntryRow>(on, text, [
    contract.bankCode,
    contract.contractId,
    fromDay === undefined ? null : new Date(startOfDayMs(fromDay)),
    toDay === undefined ? null : new Date(startOfDayMs(addDays(toDay, 1))),
    payeeName === undefined ? null : `%${literal(payeeName)}%`,
    `${HIRAGANA} `,
    KATAKANA,
    search.status ?? null,
    search.kind ?? null,
    search.leastYen ?? null,
    search.mostYen ?? null,
    search.newerThan ?? search.olderThan ?? null,
    search.most + 1,
  ])
  const more = found.length > search.most
  const page = found.slice(0, search.most).map(entryOf)
  if (upwards) return { found: page.reverse(), newer: more, older: true }
  return { found: page, newer: search.olderThan !== undefined, older: more }
}

const entryOf = (found: EntryRow): HistoryEntry => ({
  kind: found.kind,
  receiptNo: String(found.receipt_no),
  receivedAtMs: found.received_at.getTime(),
  day: found.day,
  payeeName: found.payee_name,
  amountYen: found.amount_yen,
  status: found.status,
})

/** In a pattern of `like`, what was typed stands for itself. */
const literal = (typed: string): string => typed.replace(/[\\%_]/g, (sign) => `\\${sign}`)

/** Names are compared without spaces and in katakana, as the search was read. */
const kanaFrom = (first: number) =>
  Array.from({ length: 86 }, (_, place) => String.fromCharCode(first + place)).join('')
const HIRAGANA = kanaFrom(0x3041)
const KATAKANA = kanaFrom(0x30a1)
