import { mayDo, type StaffRole } from '../../bank/office/staff.ts'
import type { Proposal } from '../../bank/ports.ts'
import { japanese } from '../words/words.ts'
import { actWordsOf } from './four-eyes-acts.ts'
import type { OfficeRoute } from './route.ts'
import { StateTag } from './state-tag.tsx'
import { type StaffVisit, show } from './visit.tsx'
import { type WorkCell, WorkTable } from './work-table.tsx'

const words = japanese.office.proposals
const MOST_SETTLED = 100

/** What is about a customer is shown to those who may see customers. */
export const isShownTo = (role: StaffRole, { contractId }: Proposal): boolean =>
  contractId === undefined || mayDo(role, 'customer-view')

/** 受付箱: what waits for a decision, and what was decided. Clerk and supervisor see the same. */
export const inboxRoutes: readonly OfficeRoute[] = [
  { method: 'get', path: '/inbox', act: 'proposal-view', page: waitingPage },
  { method: 'get', path: '/inbox/settled', act: 'proposal-view', page: settledPage },
]

async function waitingPage(visit: StaffVisit) {
  const { ports } = visit.site
  const { proposals } = ports.store.tables
  const waiting = await proposals.waiting(visit.bank.bankCode, ports.clock.now())
  return show(visit, {
    title: words.waitingTitle,
    staff: visit,
    wide: true,
    children: (
      <>
        <p>{words.waitingText}</p>
        <ProposalTable
          visit={visit}
          proposals={waiting}
          empty={words.waitingEmpty}
          last={words.columns.expiresAt}
          lastOf={({ expiresAtMs }) => ({ atMs: expiresAtMs })}
        />
        <p>
          <a href={visit.paths.settled}>{words.toSettled}</a>
        </p>
      </>
    ),
  })
}

async function settledPage(visit: StaffVisit) {
  const { ports } = visit.site
  const { proposals } = ports.store.tables
  const { bankCode } = visit.bank
  const settled = await proposals.settled(bankCode, ports.clock.now(), MOST_SETTLED)
  return show(visit, {
    title: words.settledTitle,
    staff: visit,
    wide: true,
    children: (
      <>
        <ProposalTable
          visit={visit}
          proposals={settled}
          empty={words.settledEmpty}
          last={words.columns.decidedBy}
          lastOf={({ decidedBy }) => decidedBy ?? words.nobody}
        />
        <p>
          <a href={visit.paths.inbox}>{words.toWaiting}</a>
        </p>
      </>
    ),
  })
}

function ProposalTable(props: {
  readonly visit: StaffVisit
  readonly proposals: readonly Proposal[]
  readonly empty: string
  /** Of what waits, until when; of what is settled, by whom. */
  readonly last: string
  readonly lastOf: (proposal: Proposal) => WorkCell
}) {
  const { columns } = words
  const { role } = props.visit.staff
  const shown = props.proposals.filter((proposal) => isShownTo(role, proposal))
  return (
    <WorkTable
      caption={words.caption}
      columns={[
        columns.act,
        columns.subject,
        columns.preparedBy,
        columns.preparedAt,
        props.last,
        columns.state,
      ]}
      empty={props.empty}
      rows={shown.map((proposal) => [
        <a href={props.visit.paths.proposal(proposal.id)}>{actWordsOf(proposal.act).title}</a>,
        proposal.subject,
        proposal.preparedBy,
        { atMs: proposal.preparedAtMs },
        props.lastOf(proposal),
        <StateTag visit={props.visit} proposal={proposal} />,
      ])}
    />
  )
}
