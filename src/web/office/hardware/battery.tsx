import { addMonths, dayOf, monthsBetween, writtenDay } from '../../../bank/calendar.ts'
import type { AgeingToken, CampaignProgress } from '../../../bank/hardware/hardware-batteries.ts'
import { mayDo } from '../../../bank/office/staff.ts'
import { SelectField, TextField } from '../../parts/fields.tsx'
import { Table } from '../../parts/table.tsx'
import { japanese } from '../../words/words.ts'
import type { StaffVisit } from '../visit.tsx'
import { Nothing, WorkTable } from '../work-table.tsx'
import { shortTime } from '../written-time.ts'
import { shapeName, showHardware, TokenLink } from './frame.tsx'

const words = japanese.office.battery
const { unknown } = japanese.office.hardware

const MONTHS = [3, 6, 12, 24, 60] as const
const USUAL_MONTHS = 6
const MOST_LISTED = 500
const MOST_CAMPAIGNS = 50

const todayOf = (visit: StaffVisit) => dayOf(visit.site.ports.clock.now())

/** The months of the address: one of those that the page offers. */
export const monthsOf = (typed: string | undefined): number =>
  MONTHS.find((months) => String(months) === typed) ?? USUAL_MONTHS

/** Whose battery ends within so many months from today. */
export async function ageingWithin(visit: StaffVisit, months: number, most: number) {
  const { terms, batteries } = visit.site.ports.store.tables.hardware
  const { bankCode } = visit.bank
  const endsBy = addMonths(todayOf(visit), months)
  const ageing = await batteries.ending(bankCode, endsBy, await terms.find(bankCode), most)
  return { endsBy, ageing }
}

/** 電池: the tokens whose end is near, and the campaigns that replace them. */
export async function batteryPage(visit: StaffVisit) {
  const months = monthsOf(visit.c.req.query('months'))
  const { endsBy, ageing } = await ageingWithin(visit, months, MOST_LISTED)
  const { batteries } = visit.site.ports.store.tables.hardware
  const campaigns = await batteries.campaigns(visit.bank.bankCode, MOST_CAMPAIGNS)
  return showHardware(visit, {
    title: words.title,
    section: 'battery',
    children: (
      <>
        <p>{words.text}</p>
        <Within visit={visit} months={months} />
        <p data-field="ageing" data-value={String(ageing.length)}>
          {ageing.length < MOST_LISTED ? words.count(ageing.length) : words.most(MOST_LISTED)}
        </p>
        <AgeingTable
          visit={visit}
          ageing={ageing}
          caption={words.caption(endsBy)}
          empty={words.empty}
        />
        {ageing.length > 0 && mayDo(visit.staff.role, 'prepare') && (
          <p>
            <a
              class="button button--primary"
              href={visit.paths.hardwareCampaignNew(String(months))}
            >
              {words.prepare}
            </a>
          </p>
        )}
        <CampaignTable visit={visit} campaigns={campaigns} />
        <p>
          <a href={visit.paths.hardwareTerms}>{words.toTerms}</a>
        </p>
      </>
    ),
  })
}

function Within({ visit, months }: { visit: StaffVisit; months: number }) {
  return (
    <form class="form" method="get" action={visit.paths.hardwareBattery}>
      <SelectField
        name="months"
        label={words.within}
        options={MONTHS.map((each) => ({
          value: String(each),
          label: words.withinMonths(each),
        }))}
        value={String(months)}
      />
      <div class="form__buttons">
        <button type="submit" class="button button--secondary">
          {words.show}
        </button>
      </div>
    </form>
  )
}

export function AgeingTable(props: {
  readonly visit: StaffVisit
  readonly ageing: readonly AgeingToken[]
  readonly caption: string
  readonly empty: string
}) {
  const { visit } = props
  const { columns } = words
  const today = todayOf(visit)
  return (
    <WorkTable
      caption={props.caption}
      columns={[
        columns.endsOn,
        columns.serial,
        columns.shape,
        columns.inUse,
        columns.contract,
        columns.name,
        columns.successor,
      ]}
      empty={props.empty}
      rows={props.ageing.map((token) => [
        writtenDay(token.endsOn),
        <TokenLink visit={visit} serial={token.serial} />,
        shapeName(token.shape),
        token.shippedAtMs === undefined
          ? unknown
          : words.inUse(monthsBetween(dayOf(token.shippedAtMs), today)),
        token.contractId,
        token.customerName,
        <span class={`tag tag--${token.hasSuccessor ? 'good' : 'open'}`}>
          {token.hasSuccessor ? words.hasSuccessor : words.noSuccessor}
        </span>,
      ])}
    />
  )
}

function CampaignTable(props: { visit: StaffVisit; campaigns: readonly CampaignProgress[] }) {
  const { visit, campaigns } = props
  if (campaigns.length === 0)
    return <Nothing caption={words.campaigns} text={words.campaignsEmpty} />
  const { columnsCampaign: columns } = words
  return (
    <Table
      caption={words.campaigns}
      columns={[
        { label: columns.no },
        { label: columns.endsBy },
        { label: columns.startedAt },
        { label: columns.tokens, numeric: true },
        { label: columns.done, numeric: true },
      ]}
      rows={campaigns.map((campaign) => [
        {
          content: (
            <a href={visit.paths.hardwareCampaignOf(campaign.campaignNo)}>{campaign.campaignNo}</a>
          ),
        },
        writtenDay(campaign.endsBy),
        shortTime(campaign.startedAtMs),
        String(campaign.tokens),
        String(campaign.exchanged),
      ])}
    />
  )
}

/** The reason, as every page asks it that prepares something. */
export const ReasonField = (props: { value: string; error: string | undefined }) => (
  <TextField
    name="reason"
    label={japanese.office.proposals.reason}
    value={props.value}
    error={props.error}
  />
)
