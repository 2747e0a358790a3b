import { createHash } from 'node:crypto'
import type { BankProfile } from '../../bank/contract.ts'
import type { Administration } from '../../bank/office/administration.ts'
import {
  type BankRow,
  PROFILE_COLUMNS,
  profileOf,
  type TokenTypeRow,
  TYPE_COLUMNS,
  tokenTypeOf,
} from '../banks.ts'
import { changes, type Runner, row, rows } from '../connection.ts'

interface ApiKeyRow {
  name: string
  created_at: Date
  revoked_at: Date | null
}

const valuesOf = ({ bankCode, name, contact, thresholds, limits, fees, english }: BankProfile) => [
  bankCode,
  name,
  contact,
  thresholds,
  limits,
  fees,
  english ?? null,
]

export function administrationOn(on: Runner): Administration {
  return {
    async banks() {
      const text = `select ${PROFILE_COLUMNS} from bank b order by bank_code`
      return (await rows<BankRow>(on, text, [])).map(profileOf)
    },

    async lockBank(bankCode) {
      // Weaker than `for update`, for which every act of the bank that refers to it would wait.
      const text = `select ${PROFILE_COLUMNS} from bank b where bank_code = $1 for no key update`
      const found = await row<BankRow>(on, text, [bankCode])
      return found && profileOf(found)
    },

    async addBank(bank) {
      const text = `insert into bank (bank_code, name, contact, thresholds, limits, fees, english)
                    values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`
      return (await changes(on, text, valuesOf(bank))) === 1
    },

    async changeBank(bank) {
      const text = `update bank
                       set name = $2, contact = $3, thresholds = $4, limits = $5, fees = $6,
                           english = $7
                     where bank_code = $1`
      await changes(on, text, valuesOf(bank))
    },

    async tokenTypes(bankCode) {
      const text = `select ${TYPE_COLUMNS} from token_type where bank_code = $1 order by type`
      return (await rows<TokenTypeRow>(on, text, [bankCode])).map(tokenTypeOf)
    },

    async putTokenType(bankCode, type) {
      await changes(
        on,
        `insert into token_type (bank_code, type, name, medium, kind, algorithm, digits,
                                 period_seconds, open_from, closed_from)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (bank_code, type) do update
            set name = excluded.name, medium = excluded.medium, kind = excluded.kind,
                algorithm = excluded.algorithm, digits = excluded.digits,
                period_seconds = excluded.period_seconds, open_from = excluded.open_from,
                closed_from = excluded.closed_from`,
        [
          bankCode,
          type.type,
          type.name,
          type.medium,
          type.kind,
          type.algorithm,
          type.digits,
          type.periodSeconds,
          type.openFrom ?? null,
          type.closedFrom ?? null,
        ],
      )
    },

    async apiKeys(bankCode) {
      const found = await rows<ApiKeyRow>(
        on,
        `select name, created_at, revoked_at from api_key where bank_code = $1
          order by created_at, name`,
        [bankCode],
      )
      return found.map((key) => ({
        name: key.name,
        createdAtMs: key.created_at.getTime(),
        ...(key.revoked_at !== null && { revokedAtMs: key.revoked_at.getTime() }),
      }))
    },

    async addApiKey(bankCode, { name, key, createdAtMs }) {
      const text = `insert into api_key (key_hash, bank_code, name, created_at)
                    values ($1, $2, $3, $4) on conflict do nothing`
      const keyHash = createHash('sha256').update(key).digest()
      return (await changes(on, text, [keyHash, bankCode, name, new Date(createdAtMs)])) === 1
    },

    async revokeApiKey(bankCode, name, atMs) {
      const text = `update api_key set revoked_at = $3
                     where bank_code = $1 and name = $2 and revoked_at is null`
      return (await changes(on, text, [bankCode, name, new Date(atMs)])) === 1
    },
  }
}
