import { attempt, eventOf, type Request } from '../attempt.ts'
import { cellsOf } from '../confirmation.ts'
import type { Contract } from '../contract.ts'
import { drawEnrolmentPassword, ENROLMENT_LIFE_MS } from '../office/first-secrets.ts'
import type { Letter, Ports, Tx } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const PROCEDURE = 'letter-print'

/** What is printed, for the one moment in which it can be. */
export type PrintedLetter = {
  readonly contract: Contract
  readonly printedAtMs: number
} & (
  | { readonly kind: 'confirmation'; readonly cells: readonly string[] }
  | {
      readonly kind: 'enrolment'
      readonly enrolmentPassword: string
      readonly expiresAtMs: number
    }
)

/**
 * 封書の印刷: shows the new card or password once, for the sealed letter, to a third person: neither who
 * prepared the reissue nor who approved it. A letter that went wrong in the printer is gone: the
 * reissue is prepared anew.
 *
 * Refusals: `out-of-order` (no such letter), `not-permitted` (to those two), `wrong-state` (printed
 * already, or void).
 */
export async function printLetter(
  ports: Ports,
  request: Request,
  letterId: string,
): Promise<Outcome<PrintedLetter>> {
  const { bankCode } = request.bank
  const found = await ports.store.tables.letters.find(bankCode, letterId)
  if (found === undefined) return refused('out-of-order')
  const { contractId, kind } = found
  const made = await makeEnrolment(ports, kind)
  const attempted = { procedure: PROCEDURE, contractId }
  return attempt<Held, PrintedLetter>(
    ports,
    request,
    attempted,
    async (tx) => ({
      contract: await tx.contracts.lock(bankCode, contractId),
      letter: await tx.letters.lock(bankCode, letterId),
    }),
    async (tx, { contract, letter }) => {
      // 1. This is a third person.
      if (letter === undefined || contract === undefined) return refused('out-of-order')
      const { preparedBy, approvedBy } = letter
      if ([preparedBy, approvedBy].includes(request.actor.id)) return refused('not-permitted')
      // 2. It waits: one conditional write.
      const printedAtMs = ports.clock.now()
      if (!(await tx.letters.print(letter, request.actor.id, printedAtMs))) {
        return refused('wrong-state')
      }
      // 3. What is in it: the card as it is kept, or a password that was never kept.
      const content = await contentOf(ports, tx, contract, made)
      if (!content.ok) return content
      // 4. The event; the customer gets the letter itself.
      const detail = { letter: kind }
      await tx.journal.append(eventOf(ports, request, attempted, 'done', { detail }))
      return done({ contract, printedAtMs, ...content.value })
    },
  )
}

interface Held {
  readonly letter: Letter | undefined
  readonly contract: Contract | undefined
}

interface Enrolment {
  readonly password: string
  readonly hash: string
  readonly expiresAtMs: number
}

/** Hashed before anything is held. */
async function makeEnrolment(ports: Ports, kind: Letter['kind']): Promise<Enrolment | undefined> {
  if (kind !== 'enrolment') return undefined
  const password = drawEnrolmentPassword(ports.random)
  const hash = await ports.passwords.hash(password)
  return { password, hash, expiresAtMs: ports.clock.now() + ENROLMENT_LIFE_MS }
}

async function contentOf(ports: Ports, tx: Tx, contract: Contract, made: Enrolment | undefined) {
  if (made === undefined) {
    return done({ kind: 'confirmation', cells: await cellsOf(ports, tx, contract) } as const)
  }
  const { password: enrolmentPassword, hash, expiresAtMs } = made
  // A customer who has a login password again needs no letter.
  if (!(await tx.contracts.setEnrolment(contract, hash, expiresAtMs))) return refused('wrong-state')
  return done({ kind: 'enrolment', enrolmentPassword, expiresAtMs } as const)
}
