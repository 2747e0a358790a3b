import type { TypeStanding } from '../../../bank/ports.ts'
import { typeReopen } from '../../../bank/procedures/type-campaign.ts'
import type { Refused } from '../../../bank/refusal.ts'
import type { SubmittedForm } from '../../form.ts'
import { Form } from '../../parts/form.tsx'
import { japanese } from '../../words/words.ts'
import { ReasonField } from '../reason-field.tsx'
import { type StaffVisit, show } from '../visit.tsx'
import { standingOf } from './standing.ts'

const words = japanese.office.campaigns

export async function reopenPage(visit: StaffVisit) {
  const standing = await standingOf(visit)
  return standing === undefined ? visit.c.notFound() : showForm(visit, standing)
}

export async function reopenSubmit(visit: StaffVisit, form: SubmittedForm) {
  const standing = await standingOf(visit)
  if (standing === undefined) return visit.c.notFound()
  const reason = form.text('reason')
  const prepared = { subject: standing.type.type, facts: {} }
  const { ports } = visit.site
  const outcome = await typeReopen.propose(ports, visit.staffRequest, prepared, reason)
  if (outcome.ok) return visit.c.redirect(visit.paths.proposal(outcome.value.id), 303)
  return showForm(visit, standing, outcome, reason)
}

function showForm(visit: StaffVisit, { type }: TypeStanding, refusal?: Refused, reason = '') {
  return show(visit, {
    title: words.reopenTitle,
    staff: visit,
    refused: refusal,
    children: (
      <>
        <p class="subject">{type.name}</p>
        <p>{words.reopenText}</p>
        <Form
          action={visit.paths.campaignReopen(type.type)}
          csrf={visit.browser.csrf}
          submit={japanese.office.proposals.prepare}
          secondary={{ href: visit.paths.campaignType(type.type), label: japanese.office.back }}
        >
          <ReasonField hint={words.reasonHint} value={reason} refusal={refusal} />
        </Form>
      </>
    ),
  })
}
