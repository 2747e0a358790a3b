import type { BankProfile } from '../../../bank/contract.ts'
import { type CustomerView, viewCustomer } from '../../../bank/office/customer-view.ts'
import { mayDo } from '../../../bank/office/staff.ts'
import { LOCKS } from '../../../bank/procedures/unlock.ts'
import { PhoneLink } from '../../parts/contact.tsx'
import { japanese } from '../../words/words.ts'
import { actWordsOf } from '../four-eyes-acts.ts'
import { Panel, Tag } from '../panel.tsx'
import { StateTag } from '../state-tag.tsx'
import { type StaffVisit, show } from '../visit.tsx'
import { WorkTable } from '../work-table.tsx'
import { History, readHistory } from './history.tsx'
import { countsOf, LocksPanel } from './locks-panel.tsx'
import { lossScopesOf } from './loss-scopes.ts'
import { ContractPanel, LimitsPanel } from './panels.tsx'
import { TokenPanel } from './token-panel.tsx'

const words = japanese.office.customers

export const contractIdOf = (visit: StaffVisit): string => visit.c.req.param('contractId') ?? ''

/** お客さま: what a clerk looks at while somebody is on the phone. What is urgent stands first. */
export async function customerPage(visit: StaffVisit) {
  const { ports } = visit.site
  const view = await viewCustomer(ports, visit.bank, contractIdOf(visit))
  if (view === undefined) return visit.c.notFound()
  const { contract } = view
  const page = await readHistory(visit, contract)
  return show(visit, {
    title: words.title(contract.name),
    staff: visit,
    wide: true,
    children: (
      <>
        <Summary visit={visit} view={view} />
        <div class="panels">
          <TokenPanel visit={visit} view={view} />
          <LocksPanel visit={visit} view={view} />
          <ContractPanel visit={visit} view={view} />
          <LimitsPanel visit={visit} view={view} />
          <ProposalsPanel visit={visit} view={view} />
          <ReservationsPanel view={view} />
        </div>
        <History visit={visit} contractId={contract.contractId} page={page} />
        <p>
          <a href={visit.paths.customers}>{words.otherCustomer}</a>
        </p>
      </>
    ),
  })
}

/** Who it is and how things stand, in one row; beside it the way to stop everything. */
function Summary({ visit, view }: { visit: StaffVisit; view: CustomerView }) {
  const { contract } = view
  const isLeft = lossScopesOf(view, visit.bank.bankCode).length > 0
  const mayReport = isLeft && mayDo(visit.staff.role, 'loss-report')
  return (
    <section class="summary" aria-label={words.summary}>
      <dl class="summary__who">
        <div>
          <dt>{words.contractId}</dt>
          <dd data-field="contractId">{contract.contractId}</dd>
        </div>
        <div>
          <dt>{words.phone}</dt>
          <dd data-field="phone">
            {contract.phone === undefined ? words.none : <PhoneLink phone={contract.phone} />}
          </dd>
        </div>
      </dl>
      <ul class="summary__states" data-field="states">
        {statesOf(visit, view).map(({ tone, text, value }) => (
          <li>
            <Tag tone={tone} text={text} field="customerState" value={value} />
          </li>
        ))}
      </ul>
      {mayReport && (
        <a class="button button--danger summary__loss" href={visit.paths.loss(contract.contractId)}>
          {words.loss}
        </a>
      )}
    </section>
  )
}

interface State {
  readonly tone: 'good' | 'bad' | 'open' | 'plain'
  readonly text: string
  readonly value: string
}

/** What is not as usual, worst first; or that all is well. */
function statesOf(visit: StaffVisit, view: CustomerView): State[] {
  const { states, tokenStates } = words
  const { contract, token } = view
  const nowMs = visit.site.ports.clock.now()
  const found: State[] = []
  if (contract.frozen) {
    const text = states.frozen[contract.frozenBy ?? 'customer']
    found.push({ tone: 'bad', text, value: 'frozen' })
  }
  if (token?.state === 'suspended') {
    const text = `${words.token.heading}：${tokenStates.suspended}`
    found.push({ tone: 'bad', text, value: 'token-suspended' })
  }
  if (isLocked(view, visit.bank)) found.push({ tone: 'bad', text: states.locked, value: 'locked' })
  if (found.length === 0) found.push({ tone: 'good', text: states.open, value: 'open' })
  if (contract.loginPasswordHash === undefined) {
    found.push({ tone: 'open', text: states.notEnrolled, value: 'not-enrolled' })
  }
  if (token === undefined) found.push({ tone: 'plain', text: states.noToken, value: 'no-token' })
  if (token !== undefined && nowMs < (contract.lowLimitUntilMs ?? 0)) {
    found.push({ tone: 'open', text: states.lowLimit, value: 'low-limit' })
  }
  if (view.session) found.push({ tone: 'plain', text: states.signedIn, value: 'signed-in' })
  return found
}

const isLocked = (view: CustomerView, bank: BankProfile): boolean =>
  [...LOCKS, 'seed' as const].some((lock) => {
    const { now, most } = countsOf(view, bank)[lock]
    return now !== undefined && now >= most
  })

function ProposalsPanel({ visit, view }: { visit: StaffVisit; view: CustomerView }) {
  const { columns } = japanese.office.proposals
  if (view.proposals.length === 0) return null
  return (
    <div class="panel panel--wide">
      <WorkTable
        caption={words.proposals.caption}
        columns={[columns.act, columns.preparedBy, columns.preparedAt, columns.state]}
        empty={words.proposals.none}
        rows={view.proposals.map((proposal) => [
          <a href={visit.paths.proposal(proposal.id)}>{actWordsOf(proposal.act).title}</a>,
          proposal.preparedBy,
          { atMs: proposal.preparedAtMs },
          <StateTag visit={visit} proposal={proposal} />,
        ])}
      />
    </div>
  )
}

function ReservationsPanel({ view }: { view: CustomerView }) {
  const { heading, columns, none } = words.reservations
  if (view.reservations.length === 0) return null
  return (
    <Panel id="reservations-heading" heading={heading}>
      <WorkTable
        caption={heading}
        columns={[columns.receiptNo, columns.day, columns.payee, columns.amount]}
        empty={none}
        rows={view.reservations.map((reservation) => [
          reservation.receiptNo,
          reservation.day.replaceAll('-', '/'),
          reservation.payeeName,
          { yen: reservation.amountYen },
        ])}
      />
    </Panel>
  )
}
