import { createHash } from 'node:crypto'
import { writtenDay } from '../../../bank/calendar.ts'
import {
  CAMPAIGN_STAGES,
  type CampaignProgress,
  type CampaignStage,
  type CampaignToken,
} from '../../../bank/hardware/hardware-batteries.ts'
import {
  batteryCampaign,
  campaignOf,
  MOST_IN_CAMPAIGN,
} from '../../../bank/procedures/battery-campaign.ts'
import { type Refusal, type Refused, refused } from '../../../bank/refusal.ts'
import { EMPTY_FORM, type SubmittedForm } from '../../form.ts'
import { Facts } from '../../parts/facts.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/messages.tsx'
import { Table } from '../../parts/table.tsx'
import { japanese } from '../../words/words.ts'
import { fieldError, refusalHeading, type StaffVisit } from '../visit.tsx'
import { WorkTable } from '../work-table.tsx'
import { shortTime } from '../written-time.ts'
import { AgeingTable, ageingWithin, monthsOf, ReasonField } from './battery.tsx'
import { showHardware, TokenLink } from './frame.tsx'

const words = japanese.office.battery

/** The dry run: exactly whom a campaign would concern, before anyone is asked to approve it. */
export const dryRunPage = (visit: StaffVisit) =>
  showDryRun(visit, monthsOf(visit.c.req.query('months')))

export async function campaignSubmit(visit: StaffVisit, form: SubmittedForm) {
  const months = monthsOf(form.text('months'))
  const { endsBy, ageing } = await ageingWithin(visit, months, MOST_IN_CAMPAIGN)
  const prepared = campaignOf(endsBy, ageing)
  // What was seen is what is proposed: a list that has changed meanwhile is shown again.
  if (form.text('seen') !== digestOf(prepared)) {
    return showDryRun(visit, months, refused('wrong-state'), form)
  }
  const { ports } = visit.site
  const reason = form.text('reason')
  const outcome = await batteryCampaign.propose(ports, visit.staffRequest, prepared, reason)
  if (!outcome.ok) return showDryRun(visit, months, outcome, form)
  return visit.c.redirect(visit.paths.proposal(outcome.value.id), 303)
}

type Prepared = ReturnType<typeof campaignOf>

const countOf = ({ facts }: Prepared) => (facts.serials as readonly string[]).length

/** Of the day and every serial: a list of the same length may be another one. */
const digestOf = ({ facts }: Prepared): string =>
  createHash('sha256').update(JSON.stringify(facts)).digest('base64url')

async function showDryRun(visit: StaffVisit, months: number, refusal?: Refused, form = EMPTY_FORM) {
  const { endsBy, ageing } = await ageingWithin(visit, months, MOST_IN_CAMPAIGN)
  const due = ageing.filter(({ hasSuccessor }) => !hasSuccessor)
  const leftOut = ageing.length - due.length
  const prepared = campaignOf(endsBy, ageing)
  const count = String(countOf(prepared))
  return showHardware(visit, {
    title: words.dryRunTitle,
    section: 'battery',
    refused: refusal,
    children: (
      <>
        {refusal?.refusal === 'wrong-state' && (
          <Notice kind="warning" heading={words.changed}>
            <p>{words.changedText}</p>
          </Notice>
        )}
        <p>{words.dryRunText}</p>
        <Facts
          items={[
            {
              field: 'count',
              label: words.dryRunCount,
              value: words.count(Number(count)),
              dataValue: count,
              large: true,
            },
            { field: 'endsBy', label: words.endsBy, value: writtenDay(endsBy) },
          ]}
        />
        {leftOut > 0 && <p>{words.leftOut(leftOut)}</p>}
        <AgeingTable
          visit={visit}
          ageing={due}
          caption={words.dryRunCaption}
          empty={words.dryRunEmpty}
        />
        {due.length > 0 && (
          <Form
            action={visit.paths.hardwareCampaign}
            csrf={visit.browser.csrf}
            submit={words.submit}
            secondary={{ href: visit.paths.hardwareBattery, label: japanese.office.back }}
          >
            <input type="hidden" name="months" value={String(months)} />
            <input type="hidden" name="seen" value={digestOf(prepared)} />
            <ReasonField value={form.text('reason')} error={fieldError(refusal, 'reason')} />
          </Form>
        )}
      </>
    ),
  })
}

/** How far a campaign has come, token by token. */
export async function campaignPage(visit: StaffVisit) {
  const { batteries } = visit.site.ports.store.tables.hardware
  const no = visit.c.req.param('no') ?? ''
  const campaign = await batteries.campaign(visit.bank.bankCode, no)
  if (campaign === undefined) return visit.c.notFound()
  const tokens = await batteries.tokensOf(campaign)
  return showHardware(visit, {
    title: words.campaignTitle(campaign.campaignNo),
    section: 'battery',
    children: (
      <>
        <Facts
          items={[
            { field: 'endsBy', label: words.endsBy, value: writtenDay(campaign.endsBy) },
            {
              field: 'startedAt',
              label: words.startedAt,
              value: shortTime(campaign.startedAtMs),
            },
            {
              field: 'people',
              label: words.people,
              value: `${campaign.preparedBy}・${campaign.approvedBy}`,
            },
          ]}
        />
        <Stages campaign={campaign} />
        <TokenTable visit={visit} tokens={tokens} />
      </>
    ),
  })
}

const Stages = ({ campaign }: { campaign: CampaignProgress }) => (
  <Table
    caption={words.progressCaption}
    columns={[{ label: words.stage }, { label: words.tokens, numeric: true }]}
    rows={CAMPAIGN_STAGES.map((stage) => [
      words.stages[stage],
      {
        content: words.count(campaign[stage]),
        field: stage,
        dataValue: String(campaign[stage]),
      },
    ])}
  />
)

const TONES = {
  waiting: 'open',
  recorded: 'open',
  shipped: 'open',
  exchanged: 'good',
  skipped: 'bad',
} as const satisfies Record<CampaignStage, string>

function TokenTable({ visit, tokens }: { visit: StaffVisit; tokens: readonly CampaignToken[] }) {
  return (
    <WorkTable
      caption={words.tokenCaption}
      columns={[words.columns.serial, words.stage, words.application]}
      empty=""
      rows={tokens.map((token) => [
        <TokenLink visit={visit} serial={token.serial} />,
        <span
          class={`tag tag--${TONES[token.stage]}`}
          data-field="tokenStage"
          data-value={token.stage}
        >
          {words.tokenStages[token.stage]}
        </span>,
        token.applicationNo === undefined ? (
          (token.skippedFor && refusalHeading(token.skippedFor as Refusal)) || ''
        ) : (
          <a href={visit.paths.hardwareApplication(token.applicationNo)}>{token.applicationNo}</a>
        ),
      ])}
    />
  )
}
