import type { HardwareToken } from '../../../bank/hardware/hardware-stock.ts'
import { mayDo } from '../../../bank/office/staff.ts'
import {
  destroyTokens,
  destructionOf,
  MOST_DESTROYED,
} from '../../../bank/procedures/hardware-destroy.ts'
import { type ReturnResult, takeBack } from '../../../bank/procedures/hardware-return.ts'
import type { Refused } from '../../../bank/refusal.ts'
import { EMPTY_FORM, type SubmittedForm } from '../../form.ts'
import { RadioGroup, TextField } from '../../parts/fields.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/messages.tsx'
import { japanese } from '../../words/words.ts'
import { fieldError, type StaffVisit } from '../visit.tsx'
import { WorkTable } from '../work-table.tsx'
import { shapeName, showHardware, TokenLink } from './frame.tsx'

const words = japanese.office.hardware
const own = words.returns

/** 返却・廃棄: what came back, and what is at the bank to be destroyed. */
export const returnsPage = (visit: StaffVisit) =>
  showReturns(visit, { serial: visit.c.req.query('serial') ?? '' })

export async function returnSubmit(visit: StaffVisit, form: SubmittedForm) {
  const serial = form.text('serial')
  const condition = form.text('condition')
  const outcome = await takeBack(visit.site.ports, visit.staffRequest, { serial, condition })
  return outcome.ok
    ? showReturns(visit, { result: outcome.value })
    : showReturns(visit, { serial, condition, refusal: outcome })
}

const pickOf = ({ token }: HardwareToken) => `pick-${token.serial}`

const waitingFor = (visit: StaffVisit) =>
  visit.site.ports.store.tables.hardware.stock.inState(
    visit.bank.bankCode,
    'returned',
    MOST_DESTROYED,
  )

/** 廃棄の起案, for another person to approve. */
export async function destroySubmit(visit: StaffVisit, form: SubmittedForm) {
  const picked = (await waitingFor(visit)).filter((each) => form.text(pickOf(each)) === 'yes')
  const serials = [...picked.map(({ token }) => token.serial), form.text('serials')]
  const prepared = destructionOf(serials.join(' '))
  if (!prepared.ok) return showReturns(visit, { refusal: prepared, form })
  const { ports } = visit.site
  const reason = form.text('reason')
  const outcome = await destroyTokens.propose(ports, visit.staffRequest, prepared.value, reason)
  if (!outcome.ok) return showReturns(visit, { refusal: outcome, form })
  return visit.c.redirect(visit.paths.proposal(outcome.value.id), 303)
}

interface Shown {
  readonly serial?: string
  readonly condition?: string
  readonly refusal?: Refused
  readonly result?: ReturnResult
  readonly form?: SubmittedForm
}

async function showReturns(visit: StaffVisit, shown: Shown) {
  const waiting = await waitingFor(visit)
  const mayHandle = mayDo(visit.staff.role, 'hardware-handle')
  return showHardware(visit, {
    title: own.title,
    section: 'returns',
    refused: shown.refusal,
    children: (
      <>
        {shown.result && <Told visit={visit} result={shown.result} />}
        {mayHandle && <ReturnForm visit={visit} shown={shown} />}
        {mayHandle ? (
          <DestroyForm visit={visit} waiting={waiting} shown={shown} />
        ) : (
          <WaitingTable visit={visit} waiting={waiting} form={undefined} />
        )}
      </>
    ),
  })
}

function Told({ visit, result }: { visit: StaffVisit; result: ReturnResult }) {
  return (
    <Notice kind="success" heading={own[result.to]}>
      <p>
        <TokenLink visit={visit} serial={result.serial} />
      </p>
    </Notice>
  )
}

function ReturnForm({ visit, shown }: { visit: StaffVisit; shown: Shown }) {
  return (
    <>
      <p>{own.text}</p>
      <Form action={visit.paths.hardwareReturns} csrf={visit.browser.csrf} submit={own.submit}>
        <TextField
          name="serial"
          label={words.serial}
          value={shown.serial ?? ''}
          width="medium"
          error={serialError(shown.refusal)}
        />
        <RadioGroup
          name="condition"
          legend={own.condition}
          options={[
            { value: 'opened', label: own.opened, hint: own.openedHint },
            { value: 'unopened', label: own.unopened, hint: own.unopenedHint },
          ]}
          value={shown.condition ?? ''}
          error={fieldError(shown.refusal, 'condition')}
        />
      </Form>
    </>
  )
}

/** Why it does not come back as the clerk has said, and what to say instead. */
const serialError = (refusal: Refused | undefined) =>
  refusal?.refusal === 'wrong-state' && refusal.field === 'serial'
    ? own.notBack
    : fieldError(refusal, 'serial')

interface Waiting {
  readonly visit: StaffVisit
  readonly waiting: readonly HardwareToken[]
}

function DestroyForm({ visit, waiting, shown }: Waiting & { shown: Shown }) {
  const { proposals } = japanese.office
  const form = shown.form ?? EMPTY_FORM
  return (
    <section>
      <h2>{own.destroyHeading}</h2>
      <p>{own.destroyText}</p>
      <Form
        action={visit.paths.hardwareDestroy}
        csrf={visit.browser.csrf}
        submit={own.destroy}
        tone="danger"
      >
        <WaitingTable visit={visit} waiting={waiting} form={form} />
        <TextField
          name="serials"
          label={own.more}
          hint={own.moreHint}
          value={form.text('serials')}
          error={fieldError(shown.refusal, 'serials')}
        />
        <TextField
          name="reason"
          label={proposals.reason}
          value={form.text('reason')}
          error={fieldError(shown.refusal, 'reason')}
        />
      </Form>
    </section>
  )
}

/** Without a form nothing can be picked. */
function WaitingTable({ visit, waiting, form }: Waiting & { form: SubmittedForm | undefined }) {
  return (
    <WorkTable
      caption={own.caption}
      columns={[...(form ? [own.pick] : []), words.serial, words.shape, words.batch]}
      empty={own.empty}
      rows={waiting.map((each) => [
        ...(form
          ? [
              <input
                class="pick"
                type="checkbox"
                name={pickOf(each)}
                value="yes"
                checked={form.text(pickOf(each)) === 'yes'}
                aria-label={own.pickLabel(each.token.serial)}
              />,
            ]
          : []),
        <TokenLink visit={visit} serial={each.token.serial} />,
        shapeName(each.shape),
        each.batchNo ?? words.noBatch,
      ])}
    />
  )
}
