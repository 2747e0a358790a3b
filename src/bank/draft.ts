import type { Contract } from './contract.ts'
import type { Browser, Ports, Tx } from './ports.ts'
import { done, type Outcome, refused } from './refusal.ts'

/**
 * A procedure that a customer is in the middle of, kept by the server. Each has its own identifier,
 * so that a second tab, a reload or the back button never mixes two, and what was reviewed is what
 * is done.
 */
export interface Draft {
  readonly id: string
  readonly browser: Browser
  readonly bankCode: string
  readonly contractId: string
  readonly procedure: string
  /** The step whose page the customer has to answer next. */
  readonly step: string
  readonly facts: unknown
  /** What the result page shows, once the act is done. */
  readonly result?: unknown
  readonly expiresAtMs: number
}

export type NewDraft = Omit<Draft, 'result'>

/** Half an hour: long enough to find the card, short enough that a left screen is worth nothing. */
const DRAFT_LIFE_MS = 30 * 60 * 1000

/** Opens a draft of the contract in that browser, waiting at its first step. */
export function openDraft(
  ports: Pick<Ports, 'clock' | 'random'>,
  tx: Tx,
  draft: {
    readonly browser: Browser
    readonly contract: Contract
    readonly procedure: string
    readonly step: string
    readonly facts?: object
  },
): Promise<Draft> {
  const { bankCode, contractId } = draft.contract
  return tx.drafts.open({
    id: ports.random.id(),
    browser: draft.browser,
    bankCode,
    contractId,
    procedure: draft.procedure,
    step: draft.step,
    facts: draft.facts ?? {},
    expiresAtMs: ports.clock.now() + DRAFT_LIFE_MS,
  })
}

/**
 * The guard of every step after the first: the draft exists for this browser and procedure, has not
 * expired and stands at this step.
 *
 * Refusals: `out-of-order`, `draft-expired`.
 */
export function draftAtStep(draft: Draft | undefined, step: string, nowMs: number): Outcome<Draft> {
  if (draft === undefined) return refused('out-of-order')
  if (draft.result === undefined && nowMs >= draft.expiresAtMs) return refused('draft-expired')
  if (draft.step !== step) return refused('out-of-order')
  return done(draft)
}
