import { addDays, dayOf, writtenDay } from '../../../bank/calendar.ts'
import type { Application, ListedApplication } from '../../../bank/hardware/hardware.ts'
import { writtenParcelNumber } from '../../../bank/hardware/parcel-number.ts'
import { mayDo } from '../../../bank/office/staff.ts'
import { withdrawApplication } from '../../../bank/procedures/hardware-application.ts'
import { assignSerial, undoAssignment } from '../../../bank/procedures/hardware-assign.ts'
import { reportMissing, resend } from '../../../bank/procedures/hardware-missing.ts'
import type { Outcome, Refused } from '../../../bank/refusal.ts'
import type { SubmittedForm } from '../../form.ts'
import { Facts } from '../../parts/facts.tsx'
import { TextField } from '../../parts/fields.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/messages.tsx'
import { japanese } from '../../words/words.ts'
import { fieldError, type StaffVisit } from '../visit.tsx'
import { shortTime } from '../written-time.ts'
import { ApplicationTag, shapeName, showHardware, TokenLink } from './frame.tsx'

const words = japanese.office.hardware
const own = words.application

/** A token with less left than a year is not worth its postage. */
const LEAST_DAYS_LEFT = 365

const noOf = (visit: StaffVisit) => visit.c.req.param('no') ?? ''

/** One application, with what comes next. */
export async function applicationPage(visit: StaffVisit, refusal?: Refused) {
  const { applications } = visit.site.ports.store.tables.hardware
  const { bankCode } = visit.bank
  const found = await applications.find(bankCode, noOf(visit))
  if (found === undefined) return visit.c.notFound()
  // As listed, it has the customer's name and the state of its token.
  const all = await applications.ofContract(bankCode, found.contractId)
  const application = all.find(({ applicationNo }) => applicationNo === found.applicationNo)
  if (application === undefined) return visit.c.notFound()
  const mayHandle = mayDo(visit.staff.role, 'hardware-handle')
  return showHardware(visit, {
    title: own.title(application.applicationNo),
    section: 'applications',
    refused: refusal,
    wide: false,
    children: (
      <>
        <p>
          <ApplicationTag application={application} />
        </p>
        <ApplicationFacts visit={visit} application={application} />
        {mayHandle && (await nextSteps(visit, application, refusal))}
      </>
    ),
  })
}

type Step = (visit: StaffVisit, form: SubmittedForm) => Promise<Outcome<unknown>>

/** A step on the way of an application, by the last part of its address. */
export const APPLICATION_STEPS: Readonly<Record<string, Step>> = {
  assign: (visit, form) =>
    assignSerial(visit.site.ports, visit.staffRequest, {
      applicationNo: noOf(visit),
      serial: form.text('serial'),
    }),
  undo: (visit) => undoAssignment(visit.site.ports, visit.staffRequest, noOf(visit)),
  withdraw: (visit) => withdrawApplication(visit.site.ports, visit.staffRequest, noOf(visit)),
  missing: (visit) => reportMissing(visit.site.ports, visit.staffRequest, noOf(visit)),
  resend: (visit) => resend(visit.site.ports, visit.staffRequest, noOf(visit)),
}

export const stepSubmit = (step: Step) => async (visit: StaffVisit, form: SubmittedForm) => {
  const outcome = await step(visit, form)
  if (!outcome.ok) return applicationPage(visit, outcome)
  return visit.c.redirect(visit.paths.hardwareApplication(noOf(visit)), 303)
}

function ApplicationFacts(props: { visit: StaffVisit; application: ListedApplication }) {
  const { visit, application } = props
  const { columns } = words.applications
  const { parcelNo, serial, replaces, waiver } = application
  const fact = (field: string, label: string, value: string) => ({ field, label, value })
  const fee =
    application.feeYen === 0 ? own.free : `${application.feeYen.toLocaleString('ja-JP')}円`
  return (
    <Facts
      items={[
        { ...fact('name', columns.name, application.customerName), large: true },
        fact('contractId', columns.contract, application.contractId),
        fact('purpose', own.purpose, own.purposes[application.purpose]),
        fact('appliedOn', columns.appliedOn, writtenDay(application.appliedOn)),
        fact('shape', columns.shape, shapeName(application.shape, words.anyShape)),
        fact('fee', own.fee, fee),
        ...(waiver === undefined ? [] : [fact('waiver', own.waiver, waiver)]),
        ...(replaces === undefined ? [] : [fact('replaces', own.replaces, replaces)]),
        ...(serial === undefined
          ? []
          : [
              {
                field: 'assigned',
                label: columns.serial,
                value: <TokenLink visit={visit} serial={serial} />,
              },
            ]),
        ...(parcelNo === undefined
          ? []
          : [fact('parcelNo', own.parcelNo, writtenParcelNumber(parcelNo))]),
        fact('recordedAt', own.recordedAt, shortTime(application.recordedAtMs)),
        fact('recordedBy', own.recordedBy, application.recordedBy),
      ]}
    />
  )
}

/** What may be done with it now. */
async function nextSteps(
  visit: StaffVisit,
  application: ListedApplication,
  refusal: Refused | undefined,
) {
  const { state, serial, tokenState } = application
  if (state === 'received') {
    return (
      <>
        {await assignForm(visit, application, refusal)}
        <Ending visit={visit} of={application} step="withdraw" />
      </>
    )
  }
  if (state === 'assigned') {
    return (
      <>
        <p>
          <a class="button button--primary" href={visit.paths.hardwareDispatch}>
            {own.toDispatch}
          </a>
        </p>
        <Ending visit={visit} of={application} step="undo" />
      </>
    )
  }
  if (state === 'missing') return <Ending visit={visit} of={application} step="resend" />
  if (state !== 'shipped' || tokenState !== 'shipped' || serial === undefined) return null
  return (
    <>
      <p>
        <a class="button button--secondary" href={visit.paths.hardwareReturnsOf(serial)}>
          {own.toReturns}
        </a>
      </p>
      <Ending visit={visit} of={application} step="missing" />
    </>
  )
}

/** The oldest token of the shape is proposed; the clerk may take another one in hand. */
async function assignForm(
  visit: StaffVisit,
  application: Application,
  refusal: Refused | undefined,
) {
  const { ports } = visit.site
  const { stock } = ports.store.tables.hardware
  const notBefore = addDays(dayOf(ports.clock.now()), LEAST_DAYS_LEFT)
  const oldest = await stock.oldest(visit.bank.bankCode, application.shape, notBefore)
  return (
    <section>
      <h2>{own.assign}</h2>
      {oldest === undefined && (
        <Notice kind="warning">
          <p>{own.noStock}</p>
        </Notice>
      )}
      <p>{own.assignText}</p>
      <Form
        action={visit.paths.hardwareApplicationStep(application.applicationNo, 'assign')}
        csrf={visit.browser.csrf}
        submit={own.assign}
      >
        <TextField
          name="serial"
          label={words.serial}
          value={oldest?.token.serial ?? ''}
          width="medium"
          error={fieldError(refusal, 'serial')}
        />
      </Form>
    </section>
  )
}

/** A step that takes something back, with the words that say what it does. */
function Ending(props: {
  readonly visit: StaffVisit
  readonly of: Application
  readonly step: 'undo' | 'withdraw' | 'missing' | 'resend'
}) {
  const { visit, of, step } = props
  return (
    <section>
      <h2>{own[step]}</h2>
      <p>{own[`${step}Text`]}</p>
      <Form
        action={visit.paths.hardwareApplicationStep(of.applicationNo, step)}
        csrf={visit.browser.csrf}
        submit={own[step]}
        tone={step === 'resend' ? 'primary' : 'danger'}
      />
    </section>
  )
}
