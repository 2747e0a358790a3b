import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Refusal } from '../bank/refusal.ts'

/** The status of a page that tells a refusal. Its words are in `words/`. */
export const REFUSAL_STATUS = {
  'wrong-credentials': 422,
  'wrong-code': 422,
  'code-already-used': 422,
  'wrong-confirmation': 422,
  'locked-password': 423,
  'locked-code': 423,
  'locked-confirmation': 423,
  frozen: 422,
  'token-suspended': 422,
  'serial-unknown': 422,
  'serial-not-yours': 422,
  'serial-in-use': 422,
  'type-closed': 422,
  'same-serial': 422,
  'no-token': 422,
  'has-token': 422,
  'limit-exceeded': 422,
  'insufficient-funds': 422,
  'unknown-payee': 422,
  'unknown-bill': 422,
  'already-paid': 422,
  'draft-expired': 422,
  'out-of-order': 422,
  'already-exists': 409,
  'invalid-input': 422,
  'too-many-requests': 429,
  unavailable: 503,
} as const satisfies Record<Refusal, ContentfulStatusCode>
