/**
 * ハードウェアトークン on the bank's side: the paper application, the parcel, and the tables of both. Where a
 * token itself stands is its state (`token.ts`).
 */

import type { Token } from '../token.ts'
import type { Batteries } from './hardware-batteries.ts'
import type { HardwareStock } from './hardware-stock.ts'
import type { TokenShape } from './stock.ts'

export const APPLICATION_STATES = [
  'received',
  'assigned',
  'shipped',
  'missing',
  'withdrawn',
] as const

export type ApplicationState = (typeof APPLICATION_STATES)[number]

/**
 * From each state the states that may follow. `shipped` is the end when all goes well. A parcel
 * that is lost or comes back leads to `received` again: the customer still waits for a token.
 */
export const APPLICATION_MOVES = {
  received: ['assigned', 'withdrawn'],
  assigned: ['shipped', 'received'],
  shipped: ['missing', 'received'],
  missing: ['received'],
  withdrawn: [],
} as const satisfies Record<ApplicationState, readonly ApplicationState[]>

/** 申込: who is to get a hardware token, and how far that has come. */
export interface Application {
  readonly bankCode: string
  /** The receipt number under which it was recorded. */
  readonly applicationNo: string
  readonly contractId: string
  /** On paper with a seal, or by the bank for a token whose battery ends. */
  readonly purpose: 'paper' | 'battery'
  /** The date on the paper, `YYYY-MM-DD`. */
  readonly appliedOn: string
  /** The shape that the customer wished, if any. */
  readonly shape?: TokenShape
  readonly feeYen: number
  /** Why no fee was taken. */
  readonly waiver?: string
  /** The serial of the token that this one is to replace. */
  readonly replaces?: string
  readonly recordedBy: string
  readonly recordedAtMs: number
  readonly state: ApplicationState
  /** The token that is meant for the customer, from the assignment on. */
  readonly serial?: string
  /** 簡易書留: the number of the parcel, digits only. */
  readonly parcelNo?: string
  readonly shippedAtMs?: number
}

export type NewApplication = Omit<Application, 'state' | 'serial' | 'parcelNo' | 'shippedAtMs'>

/** As lists show it: with the customer's name, and where the token stands. */
export interface ListedApplication extends Application {
  readonly customerName: string
  readonly tokenState?: Token['state']
}

/** Where an application moves to, with what belongs to that state. */
export type ApplicationMove =
  | { readonly to: 'received' | 'missing' | 'withdrawn' }
  | { readonly to: 'assigned'; readonly serial: string }
  | { readonly to: 'shipped'; readonly parcelNo: string }

export interface Applications {
  /** False when the contract has an open one. */
  insert(application: NewApplication): Promise<boolean>
  find(bankCode: string, applicationNo: string): Promise<Application | undefined>
  /** As `find`, and holds the row until the transaction ends. */
  lock(bankCode: string, applicationNo: string): Promise<Application | undefined>
  /** The application for which the serial was assigned. */
  ofSerial(bankCode: string, serial: string): Promise<Application | undefined>
  /**
   * Moves it on from the state in which it was read: false if it has left that state meanwhile. A
   * move that `APPLICATION_MOVES` does not have is a bug.
   */
  move(application: Application, move: ApplicationMove, nowMs: number): Promise<boolean>
  /** Whether another parcel got this number since. */
  hasParcel(bankCode: string, parcelNo: string, sinceMs: number): Promise<boolean>
  /** Those in that state, oldest first. */
  inState(
    bankCode: string,
    state: ApplicationState,
    most: number,
  ): Promise<readonly ListedApplication[]>
  /** What was sent in that time, in order of the parcels. */
  shippedBetween(
    bankCode: string,
    fromMs: number,
    untilMs: number,
  ): Promise<readonly ListedApplication[]>
  /** Those of one customer, newest first. */
  ofContract(bankCode: string, contractId: string): Promise<readonly ListedApplication[]>
}

/** What a bank takes for a token, and how long it reckons with a battery. */
export interface HardwareTerms {
  readonly feeYen: number
  readonly batteryMonths: number
}

/** Of a bank that says nothing else. */
export const USUAL_HARDWARE_TERMS: HardwareTerms = { feeYen: 1_100, batteryMonths: 60 }

export interface HardwareTermsTable {
  find(bankCode: string): Promise<HardwareTerms>
  set(bankCode: string, terms: HardwareTerms): Promise<void>
}

/** All tables about hardware tokens on the bank's side. */
export interface Hardware {
  readonly terms: HardwareTermsTable
  readonly applications: Applications
  readonly stock: HardwareStock
  readonly batteries: Batteries
}
