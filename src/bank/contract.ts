import type { NoticeTemplate } from './office/notice-template.ts'

/** How a customer without a one-time password confirms an act. Each customer has exactly one. */
export type ConfirmationMethod = 'confirmation-password' | 'customer-card' | 'image-card'

/** What the customer has to show: some positions of the own password or card, counted from 1. */
export interface Challenge {
  readonly kind: ConfirmationMethod
  readonly positions: readonly number[]
}

export type Freezer = 'customer' | 'bank'

export interface Contract {
  readonly bankCode: string
  readonly contractId: string
  readonly name: string
  readonly mail: string
  /** With its hyphens, as the customer gave it. */
  readonly phone?: string
  /** None before the enrolment. */
  readonly loginPasswordHash?: string
  /** Of the enrolment password on paper; the enrolment uses it up. */
  readonly enrolment?: { readonly hash: string; readonly expiresAtMs: number }
  readonly method: ConfirmationMethod
  readonly otpAtLogin: boolean
  /** The one active token. That there is at most one is the shape of the row, not a check. */
  readonly token?: { readonly issuer: string; readonly serial: string }
  readonly frozen: boolean
  /** Who stopped all acts; stopped by the bank, nobody logs in either. */
  readonly frozenBy?: Freezer
  readonly frozenAtMs?: number
  /** The daily limit of the customer's own choice in yen, within the bank's. */
  readonly dailyLimitYen?: number
  /** A raised limit, and the moment from which it takes the place of `dailyLimitYen`. */
  readonly nextLimit?: { readonly yen: number; readonly fromMs: number }
  /** Until then the low limit applies: 0:00 of the day after a start or an exchange. */
  readonly lowLimitUntilMs?: number
  /** The last start or exchange. */
  readonly tokenChangedAtMs?: number
  readonly confirmationFailures: number
  readonly challenge?: readonly number[]
  readonly lastLoginAtMs?: number
}

/** A bank of the shared centre: what its pages and procedures need to know of it. */
export interface BankProfile {
  readonly bankCode: string
  readonly name: string
  readonly contact: Contact
  /** How it calls itself on English pages. */
  readonly english?: {
    readonly name: string
    readonly department: string
    readonly hours: string
  }
  readonly thresholds: Thresholds
  readonly limits: { readonly withCodeYen: number; readonly withoutCodeYen: number }
  readonly fees: FeeTable
  /** The bank's own words in its notices, where it has written some. */
  readonly noticeTemplate?: NoticeTemplate
}

/** Whom customers call. */
export interface Contact {
  readonly department: string
  readonly phone: string
  readonly hours: string
  /** Answered at all hours, for a loss or what looks like fraud. */
  readonly emergencyPhone?: string
}

/** After so many consecutive wrong answers a counter locks; the last is over the life of a seed. */
export interface Thresholds {
  readonly password: number
  readonly confirmation: number
  readonly code: number
  readonly seedGuesses: number
}

export interface FeeTable {
  readonly sameBankYen: number
  readonly otherBankYen: number
  /** The fee to another bank from `largeFromYen` upwards. */
  readonly otherBankLargeYen: number
  readonly largeFromYen: number
}
