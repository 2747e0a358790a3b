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

export type HelpTopics = readonly [HelpTopic, ...HelpTopic[]]

/** What explains refusals at one page, where it is not what explains them elsewhere. */
export type HelpHere = Readonly<Partial<Record<Refusal, HelpTopics>>>

/** Refusals whose reason needs more than two sentences; the likeliest trouble first. */
const EXPLAINED: HelpHere = {
  'wrong-credentials': ['locked'],
  'wrong-code': ['code-refused'],
  // Who was made to type a code on a false page meets this one with the same code on the real one.
  'code-already-used': ['code-refused', 'phishing'],
  'wrong-confirmation': ['card-lost'],
  'locked-password': ['locked'],
  'locked-code': ['locked'],
  'locked-confirmation': ['locked'],
  'token-suspended': ['token-silent'],
  'serial-unknown': ['app-deleted'],
  'serial-in-use': ['phishing'],
  'has-token': ['old-phone'],
  'limit-exceeded': ['limit'],
  'already-paid': ['unclear'],
  'draft-expired': ['unclear'],
  'out-of-order': ['unclear'],
  unavailable: ['unclear'],
}

export const helpTopicsOf = (refusal: Refusal, here: HelpHere = {}): readonly HelpTopic[] =>
  here[refusal] ?? EXPLAINED[refusal] ?? []
