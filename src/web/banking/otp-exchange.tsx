import { type Draft, draftAtStep } from '../../bank/draft.ts'
import {
  beginOtpExchange,
  completeOtpExchange,
  type OtpExchangeResult,
  proveCurrentToken,
} from '../../bank/procedures/otp-exchange.ts'
import type { Refused } from '../../bank/refusal.ts'
import type { SubmittedForm } from '../form.ts'
import { ContactBox } from '../parts/contact.tsx'
import { Receipt } from '../parts/facts.tsx'
import { CodeField, TextField } from '../parts/fields.tsx'
import { Form } from '../parts/form.tsx'
import { Notice } from '../parts/messages.tsx'
import { Operation } from '../parts/operation.tsx'
import { TokenPictures } from '../parts/token-pictures.tsx'
import { credentialsStep } from './credentials-step.tsx'
import { draftedStep, draftOf } from './drafted-step.ts'
import { wordedForSerial } from './mistyped-serial.ts'
import { fieldError, isDeadEnd, show, showDeadEnd, type Visit } from './visit.tsx'

const PROCEDURE = 'otp-exchange'

/** 交換: `/otp/exchange` → `/otp/exchange/current` → `/otp/exchange/new` → `/otp/exchange/done`. */
export const otpExchangeBegin = credentialsStep((visit) => ({
  title: visit.words.banking.exchange.title,
  steps: visit.words.banking.exchange.steps,
  action: visit.paths.otpExchange,
  begin: beginOtpExchange,
  next: visit.paths.otpExchangeCurrentOf,
  before: <BeforeExchange visit={visit} />,
}))

export async function otpExchangeCurrentPage(visit: Visit) {
  const draft = await draftOf(visit, PROCEDURE, visit.query('draft'))
  const further = whereTo(visit, draft)
  if (draft?.step !== 'current' && further) return visit.c.redirect(further, 303)
  const open = draftAtStep(draft, 'current', visit.site.ports.clock.now())
  return open.ok ? showCurrent(visit, open.value) : showDead(visit, open)
}

export async function otpExchangeCurrentSubmit(visit: Visit, form: SubmittedForm) {
  const draftId = form.text('draft') || undefined
  const outcome = await proveCurrentToken(visit.site.ports, visit.request, visit.browser.hash, {
    draftId,
    otp: form.text('otp'),
  })
  const draft = await draftOf(visit, PROCEDURE, draftId)
  if (outcome.ok) {
    return visit.c.redirect(visit.paths.otpExchangeNewOf(outcome.value.draftId), 303)
  }
  if (draft === undefined || isDeadEnd(outcome)) return showDead(visit, outcome)
  return showCurrent(visit, draft, outcome)
}

export const otpExchangeNew = draftedStep({
  procedure: PROCEDURE,
  step: 'new',
  doneOf: ({ paths }: Visit, draftId) => paths.otpExchangeDoneOf(draftId),
  complete: ({ site, request, browser }, form, draftId) =>
    completeOtpExchange(site.ports, request, browser.hash, {
      draftId,
      serial: form.text('serial'),
      otp: form.text('otp'),
    }),
  show: showNew,
  showDone,
  showDead,
})

function showDone(visit: Visit, result: OtpExchangeResult) {
  const { exchange, backToLogin } = visit.words.banking
  return show(visit, {
    title: exchange.title,
    steps: { labels: exchange.steps, current: 4 },
    children: (
      <>
        <Receipt
          heading={exchange.done}
          receiptNo={result.receiptNo}
          receivedAt={new Date(result.receivedAtMs)}
          facts={[
            { field: 'newSerial', label: exchange.newResult, value: result.newSerial },
            { field: 'oldSerial', label: exchange.oldResult, value: result.oldSerial },
          ]}
        />
        <p>{exchange.next}</p>
        <p class="form__buttons">
          <a class="button button--primary" href={visit.paths.login}>
            {backToLogin}
          </a>
        </p>
      </>
    ),
  })
}

/**
 * A draft that stands further on leads there: the back button skips nothing and repeats nothing.
 */
function whereTo(visit: Visit, draft: Draft | undefined): string | undefined {
  if (draft?.step === 'new') return visit.paths.otpExchangeNewOf(draft.id)
  return draft?.step === 'done' ? visit.paths.otpExchangeDoneOf(draft.id) : undefined
}

/** What goes wrong when it is read afterwards: the old phone already gone. */
function BeforeExchange({ visit }: { visit: Visit }) {
  const { exchange } = visit.words.banking
  return (
    <Notice kind="info" heading={exchange.beforeHeading}>
      <ul>
        {exchange.before.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    </Notice>
  )
}

function showCurrent(visit: Visit, draft: Draft, refusal?: Refused) {
  const { exchange, backToLogin } = visit.words.banking
  return show(visit, {
    title: exchange.title,
    steps: { labels: exchange.steps, current: 2 },
    refused: refusal,
    draft,
    help: { 'wrong-code': ['old-phone', 'code-refused'] },
    children: (
      <>
        <Operation name={exchange.operation} lines={[]} />
        <Form
          action={visit.paths.otpExchangeCurrent}
          csrf={visit.browser.csrf}
          draft={draft.id}
          secondary={{ href: visit.paths.login, label: backToLogin }}
        >
          <CodeField
            name="otp"
            label={exchange.currentOtp}
            hint={exchange.currentHint}
            error={fieldError(visit, refusal, 'otp')}
          />
        </Form>
        <p>{exchange.lost}</p>
        <ContactBox look={visit.look} />
      </>
    ),
  })
}

function showNew(plain: Visit, draft: Draft, refusal: Refused | undefined, form: SubmittedForm) {
  const visit = wordedForSerial(plain, refusal, form.text('serial'))
  const { exchange, start, backToLogin } = visit.words.banking
  return show(visit, {
    title: exchange.title,
    steps: { labels: exchange.steps, current: 3 },
    refused: refusal,
    draft,
    children: (
      <>
        <Operation name={exchange.operation} lines={[]} />
        <TokenPictures words={visit.words.account.pictures} />
        <Form
          action={visit.paths.otpExchangeNew}
          csrf={visit.browser.csrf}
          draft={draft.id}
          submit={exchange.submit}
          secondary={{ href: visit.paths.login, label: backToLogin }}
        >
          <TextField
            name="serial"
            label={exchange.newSerial}
            hint={start.serialHint}
            value={form.text('serial')}
            width="medium"
            error={fieldError(visit, refusal, 'serial')}
          />
          <CodeField
            name="otp"
            label={exchange.newOtp}
            hint={exchange.newOtpHint}
            error={fieldError(visit, refusal, 'otp')}
          />
        </Form>
      </>
    ),
  })
}

function showDead(visit: Visit, refusal: Refused) {
  return showDeadEnd(visit, visit.words.banking.exchange.title, refusal, visit.paths.otpExchange)
}
