import type { ReceiptFacts } from '../act.ts'
import type { AccountRef, Movement } from './core-bank.ts'
import type { Payee } from './payee.ts'

/** What is moved: the same for a transfer of today and for a reservation when its day has come. */
export interface MoneyToSend {
  readonly from: AccountRef
  readonly payee: Payee
  readonly amountYen: number
  readonly feeYen: number
}

/**
 * The amount to the payee (through the clearing account if at another bank) and the fee to the
 * bank.
 */
export function movementsOf(
  { from, payee, amountYen, feeYen }: MoneyToSend,
  receiptNo: ReceiptFacts['receiptNo'],
  atMs: number,
): Movement[] {
  const { bankCode } = from
  const base = { bankCode, receiptNo, atMs, debit: from }
  const credit = payee.bankCode === bankCode ? accountRefOf(payee) : 'clearing'
  const amount: Movement = { ...base, credit, amountYen, text: `振込 ${payee.name}` }
  if (feeYen === 0) return [amount]
  return [amount, { ...base, credit: 'fees', amountYen: feeYen, text: '振込手数料' }]
}

/** An account without what else is known of it. */
export const accountRefOf = (of: AccountRef): AccountRef => ({
  bankCode: of.bankCode,
  branchCode: of.branchCode,
  accountType: of.accountType,
  accountNumber: of.accountNumber,
})

/** What every notice about a transfer says. */
export function transferLines({
  from,
  payee,
  amountYen,
  feeYen,
}: MoneyToSend): [label: string, value: string][] {
  return [
    ['お振込先', `${payee.name} 様`],
    ['お振込金額', `${amountYen.toLocaleString('ja-JP')}円`],
    ['手数料', `${feeYen.toLocaleString('ja-JP')}円`],
    ['お引落し口座', `口座番号 下3けた ${from.accountNumber.slice(-3)}`],
  ]
}
