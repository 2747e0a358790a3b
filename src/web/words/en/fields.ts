import type { FieldTexts } from '../ja/fields.ts'

const oneDigit = 'Type one digit.'
const twoDigits = 'Type the two digits on the card.'
const onePicture = 'Choose one picture.'

export const fields: FieldTexts = {
  contractId: 'Type your contract ID: 6 to 12 letters and digits.',
  loginPassword: 'Type your login password.',
  enrolmentPassword: 'Type the enrolment password exactly as it is on the letter.',
  loginPasswordAgain: 'Type the same login password once more.',
  currentPassword: 'Type your present login password.',
  newPassword: 'Type a login password that meets the conditions above and is not the present one.',
  newPasswordAgain: 'Type the same new login password once more.',
  mail: 'Type a mail address like name@example.jp.',
  newMail: 'Type a mail address like name@example.jp that is not the present one.',
  serial: 'Type the serial number exactly as it stands on the back of your token or on its screen.',
  otp: 'Type the 6 digits that your token shows.',
  nextOtp: 'Type the 6 digits that came next.',
  otpAtLogin: 'Choose one of the two.',
  fromAccount: 'Choose the account to debit.',
  bankCode: 'Type the bank: its name, kana or 4-digit number.',
  branchCode: 'Type the branch: its name, kana or 3-digit number.',
  accountType: 'Choose ordinary or current.',
  accountNumber:
    'Type the account number with 7 digits. You cannot transfer to the same account of your own.',
  payeeName: 'Type the payee’s name in katakana, up to 30 characters.',
  amount: 'Type the amount in digits, 1 yen or more.',
  date: 'Choose a day from today to 30 days ahead. For today you may leave it empty.',
  payee: 'Choose the payee. You cannot transfer to the account you debit.',
  payees: 'You can keep up to 100 payees. Remove those that you no longer use.',
  dailyLimit: 'Type the limit in digits, from 0 yen to the bank’s maximum.',
  fromDay: 'Type the date like 2026-11-24.',
  toDay: 'Type the date like 2026-11-24.',
  searchedPayee: 'Type the payee or biller in up to 30 characters.',
  kind: 'Choose one from the list.',
  status: 'Choose one from the list.',
  leastYen: 'Type the amount in digits.',
  mostYen: 'Type the amount in digits.',
  billerNo: 'Type the biller number (収納機関番号) on the bill: 5 digits.',
  customerNo: 'Type the customer number (お客様番号) on the bill: up to 20 digits.',
  confirmationNo: 'Type the confirmation number (確認番号) on the bill: up to 6 digits.',
  paymentCategory:
    'Type the payment category (納付区分) on the bill in digits. If there is none, leave it empty.',
  confirm1: oneDigit,
  confirm2: oneDigit,
  confirm3: oneDigit,
  card1: twoDigits,
  card2: twoDigits,
  card3: twoDigits,
  card4: twoDigits,
  image1: onePicture,
  image2: onePicture,
}
