import type { Draft } from '../../bank/draft.ts'
import {
  beginOtpStop,
  completeOtpStop,
  type OtpStopResult,
} from '../../bank/procedures/otp-stop.ts'
import type { Refused } from '../../bank/refusal.ts'
import { Receipt } from '../parts/facts.tsx'
import { CodeField } from '../parts/fields.tsx'
import { Form } from '../parts/form.tsx'
import { Operation } from '../parts/operation.tsx'
import { AskedFields, askedOfDraft } from './authorisation-fields.tsx'
import { answersOf } from './confirmation.ts'
import { credentialsStep } from './credentials-step.tsx'
import { draftedStep } from './drafted-step.ts'
import { fieldError, show, showDeadEnd, type Visit } from './visit.tsx'

const PROCEDURE = 'otp-stop'

/** 利用中止: `/otp/stop` → `/otp/stop/confirm` → `/otp/stop/done`. */
export const otpStopBegin = credentialsStep((visit) => ({
  title: visit.words.banking.stop.title,
  steps: visit.words.banking.stop.steps,
  action: visit.paths.otpStop,
  begin: beginOtpStop,
  next: visit.paths.otpStopConfirmOf,
}))

export const otpStopConfirm = draftedStep({
  procedure: PROCEDURE,
  step: 'confirm',
  doneOf: ({ paths }: Visit, draftId) => paths.otpStopDoneOf(draftId),
  complete: ({ site, request, browser }, form, draftId) =>
    completeOtpStop(site.ports, request, browser.hash, {
      draftId,
      otp: form.text('otp'),
      answers: answersOf(form),
    }),
  show: showConfirm,
  showDone,
  showDead,
})

function showDone(visit: Visit, result: OtpStopResult) {
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
        <p class="form__buttons">
          <a class="button button--primary" href={visit.paths.login}>
            {backToLogin}
          </a>
        </p>
      </>
    ),
  })
}

async function showConfirm(visit: Visit, draft: Draft, refusal?: Refused) {
  const { stop, otp, otpHint } = visit.words.banking
  const asked = await askedOfDraft(visit, draft)
  return show(visit, {
    title: stop.title,
    steps: { labels: stop.steps, current: 2 },
    refused: refusal,
    draft,
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

function showDead(visit: Visit, refusal: Refused) {
  return showDeadEnd(visit, visit.words.banking.stop.title, refusal, visit.paths.otpStop)
}
