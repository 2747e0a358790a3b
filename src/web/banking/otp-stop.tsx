import { type Draft, draftAtStep } from '../../bank/draft.ts'
import {
  beginOtpStop,
  completeOtpStop,
  type OtpStopResult,
} from '../../bank/procedures/otp-stop.ts'
import { type Refused, refused } from '../../bank/refusal.ts'
import { Receipt } from '../parts/facts.tsx'
import { CodeField } from '../parts/fields.tsx'
import { Form } from '../parts/form.tsx'
import { Operation } from '../parts/operation.tsx'
import { AskedFields, askedOfDraft } from './authorisation-fields.tsx'
import { answersOf } from './confirmation.ts'
import { credentialsStep } from './credentials-step.tsx'
import type { SubmittedForm } from './form.ts'
import { fieldError, isDeadEnd, show, showDeadEnd, type Visit } from './visit.tsx'

const PROCEDURE = 'otp-stop'

/** 利用中止: `/otp/stop` → `/otp/stop/confirm` → `/otp/stop/done`. */
export const otpStopBegin = credentialsStep((visit) => ({
  title: visit.words.banking.stop.title,
  steps: visit.words.banking.stop.steps,
  action: visit.paths.otpStop,
  begin: beginOtpStop,
  next: visit.paths.otpStopConfirmOf,
}))

export async function otpStopConfirmPage(visit: Visit) {
  const draft = await findDraft(visit, visit.c.req.query('draft'))
  if (draft?.step === 'done') return visit.c.redirect(visit.paths.otpStopDoneOf(draft.id), 303)
  const open = draftAtStep(draft, 'confirm', visit.site.ports.clock.now())
  return open.ok ? showConfirm(visit, open.value) : showDead(visit, open)
}

export async function otpStopConfirmSubmit(visit: Visit, form: SubmittedForm) {
  const draftId = form.text('draft') || undefined
  const outcome = await completeOtpStop(visit.site.ports, visit.request, visit.browser.hash, {
    draftId,
    otp: form.text('otp'),
    answers: answersOf(form),
  })
  const draft = await findDraft(visit, draftId)
  if (outcome.ok && draft) return visit.c.redirect(visit.paths.otpStopDoneOf(draft.id), 303)
  const refusal = outcome.ok ? refused('out-of-order') : outcome
  if (draft === undefined || isDeadEnd(refusal)) return showDead(visit, refusal)
  return showConfirm(visit, draft, refusal)
}

export async function otpStopDonePage(visit: Visit) {
  const draft = await findDraft(visit, visit.c.req.query('draft'))
  if (draft?.step !== 'done') return showDead(visit, refused('out-of-order'))
  const result = draft.result as OtpStopResult
  const { stop, start, backToLogin } = visit.words.banking
  return show(visit, {
    title: stop.title,
    steps: { labels: stop.steps, current: 3 },
    children: (
      <>
        <Receipt
          heading={stop.done}
          receiptNo={result.receiptNo}
          receivedAt={new Date(result.receivedAtMs)}
          facts={[{ field: 'serial', label: start.serial, value: result.serial }]}
        />
        <p>{stop.next}</p>
        <p>
          <a class="button button--primary" href={visit.paths.login}>
            {backToLogin}
          </a>
        </p>
      </>
    ),
  })
}

const findDraft = (visit: Visit, id: string | undefined) =>
  visit.site.ports.store.tables.drafts.find(visit.browser.hash, PROCEDURE, id)

async function showConfirm(visit: Visit, draft: Draft, refusal?: Refused) {
  const { stop, otp, otpHint } = visit.words.banking
  const asked = await askedOfDraft(visit, draft)
  return show(visit, {
    title: stop.title,
    steps: { labels: stop.steps, current: 2 },
    refused: refusal,
    children: (
      <>
        <Operation name={stop.operation} lines={[]} />
        <Form
          action={visit.paths.otpStopConfirm}
          csrf={visit.browser.csrf}
          draft={draft.id}
          submit={stop.submit}
          tone="danger"
          secondary={{ href: visit.paths.login, label: stop.cancel }}
        >
          <CodeField
            name="otp"
            label={otp}
            hint={otpHint}
            error={fieldError(visit, refusal, 'otp')}
          />
          <AskedFields visit={visit} asked={asked} refusal={refusal} />
        </Form>
      </>
    ),
  })
}

const showDead = (visit: Visit, refusal: Refused) =>
  showDeadEnd(visit, visit.words.banking.stop.title, refusal, visit.paths.otpStop)
