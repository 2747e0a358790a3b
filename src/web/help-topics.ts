import type { Refusal } from '../bank/refusal.ts'

/** The troubles that the help page explains; each name is its anchor there. */
export const HELP_TOPICS = [
  'old-phone',
  'app-deleted',
  'token-silent',
  'code-refused',
  'clock',
  'card-lost',
  'locked',
  'phishing',
  'limit',
  'unclear',
] as const
export type HelpTopic = (typeof HELP_TOPICS)[number]

/** Refusals whose reason needs more than two sentences. */
const EXPLAINED = {
  'wrong-credentials': 'locked',
  'wrong-code': 'code-refused',
  'code-already-used': 'code-refused',
  'wrong-confirmation': 'card-lost',
  'locked-password': 'locked',
  'locked-code': 'locked',
  'locked-confirmation': 'locked',
  'token-suspended': 'token-silent',
  'serial-unknown': 'app-deleted',
  'serial-in-use': 'phishing',
  'has-token': 'old-phone',
  'limit-exceeded': 'limit',
  'already-paid': 'unclear',
  'draft-expired': 'unclear',
  'out-of-order': 'unclear',
  unavailable: 'unclear',
} as const satisfies Partial<Record<Refusal, HelpTopic>>

export function helpTopicOf(refusal: Refusal): HelpTopic | undefined {
  return (EXPLAINED as Partial<Record<Refusal, HelpTopic>>)[refusal]
}
