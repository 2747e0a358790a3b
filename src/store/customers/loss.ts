import type {
  IdentityChecks,
  LossReport,
  LossReports,
  LossResult,
  TokenHolds,
} from '../../bank/ports.ts'
import { changes, type Runner, row, rows } from '../connection.ts'
import { isReceiptNo } from '../money/transfers.ts'

/** What a loss report writes, and what it asks before. */
export const lossTablesOn = (on: Runner) => ({
  tokenHolds: tokenHoldsOn(on),
  lossReports: lossReportsOn(on),
  identityChecks: identityChecksOn(on),
})

const THIS_TOKEN = 'issuer = $1 and serial = $2'

function tokenHoldsOn(on: Runner): TokenHolds {
  return {
    async place({ issuer, serial }, bankCode, nowMs) {
      const text = `insert into token_hold (issuer, serial, bank_code, held_at)
                    values ($1, $2, $3, $4) on conflict do nothing`
      return (await changes(on, text, [issuer, serial, bankCode, new Date(nowMs)])) === 1
    },

    async release({ issuer, serial }, bankCode) {
      const text = `delete from token_hold where ${THIS_TOKEN} and bank_code = $3`
      return (await changes(on, text, [issuer, serial, bankCode])) === 1
    },

    async of({ issuer, serial }) {
      const text = `select bank_code, held_at from token_hold where ${THIS_TOKEN} order by held_at`
      const found = await rows<{ bank_code: string; held_at: Date }>(on, text, [issuer, serial])
      return found.map((hold) => ({ bankCode: hold.bank_code, heldAtMs: hold.held_at.getTime() }))
    },
  }
}

interface ReportRow {
  bank_code: string
  contract_id: string
  form_key: string
  reported_by: string
  memo: string
  result: LossResult
}

const reportOf = (found: ReportRow): LossReport => ({
  bankCode: found.bank_code,
  contractId: found.contract_id,
  formKey: found.form_key,
  reportedBy: found.reported_by,
  memo: found.memo,
  result: found.result,
})

function lossReportsOn(on: Runner): LossReports {
  const find = async (where: string, values: unknown[]) => {
    const text = `select bank_code, contract_id, form_key, reported_by, memo, result
                    from loss_report where bank_code = $1 and contract_id = $2 and ${where}`
    const found = await row<ReportRow>(on, text, values)
    return found && reportOf(found)
  }
  return {
    async add(report) {
      await changes(
        on,
        `insert into loss_report (bank_code, receipt_no, form_key, contract_id, reported_by,
                                  reported_at, memo, result)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          report.bankCode,
          report.result.receiptNo,
          report.formKey,
          report.contractId,
          report.reportedBy,
          new Date(report.result.receivedAtMs),
          report.memo,
          JSON.stringify(report.result),
        ],
      )
    },

    findByForm: (bankCode, contractId, key) => find('form_key = $3', [bankCode, contractId, key]),

    async findByReceipt(bankCode, contractId, no) {
      return isReceiptNo(no) ? find('receipt_no = $3', [bankCode, contractId, no]) : undefined
    },
  }
}

function identityChecksOn(on: Runner): IdentityChecks {
  return {
    async of(bankCode) {
      const text = 'select questions, least from identity_question where bank_code = $1'
      return row<{ questions: string[]; least: number }>(on, text, [bankCode])
    },

    async set(bankCode, { questions, least }) {
      await changes(
        on,
        `insert into identity_question (bank_code, questions, least) values ($1, $2, $3)
         on conflict (bank_code) do update
            set questions = excluded.questions, least = excluded.least`,
        [bankCode, questions, least],
      )
    },
  }
}
