import type { AccountType } from '../../bank/money/core-bank.ts'
import type { TransferRecord } from '../../bank/ports.ts'
import type { Refusal } from '../../bank/refusal.ts'

export interface TransferRow {
  bank_code: string
  receipt_no: number
  contract_id: string
  from_branch: string
  from_type: AccountType
  from_number: string
  to_bank: string
  to_branch: string
  to_type: AccountType
  to_number: string
  payee_name: string
  amount_yen: number
  fee_yen: number
  day: string
  booking_day: string
  status: TransferRecord['status']
  received_at: Date
  closed_at: Date | null
  cancel_receipt_no: number | null
  failure: Refusal | null
}

/** What is written when a transfer is accepted. */
export const ACCEPTED_COLUMNS = `bank_code, receipt_no, contract_id, from_branch, from_type,
  from_number, to_bank, to_branch, to_type, to_number, payee_name, amount_yen, fee_yen, day,
  booking_day, status, received_at`
export const TRANSFER_COLUMNS = `${ACCEPTED_COLUMNS}, closed_at, cancel_receipt_no, failure`

export const transferOf = (found: TransferRow): TransferRecord => ({
  bankCode: found.bank_code,
  contractId: found.contract_id,
  receiptNo: String(found.receipt_no),
  from: {
    bankCode: found.bank_code,
    branchCode: found.from_branch,
    accountType: found.from_type,
    accountNumber: found.from_number,
  },
  to: {
    bankCode: found.to_bank,
    branchCode: found.to_branch,
    accountType: found.to_type,
    accountNumber: found.to_number,
  },
  payeeName: found.payee_name,
  amountYen: found.amount_yen,
  feeYen: found.fee_yen,
  day: found.day,
  bookingDay: found.booking_day,
  status: found.status,
  receivedAtMs: found.received_at.getTime(),
  ...(found.closed_at !== null && { closedAtMs: found.closed_at.getTime() }),
  ...(found.cancel_receipt_no !== null && { cancelReceiptNo: String(found.cancel_receipt_no) }),
  ...(found.failure !== null && { failure: found.failure }),
})
