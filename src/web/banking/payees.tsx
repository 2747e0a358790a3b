import type { RegisteredPayee } from '../../bank/ports.ts'
import { keepPayee, removePayee } from '../../bank/procedures/payee-registration.ts'
import type { Refused } from '../../bank/refusal.ts'
import type { SubmittedForm } from '../form.ts'
import { Facts } from '../parts/facts.tsx'
import { fieldId } from '../parts/fields.tsx'
import { Form } from '../parts/form.tsx'
import { Notice } from '../parts/messages.tsx'
import { Table } from '../parts/table.tsx'
import { placeOf } from './transfer-facts.tsx'
import { type CustomerVisit, fieldError, isDeadEnd, show, showDeadEnd } from './visit.tsx'

/** 振込先登録: the registered payees at `/payees`; `/payees/{id}/remove` asks before it removes one. */
export const payeesPage = (visit: CustomerVisit) => showPayees(visit)

export async function payeesSubmit(visit: CustomerVisit, form: SubmittedForm) {
  const { ports } = visit.site
  const outcome = await keepPayee(ports, visit.customerRequest, form.text('receiptNo'))
  if (outcome.ok) return visit.c.redirect(visit.paths.payeesAfter('kept'), 303)
  return isDeadEnd(outcome) ? showDead(visit, outcome) : showPayees(visit, outcome)
}

export async function payeeRemovePage(visit: CustomerVisit) {
  const payee = await payeeOf(visit)
  if (payee === undefined) return visit.c.notFound()
  const { payees } = visit.words
  return show(visit, {
    title: payees.removeTitle,
    customer: visit,
    children: (
      <>
        <Facts
          items={[
            { field: 'payeeName', label: payees.columns.name, value: payee.name, large: true },
            { field: 'payeeAccount', label: payees.toBank, value: placeOf(visit, payee) },
          ]}
        />
        <p>{payees.removeText}</p>
        <Form
          action={visit.paths.payeeRemove(payee.id)}
          csrf={visit.browser.csrf}
          submit={payees.removeSubmit}
          tone="danger"
          secondary={{ href: visit.paths.payees, label: payees.removeNot }}
        />
      </>
    ),
  })
}

export async function payeeRemoveSubmit(visit: CustomerVisit) {
  const id = visit.param('payee')
  const outcome = await removePayee(visit.site.ports, visit.customerRequest, id)
  if (!outcome.ok) return showDead(visit, outcome)
  return visit.c.redirect(visit.paths.payeesAfter('removed'), 303)
}

const payeeOf = (visit: CustomerVisit): Promise<RegisteredPayee | undefined> =>
  visit.site.ports.store.tables.payees.find(visit.contract, visit.param('payee'))

async function showPayees(visit: CustomerVisit, refusal?: Refused) {
  const { payees } = visit.words
  const kept = await visit.site.ports.store.tables.payees.all(visit.contract)
  const error = fieldError(visit, refusal, 'payees')
  return show(visit, {
    title: payees.title,
    customer: visit,
    refused: refusal,
    children: (
      <>
        <Told visit={visit} />
        <div class="payees" id={fieldId('payees')}>
          {error && <p>{error}</p>}
          <Table
            caption={payees.caption}
            empty={payees.empty}
            columns={[
              { label: payees.columns.name },
              { label: payees.columns.account },
              { label: payees.columns.use },
            ]}
            rows={kept.map((payee) => rowOf(visit, payee))}
          />
        </div>
        <p>{payees.howTo}</p>
        <p class="form__buttons">
          <a class="button button--secondary" href={visit.paths.transfer}>
            {payees.toTransfer}
          </a>
        </p>
      </>
    ),
  })
}

function rowOf(visit: CustomerVisit, payee: RegisteredPayee) {
  const { payees } = visit.words
  return [
    { content: payee.name, field: 'payeeName' },
    { content: placeOf(visit, payee), field: 'payeeAccount' },
    {
      content: (
        <span class="payee-links">
          <a href={visit.paths.transferTo(payee.id)}>{payees.transferTo(payee.name)}</a>
          <a href={visit.paths.payeeRemove(payee.id)}>{payees.remove}</a>
        </span>
      ),
      field: 'payee',
      dataValue: payee.id,
    },
  ]
}

/** What the click that led here has done. */
function Told({ visit }: { visit: CustomerVisit }) {
  const { payees } = visit.words
  const told = {
    kept: [payees.keptHeading, payees.kept],
    removed: [payees.removedHeading, payees.removed],
  } as const
  const notice = visit.query('notice')
  if (notice !== 'kept' && notice !== 'removed') return null
  const [heading, text] = told[notice]
  return (
    <Notice kind="success" heading={heading}>
      <p>{text}</p>
    </Notice>
  )
}

const showDead = (visit: CustomerVisit, refusal: Refused) =>
  showDeadEnd(visit, visit.words.payees.title, refusal, visit.paths.payees, visit)
