/** 在庫: the hardware tokens of a bank, on the shelf and wherever they went. */

import type { Token, TokenState } from '../token.ts'
import type { TokenShape } from './stock.ts'

/** A hardware token with what is known of the thing itself. */
export interface HardwareToken {
  readonly token: Token
  readonly batchNo?: string
  readonly shape?: TokenShape
  /** The last day that the maker states, `YYYY-MM-DD`. */
  readonly endsOn?: string
  readonly shippedAtMs?: number
}

/** So many tokens of a batch stand in a state. */
export interface StockCount {
  readonly batchNo?: string
  readonly shape?: TokenShape
  readonly importedAtMs?: number
  readonly state: TokenState
  readonly tokens: number
}

export interface HardwareStock {
  /** The token with this serial, if it is hardware of this bank. */
  find(bankCode: string, serial: string): Promise<HardwareToken | undefined>
  /** As `find`, and holds the row until the transaction ends. */
  lock(bankCode: string, serial: string): Promise<HardwareToken | undefined>
  counts(bankCode: string): Promise<readonly StockCount[]>
  /**
   * The token that has lain on stock longest, of that shape if one is given; none whose battery
   * ends before the given day.
   */
  oldest(
    bankCode: string,
    shape: TokenShape | undefined,
    notBefore: string,
  ): Promise<HardwareToken | undefined>
  inState(bankCode: string, state: TokenState, most: number): Promise<readonly HardwareToken[]>
  /** The serial of the token that was sent to the customer and not taken into use yet. */
  onTheWayTo(bankCode: string, contractId: string): Promise<string | undefined>
  /** Sends an assigned token to a customer: from then on only that one can start it. */
  ship(token: Token, contractId: string, nowMs: number): Promise<boolean>
  /** Puts a token that came back unopened on stock again, meant for nobody. */
  restock(token: Token): Promise<boolean>
}
