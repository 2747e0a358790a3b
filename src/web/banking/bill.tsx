import { dayOf } from '../../bank/calendar.ts'
import type { Draft } from '../../bank/draft.ts'
import {
  type BillPaymentResult,
  lookUpBill,
  payBill,
  type ReviewedBill,
} from '../../bank/procedures/bill-payment.ts'
import type { Refused } from '../../bank/refusal.ts'
import { EMPTY_FORM, formOf, type SubmittedForm } from '../form.ts'
import { Facts, Receipt } from '../parts/facts.tsx'
import { Form } from '../parts/form.tsx'
import { Notice } from '../parts/messages.tsx'
import { Operation } from '../parts/operation.tsx'
import { AuthorisationFields, askedOf } from './authorisation-fields.tsx'
import { billFacts } from './bill-facts.tsx'
import { AccountField, BillNumberFields, RecentPayments } from './bill-fields.tsx'
import { answersOf } from './confirmation.ts'
import { draftedStep, draftOf } from './drafted-step.ts'
import { fromAccountFact } from './transfer-facts.tsx'
import { type CustomerVisit, show, showDeadEnd } from './visit.tsx'

const PROCEDURE = 'bill-payment'
const MOST_PAYMENTS = 10

/** 収納サービス（ペイジー）: `/bill` → `/bill/review` → `/bill/done`. */
export async function billPage(visit: CustomerVisit) {
  const id = visit.query('draft')
  const draft = id === undefined ? undefined : await draftOf(visit, PROCEDURE, id)
  return showForm(visit, draft?.step === 'review' ? typedAgain(draft) : EMPTY_FORM)
}

export async function billSubmit(visit: CustomerVisit, form: SubmittedForm) {
  const { ports } = visit.site
  const outcome = await lookUpBill(ports, visit.customerRequest, visit.browser.hash, {
    billerNo: form.text('billerNo'),
    customerNo: form.text('customerNo'),
    confirmationNo: form.text('confirmationNo'),
    paymentCategory: form.text('paymentCategory'),
  })
  if (!outcome.ok) return showForm(visit, form, outcome)
  return visit.c.redirect(visit.paths.billReviewOf(outcome.value.draftId), 303)
}

export const billReview = draftedStep({
  procedure: PROCEDURE,
  step: 'review',
  doneOf: ({ paths }: CustomerVisit, draftId) => paths.billDoneOf(draftId),
  complete: ({ site, customerRequest, browser }, form, draftId) =>
    payBill(site.ports, customerRequest, browser.hash, {
      draftId,
      fromAccount: form.text('fromAccount'),
      otp: form.text('otp'),
      answers: answersOf(form),
    }),
  show: showReview,
  showDone,
  showDead: showDeadBill,
})

function showDone(visit: CustomerVisit, result: BillPaymentResult) {
  const { words, paths } = visit
  const { backToHome } = words.banking
  return show(visit, {
    title: words.bill.title,
    steps: { labels: words.bill.steps, current: 3 },
    customer: visit,
    children: (
      <>
        <Receipt
          heading={words.bill.done}
          receiptNo={result.receiptNo}
          receivedAt={new Date(result.receivedAtMs)}
          facts={[...billFacts(visit, result), fromAccountFact(visit, result.from)]}
        />
        <p class="form__buttons">
          <a class="button button--primary" href={paths.home}>
            {backToHome}
          </a>
          <a class="button button--secondary" href={paths.bill}>
            {words.bill.again}
          </a>
        </p>
      </>
    ),
  })
}

/** The numbers as they were before the review, for the customer who wants to correct one. */
function typedAgain(draft: Draft): SubmittedForm {
  const { billerNo, customerNo, confirmationNo, paymentCategory } = draft.facts as ReviewedBill
  const numbers = { billerNo, customerNo, confirmationNo, paymentCategory }
  return formOf(new URLSearchParams(numbers))
}

async function showForm(visit: CustomerVisit, form: SubmittedForm, refusal?: Refused) {
  const { bill, banking } = visit.words
  const { bills } = visit.site.ports.store.tables
  const paid = await bills.history(visit.contract, MOST_PAYMENTS)
  return show(inBillWords(visit), {
    title: bill.title,
    steps: { labels: bill.steps, current: 1 },
    customer: visit,
    refused: refusal,
    children: (
      <>
        <p>{bill.intro}</p>
        <p>{bill.stopNote}</p>
        <Form
          action={visit.paths.bill}
          csrf={visit.browser.csrf}
          submit={bill.submit}
          secondary={{ href: visit.paths.home, label: banking.backToHome }}
        >
          <BillNumberFields visit={visit} form={form} refusal={refusal} />
        </Form>
        <RecentPayments visit={visit} paid={paid} />
      </>
    ),
  })
}

async function showReview(
  visit: CustomerVisit,
  draft: Draft,
  refusal: Refused | undefined,
  form: SubmittedForm,
) {
  const { bill, banking } = visit.words
  const reviewed = draft.facts as ReviewedBill
  const { ports } = visit.site
  const { bankCode, contractId } = visit.contract
  const accounts = await ports.store.tables.core.accountsOf(bankCode, contractId)
  const asked = await askedOf(visit)
  const overdue = reviewed.dueDay < dayOf(ports.clock.now())
  return show(inBillWords(visit), {
    title: bill.reviewTitle,
    steps: { labels: bill.steps, current: 2 },
    customer: visit,
    refused: refusal,
    children: (
      <>
        {overdue && (
          <Notice kind="warning" heading={bill.overdue}>
            <p>{bill.overdueText}</p>
          </Notice>
        )}
        <Facts
          items={[
            ...billFacts(visit, reviewed),
            {
              field: 'dueDay',
              label: bill.dueDay,
              value: banking.day(reviewed.dueDay),
              dataValue: reviewed.dueDay,
            },
            { field: 'fee', label: bill.fee, value: bill.noFee, dataValue: '0' },
          ]}
        />
        <p>{bill.noPaper}</p>
        <Form
          action={visit.paths.billReview}
          csrf={visit.browser.csrf}
          draft={draft.id}
          submit={bill.submitReview}
          secondary={{ href: visit.paths.billOf(draft.id), label: bill.correct }}
        >
          <AccountField visit={visit} form={form} accounts={accounts} refusal={refusal} />
          <Operation
            name={bill.operation(banking.yen(reviewed.amountYen))}
            by={asked === undefined ? 'code' : 'confirmation'}
            lines={[
              { label: bill.billerName, value: reviewed.billerName },
              { label: bill.purpose, value: reviewed.purpose },
            ]}
          />
          <AuthorisationFields visit={visit} asked={asked} refusal={refusal} />
        </Form>
      </>
    ),
  })
}

function showDeadBill(visit: CustomerVisit, refusal: Refused) {
  const { bill } = visit.words
  return showDeadEnd(inBillWords(visit), bill.title, refusal, visit.paths.bill, visit)
}

/** The visit with what refusals mean for a bill, where that can be said more exactly. */
function inBillWords(visit: CustomerVisit): CustomerVisit {
  const { words } = visit
  return { ...visit, words: { ...words, refusals: { ...words.refusals, ...words.bill.refusals } } }
}
