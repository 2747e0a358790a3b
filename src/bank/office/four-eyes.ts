import type { ReceiptFacts } from '../act.ts'
import { attempt, eventOf, type Request } from '../attempt.ts'
import type { NewProposal, Ports, Proposal, Tx } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

/*
 * 四つの目: what a clerk prepares with a reason, a supervisor approves or returns. The act itself is
 * done in the transaction of the approval, under the locks and guards of its own procedure.
 */

/** What a proposal is about, as it was prepared. */
export interface Prepared {
  readonly subject: string
  readonly contractId?: string
  readonly facts: Readonly<Record<string, unknown>>
}

/** An act that needs two people, ready to be prepared and approved. */
export interface FourEyesAct {
  /** The act's name: the kind of its events. */
  readonly act: string
  readonly propose: (
    ports: Ports,
    request: Request,
    prepared: Prepared,
    reason: string,
  ) => Promise<Outcome<Proposal>>
  readonly approve: (
    ports: Ports,
    request: Request,
    proposalId: string,
    note: string,
  ) => Promise<Outcome<ReceiptFacts>>
}

/** What a procedure says of such an act: one file each in `procedures/`. */
export interface ActParts<Held> {
  /** The act's name: the kind of its events. */
  readonly act: string
  /** Takes the locks under which it is judged. */
  readonly hold: (ports: Ports, tx: Tx, bankCode: string, prepared: Prepared) => Promise<Held>
  /** Whether it can be done: asked when it is prepared, and again when it is approved. */
  readonly guard: (
    ports: Ports,
    tx: Tx,
    held: Held,
    prepared: Prepared,
    request: Request,
  ) => Promise<Outcome<unknown>>
  /** Does it, with receipt, event and notice. */
  readonly execute: (
    ports: Ports,
    tx: Tx,
    request: Request,
    held: Held,
    proposal: Proposal,
  ) => Promise<Outcome<ReceiptFacts>>
}

/** Makes the act of its parts. */
export function fourEyesAct<Held>(parts: ActParts<Held>): FourEyesAct {
  return {
    act: parts.act,
    propose: (ports, request, prepared, reason) => propose(ports, request, parts, prepared, reason),
    approve: (ports, request, proposalId, note) => approve(ports, request, parts, proposalId, note),
  }
}

/** What is left waits for three days at most; then it has to be prepared anew. */
export const PROPOSAL_LIFE_MS = 3 * 24 * 60 * 60 * 1000

const MOST_REASON_LENGTH = 400

/** The kind of the events of preparing, returning and expiring. The act's own event is the act's. */
const PROPOSAL = 'proposal'

/**
 * 起案: prepares the act with a reason.
 *
 * Refusals: `invalid-input` (at `reason`), those of the act's guard, `already-proposed`.
 */
function propose<Held>(
  ports: Ports,
  request: Request,
  act: ActParts<Held>,
  prepared: Prepared,
  typedReason: string,
): Promise<Outcome<Proposal>> {
  const { bankCode } = request.bank
  const reason = typedReason.trim()
  const attempted = attemptedOf(PROPOSAL, prepared)
  return attempt<Held, Proposal>(
    ports,
    request,
    attempted,
    (tx) => act.hold(ports, tx, bankCode, prepared),
    async (tx, held) => {
      // 1. There is a reason, and the act is possible.
      if (reason === '' || reason.length > MOST_REASON_LENGTH) {
        return refused('invalid-input', 'reason')
      }
      const possible = await act.guard(ports, tx, held, prepared, request)
      if (!possible.ok) return possible
      // 2. It waits once.
      const nowMs = ports.clock.now()
      const proposal = {
        id: ports.random.id(),
        bankCode,
        act: act.act,
        ...prepared,
        reason,
        preparedBy: request.actor.id,
        preparedAtMs: nowMs,
        expiresAtMs: nowMs + PROPOSAL_LIFE_MS,
      }
      if (!(await putInLine(ports, tx, request, proposal))) return refused('already-proposed')
      // 3. The event of having prepared it.
      const detail = { proposalId: proposal.id, act: act.act, step: 'prepared' }
      await tx.journal.append(eventOf(ports, request, attempted, 'done', { detail }))
      return done({ ...proposal, state: 'waiting' as const })
    },
  )
}

/** Once; what was left too long is ended first, should the timer not have come to it yet. */
async function putInLine(
  ports: Ports,
  tx: Tx,
  { requestId }: Request,
  proposal: NewProposal,
): Promise<boolean> {
  if (await tx.proposals.insert(proposal)) return true
  return (await endLeft(ports, tx, requestId)) > 0 && tx.proposals.insert(proposal)
}

/**
 * 承認: does what was prepared, exactly as it was prepared.
 *
 * Refusals: `out-of-order` (no such proposal), `own-proposal`, `already-decided`,
 * `proposal-expired`, and those of the act.
 */
async function approve<Held>(
  ports: Ports,
  request: Request,
  act: ActParts<Held>,
  proposalId: string,
  note: string,
): Promise<Outcome<ReceiptFacts>> {
  const { bankCode } = request.bank
  const found = await ports.store.tables.proposals.find(bankCode, proposalId)
  if (found === undefined || found.act !== act.act) return refused('out-of-order')
  const attempted = attemptedOf(act.act, found)
  return attempt<{ proposal: Proposal | undefined; held: Held }, ReceiptFacts>(
    ports,
    request,
    attempted,
    async (tx) => ({
      proposal: await tx.proposals.lock(bankCode, found.id),
      held: await act.hold(ports, tx, bankCode, found),
    }),
    async (tx, { proposal, held }) => {
      // 1. It waits, and this is another person than who prepared it.
      const open = mayDecide(ports, request, proposal)
      if (!open.ok) return open
      // 2. It is still possible.
      const possible = await act.guard(ports, tx, held, open.value, request)
      if (!possible.ok) return possible
      // 3. The act, with its receipt; the decision in the same transaction.
      const executed = await act.execute(ports, tx, request, held, open.value)
      if (!executed.ok) return executed
      const decision = {
        state: 'approved' as const,
        by: request.actor.id,
        atMs: ports.clock.now(),
        receiptNo: executed.value.receiptNo,
        ...(note.trim() && { note: note.trim().slice(0, MOST_REASON_LENGTH) }),
      }
      if (!(await tx.proposals.decide(open.value, decision))) return refused('already-decided')
      return executed
    },
  )
}

/**
 * 差戻し by the supervisor, with a note; or 取下げ by whoever prepared it.
 *
 * Refusals: `out-of-order`, `invalid-input` (at `note`: a returned proposal says why),
 * `own-proposal` (own ones are withdrawn, not returned), `already-decided`, `proposal-expired`.
 */
export async function giveBack(
  ports: Ports,
  request: Request,
  proposalId: string,
  to: { readonly state: 'returned' | 'withdrawn'; readonly note: string },
): Promise<Outcome<Proposal>> {
  const { bankCode } = request.bank
  const found = await ports.store.tables.proposals.find(bankCode, proposalId)
  if (found === undefined) return refused('out-of-order')
  const attempted = attemptedOf(PROPOSAL, found)
  const note = to.note.trim().slice(0, MOST_REASON_LENGTH)
  return attempt<Proposal | undefined, Proposal>(
    ports,
    request,
    attempted,
    (tx) => tx.proposals.lock(bankCode, found.id),
    async (tx, proposal) => {
      // 1. It waits; its author withdraws it, another person returns it and says why.
      const isOwn = proposal?.preparedBy === request.actor.id
      if (to.state === 'withdrawn' && !isOwn) return refused('not-permitted')
      const open = mayDecide(ports, request, proposal, to.state === 'withdrawn')
      if (!open.ok) return open
      if (to.state === 'returned' && note === '') return refused('invalid-input', 'note')
      // 2. Decided, once.
      const decision = { state: to.state, by: request.actor.id, atMs: ports.clock.now() }
      if (!(await tx.proposals.decide(open.value, { ...decision, ...(note && { note }) }))) {
        return refused('already-decided')
      }
      const detail = { proposalId: found.id, act: found.act, step: to.state }
      await tx.journal.append(eventOf(ports, request, attempted, 'done', { detail }))
      return done({ ...open.value, state: to.state })
    },
  )
}

/**
 * Ends what was left for too long, each with an event; called from time to time by every process.
 */
export const expireProposals = (ports: Ports, runId: string): Promise<number> =>
  ports.store.transaction((tx) => endLeft(ports, tx, runId))

async function endLeft(ports: Ports, tx: Tx, runId: string): Promise<number> {
  const ended = await tx.proposals.expire(ports.clock.now(), 100)
  for (const proposal of ended) {
    const bank = await tx.banks.profile(proposal.bankCode)
    if (bank === undefined) continue
    const actor = { kind: 'system', id: 'scheduler' } as const
    const attempted = attemptedOf(PROPOSAL, proposal)
    const detail = { proposalId: proposal.id, act: proposal.act, step: 'expired' }
    await tx.journal.append(
      eventOf(ports, { bank, actor, requestId: runId }, attempted, 'done', { detail }),
    )
  }
  return ended.length
}

function mayDecide(
  ports: Ports,
  request: Request,
  proposal: Proposal | undefined,
  own = false,
): Outcome<Proposal> {
  if (proposal === undefined) return refused('out-of-order')
  const isLeft = proposal.state === 'waiting' && ports.clock.now() >= proposal.expiresAtMs
  // Whether the timer has been here or not, nobody has decided it.
  if (isLeft || proposal.state === 'expired') return refused('proposal-expired')
  if (proposal.state !== 'waiting') return refused('already-decided')
  if (!own && proposal.preparedBy === request.actor.id) return refused('own-proposal')
  return done(proposal)
}

const attemptedOf = (act: string, of: Prepared) => ({
  procedure: act,
  ...(of.contractId !== undefined && { contractId: of.contractId }),
})
