import type { ConfirmationMethod, Contract, Freezer } from '../../bank/contract.ts'
import type { Contracts, LoginCounters } from '../../bank/ports.ts'
import { changes, type Runner, row, rows } from '../connection.ts'

export interface ContractRow {
  bank_code: string
  contract_id: string
  name: string
  mail: string
  phone: string | null
  login_password_hash: string | null
  enrolment_hash: string | null
  enrolment_expires_at: Date | null
  token_changed_at: Date | null
  method: ConfirmationMethod
  otp_at_login: boolean
  token_issuer: string | null
  token_serial: string | null
  frozen: boolean
  frozen_by: Freezer | null
  frozen_at: Date | null
  daily_limit_yen: number | null
  next_limit_yen: number | null
  next_limit_from: Date | null
  low_limit_until: Date | null
  confirmation_failures: number
  challenge: number[] | null
  last_login_at: Date | null
}

export const CONTRACT_COLUMNS = `bank_code, contract_id, name, mail, phone, login_password_hash,
  method, otp_at_login, token_issuer, token_serial, frozen, frozen_by, frozen_at, daily_limit_yen,
  next_limit_yen, next_limit_from, low_limit_until, confirmation_failures, challenge, last_login_at,
  enrolment_hash, enrolment_expires_at, token_changed_at`

export function contractOf(found: ContractRow): Contract {
  return {
    bankCode: found.bank_code,
    contractId: found.contract_id,
    name: found.name,
    mail: found.mail,
    method: found.method,
    otpAtLogin: found.otp_at_login,
    frozen: found.frozen,
    confirmationFailures: found.confirmation_failures,
    ...(found.phone !== null && { phone: found.phone }),
    ...(found.frozen_by !== null && { frozenBy: found.frozen_by }),
    ...(found.frozen_at !== null && { frozenAtMs: found.frozen_at.getTime() }),
    ...(found.login_password_hash !== null && { loginPasswordHash: found.login_password_hash }),
    ...(found.enrolment_hash !== null &&
      found.enrolment_expires_at !== null && {
        enrolment: {
          hash: found.enrolment_hash,
          expiresAtMs: found.enrolment_expires_at.getTime(),
        },
      }),
    ...(found.token_issuer !== null &&
      found.token_serial !== null && {
        token: { issuer: found.token_issuer, serial: found.token_serial },
      }),
    ...(found.daily_limit_yen !== null && { dailyLimitYen: found.daily_limit_yen }),
    ...(found.next_limit_yen !== null &&
      found.next_limit_from !== null && {
        nextLimit: { yen: found.next_limit_yen, fromMs: found.next_limit_from.getTime() },
      }),
    ...(found.low_limit_until !== null && { lowLimitUntilMs: found.low_limit_until.getTime() }),
    ...(found.token_changed_at !== null && { tokenChangedAtMs: found.token_changed_at.getTime() }),
    ...(found.challenge !== null && { challenge: found.challenge }),
    ...(found.last_login_at !== null && { lastLoginAtMs: found.last_login_at.getTime() }),
  }
}

const THIS = 'bank_code = $1 and contract_id = $2'
const key = (of: { bankCode: string; contractId: string }) => [of.bankCode, of.contractId]

export function contractsOn(on: Runner): Contracts {
  return {
    async find(bankCode, contractId) {
      const text = `select ${CONTRACT_COLUMNS} from contract where ${THIS}`
      const found = await row<ContractRow>(on, text, [bankCode, contractId])
      return found && contractOf(found)
    },

    async lock(bankCode, contractId) {
      const text = `select ${CONTRACT_COLUMNS} from contract where ${THIS} for update`
      const found = await row<ContractRow>(on, text, [bankCode, contractId])
      return found && contractOf(found)
    },

    async bindToken(contract, token, change) {
      const changed = await changes(
        on,
        `update contract
            set token_issuer = $3, token_serial = $4, otp_at_login = $5, low_limit_until = $6,
                token_changed_at = $7
          where ${THIS} and token_serial is null`,
        [
          ...key(contract),
          token.issuer,
          token.serial,
          change.otpAtLogin,
          new Date(change.lowLimitUntilMs),
          new Date(change.changedAtMs),
        ],
      )
      return changed === 1
    },

    async replaceToken(contract, replaced, by) {
      const changed = await changes(
        on,
        `update contract
            set token_issuer = $5, token_serial = $6,
                low_limit_until = coalesce($7, low_limit_until),
                token_changed_at = coalesce($8, token_changed_at),
                otp_at_login = otp_at_login and $6::text is not null
          where ${THIS} and token_issuer = $3 and token_serial = $4`,
        [
          ...key(contract),
          replaced.issuer,
          replaced.serial,
          by?.token.issuer ?? null,
          by?.token.serial ?? null,
          by === undefined ? null : new Date(by.lowLimitUntilMs),
          by === undefined ? null : new Date(by.changedAtMs),
        ],
      )
      return changed === 1
    },

    async lockUsing(token) {
      const found = await rows<ContractRow>(
        on,
        `select ${CONTRACT_COLUMNS} from contract
          where token_issuer = $1 and token_serial = $2
          order by bank_code, contract_id for update`,
        [token.issuer, token.serial],
      )
      return found.map(contractOf)
    },

    async secret(contract) {
      const text = `select sealed_secret, secret_key_version from contract where ${THIS}`
      const found = await row<{ sealed_secret: Buffer; secret_key_version: number }>(
        on,
        text,
        key(contract),
      )
      if (found === undefined) throw new Error('the contract of this act has vanished')
      return { sealed: found.sealed_secret, keyVersion: found.secret_key_version }
    },

    async setChallenge(contract, positions) {
      const text = `update contract set challenge = $3 where ${THIS}`
      await changes(on, text, [...key(contract), positions])
    },

    async countConfirmationFailure(contract, threshold) {
      const text = `update contract set confirmation_failures = confirmation_failures + 1
                     where ${THIS} and confirmation_failures < $3`
      return (await changes(on, text, [...key(contract), threshold])) === 1
    },

    async resetConfirmationFailures(contract) {
      const text = `update contract set confirmation_failures = 0 where ${THIS}`
      await changes(on, text, key(contract))
    },

    async enrol(contract, loginPasswordHash, mail) {
      const text = `update contract
                       set login_password_hash = $3, mail = $4, enrolment_hash = null,
                           enrolment_expires_at = null
                     where ${THIS} and enrolment_hash = $5`
      const values = [...key(contract), loginPasswordHash, mail, contract.enrolment?.hash ?? null]
      return (await changes(on, text, values)) === 1
    },

    async setOtpAtLogin(contract, otpAtLogin) {
      const text = `update contract set otp_at_login = $3
                     where ${THIS} and token_serial is not null and otp_at_login <> $3`
      return (await changes(on, text, [...key(contract), otpAtLogin])) === 1
    },

    async setLoginPassword(contract, loginPasswordHash) {
      const text = `update contract set login_password_hash = $3
                     where ${THIS} and login_password_hash = $4`
      const values = [...key(contract), loginPasswordHash, contract.loginPasswordHash ?? null]
      return (await changes(on, text, values)) === 1
    },

    async setMail(contract, mail) {
      const text = `update contract set mail = $3 where ${THIS} and mail = $4`
      return (await changes(on, text, [...key(contract), mail, contract.mail])) === 1
    },

    async freeze(contract, by, nowMs) {
      const text = `update contract set frozen = true, frozen_by = $3, frozen_at = $4
                     where ${THIS}
                       and (not frozen or ($3 = 'bank' and frozen_by is distinct from 'bank'))`
      return (await changes(on, text, [...key(contract), by, new Date(nowMs)])) === 1
    },

    async unfreeze(contract) {
      const text = `update contract set frozen = false, frozen_by = null, frozen_at = null
                     where ${THIS} and frozen`
      return (await changes(on, text, key(contract))) === 1
    },

    async setSecret(contract, { sealed, keyVersion }) {
      const text = `update contract
                       set sealed_secret = $3, secret_key_version = $4, challenge = null,
                           confirmation_failures = 0
                     where ${THIS}`
      await changes(on, text, [...key(contract), sealed, keyVersion])
    },

    async clearPasswords(contract) {
      const text = `update contract
                       set login_password_hash = null, enrolment_hash = null,
                           enrolment_expires_at = null
                     where ${THIS}`
      await changes(on, text, key(contract))
    },

    async setEnrolment(contract, hash, expiresAtMs) {
      const text = `update contract set enrolment_hash = $3, enrolment_expires_at = $4
                     where ${THIS} and login_password_hash is null`
      return (await changes(on, text, [...key(contract), hash, new Date(expiresAtMs)])) === 1
    },

    async liftLowLimit(contract) {
      const text = `update contract set low_limit_until = null
                     where ${THIS} and low_limit_until = $3`
      const until = new Date(contract.lowLimitUntilMs ?? 0)
      return (await changes(on, text, [...key(contract), until])) === 1
    },

    async noteLogin(contract, nowMs) {
      const text = `update contract set last_login_at = $3 where ${THIS}`
      await changes(on, text, [...key(contract), new Date(nowMs)])
    },

    async setLimit(contract, limitYen, next) {
      const text = `update contract
                       set daily_limit_yen = $3, next_limit_yen = $4, next_limit_from = $5
                     where ${THIS}`
      const from = next && new Date(next.fromMs)
      await changes(on, text, [...key(contract), limitYen, next?.yen ?? null, from ?? null])
    },
  }
}

export function loginCountersOn(on: Runner): LoginCounters {
  return {
    async lock(bankCode, contractId, nowMs) {
      const found = await row<{ failures: number }>(
        on,
        `insert into login_counter as known (bank_code, contract_id, failures, changed_at)
         values ($1, $2, 0, $3)
         on conflict (bank_code, contract_id) do update set changed_at = excluded.changed_at
         returning failures`,
        [bankCode, contractId, new Date(nowMs)],
      )
      return found?.failures ?? 0
    },

    async countFailure(bankCode, contractId) {
      const text = `update login_counter set failures = failures + 1 where ${THIS}`
      return (await changes(on, text, [bankCode, contractId])) === 1
    },

    async reset(bankCode, contractId) {
      const text = `update login_counter set failures = 0 where ${THIS}`
      await changes(on, text, [bankCode, contractId])
    },

    async failures(bankCode, contractId) {
      const text = `select failures from login_counter where ${THIS}`
      return (await row<{ failures: number }>(on, text, [bankCode, contractId]))?.failures ?? 0
    },
  }
}
