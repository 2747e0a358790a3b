import type { Transfers } from '../../bank/ports.ts'
import { changes, type Runner, row, rows } from '../connection.ts'
import { searchHistory } from './history-search.ts'
import {
  ACCEPTED_COLUMNS,
  TRANSFER_COLUMNS,
  type TransferRow,
  transferOf,
} from './transfer-rows.ts'

/** A receipt number as it may stand in an address: far below the end of the column's type. */
export const isReceiptNo = (text: string): boolean => /^\d{1,15}$/.test(text)

export function transfersOn(on: Runner): Transfers {
  const read = async (
    contract: { bankCode: string; contractId: string },
    receiptNo: string,
    lock: string,
  ) => {
    if (!isReceiptNo(receiptNo)) return undefined
    const text = `select ${TRANSFER_COLUMNS} from transfer
                   where bank_code = $1 and contract_id = $2 and receipt_no = $3 ${lock}`
    const { bankCode, contractId } = contract
    const found = await row<TransferRow>(on, text, [bankCode, contractId, receiptNo])
    return found && transferOf(found)
  }
  return {
    async useLimit(contract, day, amountYen, limitYen) {
      if (amountYen > limitYen) return false
      const changed = await changes(
        on,
        `insert into day_total (bank_code, contract_id, day, used_yen) values ($1, $2, $3, $4)
         on conflict (bank_code, contract_id, day) do update
            set used_yen = day_total.used_yen + $4
          where day_total.used_yen + $4 <= $5`,
        [contract.bankCode, contract.contractId, day, amountYen, limitYen],
      )
      return changed === 1
    },

    async giveBackLimit({ bankCode, contractId, day, amountYen }) {
      const text = `update day_total set used_yen = used_yen - $4
                     where bank_code = $1 and contract_id = $2 and day = $3`
      await changes(on, text, [bankCode, contractId, day, amountYen])
    },

    async usedYen(contract, day) {
      const text = `select used_yen from day_total
                     where bank_code = $1 and contract_id = $2 and day = $3`
      const values = [contract.bankCode, contract.contractId, day]
      return (await row<{ used_yen: number }>(on, text, values))?.used_yen ?? 0
    },

    async add(transfer) {
      await changes(
        on,
        `insert into transfer (${ACCEPTED_COLUMNS})
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
        [
          transfer.bankCode,
          transfer.receiptNo,
          transfer.contractId,
          transfer.from.branchCode,
          transfer.from.accountType,
          transfer.from.accountNumber,
          transfer.to.bankCode,
          transfer.to.branchCode,
          transfer.to.accountType,
          transfer.to.accountNumber,
          transfer.payeeName,
          transfer.amountYen,
          transfer.feeYen,
          transfer.day,
          transfer.bookingDay,
          transfer.status,
          new Date(transfer.receivedAtMs),
        ],
      )
    },

    find: (contract, receiptNo) => read(contract, receiptNo, ''),
    lock: (contract, receiptNo) => read(contract, receiptNo, 'for update'),

    async lockReserved({ bankCode, contractId }) {
      const text = `select ${TRANSFER_COLUMNS} from transfer
                     where bank_code = $1 and contract_id = $2 and status = 'reserved'
                     order by receipt_no for update`
      return (await rows<TransferRow>(on, text, [bankCode, contractId])).map(transferOf)
    },

    async holdDue(day, after) {
      const found = await row<TransferRow>(
        on,
        `select ${TRANSFER_COLUMNS} from transfer
          where status = 'reserved' and day <= $1 and (day, bank_code, receipt_no) > ($2, $3, $4)
          order by day, bank_code, receipt_no limit 1 for update skip locked`,
        [day, after?.day ?? '0001-01-01', after?.bankCode ?? '', after?.receiptNo ?? 0],
      )
      return found && transferOf(found)
    },

    async close(transfer, closing) {
      const changed = await changes(
        on,
        `update transfer
            set status = $3, closed_at = $4, booking_day = coalesce($5, booking_day),
                cancel_receipt_no = $6, failure = $7
          where bank_code = $1 and receipt_no = $2 and status = 'reserved'`,
        [
          transfer.bankCode,
          transfer.receiptNo,
          closing.status,
          new Date(closing.atMs),
          closing.status === 'executed' ? closing.bookingDay : null,
          closing.status === 'cancelled' ? closing.receiptNo : null,
          closing.status === 'failed' ? closing.failure : null,
        ],
      )
      return changed === 1
    },

    search: (contract, search) => searchHistory(on, contract, search),
  }
}
