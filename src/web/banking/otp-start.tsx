import type { Draft } from '../../bank/draft.ts'
import {
  beginOtpStart,
  completeOtpStart,
  type OtpStartResult,
} from '../../bank/procedures/otp-start.ts'
import type { Refused } from '../../bank/refusal.ts'
import type { SubmittedForm } from '../form.ts'
import { Receipt } from '../parts/facts.tsx'
import { CodeField, RadioGroup, TextField } from '../parts/fields.tsx'
import { Form } from '../parts/form.tsx'
import { Operation } from '../parts/operation.tsx'
import { QrCode } from '../parts/qr-code.tsx'
import { TokenPictures } from '../parts/token-pictures.tsx'
import { AskedFields, askedOfDraft } from './authorisation-fields.tsx'
import { answersOf } from './confirmation.ts'
import { credentialsStep } from './credentials-step.tsx'
import { draftedStep } from './drafted-step.ts'
import { wordedForSerial } from './mistyped-serial.ts'
import { fieldError, show, showDeadEnd, type Visit } from './visit.tsx'

const PROCEDURE = 'otp-start'

/** 利用開始: `/otp/start` → `/otp/start/token` → `/otp/start/done`. */
export const otpStartBegin = credentialsStep((visit) => ({
  title: visit.words.banking.start.title,
  steps: visit.words.banking.start.steps,
  action: visit.paths.otpStart,
  begin: beginOtpStart,
  next: visit.paths.otpStartTokenOf,
  before: <TokenApp visit={visit} />,
}))

export const otpStartToken = draftedStep({
  procedure: PROCEDURE,
  step: 'token',
  doneOf: ({ paths }: Visit, draftId) => paths.otpStartDoneOf(draftId),
  complete: ({ site, request, browser }, form, draftId) =>
    completeOtpStart(site.ports, request, browser.hash, {
      draftId,
      serial: form.text('serial'),
      otp: form.text('otp'),
      otpAtLogin: form.text('otpAtLogin'),
      answers: answersOf(form),
    }),
  show: showToken,
  showDone,
  showDead: showDeadStart,
})

function showDone(visit: Visit, result: OtpStartResult) {
  const { banking } = visit.words
  const { start } = banking
  return show(visit, {
    title: start.title,
    steps: { labels: start.steps, current: 3 },
    children: (
      <>
        <Receipt
          heading={start.done}
          receiptNo={result.receiptNo}
          receivedAt={new Date(result.receivedAtMs)}
          facts={[
            { field: 'serial', label: start.serial, value: result.serial },
            {
              field: 'otpAtLogin',
              label: start.otpAtLogin,
              value: result.otpAtLogin === 'required' ? start.required : start.notRequired,
              dataValue: result.otpAtLogin,
            },
          ]}
        />
        <p>{start.next}</p>
        <p class="form__buttons">
          <a class="button button--primary" href={visit.paths.login}>
            {banking.backToLogin}
          </a>
        </p>
      </>
    ),
  })
}

/** The token has to be at hand before anything can be typed. */
function TokenApp({ visit }: { visit: Visit }) {
  const { start } = visit.words.banking
  return (
    <>
      <p>{start.intro}</p>
      <QrCode
        text={visit.site.tokenOrigin()}
        label={start.qr}
        hint={start.appHint}
        link={start.app}
      />
      <p>{start.hardware}</p>
    </>
  )
}

async function showToken(
  plain: Visit,
  draft: Draft,
  refusal: Refused | undefined,
  form: SubmittedForm,
) {
  const visit = wordedForSerial(plain, refusal, form.text('serial'))
  const { start, otp, otpHint } = visit.words.banking
  const asked = await askedOfDraft(visit, draft)
  return show(visit, {
    title: start.title,
    steps: { labels: start.steps, current: 2 },
    refused: refusal,
    draft,
    children: (
      <>
        <Operation name={start.operation} lines={[]} />
        <TokenPictures words={visit.words.account.pictures} />
        <Form
          action={visit.paths.otpStartToken}
          csrf={visit.browser.csrf}
          draft={draft.id}
          submit={start.submit}
          secondary={{ href: visit.paths.login, label: start.cancel }}
        >
          <TextField
            name="serial"
            label={start.serial}
            hint={start.serialHint}
            value={form.text('serial')}
            width="medium"
            error={fieldError(visit, refusal, 'serial')}
          />
          <CodeField
            name="otp"
            label={otp}
            hint={otpHint}
            error={fieldError(visit, refusal, 'otp')}
          />
          <RadioGroup
            name="otpAtLogin"
            legend={start.otpAtLogin}
            value={form.text('otpAtLogin') || 'required'}
            error={fieldError(visit, refusal, 'otpAtLogin')}
            options={[
              { value: 'required', label: start.required, hint: start.requiredHint },
              { value: 'not-required', label: start.notRequired, hint: start.notRequiredHint },
            ]}
          />
          <AskedFields visit={visit} asked={asked} refusal={refusal} />
        </Form>
      </>
    ),
  })
}

function showDeadStart(visit: Visit, refusal: Refused) {
  return showDeadEnd(visit, visit.words.banking.start.title, refusal, visit.paths.otpStart)
}
