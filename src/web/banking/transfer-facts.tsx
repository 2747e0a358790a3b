import type { Child } from 'hono/jsx'
import { isBusinessDay } from '../../bank/business-days.ts'
import type { AccountRef } from '../../bank/money/core-bank.ts'
import type { TransferRecord } from '../../bank/ports.ts'
import type { ReviewedTransfer } from '../../bank/procedures/transfer.ts'
import { Yen } from '../parts/accounts.tsx'
import type { Fact } from '../parts/facts.tsx'
import { Notice } from '../parts/messages.tsx'
import type { CustomerVisit } from './visit.tsx'

/** What every page about a transfer tells of it. */
export function transferFacts(visit: CustomerVisit, of: ReviewedTransfer): Fact[] {
  const { transfer, day } = visit.words.banking
  const { payee, from, amountYen, feeYen } = of
  return [
    {
      field: 'amount',
      label: transfer.amount,
      value: <Yen value={amountYen} />,
      dataValue: String(amountYen),
      large: true,
    },
    { field: 'payeeName', label: transfer.payee, value: payee.name },
    { field: 'payeeAccount', label: transfer.to, value: placeOf(visit, payee) },
    fromAccountFact(visit, from),
    {
      field: 'fee',
      label: transfer.fee,
      value: <Yen value={feeYen} />,
      dataValue: String(feeYen),
    },
    {
      field: 'total',
      label: transfer.total,
      value: <Yen value={amountYen + feeYen} />,
      dataValue: String(amountYen + feeYen),
    },
    { field: 'date', label: transfer.date, value: day(of.day), dataValue: of.day },
    {
      field: 'bookingDay',
      label: visit.words.transfers.bookingDay,
      value: day(of.bookingDay),
      dataValue: of.bookingDay,
    },
  ]
}

/** The customer's own account that the money leaves. */
export function fromAccountFact(visit: CustomerVisit, from: AccountRef): Fact {
  const { transfer, accountType } = visit.words.banking
  return {
    field: 'fromAccount',
    label: transfer.fromAccount,
    value: `${accountType[from.accountType]} ${from.accountNumber}`,
    dataValue: from.accountNumber,
  }
}

/** Bank, branch and account as people read them; a line is broken between them, never within. */
export function placeOf(visit: CustomerVisit, account: AccountRef): Child {
  const { directory } = visit.site.ports
  const { bankCode, branchCode, accountType, accountNumber } = account
  const bankName = directory.bank(bankCode)?.name ?? ''
  const branchName = directory.branch(bankCode, branchCode)?.name ?? ''
  const kind = visit.words.banking.accountType[accountType]
  const { inBrackets } = visit.words.parts
  return (
    <>
      <span class="phrase">{`${bankName}${inBrackets(bankCode)}`}</span>{' '}
      <span class="phrase">{`${branchName}${inBrackets(branchCode)}`}</span>{' '}
      <span class="phrase">{`${kind} ${accountNumber}`}</span>
    </>
  )
}

/** The status as a fact, with the word that machines read. */
export function statusFact(visit: CustomerVisit, status: TransferRecord['status']): Fact {
  const { transfer } = visit.words.banking
  return {
    field: 'status',
    label: transfer.statusLabel,
    value: transfer.status[status],
    dataValue: status,
  }
}

/** In words, what is not of today: a reservation, and the day on which the payee's bank books. */
export function DayNotices({ visit, of }: { visit: CustomerVisit; of: ReviewedTransfer }) {
  const { transfers, banking } = visit.words
  const isOpen = isBusinessDay(of.day, visit.site.ports.holidays)
  return (
    <>
      {of.status === 'reserved' && (
        <Notice kind="info" heading={transfers.reservationHeading}>
          <p>{transfers.reservation(banking.day(of.day))}</p>
          <p>{transfers.cancelUntil}</p>
        </Notice>
      )}
      {of.bookingDay !== of.day && (
        <Notice kind="info" heading={transfers.laterHeading}>
          <p>{isOpen ? transfers.after15 : transfers.closedDay}</p>
          <p>{transfers.debitedOn(banking.day(of.day))}</p>
        </Notice>
      )}
    </>
  )
}

/** A transfer of the history in the shape in which it was reviewed. */
export function reviewedOf(record: TransferRecord): ReviewedTransfer {
  const { from, to, payeeName, amountYen, feeYen, day, bookingDay } = record
  const status = record.status === 'reserved' ? 'reserved' : 'executed'
  return { from, payee: { ...to, name: payeeName }, amountYen, feeYen, day, bookingDay, status }
}
