/** 集計: what is counted of the events, and how it is read. Counted in the background, see the store. */
import type { Actor, BankEvent } from '../event.ts'
import type { RecordedEvent } from '../event-reading.ts'
import { isStaffRefusal } from '../refusal.ts'

/**
 * The acts whose number a day is followed, by the kinds of their events. A loss is what a person
 * has reported, to a clerk or another channel: other contracts of a shared phone have a kind of
 * their own.
 */
export const FOLLOWED_ACTS = {
  start: ['otp-start'],
  exchange: ['otp-exchange'],
  stop: ['otp-stop'],
  loss: ['loss-report', 'token-suspend'],
} as const satisfies Record<string, readonly string[]>

export type FollowedAct = keyof typeof FOLLOWED_ACTS

/** What customers do, on pages and through other channels, with a code that is accepted. */
export const CODE_KINDS = [
  'verification',
  'login',
  'otp-start',
  'otp-exchange',
  'otp-stop',
  'otp-resync',
  'otp-at-login',
  'mail-change',
  'password-change',
  'limit-change',
  'transfer',
  'reservation-cancel',
  'bill-payment',
] as const

/** Customers who cannot go on without the bank, by what holds them. */
export const LOCK_MEASURES = [
  'locked-password',
  'locked-confirmation',
  'locked-code',
  'suspended',
  'frozen',
] as const

/** How many customers have no token, and `token-GM` … have one of that type. */
export const TOKEN_MEASURE = 'token-'
export const NO_TOKEN_MEASURE = 'no-token'

export interface EventCount {
  /** A Japanese day `YYYY-MM-DD`, or the first moment of an hour. */
  readonly at: string
  readonly kind: string
  readonly outcome: BankEvent['outcome']
  /** `unknown`: counted before it was asked who acted. */
  readonly actorKind: Actor['kind'] | 'unknown'
  readonly events: number
}

export interface Standing {
  readonly day: string
  /** Customers by measure: types of token, none, and what holds them. */
  readonly customers: Readonly<Record<string, number>>
}

/** From the first day to the last, both included. */
export interface Period {
  readonly from: string
  readonly to: string
}

export interface Figures {
  /** By day, in order. */
  byDay(bankCode: string, period: Period): Promise<readonly EventCount[]>
  /** By hour of one day, in order; kept for a few days. */
  byHour(bankCode: string, day: string): Promise<readonly EventCount[]>
  /** Codes accepted by minute, from a moment on; minutes without are left out. */
  codesByMinute(
    bankCode: string,
    fromMs: number,
  ): Promise<readonly { readonly atMs: number; readonly codes: number }[]>
  /** The newest standing of the customers. */
  standing(bankCode: string): Promise<Standing | undefined>
  /** The standing of each day. */
  standings(bankCode: string, period: Period): Promise<readonly Standing[]>
  /** Until when the events are counted: now, if none waits for it. */
  countedAtMs(bankCode: string, nowMs: number): Promise<number | undefined>
  /** Where the events of a period stand, of those that are counted; none if there are none. */
  range(bankCode: string, period: Period): Promise<SeqRange | undefined>
  /** The events of a period in order, so many after the given one, within the range. */
  events(
    bankCode: string,
    period: Period,
    within: SeqRange,
    most: number,
  ): Promise<readonly RecordedEvent[]>
}

/** Numbers of events after the one and up to the other. */
export interface SeqRange {
  readonly after: number
  readonly upTo: number
}

/** How often each act that is followed was done. */
export function followedIn(counts: readonly EventCount[]): Record<FollowedAct, number> {
  const sum = (kinds: readonly string[]) =>
    counts
      .filter(({ kind, outcome }) => outcome === 'done' && kinds.includes(kind))
      .reduce((total, { events }) => total + events, 0)
  return {
    start: sum(FOLLOWED_ACTS.start),
    exchange: sum(FOLLOWED_ACTS.exchange),
    stop: sum(FOLLOWED_ACTS.stop),
    loss: sum(FOLLOWED_ACTS.loss),
  }
}

/** What customers and channels were refused, by reason, the most frequent first. */
export function refusalsIn(counts: readonly EventCount[]): [reason: string, events: number][] {
  const byReason = new Map<string, number>()
  for (const { kind, outcome, actorKind, events } of counts) {
    const toCustomer = actorKind !== 'staff' && (actorKind !== 'system' || kind === OWN_RUN)
    if (outcome === 'done' || isStaffRefusal(outcome) || !toCustomer) continue
    byReason.set(outcome, (byReason.get(outcome) ?? 0) + events)
  }
  return [...byReason].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
}

/** What the system does for a customer, and tells the customer when it is refused. */
const OWN_RUN = 'reservation-run'
