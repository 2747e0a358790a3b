import type { Contract } from '../contract.ts'
import type { Ports, Tx } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'
import type { AccountRef, AccountType } from './core-bank.ts'

/**
 * Who is to receive money, as typed or picked; `payeeName` only where the name could not be told.
 */
export interface PayeeForm {
  readonly bankCode: string
  readonly branchCode: string
  readonly accountType: string
  readonly accountNumber: string
  readonly payeeName: string
}

export interface Payee extends AccountRef {
  readonly name: string
}

/** The choice of a payee who is not registered. */
export const NEW_PAYEE = 'new'

/** What a zengin record can carry as a name: kana, capitals, digits and a few signs. */
export const PAYEE_NAME = /^[ァ-ヶーＡ-Ｚ０-９A-Z0-9 　（）()．.－\-／/「」，,]{1,30}$/

/**
 * Finds the payee. The name comes from the account's own bank where that can be told; for another
 * bank's account that cannot, the customer gives it. An account of this bank that does not exist
 * has no way around.
 *
 * Refusals: `invalid-input`, `unknown-payee` (at `bankCode`, `branchCode`, `accountNumber`).
 */
async function findPayee(
  ports: Ports,
  tx: Tx,
  ownBankCode: string,
  form: PayeeForm,
): Promise<Outcome<Payee>> {
  if (!/^\d{4}$/.test(form.bankCode)) return refused('invalid-input', 'bankCode')
  if (!/^\d{3}$/.test(form.branchCode)) return refused('invalid-input', 'branchCode')
  if (!isAccountType(form.accountType)) return refused('invalid-input', 'accountType')
  if (!/^\d{7}$/.test(form.accountNumber)) return refused('invalid-input', 'accountNumber')
  const { bankCode, branchCode, accountType, accountNumber } = form
  if (ports.directory.bank(bankCode) === undefined) return refused('unknown-payee', 'bankCode')
  if (ports.directory.branch(bankCode, branchCode) === undefined) {
    return refused('unknown-payee', 'branchCode')
  }
  const account: AccountRef = { bankCode, branchCode, accountType, accountNumber }
  const known = await tx.core.payeeName(account)
  if (known !== undefined) return done({ ...account, name: known })
  if (bankCode === ownBankCode || form.payeeName === '') {
    return refused('unknown-payee', 'accountNumber')
  }
  if (!PAYEE_NAME.test(form.payeeName)) return refused('invalid-input', 'payeeName')
  return done({ ...account, name: form.payeeName })
}

/**
 * The payee that the form names: a registered one by ID, or `new` with the account. The name of a
 * registered one is asked for again, for an account can change its holder.
 *
 * Refusals: `unknown-payee` at `payee`, and those of `findPayee`.
 */
export async function choosePayee(
  ports: Ports,
  tx: Tx,
  contract: Contract,
  form: PayeeForm & { readonly payee: string },
): Promise<Outcome<Payee>> {
  if (form.payee === NEW_PAYEE) return findPayee(ports, tx, contract.bankCode, form)
  const kept = await tx.payees.find(contract, form.payee)
  if (kept === undefined) return refused('unknown-payee', 'payee')
  const found = await findPayee(ports, tx, contract.bankCode, { ...kept, payeeName: kept.name })
  return found.ok ? found : refused(found.refusal, 'payee')
}

const isAccountType = (text: string): text is AccountType =>
  text === 'ordinary' || text === 'current'
