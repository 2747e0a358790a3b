/** The tables behind what answers the phone: losses, held tokens, questions, sealed letters. */
import type { ReceiptFacts } from '../act.ts'
import type { Token } from '../token.ts'
import type { IdentityCheck } from './identity-check.ts'

type TokenKey = Pick<Token, 'issuer' | 'serial'>

/** 利用停止 by a bank. One phone may serve customers of several; the last one's release frees it. */
export interface TokenHolds {
  /** False when this bank holds the token already. */
  place(token: TokenKey, bankCode: string, nowMs: number): Promise<boolean>
  /** False when this bank did not hold it. */
  release(token: TokenKey, bankCode: string): Promise<boolean>
  of(token: TokenKey): Promise<readonly TokenHold[]>
}

export interface TokenHold {
  readonly bankCode: string
  readonly heldAtMs: number
}

export interface LossReport {
  readonly bankCode: string
  readonly contractId: string
  /** The form's own: sent again, it finds the first report. */
  readonly formKey: string
  readonly reportedBy: string
  readonly memo: string
  readonly result: LossResult
}

/** What a loss report has done. */
export interface LossResult extends ReceiptFacts {
  /** The token that is dead since; none when only the service was stopped. */
  readonly serial?: string
  readonly serviceStopped: boolean
  /** Other contracts of this bank that use the same phone, and how many at other banks. */
  readonly othersHere: readonly string[]
  readonly othersElsewhere: number
  /** The receipt numbers of the reservations that were cancelled. */
  readonly cancelled: readonly string[]
}

export interface LossReports {
  add(report: LossReport): Promise<void>
  findByForm(bankCode: string, contractId: string, key: string): Promise<LossReport | undefined>
  findByReceipt(bankCode: string, contractId: string, no: string): Promise<LossReport | undefined>
}

export interface IdentityChecks {
  /** Undefined for a bank that asks what is usual. */
  of(bankCode: string): Promise<IdentityCheck | undefined>
  set(bankCode: string, check: IdentityCheck): Promise<void>
}

/** What is in a sealed letter: a new card or confirmation password, or an enrolment password. */
export type LetterKind = 'confirmation' | 'enrolment'

export interface Letter {
  readonly bankCode: string
  readonly id: string
  readonly contractId: string
  readonly kind: LetterKind
  readonly preparedBy: string
  readonly approvedBy: string
  readonly madeAtMs: number
  readonly state: 'waiting' | 'printed' | 'void'
  readonly printedBy?: string
  readonly printedAtMs?: number
}

export type NewLetter = Omit<Letter, 'state' | 'printedBy' | 'printedAtMs'>

export interface Letters {
  /** An unprinted letter of the same kind to the same customer becomes void by it. */
  add(letter: NewLetter): Promise<void>
  find(bankCode: string, id: string): Promise<Letter | undefined>
  /** As `find`, and holds the row until the transaction ends. */
  lock(bankCode: string, id: string): Promise<Letter | undefined>
  /** Marks it as printed: one conditional write, false when it does not wait any more. */
  print(letter: Letter, by: string, nowMs: number): Promise<boolean>
  waiting(bankCode: string): Promise<readonly Letter[]>
  ofContract(bankCode: string, contractId: string): Promise<readonly Letter[]>
}
