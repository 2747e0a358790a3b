import { attempt, eventOf, type Request } from '../attempt.ts'
import type { BankProfile } from '../contract.ts'
import { type BankTerms, withTerms } from '../office/bank-terms.ts'
import type { Ports } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const PROCEDURE = 'bank-change'

/**
 * Changes the terms of a bank that are named, and no others. Every process goes by them within five
 * seconds; a lowered threshold locks whoever stands above it, a raised one opens him again.
 *
 * Refusals: `invalid-input` (`bankCode` for a bank that the centre does not serve, or the term).
 */
export function changeBank(
  ports: Ports,
  request: Request,
  terms: BankTerms,
): Promise<Outcome<BankProfile>> {
  const attempted = { procedure: PROCEDURE }
  return attempt(
    ports,
    request,
    attempted,
    (tx) => tx.administration.lockBank(request.bank.bankCode),
    async (tx, bank) => {
      // 1. The bank is served here.
      if (bank === undefined) return refused('invalid-input', 'bankCode')
      // 2. The terms are such as a bank can have.
      const changed = withTerms(bank, terms)
      if (!changed.ok) return changed
      // 3. They take effect, and the event tells which.
      await tx.administration.changeBank(changed.value)
      const detail = Object.fromEntries(
        Object.entries(terms).filter(([, value]) => value !== undefined),
      )
      await tx.journal.append(eventOf(ports, request, attempted, 'done', { detail }))
      return done(changed.value)
    },
  )
}
