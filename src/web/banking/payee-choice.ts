import { NEW_PAYEE } from '../../bank/money/payee.ts'
import type { BankDirectory, NamedCode } from '../../bank/ports.ts'
import type { TransferForm } from '../../bank/procedures/transfer.ts'
import { done, type Outcome, refused } from '../../bank/refusal.ts'
import { foldTyped } from '../../oath/typed-text.ts'
import type { SubmittedForm } from '../form.ts'
import { readTypedAmount } from './typed-amount.ts'
import { readTypedDay } from './typed-day.ts'

/**
 * Reads the transfer form: what was typed for bank and branch may be a name, kana or a code. One
 * match is taken; several are shown to choose from. With a registered payee those fields are not
 * looked at.
 *
 * Refusals: `invalid-input` at `bankCode` or `branchCode`, when nothing or more than one matches.
 */
export function resolvePayeeForm(
  directory: BankDirectory,
  form: SubmittedForm,
): Outcome<TransferForm> {
  const typed = {
    fromAccount: digits(form.text('fromAccount')),
    amount: readTypedAmount(form.text('amount')),
    date: readTypedDay(form.text('date')),
  }
  const payee = form.text('payee') || NEW_PAYEE
  if (payee !== NEW_PAYEE) return done({ ...typed, ...NO_ACCOUNT, payee })
  const bankCode = resolve(directory.searchBanks, form.text('bankCode'), 4)
  if (bankCode === undefined) return refused('invalid-input', 'bankCode')
  const searchBranches = (text: string) => directory.searchBranches(bankCode, text)
  const branchCode = resolve(searchBranches, form.text('branchCode'), 3)
  if (branchCode === undefined) return refused('invalid-input', 'branchCode')
  return done({
    ...typed,
    payee,
    bankCode,
    branchCode,
    accountType: form.text('accountType'),
    accountNumber: digits(form.text('accountNumber')),
    payeeName: form.text('payeeName').normalize('NFKC').trim(),
  })
}

const NO_ACCOUNT = {
  bankCode: '',
  branchCode: '',
  accountType: '',
  accountNumber: '',
  payeeName: '',
}

/**
 * The banks or branches among which the customer has to choose; empty when a code or one name was
 * typed.
 */
export function choicesFor(
  search: (text: string) => readonly NamedCode[],
  typed: string,
): readonly NamedCode[] {
  const matches = search(typed)
  return matches.length > 1 && !isCode(typed) ? matches : []
}

function resolve(
  search: (text: string) => readonly NamedCode[],
  typed: string,
  codeDigits: number,
): string | undefined {
  const code = digits(typed)
  if (isCode(code) && code.length === codeDigits) return code
  const matches = search(typed)
  return matches.length === 1 || isExact(matches, typed) ? matches[0]?.code : undefined
}

/** 「本店」 and 「みずほ銀行」 are meant when one is called just that, though others contain it. */
function isExact([first, second]: readonly NamedCode[], typed: string): boolean {
  const wanted = bareName(typed)
  const isCalledSo = (one: NamedCode | undefined) =>
    one !== undefined && [one.name, one.kana].map(bareName).includes(wanted)
  return isCalledSo(first) && !isCalledSo(second)
}

/** The zengin names leave 銀行 and 支店 out; people do not. */
const bareName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/銀行$|支店$|\s/g, '')

const isCode = (text: string): boolean => /^\d+$/.test(text)

/** Full-width digits and separators, as an IME produces them, made plain. */
const digits = (typed: string): string => foldTyped(typed) ?? ''
