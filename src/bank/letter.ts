import type { ConfirmationMethod, Contract } from './contract.ts'
import type { Ports, SecretOwner, Tx } from './ports.ts'
import type { SealedSeed } from './token.ts'

/** What goes to a customer in a sealed envelope: a new secret, told nowhere else. */
export type Paper =
  | {
      readonly kind: 'confirmation'
      readonly method: ConfirmationMethod
      /** Position 1 first. */
      readonly cells: readonly string[]
    }
  | {
      readonly kind: 'enrolment'
      readonly enrolmentPassword: string
      readonly expiresAtMs: number
    }

/** A letter that waits to be printed, or the trace of one that was. */
export interface Letter {
  readonly bankCode: string
  readonly id: string
  readonly contractId: string
  readonly kind: Paper['kind']
  readonly madeAtMs: number
  /** Who approved it, and so must not see it. */
  readonly approvedBy: string
  /** Gone once the letter was printed. */
  readonly sealed?: SealedSeed
  readonly printedBy?: string
  readonly printedAtMs?: number
}

export interface Letters {
  insert(letter: Letter & { readonly sealed: SealedSeed }): Promise<void>
  lock(bankCode: string, id: string): Promise<Letter | undefined>
  /** What waits, oldest first, then what was printed lately. */
  list(bankCode: string, most: number): Promise<readonly Letter[]>
  /** Forgets what it says and keeps who printed it: false if it was printed before. */
  print(letter: Letter, by: string, atMs: number): Promise<boolean>
}

/** Keeps what the letter says, sealed, until it is printed. */
export async function keepLetter(
  ports: Ports,
  tx: Tx,
  of: {
    readonly contract: Contract
    readonly paper: Paper
    readonly approvedBy: string
    readonly proposalId: string
  },
): Promise<void> {
  const { bankCode, contractId } = of.contract
  const id = of.proposalId
  const sealed = await ports.vault.sealSecret(
    letterOwner({ bankCode, id }),
    JSON.stringify(of.paper),
  )
  const madeAtMs = ports.clock.now()
  const { approvedBy } = of
  await tx.letters.insert({
    bankCode,
    id,
    contractId,
    kind: of.paper.kind,
    madeAtMs,
    approvedBy,
    sealed,
  })
}

/** To whom the box of a letter is bound: no contract has such an ID. */
export const letterOwner = ({
  bankCode,
  id,
}: {
  readonly bankCode: string
  readonly id: string
}): SecretOwner => ({ bankCode, contractId: `letter:${id}` })
