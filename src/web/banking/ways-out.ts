import type { Refusal } from '../../bank/refusal.ts'
import type { Visit } from './visit.tsx'

/** Where the way out of a refusal begins, if on another page of ours. Its words are in `words/`. */
const WAYS_OUT: Readonly<Partial<Record<Refusal, (visit: Visit) => string>>> = {
  'serial-unknown': ({ site }) => site.tokenOrigin(),
  'type-closed': ({ site }) => site.tokenOrigin(),
  'no-token': ({ paths }) => paths.otpStart,
  'has-token': ({ paths }) => paths.otpExchange,
  'limit-exceeded': ({ paths }) => paths.settingsLimit,
  'already-paid': ({ paths }) => paths.transfers,
  unavailable: ({ paths }) => paths.transfers,
}

export const wayOutOf = (visit: Visit, refusal: Refusal): string | undefined =>
  WAYS_OUT[refusal]?.(visit)

/** Refusals that would come again, however often the customer began anew. */
const FOR_GOOD: readonly Refusal[] = ['frozen', 'has-token', 'no-token', 'already-paid']

export const isForGood = (refusal: Refusal): boolean => FOR_GOOD.includes(refusal)
