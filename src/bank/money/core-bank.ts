/**
 * The bank's core system as a port: accounts, payees, ledger. The embedded implementation lives in
 * `store/` and shares the transaction of the act; a bank can connect its own system behind the same
 * door.
 */
export interface CoreBank {
  accountsOf(bankCode: string, contractId: string): Promise<readonly Account[]>
  /** The account with that number if it belongs to the contract. */
  account(bankCode: string, contractId: string, number: string): Promise<Account | undefined>
  /** The name of the account's holder in kana, where the core system can tell it. */
  payeeName(account: AccountRef): Promise<string | undefined>
  /**
   * Moves money: every movement debits one account and credits another, so that the ledger balances
   * by its shape. False when a debited customer account would fall below zero: the act has to be
   * refused then, which undoes the rest.
   */
  move(movements: readonly Movement[]): Promise<boolean>
  statement(account: Account, most: number): Promise<readonly StatementLine[]>
  /** Opens the bank's own accounts, where they are not open yet. */
  openBooks(bank: { readonly bankCode: string; readonly name: string }): Promise<void>
  /** Opens a customer's account, empty. False when the number is taken. */
  openAccount(account: AccountRef, holder: AccountHolder): Promise<boolean>
}

export interface AccountHolder {
  readonly contractId: string
  /** In kana. */
  readonly name: string
}

export type AccountType = 'ordinary' | 'current'

export interface AccountRef {
  readonly bankCode: string
  readonly branchCode: string
  readonly accountType: AccountType
  readonly accountNumber: string
}

export interface Account extends AccountRef {
  readonly holderName: string
  readonly balanceYen: number
}

/** The bank's own accounts that stand against customers' money. */
export type InternalAccount = 'clearing' | 'fees' | 'billers' | 'opening'

export interface Movement {
  readonly bankCode: string
  readonly receiptNo: string
  readonly debit: AccountRef | InternalAccount
  readonly credit: AccountRef | InternalAccount
  readonly amountYen: number
  /** What the statement shows: the payee or payer, or `振込手数料`. */
  readonly text: string
  readonly atMs: number
}

export interface StatementLine {
  readonly atMs: number
  readonly text: string
  /** Negative for money that left the account. */
  readonly amountYen: number
  readonly balanceYen: number
  readonly receiptNo: string
}
