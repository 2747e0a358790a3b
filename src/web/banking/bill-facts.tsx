import type { BillPaymentResult } from '../../bank/procedures/bill-payment.ts'
import { Yen } from '../parts/accounts.tsx'
import type { Fact } from '../parts/facts.tsx'
import type { CustomerVisit } from './visit.tsx'

type ShownBill = Pick<BillPaymentResult, 'amountYen' | 'billerName' | 'purpose' | 'customerNo'>

/** What every page about a bill tells of it. */
export function billFacts(visit: CustomerVisit, shown: ShownBill): Fact[] {
  const { bill } = visit.words
  return [
    {
      field: 'amount',
      label: bill.amount,
      value: <Yen value={shown.amountYen} />,
      dataValue: String(shown.amountYen),
      large: true,
    },
    { field: 'billerName', label: bill.billerName, value: shown.billerName },
    { field: 'purpose', label: bill.purpose, value: shown.purpose },
    { field: 'customerNo', label: bill.customerNo, value: shown.customerNo },
  ]
}
