import type { BillPayment } from '../../bank/money/bill.ts'
import type { Account } from '../../bank/money/core-bank.ts'
import type { Refused } from '../../bank/refusal.ts'
import type { SubmittedForm } from '../form.ts'
import { Yen } from '../parts/accounts.tsx'
import { SelectField, TextField } from '../parts/fields.tsx'
import { Table } from '../parts/table.tsx'
import { type CustomerVisit, fieldError } from './visit.tsx'

const NUMBERS = [
  ['billerNo', 'short'],
  ['customerNo', 'full'],
  ['confirmationNo', 'short'],
  ['paymentCategory', 'medium'],
] as const

/** The numbers of the slip, in the order in which they are printed on it. */
export function BillNumberFields(props: {
  readonly visit: CustomerVisit
  readonly form: SubmittedForm
  readonly refusal: Refused | undefined
}) {
  const { visit, form, refusal } = props
  const { bill } = visit.words
  const error = (name: string) =>
    refusal?.refusal === 'unknown-bill' && refusal.field === name
      ? bill.unknownBiller
      : fieldError(visit, refusal, name)
  return (
    <>
      {NUMBERS.map(([name, width]) => (
        <TextField
          name={name}
          label={bill[name]}
          hint={bill[`${name}Hint`]}
          value={form.text(name)}
          inputMode="numeric"
          width={width}
          error={error(name)}
        />
      ))}
    </>
  )
}

/** The account that the bill is paid from. */
export function AccountField(props: {
  readonly visit: CustomerVisit
  readonly form: SubmittedForm
  readonly accounts: readonly Account[]
  readonly refusal: Refused | undefined
}) {
  const { visit, form, accounts, refusal } = props
  const { transfer, accountType, yen } = visit.words.banking
  return (
    <SelectField
      name="fromAccount"
      label={transfer.fromAccount}
      value={form.text('fromAccount')}
      error={fieldError(visit, refusal, 'fromAccount')}
      options={accounts.map((account) => ({
        value: account.accountNumber,
        label: transfer.accountOption(
          accountType[account.accountType],
          account.accountNumber,
          yen(account.balanceYen),
        ),
      }))}
    />
  )
}

interface RecentPaymentsProps {
  readonly visit: CustomerVisit
  readonly paid: readonly BillPayment[]
}

/** 最近の払込み: here a customer finds whether a payment was accepted. */
export function RecentPayments({ visit, paid }: RecentPaymentsProps) {
  const { bill, banking } = visit.words
  return (
    <>
      <h2>{bill.recent}</h2>
      <Table
        caption={bill.recentCaption}
        empty={bill.recentEmpty}
        columns={[
          { label: bill.columns.receiptNo },
          { label: bill.columns.time },
          { label: bill.columns.billerName },
          { label: bill.columns.purpose },
          { label: bill.columns.amount, numeric: true },
        ]}
        rows={paid.map((payment) => [
          {
            content: (
              <a href={visit.paths.transferRecord(payment.receiptNo)}>{payment.receiptNo}</a>
            ),
            field: 'receiptNo',
            dataValue: payment.receiptNo,
          },
          banking.time(new Date(payment.receivedAtMs)),
          { content: payment.billerName, field: 'billerName' },
          { content: payment.purpose, field: 'purpose' },
          {
            content: <Yen value={payment.amountYen} />,
            field: 'amount',
            dataValue: String(payment.amountYen),
          },
        ])}
      />
    </>
  )
}
