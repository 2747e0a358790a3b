import type { Bill, BillPayment, Bills } from '../../bank/money/bill.ts'
import type { AccountType } from '../../bank/money/core-bank.ts'
import { changes, type Runner, row, rows } from '../connection.ts'
import { isReceiptNo } from './transfers.ts'

interface BillRow {
  bill_id: number
  biller_no: string
  biller_name: string
  customer_no: string
  confirmation_no: string
  payment_category: string
  purpose: string
  amount_yen: number
  due_day: string
  paid: boolean
}

const billOf = (found: BillRow): Bill => ({
  billId: found.bill_id,
  billerNo: found.biller_no,
  billerName: found.biller_name,
  customerNo: found.customer_no,
  confirmationNo: found.confirmation_no,
  paymentCategory: found.payment_category,
  purpose: found.purpose,
  amountYen: found.amount_yen,
  dueDay: found.due_day,
  paid: found.paid,
})

interface PaymentRow {
  bank_code: string
  receipt_no: number
  contract_id: string
  bill_id: number
  biller_no: string
  biller_name: string
  purpose: string
  from_branch: string
  from_type: AccountType
  from_number: string
  amount_yen: number
  received_at: Date
}

const PAYMENT_COLUMNS = `bank_code, receipt_no, contract_id, bill_id, biller_no, biller_name,
  purpose, from_branch, from_type, from_number, amount_yen, received_at`

const paymentOf = (found: PaymentRow): BillPayment => ({
  bankCode: found.bank_code,
  contractId: found.contract_id,
  receiptNo: String(found.receipt_no),
  receivedAtMs: found.received_at.getTime(),
  billId: found.bill_id,
  billerNo: found.biller_no,
  billerName: found.biller_name,
  purpose: found.purpose,
  from: {
    bankCode: found.bank_code,
    branchCode: found.from_branch,
    accountType: found.from_type,
    accountNumber: found.from_number,
  },
  amountYen: found.amount_yen,
})

/** The embedded collecting institution on the tables of `0003-bills.sql`. */
export function billsOn(on: Runner): Bills {
  return {
    async find(numbers) {
      const found = await row<BillRow>(
        on,
        `select b.bill_id, b.biller_no, c.name as biller_name, b.customer_no, b.confirmation_no,
                b.payment_category, b.purpose, b.amount_yen, b.due_day,
                exists (select from bill_payment p where p.bill_id = b.bill_id) as paid
           from bill b join biller c using (biller_no)
          where (b.biller_no, b.customer_no, b.confirmation_no, b.payment_category)
              = ($1, $2, $3, $4)`,
        [numbers.billerNo, numbers.customerNo, numbers.confirmationNo, numbers.paymentCategory],
      )
      return found && billOf(found)
    },

    async hasBiller(billerNo) {
      const text = 'select 1 from biller where biller_no = $1'
      return (await row(on, text, [billerNo])) !== undefined
    },

    async wrongLookUps(contract, day) {
      const text = `select times from wrong_look_up
                     where bank_code = $1 and contract_id = $2 and day = $3`
      const values = [contract.bankCode, contract.contractId, day]
      return (await row<{ times: number }>(on, text, values))?.times ?? 0
    },

    async countWrongLookUp(contract, day, most) {
      const changed = await changes(
        on,
        `insert into wrong_look_up (bank_code, contract_id, day, times) values ($1, $2, $3, 1)
         on conflict (bank_code, contract_id, day) do update set times = wrong_look_up.times + 1
          where wrong_look_up.times < $4`,
        [contract.bankCode, contract.contractId, day, most],
      )
      return changed === 1
    },

    async pay(payment) {
      const changed = await changes(
        on,
        `insert into bill_payment (${PAYMENT_COLUMNS})
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict (bill_id) do nothing`,
        [
          payment.bankCode,
          payment.receiptNo,
          payment.contractId,
          payment.billId,
          payment.billerNo,
          payment.billerName,
          payment.purpose,
          payment.from.branchCode,
          payment.from.accountType,
          payment.from.accountNumber,
          payment.amountYen,
          new Date(payment.receivedAtMs),
        ],
      )
      return changed === 1
    },

    async history(contract, most) {
      const text = `select ${PAYMENT_COLUMNS} from bill_payment
                     where bank_code = $1 and contract_id = $2
                     order by receipt_no desc limit $3`
      const values = [contract.bankCode, contract.contractId, most]
      return (await rows<PaymentRow>(on, text, values)).map(paymentOf)
    },

    async paid(contract, receiptNo) {
      if (!isReceiptNo(receiptNo)) return undefined
      const found = await row<PaymentRow & { customer_no: string }>(
        on,
        `select bill_payment.*, customer_no from bill_payment join bill using (bill_id)
          where bank_code = $1 and contract_id = $2 and receipt_no = $3`,
        [contract.bankCode, contract.contractId, receiptNo],
      )
      return found && { ...paymentOf(found), customerNo: found.customer_no }
    },
  }
}
