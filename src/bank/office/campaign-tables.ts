/** The tables of the campaigns about types of token. */

import type { TokenType } from '../token-type.ts'
import type { Campaign } from './campaign.ts'

/** A type of token as the bank stands to it. */
export interface TypeStanding {
  readonly type: TokenType
  readonly running?: Campaign
}

/** The state in which a customer of a type is found, the gravest first. */
export const USER_STATES = ['frozen', 'suspended', 'locked', 'usable'] as const
export type UserState = (typeof USER_STATES)[number]

/** When the token was last used, in days before today. */
export const USE_AGES = ['within-30', 'within-90', 'within-365', 'longer', 'never'] as const
export type UseAge = (typeof USE_AGES)[number]

/** Whom it concerns if a type is closed or ends, counted. */
export interface Forecast {
  readonly customers: number
  readonly byState: Readonly<Record<UserState, number>>
  readonly byLastUse: Readonly<Record<UseAge, number>>
  /** Those whose login asks for a code. */
  readonly otpAtLogin: number
  /** Hardware on its way to, or with, a customer who has not started it. */
  readonly shipped: number
}

/** A customer who uses the type now. */
export interface TypeUser {
  readonly contractId: string
  readonly name: string
  readonly mail: string
  readonly serial: string
  readonly state: UserState
  /** Of a token that counts time: when its last code was accepted. */
  readonly lastUsedAtMs?: number
}

export interface Reminder {
  readonly campaign: Campaign
  readonly no: number
  readonly day: string
  /** Contracts up to this one have been looked at. */
  readonly afterContract: string
}

export interface ReminderProgress {
  readonly no: number
  readonly day: string
  readonly queued: number
  /** Those who still use the type and whose turn comes yet. */
  readonly remaining: number
  readonly doneAtMs?: number
}

/** What has become of those whom a campaign concerns. */
export interface CampaignProgress {
  readonly reminders: readonly ReminderProgress[]
  readonly using: number
  readonly exchanged: number
  readonly stopped: number
  readonly expired: number
}

export interface Campaigns {
  types(bankCode: string): Promise<readonly TypeStanding[]>
  standing(bankCode: string, type: string): Promise<TypeStanding | undefined>
  /** As `standing`, and holds the type until the transaction ends: decisions about it queue up. */
  lockStanding(bankCode: string, type: string): Promise<TypeStanding | undefined>
  /** The day from which nothing new is taken, or none. */
  setClosedFrom(bankCode: string, type: string, day: string | undefined): Promise<void>
  /** Starts it, with its reminders and whom it concerns now. */
  start(campaign: Campaign): Promise<void>
  /** False when it does not run any more. */
  close(campaign: Campaign, as: 'replaced' | 'ended', nowMs: number): Promise<boolean>
  /** The decisions about a type, newest first. */
  ofType(bankCode: string, type: string): Promise<readonly Campaign[]>
  find(bankCode: string, id: string): Promise<Campaign | undefined>
  progress(campaign: Campaign): Promise<CampaignProgress>
  forecast(bankCode: string, type: string, nowMs: number): Promise<Forecast>
  /** Those who use the type now, in the order of their contract IDs. */
  users(bankCode: string, type: string, after: string, most: number): Promise<readonly TypeUser[]>

  /**
   * Holds a reminder whose day has come and whose next portion is due, if no other process holds
   * it. Of several that are due of one campaign only the last is sent.
   */
  holdReminder(today: string, nowMs: number): Promise<Reminder | undefined>
  /** Marks who gets the reminder, each once, and says who that is. */
  markReminded(reminder: Reminder, contractIds: readonly string[]): Promise<readonly string[]>
  /** How far the reminder has come, and when the next portion is due; done without one. */
  advanceReminder(
    reminder: Reminder,
    to: { readonly afterContract: string; readonly queued: number; readonly nowMs: number },
    nextPortionAtMs: number | undefined,
  ): Promise<void>

  /** The running campaigns whose last day has passed. */
  pastLastDay(today: string): Promise<readonly Campaign[]>
  /**
   * Holds the next customer who still uses the type, after the given contract, whom no other
   * process holds; none if the campaign does not run any more.
   */
  holdUser(campaign: Campaign, after: string): Promise<string | undefined>
  markExpired(campaign: Campaign, contractId: string, nowMs: number): Promise<void>
  /** Ends a campaign without users left. False: some are, or it does not run. */
  endIfUnused(campaign: Campaign, nowMs: number): Promise<boolean>
}
