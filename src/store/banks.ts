import type { BankProfile } from '../bank/contract.ts'
import type { Announcement, ApiClients, Banks } from '../bank/ports.ts'
import type { OtpAlgorithm, OtpKind } from '../bank/token.ts'
import type { TokenType } from '../bank/token-type.ts'
import { type Runner, row, rows } from './connection.ts'

export interface BankRow {
  bank_code: string
  name: string
  contact: BankProfile['contact']
  thresholds: BankProfile['thresholds']
  limits: BankProfile['limits']
  fees: BankProfile['fees']
  english: BankProfile['english'] | null
  notice_template: BankProfile['noticeTemplate'] | null
}

export interface TokenTypeRow {
  type: string
  name: string
  medium: TokenType['medium']
  kind: OtpKind
  algorithm: OtpAlgorithm
  digits: number
  period_seconds: number
  open_from: string | null
  closed_from: string | null
}

export const TYPE_COLUMNS = `type, name, medium, kind, algorithm, digits, period_seconds, open_from,
  closed_from`

export function tokenTypeOf(found: TokenTypeRow): TokenType {
  return {
    type: found.type,
    name: found.name,
    medium: found.medium,
    kind: found.kind,
    algorithm: found.algorithm,
    digits: found.digits,
    periodSeconds: found.period_seconds,
    ...(found.open_from !== null && { openFrom: found.open_from }),
    ...(found.closed_from !== null && { closedFrom: found.closed_from }),
  }
}

export const PROFILE_COLUMNS = `b.bank_code, b.name, b.contact, b.thresholds, b.limits, b.fees,
  b.english, b.notice_template`

export const profileOf = (found: BankRow): BankProfile => ({
  bankCode: found.bank_code,
  name: found.name,
  contact: found.contact,
  thresholds: found.thresholds,
  limits: found.limits,
  fees: found.fees,
  ...(found.english && { english: found.english }),
  ...(found.notice_template && { noticeTemplate: found.notice_template }),
})

export interface AnnouncementRow {
  id: string
  published_on: string
  heading: string
  text: string
  heading_en: string | null
  text_en: string | null
}

/** More would bury the login form. */
const MOST_ANNOUNCEMENTS = 3

export const announcementOf = (found: AnnouncementRow): Announcement => ({
  id: found.id,
  publishedOn: found.published_on,
  ja: { heading: found.heading, text: found.text },
  ...(found.heading_en !== null &&
    found.text_en !== null && { en: { heading: found.heading_en, text: found.text_en } }),
})

export function apiClientsOn(on: Runner): ApiClients {
  return {
    async byKeyHash(keyHash) {
      const found = await row<BankRow & { client: string }>(
        on,
        `select ${PROFILE_COLUMNS}, k.name as client
           from api_key k join bank b using (bank_code)
          where k.key_hash = $1 and k.revoked_at is null`,
        [keyHash],
      )
      return found && { bank: profileOf(found), name: found.client }
    },
  }
}

export function banksOn(on: Runner): Banks {
  return {
    async profile(bankCode) {
      const text = `select ${PROFILE_COLUMNS} from bank b where bank_code = $1`
      const found = await row<BankRow>(on, text, [bankCode])
      return found && profileOf(found)
    },

    async tokenType(bankCode, type) {
      const text = `select ${TYPE_COLUMNS} from token_type where bank_code = $1 and type = $2`
      const found = await row<TokenTypeRow>(on, text, [bankCode, type])
      return found && tokenTypeOf(found)
    },

    async announcements(bankCode, day) {
      const found = await rows<AnnouncementRow>(
        on,
        `select id, to_char(published_on, 'YYYY-MM-DD') as published_on, heading, text, heading_en,
                text_en
           from announcement
          where bank_code = $1 and published_on <= $2 and (last_day is null or last_day >= $2)
            and taken_down_at is null
          order by published_on desc, id
          limit ${MOST_ANNOUNCEMENTS}`,
        [bankCode, day],
      )
      return found.map(announcementOf)
    },
  }
}
