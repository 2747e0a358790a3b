import type { Contract } from './contract.ts'
import type { Draft } from './draft.ts'
import { holdCustomer } from './office/held-customer.ts'
import type { Browser, Tx } from './ports.ts'
import type { Token } from './token.ts'

/** What an act of a customer holds while answers are judged. */
export interface Held {
  readonly draft: Draft | undefined
  readonly contract: Contract | undefined
  /** The contract's token. */
  readonly token: Token | undefined
}

export interface HeldBy {
  readonly browser: Browser
  readonly procedure: string
  readonly draftId: string | undefined
  readonly bankCode: string
  readonly contractId: string
}

/**
 * Locks the draft, the contract and its token, in this order in every act: a double click waits for
 * the first, attempts on one contract or token are judged one after another, and none wait in a
 * circle. What is asked of a transaction is done in the order in which it was asked.
 */
export async function hold(tx: Tx, by: HeldBy): Promise<Held> {
  const [draft, held] = await Promise.all([
    tx.drafts.lock(by.browser, by.procedure, by.draftId),
    holdCustomer(tx, by.bankCode, by.contractId),
  ])
  return { draft, ...held }
}

/** As `hold`, and locks the token that is to succeed, too. */
export async function holdWithSuccessor(
  tx: Tx,
  by: HeldBy,
  serial: string | undefined,
): Promise<Held & HeldTokens> {
  const [draft, tokens] = await Promise.all([
    tx.drafts.lock(by.browser, by.procedure, by.draftId),
    holdTokens(tx, by, serial),
  ])
  return { draft, ...tokens }
}

export interface HeldTokens extends Omit<Held, 'draft'> {
  /** The token with the typed serial. */
  readonly successor: Token | undefined
}

/**
 * Locks the contract, its token and the one with the serial. Of two tokens the lower serial comes
 * first, here as in the store's own statements: phones that are exchanged crosswise, or verified
 * meanwhile, do not wait in a circle.
 */
export async function holdTokens(
  tx: Tx,
  of: { readonly bankCode: string; readonly contractId: string },
  serial: string | undefined,
): Promise<HeldTokens> {
  const contract = await tx.contracts.lock(of.bankCode, of.contractId)
  const lockSuccessor = async () =>
    serial === undefined ? undefined : tx.tokens.lockBySerial(of.bankCode, serial)
  const lower = serial !== undefined && contract?.token && serial < contract.token.serial
  const first = lower ? await lockSuccessor() : undefined
  const token = contract?.token && (await tx.tokens.lock(contract.token))
  return { contract, token, successor: lower ? first : await lockSuccessor() }
}
