/** The tables of the back office: staff, their sessions, and what waits for a second pair of eyes. */

import type { Browser, SessionLimits } from '../tables.ts'
import type { PasswordState, Staff } from './staff.ts'

export interface StaffTable {
  find(bankCode: string, staffId: string): Promise<Staff | undefined>
  /** Reads the row and holds it until the transaction ends. */
  lock(bankCode: string, staffId: string): Promise<Staff | undefined>
  list(bankCode: string): Promise<readonly Staff[]>
  /** False when the ID is taken. */
  insert(staff: Staff): Promise<boolean>
  /** Gives the staff member the token if there is none, or still the one that was read. */
  setToken(staff: Staff, token: Staff['token']): Promise<boolean>
  setPassword(staff: Staff, passwordHash: string, state: PasswordState): Promise<boolean>
  /** False when it was so already. */
  setDisabled(staff: Staff, disabled: boolean): Promise<boolean>
  noteLogin(staff: Staff, nowMs: number): Promise<void>
}

/** Between password and code a session is `pending`: it opens nothing but the page for the code. */
export type StaffSessionStage = 'pending' | 'open'

export interface StaffSession {
  readonly bankCode: string
  readonly staffId: string
  readonly stage: StaffSessionStage
  readonly startedAtMs: number
  readonly lastSeenAtMs: number
}

export interface StaffSessions {
  /** Begins it in this browser; an open one ends every other one of the staff member. */
  begin(browser: Browser, session: StaffSession): Promise<void>
  find(browser: Browser, bankCode: string): Promise<StaffSession | undefined>
  /** As for customers: neither idle for too long nor too old; marked as seen. */
  touch(
    browser: Browser,
    bankCode: string,
    limits: SessionLimits,
  ): Promise<(StaffSession & { readonly staff: Staff }) | undefined>
  end(browser: Browser): Promise<void>
  endAll(staff: Pick<Staff, 'bankCode' | 'staffId'>): Promise<void>
}

export type ProposalState = 'waiting' | 'approved' | 'returned' | 'withdrawn' | 'expired'

/** 起案: what one staff member has prepared, with the reason, for another one to decide. */
export interface Proposal {
  readonly id: string
  readonly bankCode: string
  /** Which act it is, a key of the acts that the back office knows. */
  readonly act: string
  /** What the act is about: a contract ID, a serial, a token type, a batch … */
  readonly subject: string
  /** The customer concerned, if it is about one. */
  readonly contractId?: string
  /** What was chosen when it was prepared, exactly as it will be done. */
  readonly facts: Readonly<Record<string, unknown>>
  readonly reason: string
  readonly preparedBy: string
  readonly preparedAtMs: number
  readonly expiresAtMs: number
  readonly state: ProposalState
  readonly decidedBy?: string
  readonly decidedAtMs?: number
  /** What the deciding person wrote. */
  readonly note?: string
  /** The receipt of the act, once it is approved and done. */
  readonly receiptNo?: string
}

export type NewProposal = Omit<
  Proposal,
  'state' | 'decidedBy' | 'decidedAtMs' | 'note' | 'receiptNo'
>

export interface Decision {
  readonly state: Exclude<ProposalState, 'waiting'>
  readonly by: string
  readonly atMs: number
  readonly note?: string
  readonly receiptNo?: string
}

export interface Proposals {
  /** False when the same act on the same subject waits already: one conditional write. */
  insert(proposal: NewProposal): Promise<boolean>
  find(bankCode: string, id: string): Promise<Proposal | undefined>
  lock(bankCode: string, id: string): Promise<Proposal | undefined>
  /** Decides it if it still waits: false if another one was first. */
  decide(proposal: Proposal, decision: Decision): Promise<boolean>
  /** What waits now, oldest first. */
  waiting(bankCode: string, nowMs: number): Promise<readonly Proposal[]>
  /** What was decided or has expired, newest first. */
  settled(bankCode: string, nowMs: number, most: number): Promise<readonly Proposal[]>
  ofContract(bankCode: string, contractId: string, most: number): Promise<readonly Proposal[]>
  /** Ends those whose time is over, and returns them, so that each gets its event. */
  expire(nowMs: number, most: number): Promise<readonly Proposal[]>
}
