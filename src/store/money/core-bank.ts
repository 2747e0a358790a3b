import type {
  Account,
  AccountRef,
  AccountType,
  CoreBank,
  InternalAccount,
  Movement,
} from '../../bank/money/core-bank.ts'
import { changes, type Runner, row, rows } from '../connection.ts'

interface AccountRow {
  bank_code: string
  branch_code: string
  account_type: AccountType
  account_number: string
  holder_name: string
  balance_yen: number
}

const COLUMNS = 'bank_code, branch_code, account_type, account_number, holder_name, balance_yen'

const accountOf = (found: AccountRow): Account => ({
  bankCode: found.bank_code,
  branchCode: found.branch_code,
  accountType: found.account_type,
  accountNumber: found.account_number,
  holderName: found.holder_name,
  balanceYen: found.balance_yen,
})

/** The branch under which a bank keeps its internal accounts. */
export const INTERNAL_BRANCH = '000'

const INTERNAL_ACCOUNTS = [
  'clearing',
  'fees',
  'billers',
  'opening',
] as const satisfies readonly InternalAccount[]

type Side = { branch: string; type: string; number: string }

const sideOf = (side: Movement['debit']): Side =>
  typeof side === 'string'
    ? { branch: INTERNAL_BRANCH, type: 'internal', number: side }
    : { branch: side.branchCode, type: side.accountType, number: side.accountNumber }

/** The embedded core bank on the tables of `0002-core-bank.sql`. */
export function coreBankOn(on: Runner): CoreBank {
  return {
    async accountsOf(bankCode, contractId) {
      const text = `select ${COLUMNS} from account where bank_code = $1 and contract_id = $2
                     order by branch_code, account_number`
      return (await rows<AccountRow>(on, text, [bankCode, contractId])).map(accountOf)
    },

    async account(bankCode, contractId, number) {
      const text = `select ${COLUMNS} from account
                     where bank_code = $1 and contract_id = $2 and account_number = $3`
      const found = await row<AccountRow>(on, text, [bankCode, contractId, number])
      return found && accountOf(found)
    },

    payeeName: (account) => payeeName(on, account),
    move: (movements) => move(on, movements),

    async statement(account, most) {
      const text = `select at, text, receipt_no,
                           case when debit_number = $4 and debit_type = $3 and debit_branch = $2
                                then -amount_yen else amount_yen end as amount,
                           case when debit_number = $4 and debit_type = $3 and debit_branch = $2
                                then debit_balance_yen else credit_balance_yen end as balance
                      from movement
                     where bank_code = $1
                       and ((debit_branch, debit_type, debit_number) = ($2, $3, $4)
                         or (credit_branch, credit_type, credit_number) = ($2, $3, $4))
                     order by seq desc limit $5`
      const lines = await rows<StatementRow>(on, text, [...refValues(account), most])
      return lines.map((line) => ({
        atMs: line.at.getTime(),
        text: line.text,
        amountYen: line.amount,
        balanceYen: line.balance,
        receiptNo: String(line.receipt_no),
      }))
    },

    async openBooks({ bankCode, name }) {
      const text = `insert into account values ($1, $2, 'internal', $3, null, $4, null)
                    on conflict do nothing`
      for (const number of INTERNAL_ACCOUNTS) {
        await changes(on, text, [bankCode, INTERNAL_BRANCH, number, name])
      }
    },

    async openAccount(account, { contractId, name }) {
      const text = `insert into account values ($1, $2, $3, $4, $5, $6, 0) on conflict do nothing`
      return (await changes(on, text, [...refValues(account), contractId, name])) === 1
    },
  }
}

interface StatementRow {
  at: Date
  text: string
  receipt_no: number
  amount: number
  balance: number
}

const refValues = (of: AccountRef) => [of.bankCode, of.branchCode, of.accountType, of.accountNumber]

async function payeeName(on: Runner, payee: AccountRef): Promise<string | undefined> {
  const found = await row<{ holder_name: string }>(
    on,
    `select holder_name from account
      where (bank_code, branch_code, account_type, account_number) = ($1, $2, $3, $4)
     union all
     select holder_name from known_payee
      where (bank_code, branch_code, account_type, account_number) = ($1, $2, $3, $4)`,
    refValues(payee),
  )
  return found?.holder_name
}

/** Sends all at once: the answers come in order, and the caller undoes what a refused move wrote. */
async function move(on: Runner, movements: readonly Movement[]): Promise<boolean> {
  const [, ...moved] = await Promise.all([
    holdAccounts(on, movements),
    ...movements.map((movement) => moveOne(on, movement)),
  ])
  return moved.every(Boolean)
}

/** Debit, credit and ledger row in one statement; internal accounts carry no balance. */
async function moveOne(on: Runner, movement: Movement): Promise<boolean> {
  const debit = sideOf(movement.debit)
  const credit = sideOf(movement.credit)
  const key = '(bank_code, branch_code, account_type, account_number)'
  const written = await changes(
    on,
    `with debited as (
       update account set balance_yen = balance_yen - $5
        where ${key} = ($1, $6, $7, $8) and balance_yen >= $5 returning balance_yen),
     credited as (
       update account set balance_yen = balance_yen + $5
        where ${key} = ($1, $9, $10, $11) and balance_yen is not null returning balance_yen)
     insert into movement (bank_code, receipt_no, at, text, amount_yen,
                           debit_branch, debit_type, debit_number, debit_balance_yen,
                           credit_branch, credit_type, credit_number, credit_balance_yen)
     select $1, $2::bigint, $3::timestamptz, $4, $5::bigint,
            $6, $7, $8, (select balance_yen from debited),
            $9, $10, $11, (select balance_yen from credited)
      where $7 = 'internal' or exists (select from debited)`,
    [
      movement.bankCode,
      movement.receiptNo,
      new Date(movement.atMs),
      movement.text,
      movement.amountYen,
      debit.branch,
      debit.type,
      debit.number,
      credit.branch,
      credit.type,
      credit.number,
    ],
  )
  return written === 1
}

/**
 * Takes the locks on all customer accounts of the movements in one order, so that two customers who
 * pay each other at the same moment cannot wait for one another in a circle.
 */
async function holdAccounts(on: Runner, movements: readonly Movement[]): Promise<void> {
  const sides = movements.flatMap((movement) => [sideOf(movement.debit), sideOf(movement.credit)])
  const customers = sides.filter((side) => side.type !== 'internal')
  await rows(
    on,
    `select from account a
       join (select distinct * from unnest($2::text[], $3::text[], $4::text[])
               as wanted (branch, type, number)) w
         on (a.branch_code, a.account_type, a.account_number) = (w.branch, w.type, w.number)
      where a.bank_code = $1
      order by a.branch_code, a.account_type, a.account_number
        for update of a`,
    [
      movements[0]?.bankCode,
      customers.map((side) => side.branch),
      customers.map((side) => side.type),
      customers.map((side) => side.number),
    ],
  )
}
