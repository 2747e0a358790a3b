/** The steps of 収納サービス as a customer takes them, and bills of the tests' own. */
import type { BillNumbers } from '../../../src/bank/money/bill.ts'
import {
  type BillPaymentForm,
  lookUpBill,
  payBill,
} from '../../../src/bank/procedures/bill-payment.ts'
import { codeAt, type HeldToken } from '../held-token.ts'
import {
  type Customer,
  newBrowser,
  type Process,
  requestOf,
  rightAnswers,
  type TestBank,
} from '../test-bank.ts'

let issued = 0

/** Lets the biller 58191 issue a bill; returns the numbers of its slip. */
export async function issueBill({ pool }: Process, amountYen = 5_000): Promise<BillNumbers> {
  issued += 1
  const numbers: BillNumbers = {
    billerNo: '58191',
    customerNo: String(900_000 + issued),
    confirmationNo: '1234',
    paymentCategory: '',
  }
  await pool.query(
    `insert into bill (biller_no, customer_no, confirmation_no, payment_category, purpose,
                       amount_yen, due_day)
     values ($1, $2, $3, $4, '試験の料金', $5, '2026-12-31')`,
    [...Object.values(numbers), amountYen],
  )
  return numbers
}

/** Numbers that no slip has. */
export const unknownNumbers = (guess = 0): BillNumbers => ({
  billerNo: '58191',
  customerNo: '20261122',
  confirmationNo: String(5000 + guess),
  paymentCategory: '',
})

export async function lookUp(process: Process, customer: Customer, numbers: BillNumbers) {
  const browser = newBrowser()
  const outcome = await lookUpBill(process.ports, requestOf(customer), browser, numbers)
  return { browser, outcome }
}

/** Takes a customer to the review; `send` authorises with the token's code or the right answers. */
export async function reviewedBill(
  bank: TestBank,
  customer: Customer,
  token: HeldToken | undefined,
  numbers: BillNumbers,
) {
  const { browser, outcome } = await lookUp(bank, customer, numbers)
  if (!outcome.ok) throw new Error(`the look-up was refused: ${outcome.refusal}`)
  const { draftId } = outcome.value
  const answers = token ? {} : await rightAnswers(bank, customer)
  const send = (given: Partial<BillPaymentForm> = {}, process: Process = bank) =>
    payBill(process.ports, requestOf(customer), browser, {
      draftId,
      fromAccount: customer.accountNumber,
      otp: token ? codeAt(token, bank.clock.now()) : '',
      answers,
      ...given,
    })
  return { browser, draftId, answers, send }
}

/** What the billers have received for the bill by the ledger, in yen. */
export async function paymentsOf({ pool }: Process, numbers: BillNumbers): Promise<number[]> {
  const { rows } = await pool.query(
    `select m.amount_yen from bill b join bill_payment p using (bill_id)
       join movement m on (m.bank_code, m.receipt_no) = (p.bank_code, p.receipt_no)
      where b.customer_no = $1 and b.biller_no = $2
        and m.credit_type = 'internal' and m.credit_number = 'billers'`,
    [numbers.customerNo, numbers.billerNo],
  )
  return rows.map((found) => Number(found.amount_yen))
}
