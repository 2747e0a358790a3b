import { dayOf } from '../../bank/calendar.ts'
import type { Draft } from '../../bank/draft.ts'
import { chosenLimitYen, dailyLimitYen, isLimitLowered } from '../../bank/money/money.ts'
import {
  changeLimit,
  type LimitResult,
  type ReviewedLimit,
  reviewLimit,
} from '../../bank/procedures/limit-change.ts'
import type { Refused } from '../../bank/refusal.ts'
import { EMPTY_FORM, type SubmittedForm } from '../form.ts'
import { Yen } from '../parts/accounts.tsx'
import { Facts, Receipt } from '../parts/facts.tsx'
import { TextField } from '../parts/fields.tsx'
import { Form } from '../parts/form.tsx'
import { Notice } from '../parts/messages.tsx'
import { Operation } from '../parts/operation.tsx'
import { AuthorisationFields, askedOf } from './authorisation-fields.tsx'
import { answersOf } from './confirmation.ts'
import { draftedStep } from './drafted-step.ts'
import { readTypedAmount } from './typed-amount.ts'
import { type CustomerVisit, fieldError, show, showDeadEnd } from './visit.tsx'

const PROCEDURE = 'limit-change'

/** 限度額の変更: `/settings/limit` → `/settings/limit/review` → `/settings/limit/done`. */
export const limitPage = (visit: CustomerVisit) => showForm(visit, EMPTY_FORM)

export async function limitSubmit(visit: CustomerVisit, form: SubmittedForm) {
  const { ports } = visit.site
  const typed = readTypedAmount(form.text('dailyLimit'))
  const outcome = await reviewLimit(ports, visit.customerRequest, visit.browser.hash, typed)
  if (!outcome.ok) return showForm(visit, form, outcome)
  return visit.c.redirect(visit.paths.limitReviewOf(outcome.value.draftId), 303)
}

export const limitReview = draftedStep({
  procedure: PROCEDURE,
  step: 'review',
  doneOf: ({ paths }: CustomerVisit, draftId) => paths.limitDoneOf(draftId),
  complete: ({ site, customerRequest, browser }, form, draftId) =>
    changeLimit(site.ports, customerRequest, browser.hash, {
      draftId,
      otp: form.text('otp'),
      answers: answersOf(form),
    }),
  show: showReview,
  showDone,
  showDead,
})

function showDone(visit: CustomerVisit, result: LimitResult) {
  const { limit, banking } = visit.words
  return show(visit, {
    title: limit.title,
    steps: { labels: limit.steps, current: 3 },
    customer: visit,
    children: (
      <>
        <Receipt
          heading={limit.done}
          receiptNo={result.receiptNo}
          receivedAt={new Date(result.receivedAtMs)}
          facts={reviewedFacts(visit, result)}
        />
        <p class="form__buttons">
          <a class="button button--primary" href={visit.paths.home}>
            {banking.backToHome}
          </a>
        </p>
      </>
    ),
  })
}

function showForm(visit: CustomerVisit, form: SubmittedForm, refusal?: Refused) {
  const { limit, banking, parts } = visit.words
  return show(visit, {
    title: limit.title,
    steps: { labels: limit.steps, current: 1 },
    customer: visit,
    refused: refusal,
    children: (
      <>
        <Facts items={standingFacts(visit)} />
        <LowToday visit={visit} />
        <Notice kind="info" heading={limit.ruleHeading}>
          <ul>
            {limit.rules.map((rule) => (
              <li>{rule}</li>
            ))}
          </ul>
        </Notice>
        <Form
          action={visit.paths.settingsLimit}
          csrf={visit.browser.csrf}
          submit={limit.submit}
          secondary={{ href: visit.paths.home, label: banking.backToHome }}
        >
          <TextField
            name="dailyLimit"
            label={limit.field}
            hint={limit.hint}
            value={form.text('dailyLimit')}
            inputMode="numeric"
            width="amount"
            suffix={parts.yen}
            error={fieldError(visit, refusal, 'dailyLimit')}
          />
        </Form>
      </>
    ),
  })
}

/** Why the limit is low on the day of a start or an exchange. */
export function LowToday({ visit }: { visit: CustomerVisit }) {
  const { limit, parts } = visit.words
  if (!isLimitLowered(visit.contract, visit.site.ports.clock.now())) return null
  return (
    <p>
      {limit.lowToday} <a href={visit.paths.helpOn('limit')}>{parts.moreHelp}</a>
    </p>
  )
}

/** The limit now, and a raised one that waits. */
function standingFacts(visit: CustomerVisit) {
  const { limit, banking } = visit.words
  const { bank, contract } = visit
  const nowMs = visit.site.ports.clock.now()
  const fact = (field: string, label: string, yen: number) => ({
    field,
    label,
    value: <Yen value={yen} />,
    dataValue: String(yen),
  })
  const nowYen = dailyLimitYen(bank, contract, nowMs)
  const chosenYen = chosenLimitYen(bank, contract, nowMs)
  const { token, nextLimit } = contract
  const { withCodeYen, withoutCodeYen } = bank.limits
  return [
    { ...fact('dailyLimit', limit.now, nowYen), large: true },
    ...(nowYen === chosenYen ? [] : [fact('chosenLimit', limit.chosen, chosenYen)]),
    ...(nextLimit !== undefined && nowMs < nextLimit.fromMs
      ? [
          {
            field: 'nextLimit',
            label: limit.next,
            value: limit.nextFrom(banking.yen(nextLimit.yen), banking.day(dayOf(nextLimit.fromMs))),
            dataValue: String(nextLimit.yen),
          },
        ]
      : []),
    fact('highestLimit', limit.highest, token === undefined ? withoutCodeYen : withCodeYen),
  ]
}

async function showReview(visit: CustomerVisit, draft: Draft, refusal?: Refused) {
  const { limit, banking } = visit.words
  const reviewed = draft.facts as ReviewedLimit
  const asked = await askedOf(visit)
  const name = reviewed.fromMs === undefined ? limit.lower : limit.raise
  return show(visit, {
    title: limit.reviewTitle,
    steps: { labels: limit.steps, current: 2 },
    customer: visit,
    refused: refusal,
    children: (
      <>
        <Facts items={reviewedFacts(visit, reviewed)} />
        <Operation
          name={name(banking.yen(reviewed.limitYen))}
          by={asked === undefined ? 'code' : 'confirmation'}
          lines={[]}
        />
        <Form
          action={visit.paths.limitReview}
          csrf={visit.browser.csrf}
          draft={draft.id}
          submit={limit.submitReview}
          secondary={{ href: visit.paths.settingsLimit, label: limit.correct }}
        >
          <AuthorisationFields visit={visit} asked={asked} refusal={refusal} />
        </Form>
      </>
    ),
  })
}

function reviewedFacts(visit: CustomerVisit, { limitYen, oldLimitYen, fromMs }: ReviewedLimit) {
  const { limit, banking } = visit.words
  return [
    {
      field: 'dailyLimit',
      label: limit.newLimit,
      value: <Yen value={limitYen} />,
      dataValue: String(limitYen),
      large: true,
    },
    {
      field: 'oldLimit',
      label: limit.oldLimit,
      value: <Yen value={oldLimitYen} />,
      dataValue: String(oldLimitYen),
    },
    fromMs === undefined
      ? { field: 'effectiveAt', label: limit.when, value: limit.atOnce, dataValue: 'now' }
      : {
          field: 'effectiveAt',
          label: limit.when,
          value: limit.from(banking.day(dayOf(fromMs))),
          dataValue: new Date(fromMs).toISOString(),
        },
  ]
}

function showDead(visit: CustomerVisit, refusal: Refused) {
  return showDeadEnd(visit, visit.words.limit.title, refusal, visit.paths.settingsLimit, visit)
}
