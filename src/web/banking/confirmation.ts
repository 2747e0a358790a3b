import { type Answers, FIELD_PREFIX, imageChoices } from '../../bank/confirmation.ts'
import type { Challenge as Asked } from '../../bank/contract.ts'
import type { Refused } from '../../bank/refusal.ts'
import type { SubmittedForm } from '../form.ts'
import type { Challenge } from '../parts/confirmation.tsx'
import { fieldError, type Visit } from './visit.tsx'

/** More fields than any method asks. */
const MOST_FIELDS = 8

const FIELD_NAMES = Object.values(FIELD_PREFIX).flatMap((prefix) =>
  Array.from({ length: MOST_FIELDS }, (_, place) => `${prefix}${place + 1}`),
)

/** The answers of whatever method the form has; the procedure takes only the customer's own. */
export function answersOf(form: SubmittedForm): Answers {
  return Object.fromEntries(FIELD_NAMES.map((name) => [name, form.text(name)]))
}

/** What is asked, with what the page needs to show it. */
export function challengeShown({ kind, positions }: Asked): Challenge {
  return kind === 'image-card' ? { kind, positions, choices: imageChoices() } : { kind, positions }
}

export function confirmationErrors(visit: Visit, refusal: Refused | undefined) {
  return Object.fromEntries(FIELD_NAMES.map((name) => [name, fieldError(visit, refusal, name)]))
}
