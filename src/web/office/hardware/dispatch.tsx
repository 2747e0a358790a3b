import { addDays, dayOf, isDay, startOfDayMs } from '../../../bank/calendar.ts'
import type { ListedApplication } from '../../../bank/hardware/hardware.ts'
import { writtenParcelNumber } from '../../../bank/hardware/parcel-number.ts'
import { mayDo } from '../../../bank/office/staff.ts'
import { dispatchToken } from '../../../bank/procedures/hardware-dispatch.ts'
import { type Refused, refused } from '../../../bank/refusal.ts'
import { EMPTY_FORM, type SubmittedForm } from '../../form.ts'
import { TextField } from '../../parts/fields.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/messages.tsx'
import { japanese } from '../../words/words.ts'
import { fieldError, type StaffVisit } from '../visit.tsx'
import { WorkTable } from '../work-table.tsx'
import { shapeName, showHardware, TokenLink } from './frame.tsx'

const words = japanese.office.hardware
const own = words.dispatch
const { columns } = words.applications

/** As many as one form takes. */
const MOST_LISTED = 100

const fieldOf = (applicationNo: string) => `parcelNo-${applicationNo}`

const waitingFor = (visit: StaffVisit) =>
  visit.site.ports.store.tables.hardware.applications.inState(
    visit.bank.bankCode,
    'assigned',
    MOST_LISTED,
  )

/** 発送リスト: what is assigned, each with a field for the number of its parcel. */
export const dispatchPage = (visit: StaffVisit) => showList(visit, {})

/**
 * Every parcel that has a number leaves, each for itself: one that is refused keeps none back. What
 * was listed when the numbers were typed is gone through, so that one that another clerk has taken
 * back meanwhile is told, and its envelope does not leave in silence.
 */
export async function dispatchSubmit(visit: StaffVisit, form: SubmittedForm) {
  const refusals = new Map<string, Refused>()
  let sent = 0
  let typed = 0
  for (const applicationNo of form.text('listed').split(' ').slice(0, MOST_LISTED)) {
    const parcelNo = form.text(fieldOf(applicationNo))
    if (parcelNo.trim() === '') continue
    typed += 1
    const outcome = await dispatchToken(visit.site.ports, visit.staffRequest, {
      applicationNo,
      parcelNo,
    })
    if (outcome.ok) sent += 1
    else refusals.set(applicationNo, outcome)
  }
  return showList(visit, { refusals, sent, nothing: typed === 0, form })
}

interface After {
  readonly refusals?: ReadonlyMap<string, Refused>
  readonly sent?: number
  readonly nothing?: boolean
  readonly form?: SubmittedForm
}

async function showList(visit: StaffVisit, after: After) {
  const waiting = await waitingFor(visit)
  const [first] = after.refusals?.values() ?? []
  const nothing = after.nothing ? refused('invalid-input') : undefined
  const today = dayOf(visit.site.ports.clock.now())
  const still = new Set(waiting.map(({ applicationNo }) => applicationNo))
  const gone = [...(after.refusals?.keys() ?? [])].filter((no) => !still.has(no))
  return showHardware(visit, {
    title: own.title,
    section: 'dispatch',
    refused: first && refused(first.refusal),
    children: (
      <>
        {(after.sent ?? 0) > 0 && <Notice kind="success" heading={own.done(after.sent ?? 0)} />}
        {gone.length > 0 && (
          <Notice kind="warning" heading={own.gone}>
            <p>{own.goneText}</p>
            <ul>
              {gone.map((no) => (
                <li>
                  <a href={visit.paths.hardwareApplication(no)}>{words.application.title(no)}</a>
                </li>
              ))}
            </ul>
          </Notice>
        )}
        {nothing && waiting.length > 0 && <Notice kind="warning" heading={own.none} />}
        <DispatchList visit={visit} waiting={waiting} after={after} />
        <p>
          <a href={`${visit.paths.hardwareDispatched}?day=${today}`}>{own.toDay}</a>
        </p>
      </>
    ),
  })
}

function DispatchList(props: {
  readonly visit: StaffVisit
  readonly waiting: readonly ListedApplication[]
  readonly after: After
}) {
  const { visit, waiting, after } = props
  const { refusals, form = EMPTY_FORM } = after
  const mayHandle = mayDo(visit.staff.role, 'hardware-handle')
  const table = (
    <WorkTable
      caption={own.caption}
      columns={[
        columns.no,
        columns.name,
        columns.contract,
        columns.serial,
        ...(mayHandle ? [own.parcelNo] : []),
      ]}
      empty={own.empty}
      rows={waiting.map((application) => [
        <a href={visit.paths.hardwareApplication(application.applicationNo)}>
          {application.applicationNo}
        </a>,
        application.customerName,
        application.contractId,
        <TokenLink visit={visit} serial={application.serial ?? ''} />,
        ...(mayHandle
          ? [
              <TextField
                name={fieldOf(application.applicationNo)}
                label={own.parcelLabel(application.serial ?? '')}
                value={
                  refusals?.has(application.applicationNo)
                    ? form.text(fieldOf(application.applicationNo))
                    : ''
                }
                inputMode="numeric"
                width="medium"
                error={errorOf(refusals?.get(application.applicationNo))}
              />,
            ]
          : []),
      ])}
    />
  )
  if (waiting.length === 0 || !mayHandle) return table
  return (
    <>
      <p>{own.text}</p>
      <Form action={visit.paths.hardwareDispatch} csrf={visit.browser.csrf} submit={own.submit}>
        <input
          type="hidden"
          name="listed"
          value={waiting.map(({ applicationNo }) => applicationNo).join(' ')}
        />
        {table}
      </Form>
    </>
  )
}

const errorOf = (refusal: Refused | undefined) =>
  refusal && fieldError(refused(refusal.refusal, 'parcelNo'), 'parcelNo')

/** What left on a day: printed, it goes with the parcels to the post office. */
export async function dispatchedPage(visit: StaffVisit) {
  const { ports } = visit.site
  const typed = visit.c.req.query('day') ?? ''
  const day = isDay(typed) ? typed : dayOf(ports.clock.now())
  const sent = await ports.store.tables.hardware.applications.shippedBetween(
    visit.bank.bankCode,
    startOfDayMs(day),
    startOfDayMs(addDays(day, 1)),
  )
  return showHardware(visit, {
    title: own.dayTitle(day),
    section: 'dispatch',
    children: (
      <>
        <form class="form no-print" method="get" action={visit.paths.hardwareDispatched}>
          <TextField name="day" label={own.dayLabel} type="date" width="medium" value={day} />
          <div class="form__buttons">
            <button type="submit" class="button button--secondary">
              {own.dayShow}
            </button>
          </div>
        </form>
        <WorkTable
          caption={own.dayCaption}
          columns={[own.parcelNo, columns.name, columns.contract, columns.serial, columns.shape]}
          empty={own.dayEmpty}
          rows={sent.map((application) => [
            <span data-field="parcelNo">{writtenParcelNumber(application.parcelNo ?? '')}</span>,
            application.customerName,
            application.contractId,
            <TokenLink visit={visit} serial={application.serial ?? ''} />,
            shapeName(application.shape, words.anyShape),
          ])}
        />
        {sent.length > 0 && (
          <>
            <p data-field="count" data-value={String(sent.length)}>
              {own.dayCount(sent.length)}
            </p>
            <p class="print-only">{own.sign}</p>
            <p class="note no-print">{own.print}</p>
          </>
        )}
      </>
    ),
  })
}
