import { type CustomerView, viewCustomer } from '../../../bank/office/customer-view.ts'
import { type IdentityCheck, USUAL_CHECK } from '../../../bank/office/identity-check.ts'
import { reportLoss } from '../../../bank/procedures/loss-report.ts'
import type { Refused } from '../../../bank/refusal.ts'
import { EMPTY_FORM, type SubmittedForm } from '../../form.ts'
import { RadioGroup, TextField } from '../../parts/fields.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/messages.tsx'
import { japanese } from '../../words/words.ts'
import { CheckList } from '../check-list.tsx'
import { fieldError, type StaffVisit, show } from '../visit.tsx'
import { contractIdOf } from './customer.tsx'
import { Effects, type KnownRecords, knownRecords, Records } from './loss-beside.tsx'
import { lossScopesOf } from './loss-scopes.ts'

export { lossReportPage } from './loss-report.tsx'

const words = japanese.office.loss

/** 紛失届: one page and one confirmation. */
export async function lossPage(visit: StaffVisit) {
  const stage = await stageOf(visit)
  return stage === undefined ? visit.c.notFound() : showLoss(visit, stage)
}

export async function lossSubmit(visit: StaffVisit, form: SubmittedForm) {
  const { ports } = visit.site
  const contractId = contractIdOf(visit)
  const outcome = await reportLoss(ports, visit.staffRequest, contractId, {
    formKey: form.text('formKey'),
    scope: form.text('scope'),
    confirmed: tickedOf(form),
    memo: form.text('memo'),
  })
  if (outcome.ok) {
    return visit.c.redirect(visit.paths.lossReport(contractId, outcome.value.receiptNo), 303)
  }
  const stage = await stageOf(visit)
  return stage === undefined ? visit.c.notFound() : showLoss(visit, stage, outcome, form)
}

interface Stage {
  readonly view: CustomerView
  readonly check: IdentityCheck
  readonly records: KnownRecords
}

async function stageOf(visit: StaffVisit): Promise<Stage | undefined> {
  const { ports } = visit.site
  const view = await viewCustomer(ports, visit.bank, contractIdOf(visit))
  if (view === undefined) return undefined
  const check = await ports.store.tables.identityChecks.of(visit.bank.bankCode)
  return { view, check: check ?? USUAL_CHECK, records: await knownRecords(ports, view.contract) }
}

const MOST_QUESTIONS = 10

const tickedOf = (form: SubmittedForm): string[] =>
  Array.from({ length: MOST_QUESTIONS }, (_, place) => form.text(`confirmed${place + 1}`)).filter(
    (text) => text !== '',
  )

function showLoss(visit: StaffVisit, stage: Stage, refusal?: Refused, form = EMPTY_FORM) {
  const { view, check, records } = stage
  const { contract } = view
  const { contractId } = contract
  const scopes = lossScopesOf(view, visit.bank.bankCode)
  const formKey = form.text('formKey') || visit.site.ports.random.id()
  return show(visit, {
    title: words.title(contract.name),
    staff: visit,
    wide: true,
    refused: refusal,
    children:
      scopes.length === 0 ? (
        <Notice kind="info" heading={words.nothing}>
          <p>
            <a href={visit.paths.customer(contractId)}>{words.toCustomer}</a>
          </p>
        </Notice>
      ) : (
        <div class="loss">
          <div class="loss__form">
            <Form
              action={visit.paths.loss(contractId)}
              csrf={visit.browser.csrf}
              submit={words.submit}
              secondary={{ href: visit.paths.customer(contractId), label: japanese.office.back }}
              tone="danger"
            >
              <input type="hidden" name="formKey" value={formKey} />
              <CheckList
                name="confirmed"
                legend={words.identity}
                hint={words.least(check.least)}
                options={check.questions}
                checked={tickedOf(form)}
                error={fieldError(refusal, 'confirmed')}
              />
              <RadioGroup
                name="scope"
                legend={words.scope}
                options={scopes.map((scope) => ({
                  value: scope,
                  label: words.scopes[scope],
                  hint: words.scopeHints[scope],
                }))}
                value={form.text('scope') || scopes[0]}
                error={fieldError(refusal, 'scope')}
              />
              <TextField
                name="memo"
                label={words.memo}
                hint={words.memoHint}
                value={form.text('memo')}
                maxLength={400}
                error={fieldError(refusal, 'memo')}
              />
            </Form>
          </div>
          <aside class="loss__beside" aria-label={words.next}>
            <p>{words.lead}</p>
            <Records visit={visit} contract={contract} records={records} />
            <Effects view={view} scopes={scopes} />
          </aside>
        </div>
      ),
  })
}
