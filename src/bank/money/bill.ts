import { foldTyped } from '../../oath/typed-text.ts'
import type { ReceiptFacts } from '../act.ts'
import type { Contract } from '../contract.ts'
import { done, type Outcome, refused } from '../refusal.ts'
import type { AccountRef } from './core-bank.ts'

/** The numbers printed on a payment slip (払込書): together they name one bill. */
export interface BillNumbers {
  /** 収納機関番号, five digits. */
  readonly billerNo: string
  /** お客様番号（納付番号）. */
  readonly customerNo: string
  /** 確認番号. */
  readonly confirmationNo: string
  /** 納付区分, empty where the slip has none. */
  readonly paymentCategory: string
}

export interface Bill extends BillNumbers {
  readonly billId: number
  readonly billerName: string
  /** What is paid for. */
  readonly purpose: string
  readonly amountYen: number
  /** `YYYY-MM-DD`. A biller takes the payment after it, too. */
  readonly dueDay: string
  readonly paid: boolean
}

export interface BillPayment
  extends Pick<Bill, 'billId' | 'billerNo' | 'billerName' | 'purpose' | 'amountYen'>,
    ReceiptFacts {
  readonly bankCode: string
  readonly contractId: string
  readonly from: AccountRef
}

/**
 * The collecting institution (収納機関) as a port: what is to be paid, and what was. The embedded one
 * lives in `store/` and shares the transaction of the act.
 */
export interface Bills {
  find(numbers: BillNumbers): Promise<Bill | undefined>
  hasBiller(billerNo: string): Promise<boolean>
  /** How often the contract looked up bills that day that there are not. */
  wrongLookUps(contract: Contract, day: string): Promise<number>
  /** Counts one more unless there are `most` already: then false. One conditional write. */
  countWrongLookUp(contract: Contract, day: string, most: number): Promise<boolean>
  /** Records the payment, which only one of all that pay the bill can win: false if it is paid. */
  pay(payment: BillPayment): Promise<boolean>
  /** What the contract paid, newest first. */
  history(contract: Contract, most: number): Promise<readonly BillPayment[]>
  /** What the contract paid under that receipt number, with the number on the slip. */
  paid(
    contract: Contract,
    receiptNo: string,
  ): Promise<(BillPayment & Pick<BillNumbers, 'customerNo'>) | undefined>
}

/**
 * So many wrong look-ups stop the service until 0:00: confirmation numbers are short, and whoever
 * tries them out learns what other people owe.
 */
export const WRONG_LOOK_UPS_A_DAY = 10

const PATTERNS = {
  billerNo: /^\d{5}$/,
  customerNo: /^\d{1,20}$/,
  confirmationNo: /^\d{1,6}$/,
  paymentCategory: /^\d{0,10}$/,
} as const

/**
 * Reads the numbers as they stand on slips: hyphens, spaces and full width are forgiven.
 *
 * Refusals: `invalid-input` at the first field that cannot be read.
 */
export function readBillNumbers(typed: BillNumbers): Outcome<BillNumbers> {
  const numbers: BillNumbers = {
    billerNo: fold(typed.billerNo),
    customerNo: fold(typed.customerNo),
    confirmationNo: fold(typed.confirmationNo),
    paymentCategory: fold(typed.paymentCategory),
  }
  for (const [field, pattern] of Object.entries(PATTERNS)) {
    if (!pattern.test(numbers[field as keyof BillNumbers])) return refused('invalid-input', field)
  }
  return done(numbers)
}

/** A text too long to be meant becomes one that no pattern takes. */
const fold = (typed: string): string => foldTyped(typed) ?? 'too long'
