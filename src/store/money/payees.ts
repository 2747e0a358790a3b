import type { AccountType } from '../../bank/money/core-bank.ts'
import type { Payees, RegisteredPayee } from '../../bank/ports.ts'
import { changes, type Runner, row, rows } from '../connection.ts'

interface PayeeRow {
  id: string
  to_bank: string
  to_branch: string
  to_type: AccountType
  to_number: string
  payee_name: string
}

const COLUMNS = 'id, to_bank, to_branch, to_type, to_number, payee_name'
const OF_CONTRACT = 'bank_code = $1 and contract_id = $2'

const payeeOf = (found: PayeeRow): RegisteredPayee => ({
  id: found.id,
  bankCode: found.to_bank,
  branchCode: found.to_branch,
  accountType: found.to_type,
  accountNumber: found.to_number,
  name: found.payee_name,
})

const key = (of: { bankCode: string; contractId: string }) => [of.bankCode, of.contractId]

/** The payees of `0004-transfers.sql`. No statement reads one by its ID alone. */
export function payeesOn(on: Runner): Payees {
  return {
    async all(contract) {
      const text = `select ${COLUMNS} from registered_payee where ${OF_CONTRACT}
                     order by payee_name, to_bank, to_branch, to_number`
      return (await rows<PayeeRow>(on, text, key(contract))).map(payeeOf)
    },

    async find(contract, id) {
      const text = `select ${COLUMNS} from registered_payee where ${OF_CONTRACT} and id = $3`
      const found = await row<PayeeRow>(on, text, [...key(contract), id])
      return found && payeeOf(found)
    },

    async has(contract, account) {
      const text = `select 1 from registered_payee where ${OF_CONTRACT}
                       and (to_bank, to_branch, to_type, to_number) = ($3, $4, $5, $6)`
      const { bankCode, branchCode, accountType, accountNumber } = account
      const values = [...key(contract), bankCode, branchCode, accountType, accountNumber]
      return (await row(on, text, values)) !== undefined
    },

    async count(contract) {
      const text = `select count(*)::int as kept from registered_payee where ${OF_CONTRACT}`
      return (await row<{ kept: number }>(on, text, key(contract)))?.kept ?? 0
    },

    async keep(contract, payee, nowMs) {
      const text = `insert into registered_payee
                           (bank_code, contract_id, ${COLUMNS}, kept_at)
                    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                    on conflict do nothing`
      const { id, bankCode, branchCode, accountType, accountNumber, name } = payee
      const account = [bankCode, branchCode, accountType, accountNumber]
      const values = [...key(contract), id, ...account, name, new Date(nowMs)]
      return (await changes(on, text, values)) === 1
    },

    async remove(contract, id) {
      const text = `delete from registered_payee where ${OF_CONTRACT} and id = $3`
      return (await changes(on, text, [...key(contract), id])) === 1
    },
  }
}
