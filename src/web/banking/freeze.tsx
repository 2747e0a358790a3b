import { type Draft, draftAtStep } from '../../bank/draft.ts'
import {
  beginFreeze,
  beginFreezeSignedIn,
  completeFreeze,
  type FreezeResult,
} from '../../bank/procedures/freeze.ts'
import { type Refused, refused } from '../../bank/refusal.ts'
import type { SubmittedForm } from '../form.ts'
import { ContactBox } from '../parts/contact.tsx'
import { Receipt } from '../parts/facts.tsx'
import { Form } from '../parts/form.tsx'
import { Notice } from '../parts/messages.tsx'
import { credentialsStep } from './credentials-step.tsx'
import { type CustomerVisit, customerOf, show, showDeadEnd, type Visit } from './visit.tsx'

const PROCEDURE = 'freeze'

/** 取引中止 from the foot of the login page begins with contract ID and login password. */
const credentials = credentialsStep((visit) => ({
  title: visit.words.account.freeze.title,
  steps: visit.words.account.freeze.steps,
  action: visit.paths.freeze,
  before: <p>{visit.words.account.freeze.lead}</p>,
  begin: beginFreeze,
  next: visit.paths.freezeOf,
}))

/** `/freeze`: one page with one button for who is signed in or has given the password. */
export async function freezePage(visit: Visit) {
  const id = visit.query('draft')
  const customer = await customerOf(visit)
  if (id === undefined) {
    return customer === undefined ? credentials.page(visit) : beginSignedIn(customer)
  }
  const draft = await findDraft(visit, id)
  if (draft?.step === 'done') return visit.c.redirect(visit.paths.freezeDoneOf(draft.id), 303)
  const open = draftAtStep(draft, 'confirm', visit.site.ports.clock.now())
  return open.ok ? showConfirm(visit, open.value, customer) : showDead(visit, open, customer)
}

export async function freezeSubmit(visit: Visit, form: SubmittedForm) {
  const draftId = form.text('draft')
  if (draftId === '') return credentials.submit(visit, form)
  const { browser, request, site } = visit
  const outcome = await completeFreeze(site.ports, request, browser.hash, draftId)
  if (outcome.ok) return visit.c.redirect(visit.paths.freezeDoneOf(draftId), 303)
  return showDead(visit, outcome, await customerOf(visit))
}

export async function freezeDonePage(visit: Visit) {
  const customer = await customerOf(visit)
  const draft = await findDraft(visit, visit.query('draft'))
  if (draft?.step !== 'done') return showDead(visit, refused('out-of-order'), customer)
  const result = draft.result as FreezeResult
  const { freeze } = visit.words.account
  const { backToHome, backToLogin } = visit.words.banking
  return show(visit, {
    title: freeze.title,
    ...(customer && { customer }),
    children: (
      <>
        <Receipt
          heading={freeze.done}
          receiptNo={result.receiptNo}
          receivedAt={new Date(result.receivedAtMs)}
          facts={[]}
        />
        <p>{freeze.next}</p>
        <p>{freeze.lifting}</p>
        <ContactBox look={visit.look} />
        <p class="form__buttons">
          <a
            class="button button--secondary"
            href={customer ? visit.paths.home : visit.paths.login}
          >
            {customer ? backToHome : backToLogin}
          </a>
        </p>
      </>
    ),
  })
}

const findDraft = (visit: Visit, id: string | undefined) =>
  visit.site.ports.store.tables.drafts.find(visit.browser.hash, PROCEDURE, id)

async function beginSignedIn(customer: CustomerVisit) {
  const { site, customerRequest, browser } = customer
  const outcome = await beginFreezeSignedIn(site.ports, customerRequest, browser.hash)
  if (!outcome.ok) return showDead(customer, outcome, customer)
  const draft = await findDraft(customer, outcome.value.draftId)
  return draft === undefined
    ? showDead(customer, refused('out-of-order'), customer)
    : showConfirm(customer, draft, customer)
}

function showConfirm(visit: Visit, draft: Draft, customer: CustomerVisit | undefined) {
  const { freeze } = visit.words.account
  return show(visit, {
    title: freeze.title,
    ...(customer ? { customer } : { steps: { labels: freeze.steps, current: 2 }, draft }),
    children: (
      <>
        <p>{freeze.lead}</p>
        <Notice kind="warning" heading={freeze.heading}>
          <ul>
            {freeze.consequences.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
          <p>
            <strong>{freeze.lifting}</strong>
          </p>
        </Notice>
        <Form
          action={visit.paths.freeze}
          csrf={visit.browser.csrf}
          draft={draft.id}
          submit={freeze.submit}
          tone="danger"
          secondary={{
            href: customer ? visit.paths.home : visit.paths.login,
            label: freeze.cancel,
          }}
        />
      </>
    ),
  })
}

function showDead(visit: Visit, refusal: Refused, customer: CustomerVisit | undefined) {
  const { title } = visit.words.account.freeze
  if (customer === undefined) return showDeadEnd(visit, title, refusal, visit.paths.freeze)
  return show(visit, {
    title,
    customer,
    refused: refusal,
    children: (
      <p class="form__buttons">
        <a class="button button--secondary" href={visit.paths.home}>
          {visit.words.banking.backToHome}
        </a>
      </p>
    ),
  })
}
