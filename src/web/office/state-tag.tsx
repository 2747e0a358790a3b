import type { Proposal, ProposalState } from '../../bank/ports.ts'
import { japanese } from '../words/words.ts'
import type { OfficeVisit } from './visit.tsx'

const TONES = {
  waiting: 'open',
  approved: 'good',
  returned: 'bad',
  withdrawn: 'plain',
  expired: 'bad',
} as const satisfies Record<ProposalState, string>

/** What waits past its time is over, even if nobody has swept it away yet. */
export function stateOf(visit: OfficeVisit, proposal: Proposal): ProposalState {
  const isOver = visit.site.ports.clock.now() >= proposal.expiresAtMs
  return proposal.state === 'waiting' && isOver ? 'expired' : proposal.state
}

export function StateTag({ visit, proposal }: { visit: OfficeVisit; proposal: Proposal }) {
  const state = stateOf(visit, proposal)
  return (
    <span class={`tag tag--${TONES[state]}`} data-field="state" data-value={state}>
      {japanese.office.proposals.state[state]}
    </span>
  )
}
