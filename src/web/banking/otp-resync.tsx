import { type Draft, draftAtStep } from '../../bank/draft.ts'
import {
  beginOtpResync,
  completeOtpResync,
  type OtpResyncResult,
} from '../../bank/procedures/otp-resync.ts'
import { type Refused, refused } from '../../bank/refusal.ts'
import { Receipt } from '../parts/facts.tsx'
import { CodeField } from '../parts/fields.tsx'
import { Form } from '../parts/form.tsx'
import { Operation } from '../parts/operation.tsx'
import { credentialsStep } from './credentials-step.tsx'
import type { SubmittedForm } from './form.ts'
import { fieldError, isDeadEnd, show, showDeadEnd, type Visit } from './visit.tsx'

const PROCEDURE = 'otp-resync'

/** 時刻補正: `/otp/resync` → `/otp/resync/codes` → `/otp/resync/done`. */
export const otpResyncBegin = credentialsStep((visit) => ({
  title: visit.words.banking.resync.title,
  steps: visit.words.banking.resync.steps,
  action: visit.paths.otpResync,
  begin: beginOtpResync,
  next: visit.paths.otpResyncCodesOf,
}))

export async function otpResyncCodesPage(visit: Visit) {
  const draft = await findDraft(visit, visit.c.req.query('draft'))
  if (draft?.step === 'done') return visit.c.redirect(visit.paths.otpResyncDoneOf(draft.id), 303)
  const open = draftAtStep(draft, 'codes', visit.site.ports.clock.now())
  return open.ok ? showCodes(visit, open.value) : showDead(visit, open)
}

export async function otpResyncCodesSubmit(visit: Visit, form: SubmittedForm) {
  const draftId = form.text('draft') || undefined
  const outcome = await completeOtpResync(visit.site.ports, visit.request, visit.browser.hash, {
    draftId,
    otp: form.text('otp'),
    nextOtp: form.text('nextOtp'),
  })
  const draft = await findDraft(visit, draftId)
  if (outcome.ok && draft) return visit.c.redirect(visit.paths.otpResyncDoneOf(draft.id), 303)
  const refusal = outcome.ok ? refused('out-of-order') : outcome
  if (draft === undefined || isDeadEnd(refusal)) return showDead(visit, refusal)
  return showCodes(visit, draft, refusal)
}

export async function otpResyncDonePage(visit: Visit) {
  const draft = await findDraft(visit, visit.c.req.query('draft'))
  if (draft?.step !== 'done') return showDead(visit, refused('out-of-order'))
  const result = draft.result as OtpResyncResult
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

function showCodes(visit: Visit, draft: Draft, refusal?: Refused) {
  const { resync, backToLogin } = visit.words.banking
  return show(visit, {
    title: resync.title,
    steps: { labels: resync.steps, current: 2 },
    refused: refusal,
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

const showDead = (visit: Visit, refusal: Refused) =>
  showDeadEnd(visit, visit.words.banking.resync.title, refusal, visit.paths.otpResync)
