import { type Draft, draftAtStep } from '../../bank/draft.ts'
import {
  beginEnrolment,
  completeEnrolment,
  type EnrolmentResult,
} from '../../bank/procedures/enrolment.ts'
import { type Refused, refused } from '../../bank/refusal.ts'
import { Receipt } from '../parts/facts.tsx'
import { PasswordField, TextField } from '../parts/fields.tsx'
import { Form } from '../parts/form.tsx'
import { EMPTY_FORM, type SubmittedForm } from './form.ts'
import { fieldError, isDeadEnd, show, showDeadEnd, type Visit, wordedFor } from './visit.tsx'

const PROCEDURE = 'enrolment'

/** 利用登録: `/enrol` → `/enrol/password` → `/enrol/done`. */
export function enrolPage(visit: Visit) {
  return showBegin(visit, '')
}

export async function enrolSubmit(visit: Visit, form: SubmittedForm) {
  const contractId = form.text('contractId')
  const outcome = await beginEnrolment(visit.site.ports, visit.request, visit.browser.hash, {
    contractId,
    enrolmentPassword: form.text('enrolmentPassword'),
  })
  if (!outcome.ok) return showBegin(visit, contractId, outcome)
  return visit.c.redirect(visit.paths.enrolPasswordOf(outcome.value.draftId), 303)
}

export async function enrolPasswordPage(visit: Visit) {
  const draft = await findDraft(visit, visit.c.req.query('draft'))
  if (draft?.step === 'done') return visit.c.redirect(visit.paths.enrolDoneOf(draft.id), 303)
  const open = draftAtStep(draft, 'password', visit.site.ports.clock.now())
  return open.ok ? showPassword(visit, open.value, EMPTY_FORM) : showDead(visit, open)
}

export async function enrolPasswordSubmit(visit: Visit, form: SubmittedForm) {
  const draftId = form.text('draft') || undefined
  const outcome = await completeEnrolment(visit.site.ports, visit.request, visit.browser.hash, {
    draftId,
    loginPassword: form.text('loginPassword'),
    loginPasswordAgain: form.text('loginPasswordAgain'),
    mail: form.text('mail'),
  })
  const draft = await findDraft(visit, draftId)
  if (outcome.ok && draft) return visit.c.redirect(visit.paths.enrolDoneOf(draft.id), 303)
  const refusal = outcome.ok ? refused('out-of-order') : outcome
  if (draft === undefined || isDeadEnd(refusal)) return showDead(visit, refusal)
  return showPassword(visit, draft, form, refusal)
}

export async function enrolDonePage(visit: Visit) {
  const draft = await findDraft(visit, visit.c.req.query('draft'))
  if (draft?.step !== 'done') return showDead(visit, refused('out-of-order'))
  const result = draft.result as EnrolmentResult
  const { enrol } = visit.words.account
  return show(visit, {
    title: enrol.title,
    steps: { labels: enrol.steps, current: 3 },
    children: (
      <>
        <Receipt
          heading={enrol.done}
          receiptNo={result.receiptNo}
          receivedAt={new Date(result.receivedAtMs)}
          facts={[{ field: 'mail', label: enrol.mail, value: result.mail }]}
        />
        <p>{enrol.checkMail}</p>
        <p>{enrol.next}</p>
        <p>
          <a class="button button--primary" href={visit.paths.login}>
            {visit.words.banking.backToLogin}
          </a>
        </p>
      </>
    ),
  })
}

const findDraft = (visit: Visit, id: string | undefined) =>
  visit.site.ports.store.tables.drafts.find(visit.browser.hash, PROCEDURE, id)

function showBegin(plain: Visit, contractId: string, refusal?: Refused) {
  const { enrol } = plain.words.account
  const { banking } = plain.words
  // At this step nothing can be too old but the enrolment password itself.
  const visit = wordedFor(plain, { refusals: { ...enrol.refusals, ...enrol.expired } })
  return show(visit, {
    title: enrol.title,
    steps: { labels: enrol.steps, current: 1 },
    refused: refusal,
    children: (
      <>
        <p>{enrol.text}</p>
        <Form
          action={visit.paths.enrol}
          csrf={visit.browser.csrf}
          secondary={{ href: visit.paths.login, label: banking.backToLogin }}
        >
          <TextField
            name="contractId"
            label={banking.contractId}
            hint={banking.contractIdHint}
            value={contractId}
            inputMode="numeric"
            autoComplete="username"
            width="medium"
            error={fieldError(visit, refusal, 'contractId')}
          />
          <PasswordField
            name="enrolmentPassword"
            label={enrol.enrolmentPassword}
            hint={enrol.enrolmentPasswordHint}
            autoComplete="off"
            error={fieldError(visit, refusal, 'enrolmentPassword')}
          />
        </Form>
      </>
    ),
  })
}

function showPassword(plain: Visit, draft: Draft, form: SubmittedForm, refusal?: Refused) {
  const { enrol, passwordRules, passwordError } = plain.words.account
  // At the login the field of this name only has to be filled in; here it has to be a good one.
  const visit = wordedFor(plain, { fields: { loginPassword: passwordError } })
  return show(visit, {
    title: enrol.title,
    steps: { labels: enrol.steps, current: 2 },
    refused: refusal,
    children: (
      <Form
        action={visit.paths.enrolPassword}
        csrf={visit.browser.csrf}
        draft={draft.id}
        submit={enrol.submit}
        secondary={{ href: visit.paths.login, label: visit.words.banking.backToLogin }}
      >
        <PasswordField
          name="loginPassword"
          label={enrol.loginPassword}
          hint={passwordRules}
          autoComplete="new-password"
          error={fieldError(visit, refusal, 'loginPassword')}
        />
        <PasswordField
          name="loginPasswordAgain"
          label={enrol.loginPasswordAgain}
          autoComplete="new-password"
          error={fieldError(visit, refusal, 'loginPasswordAgain')}
        />
        <TextField
          name="mail"
          label={enrol.mail}
          hint={enrol.mailHint}
          value={form.text('mail')}
          inputMode="email"
          autoComplete="email"
          maxLength={254}
          error={fieldError(visit, refusal, 'mail')}
        />
      </Form>
    ),
  })
}

const showDead = (visit: Visit, refusal: Refused) =>
  showDeadEnd(visit, visit.words.account.enrol.title, refusal, visit.paths.enrol)
