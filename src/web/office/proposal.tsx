import type { ReceiptFacts } from '../../bank/act.ts'
import { giveBack } from '../../bank/office/four-eyes.ts'
import { mayDo } from '../../bank/office/staff.ts'
import type { Proposal } from '../../bank/ports.ts'
import { type Refused, refused } from '../../bank/refusal.ts'
import type { SubmittedForm } from '../form.ts'
import { Facts, Receipt } from '../parts/facts.tsx'
import { TextField } from '../parts/fields.tsx'
import { Form } from '../parts/form.tsx'
import { japanese } from '../words/words.ts'
import { actWordsOf, OFFICE_ACTS } from './four-eyes-acts.ts'
import { isShownTo } from './inbox.tsx'
import type { OfficeRoute } from './route.ts'
import { StateTag, stateOf } from './state-tag.tsx'
import { fieldError, type StaffVisit, show, showDeadEnd } from './visit.tsx'
import { shortTime } from './written-time.ts'

const words = japanese.office.proposals

/** 起案: one page for both, with what each of them may do with it. */
export const proposalRoutes: readonly OfficeRoute[] = [
  { method: 'get', path: '/proposals/:id', act: 'proposal-view', page: proposalPage },
  { method: 'post', path: '/proposals/:id/approve', act: 'decide', submit: approveSubmit },
  { method: 'post', path: '/proposals/:id/return', act: 'decide', submit: returnSubmit },
  { method: 'post', path: '/proposals/:id/withdraw', act: 'proposal-view', submit: withdrawSubmit },
]

const idOf = (visit: StaffVisit) => visit.c.req.param('id') ?? ''

async function proposalPage(visit: StaffVisit, refusal?: Refused) {
  const { proposals } = visit.site.ports.store.tables
  const proposal = await proposals.find(visit.bank.bankCode, idOf(visit))
  if (proposal === undefined || !isShownTo(visit.staff.role, proposal)) return visit.c.notFound()
  return showProposal(visit, proposal, refusal)
}

async function approveSubmit(visit: StaffVisit, form: SubmittedForm) {
  const { ports } = visit.site
  const proposal = await ports.store.tables.proposals.find(visit.bank.bankCode, idOf(visit))
  const act = proposal && OFFICE_ACTS.get(proposal.act)
  if (proposal === undefined || act === undefined) return dead(visit, refused('out-of-order'))
  const { procedure } = act
  const note = form.text('approveNote')
  const outcome = await procedure.approve(ports, visit.staffRequest, proposal.id, note)
  if (!outcome.ok) return proposalPage(visit, outcome)
  return showApproved(visit, proposal, outcome.value)
}

function returnSubmit(visit: StaffVisit, form: SubmittedForm) {
  return giveBackAs(visit, 'returned', form.text('note'))
}

function withdrawSubmit(visit: StaffVisit) {
  return giveBackAs(visit, 'withdrawn', '')
}

async function giveBackAs(visit: StaffVisit, state: 'returned' | 'withdrawn', note: string) {
  const { ports } = visit.site
  const id = idOf(visit)
  const outcome = await giveBack(ports, visit.staffRequest, id, { state, note })
  if (outcome.ok) return visit.c.redirect(visit.paths.proposal(id), 303)
  return outcome.refusal === 'out-of-order' ? dead(visit, outcome) : proposalPage(visit, outcome)
}

function showProposal(visit: StaffVisit, proposal: Proposal, refusal: Refused | undefined) {
  const { title, text, preview } = actWordsOf(proposal.act)
  const waits = stateOf(visit, proposal) === 'waiting'
  const isOwn = proposal.preparedBy === visit.staff.staffId
  return show(visit, {
    title,
    staff: visit,
    refused: refusal,
    children: (
      <>
        <p>
          <StateTag visit={visit} proposal={proposal} />
        </p>
        {waits && isOwn && <p>{words.prepared}</p>}
        {text !== undefined && <p>{text}</p>}
        <ProposalFacts proposal={proposal} />
        {preview?.(visit, proposal)}
        {waits && isOwn && <Withdraw visit={visit} proposal={proposal} />}
        {waits && !isOwn && mayDo(visit.staff.role, 'decide') && (
          <Decide visit={visit} proposal={proposal} refusal={refusal} />
        )}
        {proposal.contractId !== undefined && (
          <p>
            <a href={visit.paths.customer(proposal.contractId)}>{words.customer}</a>
          </p>
        )}
        <p>
          <a href={visit.paths.inbox}>{words.toWaiting}</a>
        </p>
      </>
    ),
  })
}

function ProposalFacts({ proposal }: { proposal: Proposal }) {
  const { columns } = words
  const { lines } = actWordsOf(proposal.act)
  const fact = (field: string, label: string, value: string) => ({ field, label, value })
  return (
    <Facts
      items={[
        { ...fact('subject', columns.subject, proposal.subject), large: true },
        ...lines(proposal).map(([label, value], place) => fact(`fact${place + 1}`, label, value)),
        fact('reason', words.reason, proposal.reason),
        fact('preparedBy', columns.preparedBy, proposal.preparedBy),
        fact('preparedAt', columns.preparedAt, shortTime(proposal.preparedAtMs)),
        ...(proposal.decidedBy === undefined
          ? [fact('expiresAt', columns.expiresAt, shortTime(proposal.expiresAtMs))]
          : [fact('decidedBy', columns.decidedBy, proposal.decidedBy)]),
        ...(proposal.note === undefined ? [] : [fact('note', words.decision, proposal.note)]),
        ...(proposal.receiptNo === undefined
          ? []
          : [fact('receiptNo', japanese.parts.receipt.receiptNo, proposal.receiptNo)]),
      ]}
    />
  )
}

function Decide(props: { visit: StaffVisit; proposal: Proposal; refusal: Refused | undefined }) {
  const { visit, proposal, refusal } = props
  const { csrf } = visit.browser
  return (
    <div class="side-by-side">
      <section>
        <h2>{words.approveHeading}</h2>
        <Form action={visit.paths.approve(proposal.id)} csrf={csrf} submit={words.approve}>
          <TextField name="approveNote" label={words.approveNote} />
        </Form>
      </section>
      <section>
        <h2>{words.returnHeading}</h2>
        <Form
          action={visit.paths.giveBack(proposal.id)}
          csrf={csrf}
          submit={words.giveBack}
          tone="danger"
        >
          <TextField name="note" label={words.note} error={fieldError(refusal, 'note')} />
        </Form>
      </section>
    </div>
  )
}

function Withdraw({ visit, proposal }: { visit: StaffVisit; proposal: Proposal }) {
  return (
    <section class="withdraw">
      <h2>{words.withdrawHeading}</h2>
      <p>{words.ownText}</p>
      <Form
        action={visit.paths.withdraw(proposal.id)}
        csrf={visit.browser.csrf}
        submit={words.withdraw}
        tone="danger"
      />
    </section>
  )
}

function showApproved(visit: StaffVisit, proposal: Proposal, receipt: ReceiptFacts) {
  const { title } = actWordsOf(proposal.act)
  return show(visit, {
    title,
    staff: visit,
    children: (
      <>
        <Receipt
          heading={words.doneHeading}
          receiptNo={receipt.receiptNo}
          receivedAt={new Date(receipt.receivedAtMs)}
          facts={[{ field: 'subject', label: words.columns.subject, value: proposal.subject }]}
        />
        <p>
          <a class="button button--primary" href={visit.paths.inbox}>
            {words.toInbox}
          </a>
        </p>
      </>
    ),
  })
}

const dead = (visit: StaffVisit, refusal: Refused) =>
  showDeadEnd(
    visit,
    words.waitingTitle,
    refusal,
    { href: visit.paths.inbox, label: words.waitingTitle },
    visit,
  )
