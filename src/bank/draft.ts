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
  readonly openedAtMs: number
  readonly expiresAtMs: number
}

type NewDraft = Omit<Draft, 'result'>

export interface Drafts {
  open(draft: NewDraft): Promise<Draft>
  /** The draft of that browser, or its newest one of the procedure when no ID is given. */
  find(browser: Browser, procedure: string, id?: string): Promise<Draft | undefined>
  /**
   * As `find`, and holds it until the transaction ends: a double click waits here for the first.
   */
  lock(browser: Browser, procedure: string, id?: string): Promise<Draft | undefined>
  /**
   * Lets unexpired drafts of the browser live so long from now, but never longer than `longestMs`
   * in all; never shorter than they would. Returns them.
   */
  putOff(
    browser: Browser,
    limits: { readonly nowMs: number; readonly lifeMs: number; readonly longestMs: number },
    id?: string,
  ): Promise<readonly Draft[]>
  advance(draft: Draft, step: string, facts: object): Promise<void>
  finish(draft: Draft, result: object): Promise<void>
  /**
   * Ends what the contract has begun in all other browsers and not finished. A freeze may go on: it
   * can only protect.
   */
  endOthers(contract: Contract, browser: Browser): Promise<void>
  /**
   * As `endOthers`, in every browser. A draft that an act holds at the moment is passed over: that
   * act is judged under the contract's lock afterwards.
   */
  endAll(contract: Contract): Promise<void>
}

/** Half an hour: long enough to find the card, short enough that a left screen is worth nothing. */
const DRAFT_LIFE_MS = 30 * 60 * 1000
/** However often the customer asks for more time. */
const DRAFT_LONGEST_MS = 60 * 60 * 1000

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
  const nowMs = ports.clock.now()
  return tx.drafts.open({
    id: ports.random.id(),
    browser: draft.browser,
    bankCode,
    contractId,
    procedure: draft.procedure,
    step: draft.step,
    facts: draft.facts ?? {},
    openedAtMs: nowMs,
    expiresAtMs: nowMs + DRAFT_LIFE_MS,
  })
}

/** The moment beyond which a draft is never put off. */
export const lastMomentOf = (draft: Draft): number => draft.openedAtMs + DRAFT_LONGEST_MS

/**
 * Puts off the end of a draft, or of all that the browser has open, and returns them; one that has
 * expired stays so.
 */
export async function putOffDrafts(
  ports: Pick<Ports, 'clock' | 'store'>,
  browser: Browser,
  draftId?: string,
): Promise<readonly Draft[]> {
  const nowMs = ports.clock.now()
  const limits = { nowMs, lifeMs: DRAFT_LIFE_MS, longestMs: DRAFT_LONGEST_MS }
  return ports.store.tables.drafts.putOff(browser, limits, draftId)
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
