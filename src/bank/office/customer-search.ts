import { foldTyped } from '../../oath/typed-text.ts'
import type { Contract } from '../contract.ts'
import type { Session } from '../tables.ts'
import type { Token } from '../token.ts'

/** How a clerk finds customers, and what is read about one. It holds nothing. */
export interface Customers {
  /** Who fits, the surest first: an ID before a telephone, a name last. */
  search(bankCode: string, search: CustomerSearch, most: number): Promise<readonly FoundCustomer[]>
  session(contract: Contract): Promise<Session | undefined>
  /** The contracts that use the token now: those of this bank, and how many others have. */
  usersOf(
    bankCode: string,
    token: Pick<Token, 'issuer' | 'serial'>,
  ): Promise<{ readonly here: readonly string[]; readonly elsewhere: number }>
  /**
   * Notes that the staff member looks at the customer. False when that was noted since the given
   * moment, or there is no such customer: one conditional write, so that pages opened at once leave
   * one event.
   */
  noteViewing(viewing: Viewing, nowMs: number, sinceMs: number): Promise<boolean>
}

export interface Viewing {
  readonly bankCode: string
  readonly contractId: string
  readonly staffId: string
}

/** What the typed text can be; each is looked for. */
export interface CustomerSearch {
  readonly contractId?: string
  /** Digits without hyphens. */
  readonly phone?: string
  readonly serial?: string
  readonly receiptNo?: string
  /** The beginning of a name: full-width katakana without spaces. */
  readonly nameKey?: string
}

export type FoundBy = keyof CustomerSearch

export interface FoundCustomer {
  readonly contractId: string
  readonly name: string
  readonly phone?: string
  readonly foundBy: FoundBy
  readonly frozen: boolean
  readonly serial?: string
  readonly tokenState?: Token['state']
}

const MOST_TYPED = 60

/**
 * Reads what a clerk types while somebody is on the phone: a contract ID, a telephone number, a
 * serial, a receipt number, or the beginning of a name in any kana.
 */
export function readCustomerSearch(typed: string): CustomerSearch {
  if (typed.length > MOST_TYPED) return {}
  const folded = foldTyped(typed.replace(/[()（）]/g, '')) ?? ''
  const nameKey = nameKeyOf(typed)
  return {
    ...(/^[0-9A-Za-z]{6,12}$/.test(folded) && { contractId: folded }),
    ...(/^0\d{9,10}$/.test(folded) && { phone: folded }),
    ...(/^[0-9A-Za-z]{6,20}$/.test(folded) && { serial: folded.toUpperCase() }),
    ...(/^[1-9]\d{5,14}$/.test(folded) && { receiptNo: folded }),
    ...(/\p{L}/u.test(nameKey) && { nameKey }),
  }
}

const SMALL = 'ァィゥェォッャュョヮ'
const LARGE = 'アイウエオツヤユヨワ'

/** A name as it is compared; the column `name_key` is made in the same way. */
export function nameKeyOf(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(' ', '')
    .replace(/[ぁ-ゔ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
    .replace(/[ァィゥェォッャュョヮ]/g, (kana) => LARGE.charAt(SMALL.indexOf(kana)))
    .replace(/[-－―‐]/g, 'ー')
}
