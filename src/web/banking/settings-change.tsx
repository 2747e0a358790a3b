import type { Child } from 'hono/jsx'
import type { Request } from '../../bank/attempt.ts'
import { type Draft, draftAtStep } from '../../bank/draft.ts'
import type { Browser, Ports } from '../../bank/ports.ts'
import { type Outcome, type Refused, refused } from '../../bank/refusal.ts'
import {
  type ConfirmForm,
  changeableFromMs,
  type SettingsResult,
} from '../../bank/settings-change.ts'
import { EMPTY_FORM, type SubmittedForm } from '../form.ts'
import { type Fact, Receipt } from '../parts/facts.tsx'
import { Form } from '../parts/form.tsx'
import { Operation, type OperationProps } from '../parts/operation.tsx'
import { AuthorisationFields, askedOf } from './authorisation-fields.tsx'
import { answersOf } from './confirmation.ts'
import { draftOf } from './drafted-step.ts'
import { type CustomerVisit, isDeadEnd, show, wordedFor } from './visit.tsx'

/** One change of the settings, as its pages need it: `…` → `…/confirm` → `…/done`. */
export interface SettingsPages {
  readonly procedure: string
  readonly title: string
  readonly action: string
  readonly confirmAction: string
  readonly confirmOf: (draftId: string) => string
  readonly doneOf: (draftId: string) => string
  /** What stands above the form, and its fields. */
  readonly before?: Child
  readonly fields: (form: SubmittedForm, refusal: Refused | undefined) => Child
  readonly review: (
    ports: Ports,
    request: Request,
    browser: Browser,
    form: SubmittedForm,
  ) => Promise<Outcome<{ draftId: string }>>
  /** What the customer authorises, from the facts of the draft. */
  readonly operation: (facts: unknown) => Pick<OperationProps, 'name' | 'lines'>
  readonly confirm: (
    ports: Ports,
    request: Request,
    browser: Browser,
    form: ConfirmForm,
  ) => Promise<Outcome<SettingsResult>>
  readonly done: string
  readonly results: (result: unknown) => readonly Fact[]
  /** Why the change cannot be begun at all. */
  readonly closed?: Refused | undefined
}

/** The pages of a change of the settings, signed in. */
export function settingsChange(pagesOf: (visit: CustomerVisit) => SettingsPages) {
  return {
    page(visit: CustomerVisit) {
      const pages = pagesOf(visit)
      const closed = visit.contract.frozen ? refused('frozen') : pages.closed
      return closed ? showClosed(visit, pages, closed) : showForm(visit, pages, EMPTY_FORM)
    },

    async submit(visit: CustomerVisit, form: SubmittedForm) {
      const pages = pagesOf(visit)
      const { customerRequest, browser, site } = visit
      const outcome = await pages.review(site.ports, customerRequest, browser.hash, form)
      if (outcome.ok) return visit.c.redirect(pages.confirmOf(outcome.value.draftId), 303)
      return isClosed(outcome)
        ? showClosed(visit, pages, outcome)
        : showForm(visit, pages, form, outcome)
    },

    async confirmPage(visit: CustomerVisit) {
      const pages = pagesOf(visit)
      const draft = await draftOf(visit, pages.procedure, visit.query('draft'))
      if (draft?.step === 'done') return visit.c.redirect(pages.doneOf(draft.id), 303)
      const open = draftAtStep(draft, 'confirm', visit.site.ports.clock.now())
      return open.ok ? showConfirm(visit, pages, open.value) : showClosed(visit, pages, open)
    },

    async confirmSubmit(visit: CustomerVisit, form: SubmittedForm) {
      const pages = pagesOf(visit)
      const { customerRequest, browser, site } = visit
      const draftId = form.text('draft') || undefined
      const given = { draftId, otp: form.text('otp'), answers: answersOf(form) }
      const outcome = await pages.confirm(site.ports, customerRequest, browser.hash, given)
      const draft = await draftOf(visit, pages.procedure, draftId)
      if (outcome.ok && draft) return visit.c.redirect(pages.doneOf(draft.id), 303)
      const refusal = outcome.ok ? refused('out-of-order') : outcome
      return draft === undefined || isClosed(refusal)
        ? showClosed(visit, pages, refusal)
        : showConfirm(visit, pages, draft, refusal)
    },

    async donePage(visit: CustomerVisit) {
      const pages = pagesOf(visit)
      const draft = await draftOf(visit, pages.procedure, visit.query('draft'))
      if (draft?.step !== 'done') return showClosed(visit, pages, refused('out-of-order'))
      return showDone(visit, pages, draft)
    },
  }
}

/** Whether the form would only be refused again. */
const isClosed = (refusal: Refused) => isDeadEnd(refusal) || refusal.refusal === 'too-many-requests'

function showForm(
  plain: CustomerVisit,
  pages: SettingsPages,
  form: SubmittedForm,
  refusal?: Refused,
) {
  const { settings } = plain.words.account
  const visit = wordedFor(plain, { refusals: settings.refusals })
  return show(visit, {
    title: pages.title,
    steps: { labels: settings.steps, current: 1 },
    customer: visit,
    refused: refusal,
    children: (
      <>
        {pages.before}
        <Form
          action={pages.action}
          csrf={visit.browser.csrf}
          secondary={{ href: visit.paths.settings, label: settings.back }}
        >
          {pages.fields(form, refusal)}
        </Form>
      </>
    ),
  })
}

async function showConfirm(
  visit: CustomerVisit,
  pages: SettingsPages,
  draft: Draft,
  refusal?: Refused,
) {
  const { settings } = visit.words.account
  const asked = await askedOf(visit)
  const { name, lines } = pages.operation(draft.facts)
  return show(visit, {
    title: pages.title,
    steps: { labels: settings.steps, current: 2 },
    customer: visit,
    refused: refusal,
    children: (
      <>
        <Operation name={name} lines={lines} by={asked === undefined ? 'code' : 'confirmation'} />
        <Form
          action={pages.confirmAction}
          csrf={visit.browser.csrf}
          draft={draft.id}
          submit={settings.submit}
          secondary={{ href: visit.paths.settings, label: settings.cancel }}
        >
          <AuthorisationFields visit={visit} asked={asked} refusal={refusal} />
        </Form>
      </>
    ),
  })
}

function showDone(visit: CustomerVisit, pages: SettingsPages, draft: Draft) {
  const { settings } = visit.words.account
  const result = draft.result as SettingsResult
  return show(visit, {
    title: pages.title,
    steps: { labels: settings.steps, current: 3 },
    customer: visit,
    children: (
      <>
        <Receipt
          heading={pages.done}
          receiptNo={result.receiptNo}
          receivedAt={new Date(result.receivedAtMs)}
          facts={pages.results(result)}
        />
        <BackToSettings visit={visit} />
      </>
    ),
  })
}

function showClosed(plain: CustomerVisit, pages: SettingsPages, refusal: Refused) {
  const nowMs = plain.site.ports.clock.now()
  const fromMs = changeableFromMs(plain.contract, nowMs)
  const { tooSoon } = plain.words.account.settings
  const visit =
    fromMs === undefined ? plain : wordedFor(plain, { refusals: tooSoon(new Date(fromMs)) })
  return show(visit, {
    title: pages.title,
    customer: visit,
    refused: refusal,
    children: <BackToSettings visit={visit} />,
  })
}

function BackToSettings({ visit }: { visit: CustomerVisit }) {
  return (
    <p class="form__buttons">
      <a class="button button--primary" href={visit.paths.settings}>
        {visit.words.account.settings.back}
      </a>
    </p>
  )
}
