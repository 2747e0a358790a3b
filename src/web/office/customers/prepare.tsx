import { type CustomerView, viewCustomer } from '../../../bank/office/customer-view.ts'
import { REISSUE_CAUSES } from '../../../bank/procedures/reissue.ts'
import { type Refused, refused } from '../../../bank/refusal.ts'
import { EMPTY_FORM, type SubmittedForm } from '../../form.ts'
import { Facts } from '../../parts/facts.tsx'
import { RadioGroup, TextField } from '../../parts/fields.tsx'
import { Form } from '../../parts/form.tsx'
import { japanese } from '../../words/words.ts'
import { fieldError, type StaffVisit, show } from '../visit.tsx'
import { type CustomerAct, customerActOf } from './acts.ts'
import { contractIdOf } from './customer.tsx'

const words = japanese.office.customerActs
const { proposals, customers } = japanese.office

interface Preparing {
  readonly act: CustomerAct
  readonly view: CustomerView
}

async function preparingOf(visit: StaffVisit): Promise<Preparing | undefined> {
  const act = customerActOf(visit.c.req.param('act') ?? '')
  if (act === undefined) return undefined
  const view = await viewCustomer(visit.site.ports, visit.bank, contractIdOf(visit))
  return view && { act, view }
}

/** 起案 for a customer: what it means, and why. */
export async function preparePage(visit: StaffVisit) {
  const preparing = await preparingOf(visit)
  if (preparing === undefined) return visit.c.notFound()
  const { act, view } = preparing
  const nowMs = visit.site.ports.clock.now()
  const refusal = act.isPossible(view, visit.bank, nowMs) ? undefined : refused('wrong-state')
  return showPrepare(visit, preparing, refusal)
}

export async function prepareSubmit(visit: StaffVisit, form: SubmittedForm) {
  const preparing = await preparingOf(visit)
  if (preparing === undefined) return visit.c.notFound()
  const { act, view } = preparing
  const { contractId, name } = view.contract
  const facts = {
    name,
    ...act.factsOf(view),
    ...(act.asksCause && { cause: form.text('cause') }),
  }
  const prepared = { subject: contractId, contractId, facts }
  const { ports } = visit.site
  const reason = form.text('reason')
  const outcome = await act.procedure.propose(ports, visit.staffRequest, prepared, reason)
  if (!outcome.ok) return showPrepare(visit, preparing, outcome, form)
  return visit.c.redirect(visit.paths.proposal(outcome.value.id), 303)
}

function showPrepare(
  visit: StaffVisit,
  { act, view }: Preparing,
  refusal?: Refused,
  form = EMPTY_FORM,
) {
  const { contractId, name } = view.contract
  const { title, text } = words.acts[act.name]
  const serial = view.token?.serial
  return show(visit, {
    title,
    staff: visit,
    refused: refusal,
    children: (
      <>
        <p>{text}</p>
        <Facts
          items={[
            { field: 'name', label: words.customer, value: customers.title(name), large: true },
            { field: 'contractId', label: customers.contractId, value: contractId },
            ...(serial === undefined
              ? []
              : [{ field: 'serial', label: words.serial, value: serial }]),
          ]}
        />
        {refusal?.refusal === 'wrong-state' ? (
          <p>
            <a href={visit.paths.customer(contractId)}>{words.back}</a>
          </p>
        ) : (
          <Form
            action={visit.paths.prepare(contractId, act.name)}
            csrf={visit.browser.csrf}
            submit={proposals.prepare}
            secondary={{ href: visit.paths.customer(contractId), label: japanese.office.back }}
          >
            {act.asksCause && (
              <RadioGroup
                name="cause"
                legend={words.cause}
                options={REISSUE_CAUSES.map((cause) => ({
                  value: cause,
                  label: words.causes[cause],
                }))}
                value={form.text('cause')}
                error={fieldError(refusal, 'cause')}
              />
            )}
            <TextField
              name="reason"
              label={proposals.reason}
              hint={proposals.reasonHint}
              value={form.text('reason')}
              maxLength={400}
              error={fieldError(refusal, 'reason')}
            />
          </Form>
        )}
      </>
    ),
  })
}
