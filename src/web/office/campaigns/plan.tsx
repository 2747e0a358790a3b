import {
  type CampaignForm,
  type CampaignPlan,
  MOST_REMINDERS,
  readPlan,
} from '../../../bank/office/campaign.ts'
import type { TypeStanding } from '../../../bank/ports.ts'
import { typeClose } from '../../../bank/procedures/type-campaign.ts'
import type { Refused } from '../../../bank/refusal.ts'
import type { SubmittedForm } from '../../form.ts'
import { TextField } from '../../parts/fields.tsx'
import { Form } from '../../parts/form.tsx'
import { japanese } from '../../words/words.ts'
import { todayOf } from '../today.ts'
import { fieldError, type StaffVisit, show } from '../visit.tsx'
import { showDryRun } from './dry-run.tsx'
import { standingOf } from './standing.ts'

const words = japanese.office.campaigns
const REMINDER_NOS = Array.from({ length: MOST_REMINDERS }, (_, place) => place + 1)

/** Step 1: the days. */
export async function planPage(visit: StaffVisit) {
  const standing = await standingOf(visit)
  if (standing === undefined) return visit.c.notFound()
  const { running, type } = standing
  return showForm(visit, standing, {
    closedFrom: running?.closedFrom ?? type.closedFrom ?? '',
    lastDay: running?.lastDay ?? '',
    reminders: (running?.reminderDays ?? []).filter((day) => day >= todayOf(visit)),
  })
}

/** Step 2: what would be done and sent, without changing anything. Or back to the days. */
export async function planSubmit(visit: StaffVisit, form: SubmittedForm) {
  const standing = await standingOf(visit)
  if (standing === undefined) return visit.c.notFound()
  const typed = typedIn(form)
  if (form.text('edit') !== '') return showForm(visit, standing, typed)
  const plan = readPlan(standing.type, typed, visit.site.ports.clock.now())
  if (!plan.ok) return showForm(visit, standing, typed, plan)
  return showDryRun(visit, standing, plan.value)
}

/** Step 3: prepared, exactly as it was tried. */
export async function proposeSubmit(visit: StaffVisit, form: SubmittedForm) {
  const standing = await standingOf(visit)
  if (standing === undefined) return visit.c.notFound()
  const { ports } = visit.site
  const typed = typedIn(form)
  const plan = readPlan(standing.type, typed, ports.clock.now())
  if (!plan.ok) return showForm(visit, standing, typed, plan)
  const reason = form.text('reason')
  const outcome = await propose(visit, standing, plan.value, reason)
  if (outcome.ok) return visit.c.redirect(visit.paths.proposal(outcome.value.id), 303)
  return showDryRun(visit, standing, plan.value, { refusal: outcome, reason })
}

const propose = (visit: StaffVisit, { type }: TypeStanding, plan: CampaignPlan, reason: string) =>
  typeClose.propose(
    visit.site.ports,
    visit.staffRequest,
    { subject: type.type, facts: { ...plan } },
    reason,
  )

const typedIn = (form: SubmittedForm): CampaignForm => ({
  closedFrom: form.text('closedFrom'),
  lastDay: form.text('lastDay'),
  reminders: REMINDER_NOS.map((no) => form.text(`reminder${no}`)),
})

function showForm(visit: StaffVisit, of: TypeStanding, typed: CampaignForm, refusal?: Refused) {
  const { type } = of
  const closed = type.closedFrom !== undefined && type.closedFrom <= todayOf(visit)
  const day = (name: string, label: string, value: string | undefined, hint?: string) => (
    <TextField
      name={name}
      label={label}
      hint={hint}
      value={value ?? ''}
      type="date"
      width="medium"
      error={fieldError(refusal, name)}
    />
  )
  return show(visit, {
    title: words.planTitle,
    staff: visit,
    refused: refusal,
    children: (
      <>
        <p class="subject">{type.name}</p>
        <p>{words.planText}</p>
        <Form
          action={visit.paths.campaignPlan(type.type)}
          csrf={visit.browser.csrf}
          submit={words.toDryRun}
          secondary={{ href: visit.paths.campaignType(type.type), label: japanese.office.back }}
        >
          {day(
            'closedFrom',
            words.closedFrom,
            typed.closedFrom,
            closed ? words.closedAlready : words.closedFromHint,
          )}
          {day('lastDay', words.lastDay, typed.lastDay, words.lastDayHint)}
          {REMINDER_NOS.map((no) =>
            day(
              `reminder${no}`,
              words.reminder(no),
              typed.reminders[no - 1],
              no === 1 ? words.reminderHint : undefined,
            ),
          )}
        </Form>
      </>
    ),
  })
}
