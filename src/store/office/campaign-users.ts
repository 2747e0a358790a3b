import type { Campaigns, Forecast, UseAge, UserState } from '../../bank/ports.ts'
import { type Runner, row, rows } from '../connection.ts'

/** The customers of a bank ($1) who use a type ($2) now. */
const USERS = `contract c
  join bank b on b.bank_code = c.bank_code
  join token t on t.issuer = c.token_issuer and t.serial = c.token_serial
 where c.bank_code = $1 and t.type = $2`

const STATE = `case
    when c.frozen then 'frozen'
    when t.state = 'suspended' then 'suspended'
    when t.failures >= (b.thresholds ->> 'code')::int
      or t.guesses >= (b.thresholds ->> 'seedGuesses')::int then 'locked'
    else 'usable'
  end`

/** A token that counts time tells it by its last step; of one that counts presses nobody knows. */
const LAST_USED = `case when t.kind = 'totp' and t.last_accepted >= 0
    then to_timestamp(t.last_accepted * t.period_seconds) end`

const AGE = `case
    when used is null then 'never'
    when used > $3::timestamptz - interval '30 days' then 'within-30'
    when used > $3::timestamptz - interval '90 days' then 'within-90'
    when used > $3::timestamptz - interval '365 days' then 'within-365'
    else 'longer'
  end`

interface UserRow {
  contract_id: string
  name: string
  mail: string
  serial: string
  state: UserState
  used: Date | null
}

interface CountRow {
  state: UserState
  age: UseAge
  otp_at_login: boolean
  customers: number
}

/** Whom a type concerns: read without holding anyone. */
export function campaignUsersOn(on: Runner): Pick<Campaigns, 'users' | 'forecast' | 'progress'> {
  return {
    async users(bankCode, type, after, most) {
      const found = await rows<UserRow>(
        on,
        `select c.contract_id, c.name, c.mail, t.serial, ${STATE} as state, ${LAST_USED} as used
           from ${USERS} and c.contract_id > $3
          order by c.contract_id limit $4`,
        [bankCode, type, after, most],
      )
      return found.map((user) => ({
        contractId: user.contract_id,
        name: user.name,
        mail: user.mail,
        serial: user.serial,
        state: user.state,
        ...(user.used !== null && { lastUsedAtMs: user.used.getTime() }),
      }))
    },

    async forecast(bankCode, type, nowMs) {
      const counts = await rows<CountRow>(
        on,
        `select state, ${AGE} as age, otp_at_login, count(*) as customers
           from (select ${STATE} as state, ${LAST_USED} as used, c.otp_at_login from ${USERS}) u
          group by 1, 2, 3`,
        [bankCode, type, new Date(nowMs)],
      )
      const shipped = await row<{ tokens: number }>(
        on,
        `select count(*) as tokens from token
          where issuer = $1 and type = $2 and state = 'shipped'`,
        [bankCode, type],
      )
      return forecastOf(counts, shipped?.tokens ?? 0)
    },

    async progress(campaign) {
      const { bankCode, id, type } = campaign
      const reminders = await rows<ReminderRow>(
        on,
        `select r.reminder_no, r.day, r.queued, r.done_at,
                case when r.done_at is null then
                  (select count(*) from ${USERS} and c.contract_id > r.after_contract)
                else 0 end as remaining
           from campaign_reminder r
          where r.bank_code = $1 and r.campaign_id = $3 order by r.reminder_no`,
        [bankCode, type, id],
      )
      const became = await rows<{ became: Became; customers: number }>(
        on,
        `select case when k.expired_at is not null then 'expired'
                     when t.type is null then 'stopped'
                     when t.type = $3 then 'using'
                     else 'exchanged' end as became, count(*) as customers
           from campaign_customer k
           join contract c on c.bank_code = k.bank_code and c.contract_id = k.contract_id
           left join token t on t.issuer = c.token_issuer and t.serial = c.token_serial
          where k.bank_code = $1 and k.campaign_id = $2 group by 1`,
        [bankCode, id, type],
      )
      const counts: Record<Became, number> = { using: 0, exchanged: 0, stopped: 0, expired: 0 }
      for (const found of became) counts[found.became] = found.customers
      return { ...counts, reminders: reminders.map(reminderProgressOf) }
    },
  }
}

type Became = 'using' | 'exchanged' | 'stopped' | 'expired'

interface ReminderRow {
  reminder_no: number
  day: string
  queued: number
  remaining: number
  done_at: Date | null
}

const reminderProgressOf = (found: ReminderRow) => ({
  no: found.reminder_no,
  day: found.day,
  queued: found.queued,
  remaining: found.remaining,
  ...(found.done_at !== null && { doneAtMs: found.done_at.getTime() }),
})

function forecastOf(counts: readonly CountRow[], shipped: number): Forecast {
  const byState = { frozen: 0, suspended: 0, locked: 0, usable: 0 }
  const byLastUse = { 'within-30': 0, 'within-90': 0, 'within-365': 0, longer: 0, never: 0 }
  let [customers, otpAtLogin] = [0, 0]
  for (const count of counts) {
    byState[count.state] += count.customers
    byLastUse[count.age] += count.customers
    customers += count.customers
    if (count.otp_at_login) otpAtLogin += count.customers
  }
  return { customers, byState, byLastUse, otpAtLogin, shipped }
}
