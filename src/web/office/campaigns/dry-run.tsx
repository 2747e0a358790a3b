import { addDays } from '../../../bank/calendar.ts'
import { letterOf } from '../../../bank/notice.ts'
import { type CampaignPlan, reminderLetter } from '../../../bank/office/campaign.ts'
import { mayDo } from '../../../bank/office/staff.ts'
import type { TypeStanding, TypeUser } from '../../../bank/ports.ts'
import type { Refused } from '../../../bank/refusal.ts'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/messages.tsx'
import { japanese } from '../../words/words.ts'
import { MailSample } from '../mail-sample.tsx'
import { Carried, ReasonField } from '../reason-field.tsx'
import { type StaffVisit, show } from '../visit.tsx'
import { WorkTable } from '../work-table.tsx'
import { ForecastTables } from './forecast.tsx'

const words = japanese.office.campaigns

/** 試算: the days of the plan, how many customers each concerns now, and the very letter. */
export async function showDryRun(
  visit: StaffVisit,
  { type }: TypeStanding,
  plan: CampaignPlan,
  again?: { readonly refusal: Refused; readonly reason: string },
) {
  const { ports } = visit.site
  const { bankCode } = visit.bank
  const { campaigns } = ports.store.tables
  const forecast = await campaigns.forecast(bankCode, type.type, ports.clock.now())
  const [sample] = await campaigns.users(bankCode, type.type, '', 1)
  return show(visit, {
    title: words.dryRunTitle,
    staff: visit,
    wide: true,
    refused: again?.refusal,
    children: (
      <>
        <p class="subject">{type.name}</p>
        <Notice kind="info" heading={words.dryRunHeading}>
          <p>{words.dryRunText}</p>
        </Notice>
        <Schedule plan={plan} customers={forecast.customers} />
        {plan.reminderDays.length > 0 && (
          <Letter visit={visit} type={type} plan={plan} sample={sample} />
        )}
        <h2>{words.forecast}</h2>
        <ForecastTables forecast={forecast} />
        {mayDo(visit.staff.role, 'customer-view') && (
          <p>
            <a href={visit.paths.campaignCustomers(type.type)}>{words.toCustomers}</a>
          </p>
        )}
        <Form
          action={visit.paths.campaignPropose(type.type)}
          csrf={visit.browser.csrf}
          submit={japanese.office.proposals.prepare}
        >
          <Carried fields={fieldsOf(plan)} />
          <ReasonField
            hint={words.reasonHint}
            value={again?.reason ?? ''}
            refusal={again?.refusal}
          />
        </Form>
        <Back visit={visit} type={type.type} plan={plan} />
      </>
    ),
  })
}

function fieldsOf(plan: CampaignPlan): Record<string, string> {
  const reminders = plan.reminderDays.map((day, place) => [`reminder${place + 1}`, day])
  const { closedFrom, lastDay = '' } = plan
  return { closedFrom, lastDay, ...Object.fromEntries(reminders) }
}

const Back = (props: { visit: StaffVisit; type: string; plan: CampaignPlan }) => (
  <form class="form" method="post" action={props.visit.paths.campaignPlan(props.type)}>
    <input type="hidden" name="csrf" value={props.visit.browser.csrf} />
    <Carried fields={{ ...fieldsOf(props.plan), edit: 'yes' }} />
    <button type="submit" class="button button--secondary">
      {words.back}
    </button>
  </form>
)

function Schedule({ plan, customers }: { plan: CampaignPlan; customers: number }) {
  const { scheduleColumns: columns } = words
  const all = words.reminderTo(customers)
  const { closedFrom, lastDay, reminderDays } = plan
  const steps: (readonly [day: string, what: string, whom: string])[] = [
    [closedFrom, words.scheduleClose, words.everyone],
    ...reminderDays.map((day, place) => [day, words.scheduleReminder(place + 1), all] as const),
    ...(lastDay === undefined
      ? []
      : [
          [lastDay, words.scheduleLast, all] as const,
          [addDays(lastDay, 1), words.scheduleExpiry, all] as const,
        ]),
  ]
  return (
    <WorkTable
      caption={words.scheduleCaption}
      columns={[columns.day, columns.what, columns.whom]}
      empty=""
      rows={steps
        .toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
        .map(([day, what, whom]) => [words.day(day), what, whom])}
    />
  )
}

function Letter(props: {
  readonly visit: StaffVisit
  readonly type: TypeStanding['type']
  readonly plan: CampaignPlan
  readonly sample: TypeUser | undefined
}) {
  const { visit, type, plan, sample } = props
  const serial = sample?.serial ?? `${type.type}00000000`
  const day = plan.reminderDays[0] ?? ''
  const letter = reminderLetter(type, plan, serial, day)
  return (
    <>
      <h2>{words.letter}</h2>
      <p>{words.letterText}</p>
      <MailSample text={letterOf(visit.bank, sample?.contractId ?? '0000', letter)} />
    </>
  )
}
