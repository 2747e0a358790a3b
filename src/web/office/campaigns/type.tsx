import type { Campaign } from '../../../bank/office/campaign.ts'
import { mayDo } from '../../../bank/office/staff.ts'
import type { CampaignProgress, ReminderProgress } from '../../../bank/ports.ts'
import { Facts } from '../../parts/facts.tsx'
import { japanese } from '../../words/words.ts'
import { todayOf } from '../today.ts'
import { type StaffVisit, show } from '../visit.tsx'
import { WorkTable } from '../work-table.tsx'
import { ForecastTables } from './forecast.tsx'
import { lastDayOf, registrationOf, standingOf } from './standing.ts'

const words = japanese.office.campaigns

/** One type: whom it concerns, what runs, and what was decided before. */
export async function typePage(visit: StaffVisit) {
  const { ports } = visit.site
  const { bankCode } = visit.bank
  const { campaigns } = ports.store.tables
  const standing = await standingOf(visit)
  if (standing === undefined) return visit.c.notFound()
  const { type, running } = standing
  const [forecast, decisions, progress] = await Promise.all([
    campaigns.forecast(bankCode, type.type, ports.clock.now()),
    campaigns.ofType(bankCode, type.type),
    running && campaigns.progress(running),
  ])
  const mayPrepare = mayDo(visit.staff.role, 'prepare')
  return show(visit, {
    title: type.name,
    staff: visit,
    wide: true,
    children: (
      <>
        <Facts
          items={[
            { field: 'type', label: words.columns.type, value: type.type, large: true },
            {
              field: 'registration',
              label: words.columns.registration,
              value: registrationOf(standing, todayOf(visit)),
            },
            { field: 'lastDay', label: words.lastDayFact, value: lastDayOf(standing) },
          ]}
        />
        {mayPrepare && <Ways visit={visit} type={type.type} isClosed={isClosed(standing)} />}
        {running && progress && (
          <Progress today={todayOf(visit)} campaign={running} progress={progress} />
        )}
        <h2>{words.forecast}</h2>
        <ForecastTables forecast={forecast} />
        {mayDo(visit.staff.role, 'customer-view') && (
          <p>
            <a href={visit.paths.campaignCustomers(type.type)}>{words.toCustomers}</a>
          </p>
        )}
        <Decisions campaigns={decisions} />
      </>
    ),
  })
}

const isClosed = ({ type, running }: NonNullable<Awaited<ReturnType<typeof standingOf>>>) =>
  type.closedFrom !== undefined || running !== undefined

function Ways(props: { visit: StaffVisit; type: string; isClosed: boolean }) {
  const { paths } = props.visit
  return (
    <p class="ways">
      <a class="button button--secondary" href={paths.campaignPlan(props.type)}>
        {words.toPlan}
      </a>
      {props.isClosed && (
        <a class="button button--secondary" href={paths.campaignReopen(props.type)}>
          {words.toReopen}
        </a>
      )}
    </p>
  )
}

interface ProgressProps {
  readonly today: string
  readonly campaign: Campaign
  readonly progress: CampaignProgress
}

function Progress({ today, campaign, progress }: ProgressProps) {
  const { reminderColumns: columns } = words
  const fact = (field: 'using' | 'exchanged' | 'stopped' | 'expired') => ({
    field,
    label: words[field],
    value: words.people(progress[field]),
    dataValue: String(progress[field]),
  })
  return (
    <>
      <h2>{words.running}</h2>
      <div class="side-by-side">
        <Facts items={[fact('using'), fact('exchanged'), fact('stopped'), fact('expired')]} />
        {progress.reminders.length > 0 && (
          <WorkTable
            caption={words.reminders}
            columns={[columns.no, columns.day, columns.queued, columns.remaining, columns.state]}
            empty=""
            rows={progress.reminders.map((reminder) => [
              words.reminderOf(reminder.no),
              words.day(reminder.day),
              <span data-field={`queued${reminder.no}`} data-value={String(reminder.queued)}>
                {words.people(reminder.queued)}
              </span>,
              words.people(reminder.remaining),
              words.reminderState[stateOf(reminder, campaign, today)],
            ])}
          />
        )}
      </div>
    </>
  )
}

function stateOf(reminder: ReminderProgress, { lastDay }: Campaign, today: string) {
  if (reminder.doneAtMs !== undefined) return 'done'
  if (lastDay !== undefined && lastDay < today) return 'over'
  return reminder.day <= today ? 'going' : 'waiting'
}

function Decisions({ campaigns }: { campaigns: readonly Campaign[] }) {
  const { decisionColumns: columns } = words
  return (
    <WorkTable
      caption={words.decisions}
      columns={[
        columns.decidedAt,
        words.closedFrom,
        words.lastDayFact,
        columns.receiptNo,
        columns.state,
      ]}
      empty={words.decisionsEmpty}
      rows={campaigns.map((campaign) => [
        { atMs: campaign.decidedAtMs },
        words.day(campaign.closedFrom),
        campaign.lastDay === undefined ? words.noLastDay : words.day(campaign.lastDay),
        campaign.receiptNo,
        words.campaignState[campaign.state],
      ])}
    />
  )
}
