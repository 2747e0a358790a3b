import { attempt, eventOf, type Request } from '../attempt.ts'
import type { BankProfile } from '../contract.ts'
import { type BankTerms, USUAL_TERMS, withTerms } from '../office/bank-terms.ts'
import { STANDARD_TOKEN_TYPES } from '../office/standard-token-types.ts'
import type { Ports } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const PROCEDURE = 'bank-opening'

/** A bank has to be reachable from its first day on. */
export type BankOpeningForm = BankTerms &
  Required<Pick<BankTerms, 'name' | 'department' | 'phone' | 'hours'>>

/**
 * Takes a bank into the centre: its terms, the standard types of token, and the internal accounts
 * of the embedded core bank. Every process serves it within five seconds.
 *
 * Refusals: `invalid-input` (`bankCode` when the directory of banks does not know it, or the term),
 * `already-exists`.
 */
export async function openBank(
  ports: Ports,
  request: Omit<Request, 'bank'>,
  bankCode: string,
  form: BankOpeningForm,
): Promise<Outcome<BankProfile>> {
  // 1. The code is a bank's, and the form is whole.
  if (ports.directory.bank(bankCode) === undefined) return refused('invalid-input', 'bankCode')
  const { name, department, phone, hours } = form
  const blank = { bankCode, name, contact: { department, phone, hours }, ...USUAL_TERMS }
  const formed = withTerms(blank, form)
  if (!formed.ok) return formed
  const bank = formed.value
  const by: Request = { ...request, bank }
  const attempted = { procedure: PROCEDURE }
  return attempt(
    ports,
    by,
    attempted,
    async () => undefined,
    async (tx) => {
      // 2. The centre does not serve it yet.
      if (!(await tx.administration.addBank(bank))) return refused('already-exists', 'bankCode')
      // 3. One commit: the bank, its types of token, its books.
      for (const type of STANDARD_TOKEN_TYPES) {
        await tx.administration.putTokenType(bankCode, type)
      }
      await tx.core.openBooks(bank)
      await tx.journal.append(eventOf(ports, by, attempted, 'done', { detail: { name } }))
      return done(bank)
    },
  )
}
