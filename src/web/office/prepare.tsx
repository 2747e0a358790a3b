import type { Contract } from '../../bank/contract.ts'
import { readContractId } from '../../bank/credentials.ts'
import type { Refused } from '../../bank/refusal.ts'
import { EMPTY_FORM, type SubmittedForm } from '../form.ts'
import { Facts } from '../parts/facts.tsx'
import { RadioGroup, TextField } from '../parts/fields.tsx'
import { Form } from '../parts/form.tsx'
import { japanese } from '../words/words.ts'
import { CUSTOMER_ACTS, type CustomerAct } from './customer-acts.ts'
import type { OfficeRoute } from './route.ts'
import { fieldError, type StaffVisit, show } from './visit.tsx'

const words = japanese.office.proposals

/** 起案 of an act for one customer: what it does, for whom, and the reason. */
export const prepareRoutes: readonly OfficeRoute[] = [
  {
    method: 'get',
    path: '/customers/:contractId/prepare/:act',
    act: 'prepare',
    page: (visit) => onCustomer(visit, (act, contract) => showForm(visit, act, contract)),
  },
  {
    method: 'post',
    path: '/customers/:contractId/prepare/:act',
    act: 'prepare',
    submit: (visit, form) =>
      onCustomer(visit, (act, contract) => prepareSubmit(visit, act, contract, form)),
  },
]

type Answer = Response | Promise<Response>

async function onCustomer(
  visit: StaffVisit,
  answer: (act: CustomerAct, contract: Contract) => Answer,
): Promise<Response> {
  const act = CUSTOMER_ACTS.get(visit.c.req.param('act') ?? '')
  const contractId = readContractId(visit.c.req.param('contractId') ?? '')
  const { contracts } = visit.site.ports.store.tables
  const contract = contractId && (await contracts.find(visit.bank.bankCode, contractId))
  return act === undefined || !contract ? visit.c.notFound() : answer(act, contract)
}

async function prepareSubmit(
  visit: StaffVisit,
  act: CustomerAct,
  contract: Contract,
  form: SubmittedForm,
) {
  const { contractId } = contract
  const { ports } = visit.site
  const token = contract.token && (await ports.store.tables.tokens.get(contract.token))
  const facts = act.facts({ contract, token, form })
  const prepared = { subject: contractId, contractId, facts }
  const outcome = await act.procedure.propose(
    ports,
    visit.staffRequest,
    prepared,
    form.text('reason'),
  )
  if (!outcome.ok) return showForm(visit, act, contract, outcome, form)
  return visit.c.redirect(visit.paths.proposal(outcome.value.id), 303)
}

function showForm(
  visit: StaffVisit,
  act: CustomerAct,
  contract: Contract,
  refusal?: Refused,
  form = EMPTY_FORM,
) {
  const { contractId, name } = contract
  const isOpen = refusal === undefined || refusal.refusal === 'invalid-input'
  return show(visit, {
    title: act.title,
    staff: visit,
    refused: refusal,
    children: (
      <>
        <p>{act.text}</p>
        <Facts
          items={[
            { field: 'contractId', label: words.contractId, value: contractId, large: true },
            { field: 'name', label: words.customerName, value: name },
          ]}
        />
        {isOpen && (
          <Form
            action={visit.paths.prepare(contractId, act.procedure.act)}
            csrf={visit.browser.csrf}
            submit={words.prepare}
            secondary={{ href: visit.paths.customer(contractId), label: japanese.office.back }}
          >
            {Object.entries(act.choices).map(([name, { legend, options }]) => (
              <RadioGroup
                name={name}
                legend={legend}
                options={Object.entries(options).map(([value, label]) => ({ value, label }))}
                value={form.text(name)}
                error={fieldError(refusal, name)}
              />
            ))}
            <TextField
              name="reason"
              label={words.reason}
              hint={words.reasonHint}
              value={form.text('reason')}
              maxLength={400}
              error={fieldError(refusal, 'reason')}
            />
          </Form>
        )}
        {!isOpen && (
          <p>
            <a class="button button--secondary" href={visit.paths.customer(contractId)}>
              {words.customer}
            </a>
          </p>
        )}
      </>
    ),
  })
}
