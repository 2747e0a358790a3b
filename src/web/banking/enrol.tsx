import type { Draft } from '../../bank/draft.ts'
import {
  beginEnrolment,
  completeEnrolment,
  type EnrolmentResult,
} from '../../bank/procedures/enrolment.ts'
import type { Refused } from '../../bank/refusal.ts'
import type { SubmittedForm } from '../form.ts'
import { Receipt } from '../parts/facts.tsx'
import { PasswordField, TextField } from '../parts/fields.tsx'
import { Form } from '../parts/form.tsx'
import { draftedStep } from './drafted-step.ts'
import { fieldError, show, showDeadEnd, type Visit, wordedFor } from './visit.tsx'

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

export const enrolPassword = draftedStep({
  procedure: PROCEDURE,
  step: 'password',
  doneOf: ({ paths }: Visit, draftId) => paths.enrolDoneOf(draftId),
  complete: ({ site, request, browser }, form, draftId) =>
    completeEnrolment(site.ports, request, browser.hash, {
      draftId,
      loginPassword: form.text('loginPassword'),
      loginPasswordAgain: form.text('loginPasswordAgain'),
      mail: form.text('mail'),
    }),
  show: showPassword,
  showDone,
  showDead,
})

function showDone(visit: Visit, result: EnrolmentResult) {
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
        <p class="form__buttons">
          <a class="button button--primary" href={visit.paths.login}>
            {visit.words.banking.backToLogin}
          </a>
        </p>
      </>
    ),
  })
}

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

function showPassword(
  plain: Visit,
  draft: Draft,
  refusal: Refused | undefined,
  form: SubmittedForm,
) {
  const { enrol, passwordRules, passwordError } = plain.words.account
  // At the login the field of this name only has to be filled in; here it has to be a good one.
  const visit = wordedFor(plain, { fields: { loginPassword: passwordError } })
  return show(visit, {
    title: enrol.title,
    steps: { labels: enrol.steps, current: 2 },
    refused: refusal,
    draft,
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

function showDead(visit: Visit, refusal: Refused) {
  return showDeadEnd(visit, visit.words.account.enrol.title, refusal, visit.paths.enrol)
}
