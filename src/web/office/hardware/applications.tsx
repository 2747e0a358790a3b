import { writtenDay } from '../../../bank/calendar.ts'
import type { ListedApplication } from '../../../bank/hardware/hardware.ts'
import { TOKEN_SHAPES } from '../../../bank/hardware/stock.ts'
import { mayDo } from '../../../bank/office/staff.ts'
import { recordApplication } from '../../../bank/procedures/hardware-application.ts'
import { type Refused, refused } from '../../../bank/refusal.ts'
import { EMPTY_FORM, type SubmittedForm } from '../../form.ts'
import { Facts } from '../../parts/facts.tsx'
import { RadioGroup, TextField } from '../../parts/fields.tsx'
import { Form } from '../../parts/form.tsx'
import { japanese } from '../../words/words.ts'
import { fieldError, type StaffVisit } from '../visit.tsx'
import { WorkTable } from '../work-table.tsx'
import { ApplicationTag, shapeName, showHardware, TokenLink } from './frame.tsx'

const words = japanese.office.hardware
const MOST_LISTED = 200
const OPEN = ['received', 'assigned', 'missing'] as const

/** 申込: what is not finished, oldest first. */
export async function applicationsPage(visit: StaffVisit) {
  const { applications } = visit.site.ports.store.tables.hardware
  const { bankCode } = visit.bank
  const lists = await Promise.all(
    OPEN.map((state) => applications.inState(bankCode, state, MOST_LISTED)),
  )
  return showHardware(visit, {
    title: words.applications.title,
    section: 'applications',
    children: (
      <>
        {mayDo(visit.staff.role, 'hardware-handle') && (
          <p>
            <a class="button button--primary" href={visit.paths.hardwarePaper}>
              {words.applications.record}
            </a>
          </p>
        )}
        <ApplicationTable
          visit={visit}
          caption={words.applications.caption}
          empty={words.applications.empty}
          applications={lists.flat()}
        />
      </>
    ),
  })
}

function ApplicationTable(props: {
  readonly visit: StaffVisit
  readonly caption: string
  readonly empty: string
  readonly applications: readonly ListedApplication[]
  /** All of one customer, whose name the page has said. */
  readonly isOfOne?: boolean
}) {
  const { columns } = words.applications
  const { visit, isOfOne = false } = props
  return (
    <WorkTable
      caption={props.caption}
      columns={[
        columns.no,
        ...(isOfOne ? [] : [columns.contract, columns.name]),
        columns.appliedOn,
        columns.shape,
        columns.serial,
        columns.state,
      ]}
      empty={props.empty}
      rows={props.applications.map((application) => [
        <a href={visit.paths.hardwareApplication(application.applicationNo)}>
          {application.applicationNo}
        </a>,
        ...(isOfOne ? [] : [application.contractId, application.customerName]),
        writtenDay(application.appliedOn),
        shapeName(application.shape, words.anyShape),
        application.serial === undefined ? (
          words.unknown
        ) : (
          <TokenLink visit={visit} serial={application.serial} />
        ),
        <ApplicationTag application={application} />,
      ])}
    />
  )
}

/** 申込の記録: first whose it is, then what the paper says. */
export const paperPage = (visit: StaffVisit) =>
  showPaper(visit, visit.c.req.query('contractId')?.trim() ?? '')

export async function paperSubmit(visit: StaffVisit, form: SubmittedForm) {
  const contractId = form.text('contractId')
  const outcome = await recordApplication(visit.site.ports, visit.staffRequest, {
    contractId,
    appliedOn: form.text('appliedOn'),
    shape: form.text('shape'),
    fee: form.text('fee'),
    waiver: form.text('waiver'),
    sealChecked: form.text('sealChecked'),
  })
  if (!outcome.ok) return showPaper(visit, contractId, outcome, form)
  return visit.c.redirect(visit.paths.hardwareApplication(outcome.value.applicationNo), 303)
}

async function showPaper(
  visit: StaffVisit,
  contractId: string,
  refusal?: Refused,
  form = EMPTY_FORM,
) {
  const { bankCode } = visit.bank
  const { contracts, hardware } = visit.site.ports.store.tables
  const contract = contractId === '' ? undefined : await contracts.find(bankCode, contractId)
  if (contract === undefined) {
    const unknown = contractId === '' ? undefined : refused('unknown-contract', 'contractId')
    return showFind(visit, contractId, refusal ?? unknown)
  }
  const terms = await hardware.terms.find(bankCode)
  const before = await hardware.applications.ofContract(bankCode, contractId)
  return showHardware(visit, {
    title: words.paper.title,
    section: 'applications',
    refused: refusal,
    wide: false,
    children: (
      <>
        <Facts
          items={[
            { field: 'name', label: words.paper.name, value: contract.name, large: true },
            { field: 'contractId', label: words.paper.contractId, value: contractId },
            {
              field: 'token',
              label: words.paper.token,
              value: contract.token?.serial ?? words.paper.noToken,
            },
          ]}
        />
        <PaperForm
          visit={visit}
          contractId={contractId}
          feeYen={terms.feeYen}
          form={form}
          refusal={refusal}
        />
        <ApplicationTable
          visit={visit}
          caption={words.applications.ofCustomer}
          empty={words.applications.ofCustomerEmpty}
          applications={before}
          isOfOne
        />
      </>
    ),
  })
}

function showFind(visit: StaffVisit, contractId: string, refusal: Refused | undefined) {
  return showHardware(visit, {
    title: words.paper.title,
    section: 'applications',
    refused: refusal,
    wide: false,
    children: (
      <>
        <p>{words.paper.text}</p>
        <form class="form" method="get" action={visit.paths.hardwarePaper}>
          <TextField
            name="contractId"
            label={words.paper.contractId}
            value={contractId}
            inputMode="numeric"
            width="medium"
            error={fieldError(refusal, 'contractId')}
          />
          <div class="form__buttons">
            <button type="submit" class="button button--primary">
              {words.paper.find}
            </button>
          </div>
        </form>
      </>
    ),
  })
}

function PaperForm(props: {
  readonly visit: StaffVisit
  readonly contractId: string
  readonly feeYen: number
  readonly form: SubmittedForm
  readonly refusal: Refused | undefined
}) {
  const { visit, form, refusal } = props
  const { paper } = words
  const shapes = TOKEN_SHAPES.map((shape) => ({
    value: String(shape),
    label: words.shapes[shape],
  }))
  return (
    <Form
      action={visit.paths.hardwareApplications}
      csrf={visit.browser.csrf}
      submit={paper.submit}
      secondary={{ href: visit.paths.hardwarePaper, label: paper.another }}
    >
      <input type="hidden" name="contractId" value={props.contractId} />
      <TextField
        name="appliedOn"
        label={paper.appliedOn}
        hint={paper.appliedOnHint}
        type="date"
        width="medium"
        value={form.text('appliedOn')}
        error={fieldError(refusal, 'appliedOn')}
      />
      <RadioGroup
        name="shape"
        legend={paper.shape}
        options={[...shapes, { value: 'any', label: words.anyShape }]}
        value={form.text('shape')}
        error={fieldError(refusal, 'shape')}
      />
      <RadioGroup
        name="fee"
        legend={paper.fee}
        options={[
          { value: 'taken', label: paper.taken(props.feeYen) },
          { value: 'waived', label: paper.waived },
        ]}
        value={form.text('fee')}
        error={fieldError(refusal, 'fee')}
      />
      <TextField
        name="waiver"
        label={paper.waiver}
        hint={paper.waiverHint}
        value={form.text('waiver')}
        error={fieldError(refusal, 'waiver')}
      />
      <RadioGroup
        name="sealChecked"
        legend={paper.seal}
        options={[{ value: 'yes', label: paper.sealYes }]}
        value={form.text('sealChecked')}
        error={fieldError(refusal, 'sealChecked')}
      />
    </Form>
  )
}
