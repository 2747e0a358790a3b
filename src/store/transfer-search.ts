import { addDays, startOfDayMs } from '../bank/calendar.ts'
import type { Contract } from '../bank/contract.ts'
import type { TransferPage, TransferSearch } from '../bank/ports.ts'
import { type Runner, rows } from './connection.ts'
import { TRANSFER_COLUMNS, type TransferRow, transferOf } from './transfer-rows.ts'

/**
 * One page of the transfers that fit; one row more is read, to know whether there are further ones.
 */
export async function searchTransfers(
  on: Runner,
  contract: Contract,
  search: TransferSearch,
): Promise<TransferPage> {
  const upwards = search.newerThan !== undefined
  const text = `
    select ${TRANSFER_COLUMNS} from transfer
     where bank_code = $1 and contract_id = $2
       and ($3::timestamptz is null or received_at >= $3)
       and ($4::timestamptz is null or received_at < $4)
       and ($5::text is null or translate(payee_name, ' \u3000', '') like $5)
       and ($6::text is null or status = $6)
       and ($7::bigint is null or amount_yen >= $7)
       and ($8::bigint is null or amount_yen <= $8)
       and ($9::bigint is null or receipt_no ${upwards ? '>' : '<'} $9)
     order by receipt_no ${upwards ? 'asc' : 'desc'} limit $10`
  const { fromDay, toDay, payeeName } = search
  const found = await rows<TransferRow>(on, text, [
    contract.bankCode,
    contract.contractId,
    fromDay === undefined ? null : new Date(startOfDayMs(fromDay)),
    toDay === undefined ? null : new Date(startOfDayMs(addDays(toDay, 1))),
    payeeName === undefined ? null : `%${literal(payeeName)}%`,
    search.status ?? null,
    search.leastYen ?? null,
    search.mostYen ?? null,
    search.newerThan ?? search.olderThan ?? null,
    search.most + 1,
  ])
  const more = found.length > search.most
  const page = found.slice(0, search.most).map(transferOf)
  if (upwards) return { found: page.reverse(), newer: more, older: true }
  return { found: page, newer: search.olderThan !== undefined, older: more }
}

/** In a pattern of `like`, what was typed stands for itself. */
const literal = (typed: string): string => typed.replace(/[\\%_]/g, (sign) => `\\${sign}`)
