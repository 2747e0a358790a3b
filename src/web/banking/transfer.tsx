import type { Draft } from '../../bank/draft.ts'
import {
  executeTransfer,
  type ReviewedTransfer,
  reviewTransfer,
  type TransferResult,
} from '../../bank/procedures/transfer.ts'
import type { Refused } from '../../bank/refusal.ts'
import { formOf, type SubmittedForm } from '../form.ts'
import { Facts, Receipt } from '../parts/facts.tsx'
import { Form } from '../parts/form.tsx'
import { Operation } from '../parts/operation.tsx'
import { AuthorisationFields, askedOf } from './authorisation-fields.tsx'
import { answersOf } from './confirmation.ts'
import { draftedStep, draftOf } from './drafted-step.ts'
import { KeepPayee } from './keep-payee.tsx'
import { resolvePayeeForm } from './payee-choice.ts'
import { DayNotices, statusFact, transferFacts } from './transfer-facts.tsx'
import { isNameAsked, TransferFields } from './transfer-fields.tsx'
import { type CustomerVisit, show, showDeadEnd, wordedFor } from './visit.tsx'

const PROCEDURE = 'transfer'

/** 振込: `/transfer` → `/transfer/review` → `/transfer/done`. */
export async function transferPage(visit: CustomerVisit) {
  const query = new URLSearchParams(visit.c.req.query())
  const id = visit.query('draft')
  const draft = id === undefined ? undefined : await draftOf(visit, PROCEDURE, id)
  return showForm(visit, draft?.step === 'review' ? typedAgain(draft) : formOf(query))
}

export async function transferSubmit(visit: CustomerVisit, form: SubmittedForm) {
  const { ports } = visit.site
  // What people type for a bank or branch is a name or a code; the procedure takes codes.
  const resolved = resolvePayeeForm(ports.directory, form)
  if (!resolved.ok) return showForm(visit, form, resolved)
  const outcome = await reviewTransfer(
    ports,
    visit.customerRequest,
    visit.browser.hash,
    resolved.value,
  )
  if (!outcome.ok) return showForm(visit, form, outcome)
  return visit.c.redirect(visit.paths.transferReviewOf(outcome.value.draftId), 303)
}

export const transferReview = draftedStep({
  procedure: PROCEDURE,
  step: 'review',
  doneOf: ({ paths }: CustomerVisit, draftId) => paths.transferDoneOf(draftId),
  complete: ({ site, customerRequest, browser }, form, draftId) =>
    executeTransfer(site.ports, customerRequest, browser.hash, {
      draftId,
      otp: form.text('otp'),
      answers: answersOf(form),
    }),
  show: showReview,
  showDone,
  showDead: showDeadTransfer,
})

async function showDone(visit: CustomerVisit, result: TransferResult) {
  const isKept = await visit.site.ports.store.tables.payees.has(visit.contract, result.payee)
  const { transfer, backToHome } = visit.words.banking
  const { transfers } = visit.words
  return show(visit, {
    title: transfer.title,
    steps: { labels: transfer.steps, current: 3 },
    customer: visit,
    children: (
      <>
        <Receipt
          heading={result.status === 'reserved' ? transfers.reserved : transfer.done}
          receiptNo={result.receiptNo}
          receivedAt={new Date(result.receivedAtMs)}
          facts={[...transferFacts(visit, result), statusFact(visit, result.status)]}
        />
        <DayNotices visit={visit} of={result} />
        {!isKept && <KeepPayee visit={visit} receiptNo={result.receiptNo} />}
        <p class="form__buttons">
          <a class="button button--primary" href={visit.paths.home}>
            {backToHome}
          </a>
          <a class="button button--secondary" href={visit.paths.transfer}>
            {transfer.again}
          </a>
        </p>
      </>
    ),
  })
}

/** The form as it was before the review, for the customer who wants to correct something. */
function typedAgain(draft: Draft): SubmittedForm {
  const { from, payee, amountYen, day, status } = draft.facts as ReviewedTransfer
  return formOf(
    new URLSearchParams({
      fromAccount: from.accountNumber,
      bankCode: payee.bankCode,
      branchCode: payee.branchCode,
      accountType: payee.accountType,
      accountNumber: payee.accountNumber,
      payeeName: payee.name,
      amount: amountYen.toLocaleString('ja-JP'),
      date: status === 'reserved' ? day : '',
    }),
  )
}

async function showForm(plain: CustomerVisit, form: SubmittedForm, refusal?: Refused) {
  const { transfer } = plain.words.banking
  const visit = isNameAsked(plain, form, refusal) ? askingForName(plain) : plain
  const { bankCode, contractId } = visit.contract
  const { core, payees } = visit.site.ports.store.tables
  const accounts = await core.accountsOf(bankCode, contractId)
  const kept = await payees.all(visit.contract)
  return show(visit, {
    title: transfer.title,
    steps: { labels: transfer.steps, current: 1 },
    customer: visit,
    refused: refusal,
    children: (
      <>
        <p>
          <a href={visit.paths.payees}>{visit.words.payees.link}</a>
        </p>
        <Form
          action={visit.paths.transfer}
          csrf={visit.browser.csrf}
          submit={transfer.submit}
          secondary={{ href: visit.paths.home, label: visit.words.banking.backToHome }}
        >
          <TransferFields
            visit={visit}
            form={form}
            accounts={accounts}
            kept={kept}
            refusal={refusal}
          />
        </Form>
      </>
    ),
  })
}

/** An account at another bank that cannot tell its holder is no dead end: the customer can. */
function askingForName(visit: CustomerVisit): CustomerVisit {
  const { heading } = visit.words.refusals['unknown-payee']
  const wayOut = visit.words.banking.transfer.payeeNameWayOut
  return wordedFor(visit, { refusals: { 'unknown-payee': { heading, wayOut } } })
}

async function showReview(visit: CustomerVisit, draft: Draft, refusal?: Refused) {
  const { transfer, yen, day } = visit.words.banking
  const { transfers } = visit.words
  const reviewed = draft.facts as ReviewedTransfer
  const isReserved = reviewed.status === 'reserved'
  const amount = yen(reviewed.amountYen)
  const asked = await askedOf(visit)
  return show(visit, {
    title: transfer.reviewTitle,
    steps: { labels: transfer.steps, current: 2 },
    customer: visit,
    refused: refusal,
    children: (
      <>
        <Facts items={transferFacts(visit, reviewed)} />
        <DayNotices visit={visit} of={reviewed} />
        <Operation
          name={isReserved ? transfers.reserveOperation(amount) : transfer.operation(amount)}
          by={asked === undefined ? 'code' : 'confirmation'}
          lines={[
            { label: transfer.payee, value: visit.words.parts.customerName(reviewed.payee.name) },
            { label: transfer.accountNumber, value: reviewed.payee.accountNumber },
            ...(isReserved ? [{ label: transfer.date, value: day(reviewed.day) }] : []),
          ]}
        />
        <Form
          action={visit.paths.transferReview}
          csrf={visit.browser.csrf}
          draft={draft.id}
          submit={isReserved ? transfers.submitReservation : transfer.submitReview}
          secondary={{ href: visit.paths.transferOf(draft.id), label: transfer.correct }}
        >
          <AuthorisationFields visit={visit} asked={asked} refusal={refusal} />
        </Form>
      </>
    ),
  })
}

function showDeadTransfer(visit: CustomerVisit, refusal: Refused) {
  return showDeadEnd(
    visit,
    visit.words.banking.transfer.title,
    refusal,
    visit.paths.transfer,
    visit,
  )
}
