import type { TransfersWords } from '../ja/transfers.ts'

/** Days, reservations, history, and the cancellation of reservations. */
export const transfers: TransfersWords = {
  dateHint: (last) =>
    `Leave empty for today. You can schedule a transfer up to ${last}, weekends and holidays included.`,
  bookingDay: 'Credited to the payee on',
  laterHeading: 'The payee will be credited on the next business day',
  closedDay:
    'Other banks are closed on the day of this transfer (Saturdays, Sundays, public holidays, 31 December to 3 January). They credit the payee on their next business day.',
  after15: 'It is past 15:00. Other banks credit the payee on their next business day.',
  debitedOn: (day) => `Your account is debited on ${day}.`,
  reservationHeading: 'This is a scheduled transfer',
  reservation: (day) =>
    `Your account is debited on ${day}, from 8:00 in the morning. Please have the funds ready the day before. If they are not sufficient, the transfer is not made and we tell you by e-mail.`,
  cancelUntil: 'You can cancel it from “History” until the day before.',
  reserveOperation: (amount) => `Scheduled transfer of ${amount}`,
  submitReservation: 'Schedule the transfer',
  reserved: 'Your scheduled transfer has been accepted.',

  detailTitle: 'Transfer details',
  accepted: {
    executed: 'This transfer has been made.',
    reserved: 'This transfer has been accepted and is scheduled.',
    cancelled: 'This scheduled transfer has been cancelled.',
    failed: 'This scheduled transfer was not made.',
  },
  closedAt: { executed: 'Made at', cancelled: 'Cancelled at', failed: 'Failed at' },
  cancelReceiptNo: 'Receipt number of the cancellation',
  failureLabel: 'Why it was not made',
  failure: (refusal) =>
    refusal === 'insufficient-funds'
      ? 'The balance was not sufficient.'
      : 'It was not made because your transactions were stopped.',
  keepPayee: 'Save this payee',
  cancel: 'Cancel the scheduled transfer',
  backToHistory: 'Back to history',

  unsureHeading: 'If you did not see a result',
  unsure:
    'If the connection broke and you are unsure of the result, look at this list. What is listed has been accepted. What is not listed has not been accepted: please do it again.',
  search: 'Search',
  fromDay: 'Received from',
  toDay: 'Received until',
  searchedPayee: 'Payee or biller (part of the name)',
  statusLabel: 'Status',
  anyStatus: 'All',
  leastYen: 'Amount at least',
  mostYen: 'Amount at most',
  submitSearch: 'Search',
  reset: 'Clear the search and show all',
  noneFound: 'Nothing matches your search.',
  pages: 'Pages of the history',
  older: 'Older entries',
  newer: 'Newer entries',
  kindLabel: 'Kind',
  anyKind: 'All',
  dayColumn: 'Date of payment',
  billDetailTitle: 'Bill payment details',
  billAccepted: 'This bill has been paid.',

  cancelTitle: 'Cancel a scheduled transfer',
  cancelSteps: ['Review', 'Result'],
  cancelOperation: (amount) => `Cancellation of the scheduled transfer of ${amount}`,
  cancelSubmit: 'Cancel the transfer',
  cancelNot: 'Keep the transfer',
  cancelled: 'Your scheduled transfer has been cancelled.',
  onItsDay: {
    heading: 'It is too late to cancel this transfer',
    wayOut:
      'A scheduled transfer can be cancelled until the day before. To ask for the money back from the payee (recall), please call the number below.',
    contact: true,
  },
  notReserved: {
    heading: 'This transfer cannot be cancelled',
    wayOut: 'Only scheduled transfers can be cancelled. The details show what became of this one.',
  },
  reservationNo: 'Receipt number of the cancelled transfer',
  backToDetail: 'Back to the details',
}
