import { foldTyped } from '../oath/typed-text.ts'
import { CARD_IMAGES } from './card-images.ts'
import type { BankProfile, Challenge, ConfirmationMethod, Contract } from './contract.ts'
import type { Ports, Tx } from './ports.ts'
import { done, type Outcome, refused } from './refusal.ts'

/** How many positions each method asks. The confirmation password has as many as it has digits. */
const ASKED = { 'confirmation-password': 3, 'customer-card': 4, 'image-card': 2 } as const

/** The name of the form's fields: `confirm1`, `card1`, `image1`, … */
export const FIELD_PREFIX = {
  'confirmation-password': 'confirm',
  'customer-card': 'card',
  'image-card': 'image',
} as const satisfies Record<ConfirmationMethod, string>

/** The answers of a form by field name, as they were typed. */
export type Answers = Readonly<Record<string, string | undefined>>

/**
 * What this customer is asked. The same challenge is kept until it is answered right: a thief who
 * knows some positions cannot ask until those come up.
 */
export async function challengeFor(ports: Ports, tx: Tx, contract: Contract): Promise<Challenge> {
  if (contract.challenge !== undefined) {
    return { kind: contract.method, positions: contract.challenge }
  }
  const positions = draw(ports, ASKED[contract.method], await positionsOf(ports, tx, contract))
  await tx.contracts.setChallenge(contract, positions)
  return { kind: contract.method, positions }
}

/**
 * Checks the answers to the kept challenge. Right answers end the challenge and reset the counter;
 * both take effect only with the act. The contract is locked by the caller.
 *
 * Refusals: `locked-confirmation`, `invalid-input` (a field is empty), `wrong-confirmation`
 * (counts).
 */
export async function confirm(
  ports: Ports,
  tx: Tx,
  bank: BankProfile,
  contract: Contract,
  answers: Answers,
): Promise<Outcome<true>> {
  const prefix = FIELD_PREFIX[contract.method]
  const first = `${prefix}1`
  if (contract.confirmationFailures >= bank.thresholds.confirmation) {
    return refused('locked-confirmation', first)
  }
  if (contract.challenge === undefined) return refused('out-of-order')
  const typed = contract.challenge.map((_, place) => fold(answers[`${prefix}${place + 1}`]))
  const empty = typed.indexOf('')
  if (empty >= 0) return refused('invalid-input', `${prefix}${empty + 1}`)
  const cells = await cellsOf(ports, tx, contract)
  const right = contract.challenge.map((position) => cells[position - 1] ?? '')
  if (!sameTexts(typed, right)) {
    return {
      ...refused('wrong-confirmation', first),
      counts: { counter: 'confirmation', contract },
    }
  }
  await tx.contracts.setChallenge(contract, null)
  await tx.contracts.resetConfirmationFailures(contract)
  return done(true)
}

/**
 * The secret of a contract as cells: the digits of the password, or what is printed on the card.
 */
export async function cellsOf(
  ports: Pick<Ports, 'vault'>,
  tx: Tx,
  contract: Contract,
): Promise<readonly string[]> {
  const text = await ports.vault.openSecret(contract, await tx.contracts.secret(contract))
  return contract.method === 'confirmation-password' ? [...text] : JSON.parse(text)
}

/**
 * The images from which the customer picks: always all, so that the choice itself tells nothing.
 */
export const imageChoices = (): readonly string[] => CARD_IMAGES

async function positionsOf(ports: Ports, tx: Tx, contract: Contract): Promise<number> {
  return (await cellsOf(ports, tx, contract)).length
}

/** Distinct positions from 1 to `of`, ascending. */
function draw(ports: Ports, count: number, of: number): number[] {
  const positions = Array.from({ length: of }, (_, place) => place + 1)
  const drawn: number[] = []
  while (drawn.length < count && positions.length > 0) {
    drawn.push(...positions.splice(ports.random.below(positions.length), 1))
  }
  return drawn.sort((one, other) => one - other)
}

const fold = (typed: string | undefined): string => (foldTyped(typed ?? '') ?? '').slice(0, 32)

/** Compares without stopping at the first difference; the lengths are no secret. */
function sameTexts(typed: readonly string[], right: readonly string[]): boolean {
  const one = JSON.stringify(typed)
  const other = JSON.stringify(right)
  if (one.length !== other.length) return false
  let difference = 0
  for (let place = 0; place < one.length; place += 1) {
    difference |= one.charCodeAt(place) ^ other.charCodeAt(place)
  }
  return difference === 0
}
