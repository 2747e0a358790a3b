import type { Campaigns } from '../../bank/ports.ts'
import { changes, type Runner, row, rows } from '../connection.ts'
import { CAMPAIGN_COLUMNS, type CampaignRow, campaignOf } from './campaign-rows.ts'

type Sending = Pick<
  Campaigns,
  | 'holdReminder'
  | 'markReminded'
  | 'advanceReminder'
  | 'pastLastDay'
  | 'holdUser'
  | 'markExpired'
  | 'endIfUnused'
>

/** What the background work about campaigns reads and writes, each row held by one process. */
export function campaignSendingOn(on: Runner): Sending {
  return {
    async holdReminder(today, nowMs) {
      const held = await row<CampaignRow & { reminder_no: number; day: string; after: string }>(
        on,
        `select ${CAMPAIGN_COLUMNS}, r.reminder_no, r.day, r.after_contract as after
           from campaign_reminder r
           join type_campaign k on k.bank_code = r.bank_code and k.id = r.campaign_id
          where k.state = 'running' and (k.last_day is null or k.last_day >= $1)
            and r.done_at is null and r.day <= $1
            and (r.next_portion_at is null or r.next_portion_at <= $2)
            and not exists (
              select from campaign_reminder later
               where later.bank_code = r.bank_code and later.campaign_id = r.campaign_id
                 and later.reminder_no > r.reminder_no and later.day <= $1)
          order by r.day, r.bank_code limit 1
            for update of k, r skip locked`,
        [today, new Date(nowMs)],
      )
      return (
        held && {
          campaign: campaignOf(held),
          no: held.reminder_no,
          day: held.day,
          afterContract: held.after,
        }
      )
    },

    async markReminded({ campaign, no }, contractIds) {
      const marked = await rows<{ contract_id: string }>(
        on,
        `insert into campaign_customer as known (bank_code, campaign_id, contract_id, reminded)
         select $1, $2, told.contract_id, $3 from unnest($4::text[]) as told (contract_id)
         on conflict (bank_code, campaign_id, contract_id) do update
            set reminded = excluded.reminded
          where known.reminded < excluded.reminded
         returning contract_id`,
        [campaign.bankCode, campaign.id, no, contractIds],
      )
      return marked.map(({ contract_id }) => contract_id)
    },

    async advanceReminder({ campaign, no }, to, nextPortionAtMs) {
      const { bankCode, id } = campaign
      const next = nextPortionAtMs === undefined ? null : new Date(nextPortionAtMs)
      await changes(
        on,
        `update campaign_reminder
            set after_contract = $4, queued = queued + $5, next_portion_at = $6,
                done_at = case when $6::timestamptz is null then $7::timestamptz end
          where bank_code = $1 and campaign_id = $2 and reminder_no = $3`,
        [bankCode, id, no, to.afterContract, to.queued, next, new Date(to.nowMs)],
      )
      if (next !== null) return
      // Those before it that were never sent, or not to their end, are not sent after it.
      await changes(
        on,
        `update campaign_reminder set done_at = $4
          where bank_code = $1 and campaign_id = $2 and reminder_no < $3 and done_at is null`,
        [bankCode, id, no, new Date(to.nowMs)],
      )
    },

    async pastLastDay(today) {
      const text = `select ${CAMPAIGN_COLUMNS} from type_campaign k
                     where k.state = 'running' and k.last_day < $1 order by k.bank_code, k.type`
      return (await rows<CampaignRow>(on, text, [today])).map(campaignOf)
    },

    async holdUser({ bankCode, id, type }, after) {
      const held = await row<{ contract_id: string }>(
        on,
        `select c.contract_id
           from type_campaign k
           join contract c on c.bank_code = k.bank_code
           join token t on t.issuer = c.token_issuer and t.serial = c.token_serial
          where k.bank_code = $1 and k.id = $2 and k.state = 'running'
            and t.type = $3 and c.contract_id > $4
          order by c.contract_id limit 1
            for update of c skip locked for share of k skip locked`,
        [bankCode, id, type, after],
      )
      return held?.contract_id
    },

    async markExpired({ bankCode, id }, contractId, nowMs) {
      await changes(
        on,
        `insert into campaign_customer as known (bank_code, campaign_id, contract_id, expired_at)
         values ($1, $2, $3, $4)
         on conflict (bank_code, campaign_id, contract_id) do update
            set expired_at = excluded.expired_at`,
        [bankCode, id, contractId, new Date(nowMs)],
      )
    },

    async endIfUnused({ bankCode, id, type }, nowMs) {
      const ended = await changes(
        on,
        `update type_campaign set state = 'ended', ended_at = $4
          where bank_code = $1 and id = $2 and state = 'running' and last_day is not null
            and not exists (
              select from contract c
                join token t on t.issuer = c.token_issuer and t.serial = c.token_serial
               where c.bank_code = $1 and t.type = $3)`,
        [bankCode, id, type, new Date(nowMs)],
      )
      return ended === 1
    },
  }
}
