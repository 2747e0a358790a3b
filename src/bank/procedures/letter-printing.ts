import { attempt, eventOf, type Request } from '../attempt.ts'
import { type Letter, letterOwner, type Paper } from '../letter.ts'
import type { Ports } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const PROCEDURE = 'letter-printing'

export interface PrintedLetter {
  readonly letter: Letter
  readonly paper: Paper
}

/**
 * 親展書面の印刷: shows what a letter says, once, to a person other than who approved it, and forgets
 * it. A letter that was spoilt is made again by another reissue.
 *
 * Refusals: `out-of-order` (no such letter), `own-proposal` (for who approved it), `wrong-state`
 * (printed before).
 */
export function printLetter(
  ports: Ports,
  request: Request,
  id: string,
): Promise<Outcome<PrintedLetter>> {
  const { bankCode } = request.bank
  return attempt<Letter | undefined, PrintedLetter>(
    ports,
    request,
    { procedure: PROCEDURE },
    (tx) => tx.letters.lock(bankCode, id),
    async (tx, letter) => {
      // 1. The letter is there, and this person has not approved it.
      if (letter === undefined) return refused('out-of-order')
      if (letter.approvedBy === request.actor.id) return refused('own-proposal')
      if (letter.sealed === undefined) return refused('wrong-state')
      // 2. It is opened, and forgotten by one conditional write.
      const text = await ports.vault.openSecret(letterOwner(letter), letter.sealed)
      const printed = await tx.letters.print(letter, request.actor.id, ports.clock.now())
      if (!printed) return refused('wrong-state')
      // 3. The event says who has seen it.
      const attempted = { procedure: PROCEDURE, contractId: letter.contractId }
      const detail = { letterId: id, kind: letter.kind }
      await tx.journal.append(eventOf(ports, request, attempted, 'done', { detail }))
      return done({ letter, paper: JSON.parse(text) as Paper })
    },
  )
}
