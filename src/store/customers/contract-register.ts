import type { ContractRegister } from '../../bank/office/contract-register.ts'
import { changes, type Runner, rows } from '../connection.ts'
import { CONTRACT_COLUMNS, type ContractRow, contractOf } from './contracts.ts'

/** Nobody shares a telephone with more. */
const MOST_BY_PHONE = 50

export function contractRegisterOn(on: Runner): ContractRegister {
  return {
    async open(contract) {
      const { bankCode, contractId, name, mail, phone, method, secret, enrolment } = contract
      const written = await changes(
        on,
        `insert into contract (bank_code, contract_id, name, mail, phone, method, sealed_secret,
                               secret_key_version, enrolment_hash, enrolment_expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict do nothing`,
        [
          bankCode,
          contractId,
          name,
          mail,
          phone ?? null,
          method,
          secret.sealed,
          secret.keyVersion,
          enrolment.hash,
          new Date(enrolment.expiresAtMs),
        ],
      )
      return written === 1
    },

    async list(bankCode, most, after = '') {
      const text = `select ${CONTRACT_COLUMNS} from contract
                     where bank_code = $1 and contract_id > $2
                     order by contract_id limit $3`
      return (await rows<ContractRow>(on, text, [bankCode, after, most])).map(contractOf)
    },

    async byPhone(bankCode, phone) {
      const text = `select ${CONTRACT_COLUMNS} from contract
                     where bank_code = $1 and replace(phone, '-', '') = $2
                     order by contract_id limit ${MOST_BY_PHONE}`
      const digits = phone.replaceAll('-', '')
      return (await rows<ContractRow>(on, text, [bankCode, digits])).map(contractOf)
    },
  }
}
