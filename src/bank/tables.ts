/** The tables of the bank, by subject: what a procedure reads and writes within one transaction. */

import type { BankProfile, Contract, Freezer } from './contract.ts'
import type { Drafts } from './draft.ts'
import type { BankEvent } from './event.ts'
import type { Hardware } from './hardware/hardware.ts'
import type { Stock } from './hardware/stock.ts'
import type { Bills } from './money/bill.ts'
import type { CoreBank } from './money/core-bank.ts'
import type { Payees, Transfers } from './money/transfer-tables.ts'
import type { Administration } from './office/administration.ts'
import type { Campaigns } from './office/campaign-tables.ts'
import type { ContractRegister } from './office/contract-register.ts'
import type { Customers } from './office/customer-search.ts'
import type { Figures } from './office/figures.ts'
import type { IdentityChecks, Letters, LossReports, TokenHolds } from './office/loss-tables.ts'
import type { Messages } from './office/message-tables.ts'
import type { Proposals, StaffSessions, StaffTable } from './office/office-tables.ts'
import type { CodeUse, SealedSeed, Token, TokenState } from './token.ts'
import type { TokenType } from './token-type.ts'

/** Other channels of a bank, each known by a key. */
export interface ApiClients {
  byKeyHash(keyHash: Uint8Array): Promise<{ bank: BankProfile; name: string } | undefined>
}

/** The tables of the bank within one transaction, by subject. */
export interface Tx {
  readonly banks: Banks
  readonly apiClients: ApiClients
  readonly contracts: Contracts
  readonly logins: LoginCounters
  readonly tokens: Tokens
  readonly sessions: Sessions
  readonly drafts: Drafts
  readonly journal: Journal
  readonly transfers: Transfers
  readonly bills: Bills
  readonly payees: Payees
  readonly stock: Stock
  readonly hardware: Hardware
  readonly core: CoreBank
  readonly staff: StaffTable
  readonly staffSessions: StaffSessions
  readonly proposals: Proposals
  readonly customers: Customers
  readonly tokenHolds: TokenHolds
  readonly lossReports: LossReports
  readonly identityChecks: IdentityChecks
  readonly letters: Letters
  readonly register: ContractRegister
  readonly administration: Administration
  readonly campaigns: Campaigns
  readonly messages: Messages
  readonly figures: Figures
}

export interface Banks {
  profile(bankCode: string): Promise<BankProfile | undefined>
  tokenType(bankCode: string, type: string): Promise<TokenType | undefined>
  /** What the bank tells all customers on that day `YYYY-MM-DD`, newest first. */
  announcements(bankCode: string, day: string): Promise<readonly Announcement[]>
}

/** An important notice of a bank; without an English text it is shown in Japanese. */
export interface Announcement {
  readonly id: string
  readonly publishedOn: string
  readonly ja: AnnouncementText
  readonly en?: AnnouncementText
}

export interface AnnouncementText {
  readonly heading: string
  readonly text: string
}

export interface Contracts {
  find(bankCode: string, contractId: string): Promise<Contract | undefined>
  /**
   * Reads the row and holds it until the transaction ends, so that acts on one contract queue up.
   */
  lock(bankCode: string, contractId: string): Promise<Contract | undefined>
  /** Binds the token if the contract has none. False: another act was first. */
  bindToken(contract: Contract, token: Token, change: TokenBinding): Promise<boolean>
  /**
   * Puts the new token in the old one's place, or none (`undefined`), if the contract still has the
   * old one. False: another act was first.
   */
  replaceToken(
    contract: Contract,
    replaced: Token,
    by: (TokenChange & { readonly token: Token }) | undefined,
  ): Promise<boolean>
  /** The contracts of all banks that use the token, held until the transaction ends. */
  lockUsing(token: Pick<Token, 'issuer' | 'serial'>): Promise<readonly Contract[]>
  /**
   * The sealed confirmation secret: the confirmation password, or the cells of the card as JSON.
   */
  secret(contract: Contract): Promise<SealedSeed>
  setChallenge(contract: Contract, positions: readonly number[] | null): Promise<void>
  /**
   * Counts one wrong confirmation unless the counter stands at the threshold already: true if it
   * was counted, false if the method is locked. One conditional write, so guesses at once cannot
   * exceed it.
   */
  countConfirmationFailure(contract: Contract, threshold: number): Promise<boolean>
  resetConfirmationFailures(contract: Contract): Promise<void>
  noteLogin(contract: Contract, nowMs: number): Promise<void>
  /** Sets the first login password in the enrolment password's place. False: that is used up. */
  enrol(contract: Contract, loginPasswordHash: string, mail: string): Promise<boolean>
  /** Each of these is false when another act was first, so that nothing changed. */
  setOtpAtLogin(contract: Contract, otpAtLogin: boolean): Promise<boolean>
  setLoginPassword(contract: Contract, loginPasswordHash: string): Promise<boolean>
  setMail(contract: Contract, mail: string): Promise<boolean>
  /** What the customer has stopped the bank can still stop, too. */
  freeze(contract: Contract, by: Freezer, nowMs: number): Promise<boolean>
  unfreeze(contract: Contract): Promise<boolean>
  /** A new confirmation secret: the challenge and the counter of the old one end with it. */
  setSecret(contract: Contract, secret: SealedSeed): Promise<void>
  /** No password is good any more, neither the own one nor one on paper. */
  clearPasswords(contract: Contract): Promise<void>
  /** The enrolment password of a letter, if the customer has no login password. */
  setEnrolment(contract: Contract, hash: string, expiresAtMs: number): Promise<boolean>
  /** Ends the low limit of the start or exchange that was read. */
  liftLowLimit(contract: Contract): Promise<boolean>
  /** Sets the customer's own daily limit, and the raised one that takes its place later, if any. */
  setLimit(contract: Contract, limitYen: number, next: Contract['nextLimit']): Promise<void>
}

/** The moments that follow from a start or an exchange. */
export interface TokenChange {
  readonly lowLimitUntilMs: number
  readonly changedAtMs: number
}

export interface TokenBinding extends TokenChange {
  readonly otpAtLogin: boolean
}

/**
 * Login attempts are counted by the typed ID, existing or not: an unknown ID locks like a known
 * one.
 */
export interface LoginCounters {
  /** The consecutive failures; holds the counter until the transaction ends. */
  lock(bankCode: string, contractId: string, nowMs: number): Promise<number>
  countFailure(bankCode: string, contractId: string): Promise<boolean>
  reset(bankCode: string, contractId: string): Promise<void>
  /** The consecutive failures as they stand, held by nobody. */
  failures(bankCode: string, contractId: string): Promise<number>
}

export interface Tokens {
  /**
   * The token with this serial of the centre or of this bank; agreed but unconfirmed ones do not
   * exist.
   */
  find(bankCode: string, serial: string): Promise<Token | undefined>
  get(identity: Pick<Token, 'issuer' | 'serial'>): Promise<Token | undefined>
  /** As `find` and `get`, and holds the row until the transaction ends. */
  lockBySerial(bankCode: string, serial: string): Promise<Token | undefined>
  lock(identity: Pick<Token, 'issuer' | 'serial'>): Promise<Token | undefined>
  /** The token of a contract that is held already, and holds the token's row, too. */
  lockOf(bankCode: string, contractId: string): Promise<Token | undefined>
  /** False when the serial is taken. */
  insert(token: NewToken): Promise<boolean>
  /**
   * Moves the token on from the state in which it was read: false if it has left that state
   * meanwhile. It expires at the given moment, or never. A move that `TOKEN_MOVES` does not have is
   * a bug.
   */
  move(token: Token, to: TokenState, expiresAtMs?: number): Promise<boolean>
  /** Of an agreed credential: the hash over which its proof is computed. */
  transcriptHash(token: Token): Promise<Uint8Array | undefined>
  /** Removes an agreed credential whose proof was wrong. */
  discard(token: Token): Promise<void>
  /** How many contracts, at any bank, use the token now. */
  contractsUsing(token: Token): Promise<number>
  /**
   * Accepts a time step or counter, once: one conditional write that only one caller can win. It
   * also resets the consecutive failures and keeps the drift. False: used, locked or not usable
   * (any more).
   */
  accept(
    token: Token,
    step: number,
    driftSteps: number,
    thresholds: CodeThresholds,
    use?: CodeUse,
  ): Promise<boolean>
  /** As `accept`, the step and the one before it. False, too, when only one of them is used. */
  acceptPair: Tokens['accept']
  /** Counts one wrong code unless locked: true if counted, false if locked or not usable. */
  countFailure(token: Token, thresholds: CodeThresholds): Promise<boolean>
  /** Opens a locked token: the consecutive count only, never the one over the life of the seed. */
  resetFailures(token: Token): Promise<void>
}

export interface CodeThresholds {
  readonly code: number
  readonly seedGuesses: number
}

export interface NewToken
  extends Omit<Token, 'lastAccepted' | 'driftSteps' | 'failures' | 'guesses'> {
  readonly transcriptHash?: Uint8Array
  readonly expiresAtMs?: number
}

export interface Session {
  readonly bankCode: string
  readonly contractId: string
  readonly startedAtMs: number
  readonly lastSeenAtMs: number
  readonly previousLoginAtMs?: number
}

export interface OpenSession extends Session {
  readonly contract: Contract
}

export interface Sessions {
  /**
   * Begins a session under the browser's new identifier and ends every other one of the contract.
   */
  begin(browser: Browser, session: Session): Promise<void>
  /**
   * Finds a session that is neither idle for too long nor too old, with its contract, and marks it
   * as seen.
   */
  touch(browser: Browser, bankCode: string, limits: SessionLimits): Promise<OpenSession | undefined>
  end(browser: Browser): Promise<void>
  /** Ends the sessions of the contract in all other browsers. */
  endOthers(contract: Contract, browser: Browser): Promise<void>
  endAll(contract: Contract): Promise<void>
}

/** SHA-256 of the random identifier in the browser's cookie: the table alone opens no session. */
export type Browser = Uint8Array

export interface SessionLimits {
  readonly nowMs: number
  readonly idleMs: number
  readonly absoluteMs: number
}

/** What is written with every act: event, receipt, notice. */
export interface Journal {
  append(event: BankEvent): Promise<void>
  /** The next receipt number of the bank, unique; numbers may be skipped. */
  nextReceiptNo(): Promise<string>
  /** What belongs to an act that is done, in one statement: its event, its receipt, its notices. */
  record(event: BankEvent, receipt: Receipt, notices: readonly Notice[]): Promise<void>
  addNotice(notice: Notice): Promise<void>
  /** The newest notices of the bank, for the mailbox of the demonstration. */
  latestNotices(bankCode: string, most: number): Promise<readonly Notice[]>
}

export interface Receipt {
  readonly bankCode: string
  readonly receiptNo: string
  readonly contractId: string
  readonly procedure: string
  readonly receivedAtMs: number
}

export interface Notice {
  readonly bankCode: string
  readonly contractId: string
  readonly to: string
  readonly subject: string
  readonly body: string
  readonly createdAtMs: number
}
