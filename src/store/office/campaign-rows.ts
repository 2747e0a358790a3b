import type { Campaign } from '../../bank/office/campaign.ts'

export interface CampaignRow {
  bank_code: string
  id: string
  type: string
  closed_from: string
  last_day: string | null
  state: Campaign['state']
  decided_at: Date
  receipt_no: number
  reminder_days: string[]
}

export const CAMPAIGN_COLUMNS = `k.bank_code, k.id, k.type, k.closed_from, k.last_day, k.state,
  k.decided_at, k.receipt_no,
  array(select r.day::text from campaign_reminder r
         where r.bank_code = k.bank_code and r.campaign_id = k.id
         order by r.reminder_no) as reminder_days`

export const campaignOf = (found: CampaignRow): Campaign => ({
  bankCode: found.bank_code,
  id: found.id,
  type: found.type,
  closedFrom: found.closed_from,
  reminderDays: found.reminder_days,
  state: found.state,
  decidedAtMs: found.decided_at.getTime(),
  receiptNo: String(found.receipt_no),
  ...(found.last_day !== null && { lastDay: found.last_day }),
})
