/** The tables of transfers and of registered payees: what their procedures read and write. */
import type { Contract } from '../contract.ts'
import type { Refusal } from '../refusal.ts'
import type { AccountRef } from './core-bank.ts'

export interface Transfers {
  /** Adds to what the contract sent that day, unless that would exceed the limit: then false. */
  useLimit(contract: Contract, day: string, amountYen: number, limitYen: number): Promise<boolean>
  /** Gives back what a reservation that is not executed had taken of its day's limit. */
  giveBackLimit(transfer: TransferRecord): Promise<void>
  usedYen(contract: Contract, day: string): Promise<number>
  add(transfer: TransferRecord): Promise<void>
  find(contract: Contract, receiptNo: string): Promise<TransferRecord | undefined>
  /** As `find`, and holds the row until the transaction ends. */
  lock(
    contract: Pick<Contract, 'bankCode' | 'contractId'>,
    receiptNo: string,
  ): Promise<TransferRecord | undefined>
  /** The reservations of the contract that still wait, held until the transaction ends. */
  lockReserved(contract: Contract): Promise<readonly TransferRecord[]>
  /**
   * Holds the first reservation of that day or before it that comes after the given one and that no
   * other process holds: each row is the work of one process at a time.
   */
  holdDue(day: string, after: TransferRecord | undefined): Promise<TransferRecord | undefined>
  /** Moves a reservation on: one conditional write. False when it is none any more. */
  close(transfer: TransferRecord, closing: Closing): Promise<boolean>
  /** 取引履歴: the transfers and bill payments that fit, newest first. */
  search(contract: Contract, search: HistorySearch): Promise<HistoryPage>
}

/** How a reservation ends. */
export type Closing = { readonly atMs: number } & (
  | { readonly status: 'executed'; readonly bookingDay: string }
  | { readonly status: 'failed'; readonly failure: Refusal }
  | { readonly status: 'cancelled'; readonly receiptNo: string }
)

export type TransferStatus = 'executed' | 'reserved' | 'cancelled' | 'failed'

export interface TransferRecord {
  readonly bankCode: string
  readonly contractId: string
  readonly receiptNo: string
  readonly from: AccountRef
  readonly to: AccountRef
  readonly payeeName: string
  readonly amountYen: number
  readonly feeYen: number
  /** When the money leaves the account. */
  readonly day: string
  /** When the payee's bank books it. */
  readonly bookingDay: string
  readonly status: TransferStatus
  readonly receivedAtMs: number
  /** When a reservation was executed, failed or cancelled. */
  readonly closedAtMs?: number
  readonly cancelReceiptNo?: string
  readonly failure?: Refusal
}

/** One line of 取引履歴: money that the customer sent, to whomever. */
export interface HistoryEntry {
  readonly kind: 'transfer' | 'bill'
  readonly receiptNo: string
  readonly receivedAtMs: number
  /** When the money leaves the account. */
  readonly day: string
  /** Of a bill, the biller's. */
  readonly payeeName: string
  readonly amountYen: number
  /** A bill is always `executed`. */
  readonly status: TransferStatus
}

/** What a customer looks for; days are those on which it was received. */
export interface HistorySearch {
  readonly fromDay?: string
  readonly toDay?: string
  /** A part of the payee's or biller's name, kana as katakana, without spaces. */
  readonly payeeName?: string
  readonly status?: TransferStatus
  readonly kind?: HistoryEntry['kind']
  readonly leastYen?: number
  readonly mostYen?: number
  /** The page of what is older, or newer, than the one with this receipt number. */
  readonly olderThan?: string
  readonly newerThan?: string
  readonly most: number
}

export interface HistoryPage {
  readonly found: readonly HistoryEntry[]
  readonly older: boolean
  readonly newer: boolean
}

/** 振込先登録: the payees that a customer keeps. */
export interface Payees {
  all(contract: Contract): Promise<readonly RegisteredPayee[]>
  find(contract: Contract, id: string): Promise<RegisteredPayee | undefined>
  /** Whether the account is kept already. */
  has(contract: Contract, account: AccountRef): Promise<boolean>
  count(contract: Contract): Promise<number>
  /** False when the account is kept already. */
  keep(contract: Contract, payee: RegisteredPayee, nowMs: number): Promise<boolean>
  /** False when there is none. */
  remove(contract: Contract, id: string): Promise<boolean>
}

export interface RegisteredPayee extends AccountRef {
  /** Unguessable, and known to its own contract only. */
  readonly id: string
  readonly name: string
}
