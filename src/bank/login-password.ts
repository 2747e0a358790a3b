import { done, type Outcome, refused } from './refusal.ts'

/**
 * Reads a login password that the customer chooses, typed twice: 6 to 12 half-width letters and
 * digits, at least one of each, and not the contract ID. It is taken as typed, since that is how
 * it is compared.
 *
 * Refusals: `invalid-input` at `field` or, when the two differ, at `<field>Again`.
 */
export function readNewPassword(
  contractId: string,
  field: 'loginPassword' | 'newPassword',
  typed: string,
  again: string,
): Outcome<string> {
  const allowed =
    /^[0-9A-Za-z]{6,12}$/.test(typed) &&
    /[0-9]/.test(typed) &&
    /[A-Za-z]/.test(typed) &&
    typed.toLowerCase() !== contractId.toLowerCase()
  if (!allowed) return refused('invalid-input', field)
  return typed === again ? done(typed) : refused('invalid-input', `${field}Again`)
}
