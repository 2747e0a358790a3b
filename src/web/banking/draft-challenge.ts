import { cellsOf, challengeFor } from '../../bank/confirmation.ts'
import type { Contract } from '../../bank/contract.ts'
import type { Draft } from '../../bank/draft.ts'
import type { Challenge } from '../parts/confirmation.tsx'
import { challengeShown } from './confirmation.ts'
import type { Visit } from './visit.tsx'

export interface DraftChallenge {
  readonly contract: Contract
  readonly challenge: Challenge
  /** The cells of the customer's card, in the demonstration only, where nobody has one of paper. */
  readonly demoCells: readonly string[] | undefined
}

/** What the customer of a draft is asked by the own confirmation method. */
export function challengeOfDraft(visit: Visit, draft: Draft): Promise<DraftChallenge> {
  const { ports, demo } = visit.site
  return ports.store.transaction(async (tx) => {
    const contract = await tx.contracts.lock(draft.bankCode, draft.contractId)
    if (contract === undefined) throw new Error('the contract of a draft has vanished')
    const challenge = challengeShown(await challengeFor(ports, tx, contract))
    const hasCard = contract.method !== 'confirmation-password'
    const demoCells = demo && hasCard ? await cellsOf(ports, tx, contract) : undefined
    return { contract, challenge, demoCells }
  })
}
