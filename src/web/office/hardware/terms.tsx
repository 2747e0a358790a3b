import { mayDo } from '../../../bank/office/staff.ts'
import { hardwareTerms, termsOf } from '../../../bank/procedures/hardware-terms.ts'
import type { Refused } from '../../../bank/refusal.ts'
import { EMPTY_FORM, type SubmittedForm } from '../../form.ts'
import { Facts } from '../../parts/facts.tsx'
import { TextField } from '../../parts/fields.tsx'
import { Form } from '../../parts/form.tsx'
import { japanese } from '../../words/words.ts'
import { fieldError, type StaffVisit } from '../visit.tsx'
import { ReasonField } from './battery.tsx'
import { showHardware } from './frame.tsx'

const words = japanese.office.battery

/** 手数料と電池の期間: what holds now, and a change for another person to approve. */
export async function termsPage(visit: StaffVisit, refusal?: Refused, form = EMPTY_FORM) {
  const { terms } = visit.site.ports.store.tables.hardware
  const { feeYen, batteryMonths } = await terms.find(visit.bank.bankCode)
  return showHardware(visit, {
    title: words.termsTitle,
    section: 'battery',
    refused: refusal,
    wide: false,
    children: (
      <>
        <Facts
          items={[
            {
              field: 'feeYen',
              label: words.feeYen,
              value: `${feeYen.toLocaleString('ja-JP')}${words.yen}`,
              dataValue: String(feeYen),
            },
            {
              field: 'batteryMonths',
              label: words.batteryMonths,
              value: `${batteryMonths}${words.months}`,
              dataValue: String(batteryMonths),
            },
          ]}
        />
        {mayDo(visit.staff.role, 'prepare') && (
          <TermsForm
            visit={visit}
            refusal={refusal}
            form={form}
            now={{ feeYen: String(feeYen), batteryMonths: String(batteryMonths) }}
          />
        )}
      </>
    ),
  })
}

export async function termsSubmit(visit: StaffVisit, form: SubmittedForm) {
  const typed = { feeYen: form.text('feeYen'), batteryMonths: form.text('batteryMonths') }
  const { ports } = visit.site
  const reason = form.text('reason')
  const outcome = await hardwareTerms.propose(ports, visit.staffRequest, termsOf(typed), reason)
  if (!outcome.ok) return termsPage(visit, outcome, form)
  return visit.c.redirect(visit.paths.proposal(outcome.value.id), 303)
}

function TermsForm(props: {
  readonly visit: StaffVisit
  readonly refusal: Refused | undefined
  readonly form: SubmittedForm
  readonly now: { readonly feeYen: string; readonly batteryMonths: string }
}) {
  const { visit, refusal, form, now } = props
  return (
    <>
      <p>{words.termsText}</p>
      <Form action={visit.paths.hardwareTerms} csrf={visit.browser.csrf} submit={words.termsSubmit}>
        <TextField
          name="feeYen"
          label={words.feeYen}
          value={form.text('feeYen') || now.feeYen}
          inputMode="numeric"
          width="short"
          suffix={words.yen}
          error={fieldError(refusal, 'feeYen')}
        />
        <TextField
          name="batteryMonths"
          label={words.batteryMonths}
          value={form.text('batteryMonths') || now.batteryMonths}
          inputMode="numeric"
          width="short"
          suffix={words.months}
          error={fieldError(refusal, 'batteryMonths')}
        />
        <ReasonField value={form.text('reason')} error={fieldError(refusal, 'reason')} />
      </Form>
    </>
  )
}
