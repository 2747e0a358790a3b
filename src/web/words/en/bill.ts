import type { BillWords } from '../ja/bill.ts'

export const bill: BillWords = {
  nav: 'Pay a bill',
  title: 'Bill payment (Pay-easy)',
  steps: ['Numbers of the slip', 'Check the bill', 'Result'],
  intro:
    'Here you pay taxes, utility bills and the like. Take the payment slip with the Pay-easy mark and enter its numbers.',
  billerNo: 'Biller number (収納機関番号)',
  billerNoHint: 'Five digits.',
  unknownBiller: 'There is no such biller. Please check the five digits on the slip.',
  customerNo: 'Customer number (お客様番号 or 納付番号)',
  customerNoHint: 'Up to 20 digits. Hyphens may be left out.',
  confirmationNo: 'Confirmation number (確認番号)',
  confirmationNoHint: 'Up to 6 digits.',
  paymentCategory: 'Payment category (納付区分)',
  paymentCategoryHint: 'Only if it is printed on the slip. Otherwise leave it empty.',
  submit: 'Check the bill',
  stopNote: 'After 10 wrong entries the service is stopped for the rest of the day.',
  reviewTitle: 'Check the bill',
  operation: (amount) => `Bill payment of ${amount}`,
  billerName: 'Biller',
  purpose: 'What for',
  amount: 'Amount',
  dueDay: 'Due',
  fee: 'Fee',
  noFee: 'None',
  overdue: 'This bill is overdue',
  overdueText:
    'You can still pay it, but the biller may charge interest later. Please ask the biller for details.',
  submitReview: 'Pay',
  correct: 'Enter other numbers',
  done: 'The bill is paid.',
  noPaper:
    'No paper receipt is issued. If you need one, do not pay here: take the slip to a branch instead.',
  again: 'Pay another bill',
  recent: 'Recent payments',
  recentCaption: 'Newest first, up to 10',
  recentEmpty: 'No payments yet.',
  columns: {
    receiptNo: 'Receipt number',
    time: 'Received at',
    billerName: 'Biller',
    purpose: 'What for',
    amount: 'Amount',
  },
  refusals: {
    'already-paid': {
      heading: 'This bill is already paid',
      wayOut:
        'You have not paid twice. What you paid yourself stands under “Recent payments”. If you did not pay it, please ask the biller.',
    },
    'limit-exceeded': {
      heading: 'The daily limit would be exceeded',
      wayOut:
        'Nothing was paid. The limit counts transfers and bills together and starts anew at 0:00. With a one-time password it is higher (on the day of a start or an exchange, from 0:00 of the next day). If it is urgent, please pay at a branch.',
    },
    'insufficient-funds': {
      heading: 'The balance is too low',
      wayOut: 'Nothing was paid. Choose another account, or pay money in and try again.',
    },
    'too-many-requests': {
      heading: 'Bill payment is stopped for today',
      wayOut:
        'Too many numbers were wrong, so the service was stopped for your safety. You can use it again from 0:00 tomorrow. If it is urgent, please call us.',
      contact: true,
    },
  },
}
