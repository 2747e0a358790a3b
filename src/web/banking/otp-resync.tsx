import type { Draft } from '../../bank/draft.ts'
import {
  beginOtpResync,
  completeOtpResync,
  type OtpResyncResult,
} from '../../bank/procedures/otp-resync.ts'
import type { Refused } from '../../bank/refusal.ts'
import { Receipt } from '../parts/facts.tsx'
import { CodeField } from '../parts/fields.tsx'
import { Form } from '../parts/form.tsx'
import { Operation } from '../parts/operation.tsx'
import { credentialsStep } from './credentials-step.tsx'
import { draftedStep } from './drafted-step.ts'
import { fieldError, show, showDeadEnd, type Visit } from './visit.tsx'

const PROCEDURE = 'otp-resync'

/** 時刻補正: `/otp/resync` → `/otp/resync/codes` → `/otp/resync/done`. */
export const otpResyncBegin = credentialsStep((visit) => ({
  title: visit.words.banking.resync.title,
  steps: visit.words.banking.resync.steps,
  action: visit.paths.otpResync,
  begin: beginOtpResync,
  next: visit.paths.otpResyncCodesOf,
}))

export const otpResyncCodes = draftedStep({
  procedure: PROCEDURE,
  step: 'codes',
  doneOf: ({ paths }: Visit, draftId) => paths.otpResyncDoneOf(draftId),
  complete: ({ site, request, browser }, form, draftId) =>
    completeOtpResync(site.ports, request, browser.hash, {
      draftId,
      otp: form.text('otp'),
      nextOtp: form.text('nextOtp'),
    }),
  show: showCodes,
  showDone,
  showDead,
})

function showDone(visit: Visit, result: OtpResyncResult) {
  const { resync, start, backToLogin } = visit.words.banking
  return show(visit, {
    title: resync.title,
    steps: { labels: resync.steps, current: 3 },
    children: (
      <>
        <Receipt
          heading={resync.done}
          receiptNo={result.receiptNo}
          receivedAt={new Date(result.receivedAtMs)}
          facts={[{ field: 'serial', label: start.serial, value: result.serial }]}
        />
        <p class="form__buttons">
          <a class="button button--primary" href={visit.paths.login}>
            {backToLogin}
          </a>
        </p>
      </>
    ),
  })
}

function showCodes(visit: Visit, draft: Draft, refusal?: Refused) {
  const { resync, backToLogin } = visit.words.banking
  return show(visit, {
    title: resync.title,
    steps: { labels: resync.steps, current: 2 },
    refused: refusal,
    draft,
    help: { 'wrong-code': ['clock'] },
    children: (
      <>
        <Operation name={resync.operation} lines={[]} />
        <p>{resync.text}</p>
        <Form
          action={visit.paths.otpResyncCodes}
          csrf={visit.browser.csrf}
          draft={draft.id}
          submit={resync.submit}
          secondary={{ href: visit.paths.login, label: backToLogin }}
        >
          <CodeField
            name="otp"
            label={resync.otp}
            hint={resync.otpHint}
            error={fieldError(visit, refusal, 'otp')}
          />
          <CodeField
            name="nextOtp"
            label={resync.nextOtp}
            hint={resync.nextOtpHint}
            error={fieldError(visit, refusal, 'nextOtp')}
          />
        </Form>
      </>
    ),
  })
}

function showDead(visit: Visit, refusal: Refused) {
  return showDeadEnd(visit, visit.words.banking.resync.title, refusal, visit.paths.otpResync)
}
