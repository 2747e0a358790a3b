import { STAFF_ROLES } from '../../bank/office/staff.ts'
import type { Proposal } from '../../bank/ports.ts'
import { appointmentOf, staffAppointment } from '../../bank/procedures/staff-appointment.ts'
import { staffRenewal } from '../../bank/procedures/staff-renewal.ts'
import type { Refused } from '../../bank/refusal.ts'
import { EMPTY_FORM, type SubmittedForm } from '../form.ts'
import { RadioGroup, TextField } from '../parts/fields.tsx'
import { Form } from '../parts/form.tsx'
import { japanese } from '../words/words.ts'
import type { OfficeAct } from './office-act.ts'
import { ReasonField } from './reason-field.tsx'
import { fieldError, type StaffVisit, show } from './visit.tsx'

const words = japanese.office.staff
const { names } = japanese.office.roles
const { prepare } = japanese.office.proposals

/** What an administrator prepares about staff, and a supervisor approves. */
export const staffActs: readonly OfficeAct[] = [
  { procedure: staffAppointment, title: words.acts.appoint, lines: linesOf },
  {
    procedure: staffRenewal,
    title: words.acts.renew,
    text: words.renewText,
    lines: () => [],
  },
]

function linesOf({ facts }: Proposal) {
  const role = STAFF_ROLES.find((known) => known === facts.role)
  return [
    [words.nameLabel, String(facts.name)],
    [words.roleLabel, role === undefined ? '' : names[role]],
  ] as const
}

/** 職員の登録: the form, of which a proposal comes. */
export const appointPage = (visit: StaffVisit) => showAppoint(visit)

export async function appointSubmit(visit: StaffVisit, form: SubmittedForm) {
  const prepared = appointmentOf({
    staffId: form.text('staffId'),
    name: form.text('name'),
    role: form.text('role'),
  })
  if (!prepared.ok) return showAppoint(visit, prepared, form)
  const { ports } = visit.site
  const reason = form.text('reason')
  const outcome = await staffAppointment.propose(ports, visit.staffRequest, prepared.value, reason)
  if (!outcome.ok) return showAppoint(visit, outcome, form)
  return visit.c.redirect(visit.paths.proposal(outcome.value.id), 303)
}

function showAppoint(visit: StaffVisit, refusal?: Refused, form = EMPTY_FORM) {
  return show(visit, {
    title: words.appointTitle,
    staff: visit,
    refused: refusal,
    children: (
      <>
        <p>{words.appointText}</p>
        <Form
          action={visit.paths.staffAppoint}
          csrf={visit.browser.csrf}
          submit={prepare}
          secondary={{ href: visit.paths.staff, label: japanese.office.back }}
        >
          <TextField
            name="staffId"
            label={words.columns.staffId}
            value={form.text('staffId')}
            width="medium"
            error={fieldError(refusal, 'staffId')}
          />
          <TextField
            name="name"
            label={words.nameLabel}
            value={form.text('name')}
            error={fieldError(refusal, 'name')}
          />
          <RadioGroup
            name="role"
            legend={words.roleLabel}
            options={STAFF_ROLES.map((role) => ({ value: role, label: names[role] }))}
            value={form.text('role')}
            error={fieldError(refusal, 'role')}
          />
          <ReasonField hint={words.reasonHint} value={form.text('reason')} refusal={refusal} />
        </Form>
      </>
    ),
  })
}
