import type { Letter, Letters } from '../bank/letter.ts'
import { changes, type Runner, row, rows } from './connection.ts'

interface LetterRow {
  bank_code: string
  id: string
  contract_id: string
  kind: Letter['kind']
  made_at: Date
  approved_by: string
  sealed_text: Buffer | null
  key_version: number | null
  printed_by: string | null
  printed_at: Date | null
}

const COLUMNS = `bank_code, id, contract_id, kind, made_at, approved_by, sealed_text, key_version,
  printed_by, printed_at`

const letterOf = (found: LetterRow): Letter => ({
  bankCode: found.bank_code,
  id: found.id,
  contractId: found.contract_id,
  kind: found.kind,
  madeAtMs: found.made_at.getTime(),
  approvedBy: found.approved_by,
  ...(found.sealed_text !== null &&
    found.key_version !== null && {
      sealed: { sealed: found.sealed_text, keyVersion: found.key_version },
    }),
  ...(found.printed_by !== null && { printedBy: found.printed_by }),
  ...(found.printed_at !== null && { printedAtMs: found.printed_at.getTime() }),
})

export function lettersOn(on: Runner): Letters {
  return {
    async insert(letter) {
      await changes(
        on,
        `insert into letter (bank_code, id, contract_id, kind, made_at, approved_by, sealed_text,
                             key_version)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          letter.bankCode,
          letter.id,
          letter.contractId,
          letter.kind,
          new Date(letter.madeAtMs),
          letter.approvedBy,
          letter.sealed.sealed,
          letter.sealed.keyVersion,
        ],
      )
    },

    async lock(bankCode, id) {
      const text = `select ${COLUMNS} from letter where bank_code = $1 and id = $2 for update`
      const found = await row<LetterRow>(on, text, [bankCode, id])
      return found && letterOf(found)
    },

    async list(bankCode, most) {
      const text = `select ${COLUMNS} from letter where bank_code = $1
                     order by printed_at desc nulls first, made_at limit $2`
      return (await rows<LetterRow>(on, text, [bankCode, most])).map(letterOf)
    },

    async print(letter, by, atMs) {
      const text = `update letter
                       set sealed_text = null, key_version = null, printed_by = $3, printed_at = $4
                     where bank_code = $1 and id = $2 and printed_at is null`
      return (await changes(on, text, [letter.bankCode, letter.id, by, new Date(atMs)])) === 1
    },
  }
}
