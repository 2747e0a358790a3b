/** The steps of 振込 as a customer takes them, and what must hold of the ledger at any time. */
import type { Authorisation } from '../../../src/bank/authorisation.ts'
import {
  executeTransfer,
  reviewTransfer,
  type TransferForm,
} from '../../../src/bank/procedures/transfer.ts'
import { codeAt, type HeldToken } from '../held-token.ts'
import {
  type Customer,
  newBrowser,
  type Process,
  requestOf,
  rightAnswers,
  type TestBank,
} from '../test-bank.ts'

/** To an account of the demonstration bank, without a fee. */
export const toOwnBank = (accountNumber: string): Partial<TransferForm> => ({
  bankCode: '1184',
  branchCode: '001',
  accountType: 'ordinary',
  accountNumber,
})

export function review(bank: TestBank, customer: Customer, change: Partial<TransferForm> = {}) {
  const browser = newBrowser()
  const form: TransferForm = {
    fromAccount: customer.accountNumber,
    payee: 'new',
    bankCode: '0001',
    branchCode: '001',
    accountType: 'ordinary',
    accountNumber: '1234567',
    payeeName: '',
    amount: '10000',
    date: '',
    ...change,
  }
  const outcome = reviewTransfer(bank.ports, requestOf(customer), browser, form)
  return outcome.then((value) => ({ browser, outcome: value }))
}

/** Takes a customer to the review; `send` authorises with the token's code or the right answers. */
export async function reviewed(
  bank: TestBank,
  customer: Customer,
  token: HeldToken | undefined,
  change: Partial<TransferForm> = {},
) {
  const { browser, outcome } = await review(bank, customer, change)
  if (!outcome.ok) throw new Error(`the review was refused: ${outcome.refusal}`)
  const { draftId } = outcome.value
  const answers = token ? {} : await rightAnswers(bank, customer)
  const send = (given: Partial<Authorisation> = {}, process: Process = bank) =>
    executeTransfer(process.ports, requestOf(customer), browser, {
      draftId,
      otp: token ? codeAt(token, bank.clock.now()) : '',
      answers,
      ...given,
    })
  return { browser, draftId, answers, send }
}

export async function balanceOf({ pool }: Process, customer: Customer): Promise<number> {
  const text = 'select balance_yen from account where account_number = $1'
  const { rows } = await pool.query(text, [customer.accountNumber])
  return rows[0].balance_yen
}

/**
 * Accounts whose balance is not the sum of their movements, or whose statement does not run on from
 * line to line: none, whatever happened.
 */
export async function unbalanced({ pool }: Process): Promise<unknown[]> {
  const { rows } = await pool.query(`
    with line as (
      select seq, debit_branch as branch, debit_type as type, debit_number as number,
             -amount_yen as amount, debit_balance_yen as balance from movement
      union all
      select seq, credit_branch, credit_type, credit_number, amount_yen, credit_balance_yen
        from movement
    ), running as (
      select *, sum(amount) over (partition by branch, type, number order by seq) as total,
             row_number() over (partition by branch, type, number order by seq desc) as from_last
        from line where type <> 'internal'
    )
    select a.account_number, a.balance_yen, r.seq, r.total, r.balance
      from account a join running r
        on (a.branch_code, a.account_type, a.account_number) = (r.branch, r.type, r.number)
     where r.balance <> r.total or r.balance < 0
        or (r.from_last = 1 and a.balance_yen <> r.total)`)
  return rows
}
