import type { Campaign } from '../../bank/office/campaign.ts'
import type { Campaigns, TypeStanding } from '../../bank/ports.ts'
import { type TokenTypeRow, TYPE_COLUMNS, tokenTypeOf } from '../banks.ts'
import { changes, type Runner, row, rows } from '../connection.ts'
import { CAMPAIGN_COLUMNS, type CampaignRow, campaignOf } from './campaign-rows.ts'
import { campaignSendingOn } from './campaign-sending.ts'
import { campaignUsersOn } from './campaign-users.ts'

const THIS = 'bank_code = $1 and id = $2'

export function campaignsOn(on: Runner): Campaigns {
  const list = async (where: string, values: unknown[]) =>
    (
      await rows<CampaignRow>(
        on,
        `select ${CAMPAIGN_COLUMNS} from type_campaign k ${where}`,
        values,
      )
    ).map(campaignOf)
  const standing = async (bankCode: string, type: string, lock: '' | 'for update') => {
    const text = `select ${TYPE_COLUMNS} from token_type where bank_code = $1 and type = $2 ${lock}`
    const found = await row<TokenTypeRow>(on, text, [bankCode, type])
    if (found === undefined) return undefined
    const where = `where bank_code = $1 and type = $2 and state = 'running'`
    const [running] = await list(where, [bankCode, type])
    return standingOf(found, running)
  }
  return {
    ...campaignUsersOn(on),
    ...campaignSendingOn(on),

    async types(bankCode) {
      const types = await rows<TokenTypeRow>(
        on,
        `select ${TYPE_COLUMNS} from token_type where bank_code = $1 order by type`,
        [bankCode],
      )
      const running = await list(`where bank_code = $1 and state = 'running'`, [bankCode])
      return types.map((found) =>
        standingOf(
          found,
          running.find(({ type }) => type === found.type),
        ),
      )
    },

    standing: (bankCode, type) => standing(bankCode, type, ''),
    lockStanding: (bankCode, type) => standing(bankCode, type, 'for update'),

    async setClosedFrom(bankCode, type, day) {
      const text = 'update token_type set closed_from = $3 where bank_code = $1 and type = $2'
      await changes(on, text, [bankCode, type, day ?? null])
    },

    async start(campaign) {
      const { bankCode, id, type, reminderDays } = campaign
      await changes(
        on,
        `insert into type_campaign (bank_code, id, type, closed_from, last_day, decided_at,
                                    receipt_no)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [
          bankCode,
          id,
          type,
          campaign.closedFrom,
          campaign.lastDay ?? null,
          new Date(campaign.decidedAtMs),
          campaign.receiptNo,
        ],
      )
      await changes(
        on,
        `insert into campaign_reminder (bank_code, campaign_id, reminder_no, day)
         select $1, $2, due.no, due.day
           from unnest($3::date[]) with ordinality as due (day, no)`,
        [bankCode, id, reminderDays],
      )
      await changes(
        on,
        `insert into campaign_customer (bank_code, campaign_id, contract_id)
         select c.bank_code, $3, c.contract_id
           from contract c join token t on t.issuer = c.token_issuer and t.serial = c.token_serial
          where c.bank_code = $1 and t.type = $2`,
        [bankCode, type, id],
      )
    },

    async close(campaign, as, nowMs) {
      const text = `update type_campaign set state = $3, ended_at = $4
                     where ${THIS} and state = 'running'`
      const values = [campaign.bankCode, campaign.id, as, new Date(nowMs)]
      return (await changes(on, text, values)) === 1
    },

    ofType: (bankCode, type) =>
      list('where bank_code = $1 and type = $2 order by decided_at desc, id limit 50', [
        bankCode,
        type,
      ]),

    async find(bankCode, id) {
      const [found] = await list(`where ${THIS}`, [bankCode, id])
      return found
    },
  }
}

const standingOf = (found: TokenTypeRow, running: Campaign | undefined): TypeStanding => ({
  type: tokenTypeOf(found),
  ...(running && { running }),
})
