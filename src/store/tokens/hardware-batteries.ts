import type {
  AgeingToken,
  Batteries,
  CampaignProgress,
  CampaignStage,
} from '../../bank/hardware/hardware-batteries.ts'
import type { TokenShape } from '../../bank/hardware/stock.ts'
import { changes, type Runner, row, rows } from '../connection.ts'

interface AgeingRow {
  serial: string
  contract_id: string
  customer_name: string
  shape: TokenShape | null
  shipped_at: Date | null
  ends_on: string
  has_successor: boolean
}

interface ProgressRow {
  bank_code: string
  campaign_no: number
  ends_by: string
  prepared_by: string
  approved_by: string
  started_at: Date
  tokens: number
  waiting: number
  skipped: number
  recorded: number
  shipped: number
  exchanged: number
}

interface PlaceRow {
  bank_code: string
  campaign_no: number
  serial: string
}

/** A battery counts from the day on which the token was sent, or came, unless its maker says more. */
const AGEING = `
  select t.serial, c.contract_id, c.name as customer_name, b.shape, t.shipped_at, e.ends_on,
         exists (select from hardware_application a
                  where a.bank_code = c.bank_code and a.contract_id = c.contract_id
                    and a.state in ('received', 'assigned', 'missing'))
         or exists (select from token w
                     where w.issuer = c.bank_code and w.shipped_to = c.contract_id
                       and w.state = 'shipped') as has_successor
    from token t
    join contract c on c.bank_code = t.issuer and c.token_issuer = t.issuer
                   and c.token_serial = t.serial
    left join stock_batch b on b.bank_code = t.issuer and b.batch_no = t.batch_no
    cross join lateral (
      select coalesce(t.ends_on, (coalesce(t.shipped_at, b.imported_at) at time zone 'Asia/Tokyo'
                                  + make_interval(months => $2))::date) as ends_on) e
   where t.issuer = $1 and t.state = 'active'`

const ageingOf = (found: AgeingRow): AgeingToken => ({
  serial: found.serial,
  contractId: found.contract_id,
  customerName: found.customer_name,
  endsOn: found.ends_on,
  hasSuccessor: found.has_successor,
  ...(found.shape !== null && { shape: found.shape }),
  ...(found.shipped_at !== null && { shippedAtMs: found.shipped_at.getTime() }),
})

/** Where a token of a campaign has come to. */
const STAGE = `case when i.state <> 'recorded' then i.state
                    when t.state = 'exchanged' then 'exchanged'
                    when a.state = 'shipped' then 'shipped'
                    else 'recorded' end`
const TOKENS = `battery_campaign_token i
    join token t on t.issuer = i.bank_code and t.serial = i.serial
    left join hardware_application a
           on a.bank_code = i.bank_code and a.application_no = i.application_no`

const PROGRESS = `
  select g.bank_code, g.campaign_no, g.ends_by, g.prepared_by, g.approved_by, g.started_at,
         count(*) as tokens,
         count(*) filter (where i.stage = 'waiting') as waiting,
         count(*) filter (where i.stage = 'skipped') as skipped,
         count(*) filter (where i.stage = 'recorded') as recorded,
         count(*) filter (where i.stage = 'shipped') as shipped,
         count(*) filter (where i.stage = 'exchanged') as exchanged
    from battery_campaign g
    join (select i.bank_code, i.campaign_no, ${STAGE} as stage from ${TOKENS}) i
         using (bank_code, campaign_no)
   where g.bank_code = $1`
const BY_CAMPAIGN = `group by g.bank_code, g.campaign_no`

const progressOf = (found: ProgressRow): CampaignProgress => ({
  bankCode: found.bank_code,
  campaignNo: String(found.campaign_no),
  endsBy: found.ends_by,
  preparedBy: found.prepared_by,
  approvedBy: found.approved_by,
  startedAtMs: found.started_at.getTime(),
  tokens: found.tokens,
  waiting: found.waiting,
  skipped: found.skipped,
  recorded: found.recorded,
  shipped: found.shipped,
  exchanged: found.exchanged,
})

export function batteriesOn(on: Runner): Batteries {
  return {
    async ending(bankCode, endsBy, { batteryMonths }, most) {
      const text = `${AGEING} and e.ends_on <= $3 order by e.ends_on, t.serial limit $4`
      const values = [bankCode, batteryMonths, endsBy, most]
      return (await rows<AgeingRow>(on, text, values)).map(ageingOf)
    },

    async find(bankCode, serial, { batteryMonths }) {
      const text = `${AGEING} and t.serial = $3`
      const found = await row<AgeingRow>(on, text, [bankCode, batteryMonths, serial])
      return found && ageingOf(found)
    },

    async open(campaign, serials) {
      await changes(on, 'insert into battery_campaign values ($1, $2, $3, $4, $5, $6)', [
        campaign.bankCode,
        campaign.campaignNo,
        campaign.endsBy,
        campaign.preparedBy,
        campaign.approvedBy,
        new Date(campaign.startedAtMs),
      ])
      const text = `insert into battery_campaign_token (bank_code, campaign_no, serial)
                    select $1, $2, unnest($3::text[])`
      await changes(on, text, [campaign.bankCode, campaign.campaignNo, serials])
    },

    async campaigns(bankCode, most) {
      const text = `${PROGRESS} ${BY_CAMPAIGN} order by g.campaign_no desc limit $2`
      return (await rows<ProgressRow>(on, text, [bankCode, most])).map(progressOf)
    },

    async campaign(bankCode, campaignNo) {
      if (!/^\d{1,15}$/.test(campaignNo)) return undefined
      const text = `${PROGRESS} and g.campaign_no = $2 ${BY_CAMPAIGN}`
      const found = await row<ProgressRow>(on, text, [bankCode, campaignNo])
      return found && progressOf(found)
    },

    async tokensOf({ bankCode, campaignNo }) {
      const text = `select i.serial, ${STAGE} as stage, i.application_no, i.skipped_for
                      from ${TOKENS}
                     where i.bank_code = $1 and i.campaign_no = $2 order by i.serial`
      const found = await rows<{
        serial: string
        stage: CampaignStage
        application_no: number | null
        skipped_for: string | null
      }>(on, text, [bankCode, campaignNo])
      return found.map((token) => ({
        serial: token.serial,
        stage: token.stage,
        ...(token.application_no !== null && { applicationNo: String(token.application_no) }),
        ...(token.skipped_for !== null && { skippedFor: token.skipped_for }),
      }))
    },

    async holdNext(after) {
      const text = `select bank_code, campaign_no, serial from battery_campaign_token
                     where state = 'waiting' and (bank_code, campaign_no, serial) > ($1, $2, $3)
                     order by bank_code, campaign_no, serial limit 1 for update skip locked`
      const from = after ?? { bankCode: '', campaignNo: '0', serial: '' }
      const found = await row<PlaceRow>(on, text, [from.bankCode, from.campaignNo, from.serial])
      return (
        found && {
          bankCode: found.bank_code,
          campaignNo: String(found.campaign_no),
          serial: found.serial,
        }
      )
    },

    async settle({ bankCode, campaignNo, serial }, as) {
      const isRecorded = 'applicationNo' in as
      const text = `update battery_campaign_token
                       set state = $4, application_no = $5, skipped_for = $6
                     where bank_code = $1 and campaign_no = $2 and serial = $3
                       and state = 'waiting'`
      const values = isRecorded
        ? ['recorded', as.applicationNo, null]
        : ['skipped', null, as.skippedFor]
      return (await changes(on, text, [bankCode, campaignNo, serial, ...values])) === 1
    },
  }
}
