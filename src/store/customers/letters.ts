import type { Letter, LetterKind, Letters } from '../../bank/ports.ts'
import { changes, type Runner, row, rows } from '../connection.ts'

interface LetterRow {
  bank_code: string
  id: string
  contract_id: string
  kind: LetterKind
  prepared_by: string
  approved_by: string
  made_at: Date
  state: Letter['state']
  printed_by: string | null
  printed_at: Date | null
}

const COLUMNS = `bank_code, id, contract_id, kind, prepared_by, approved_by, made_at, state,
  printed_by, printed_at`

const letterOf = (found: LetterRow): Letter => ({
  bankCode: found.bank_code,
  id: found.id,
  contractId: found.contract_id,
  kind: found.kind,
  preparedBy: found.prepared_by,
  approvedBy: found.approved_by,
  madeAtMs: found.made_at.getTime(),
  state: found.state,
  ...(found.printed_by !== null && { printedBy: found.printed_by }),
  ...(found.printed_at !== null && { printedAtMs: found.printed_at.getTime() }),
})

const MOST_LISTED = 200

export function lettersOn(on: Runner): Letters {
  const read = async (bankCode: string, id: string, lock: string) => {
    const text = `select ${COLUMNS} from letter where bank_code = $1 and id = $2 ${lock}`
    const found = await row<LetterRow>(on, text, [bankCode, id])
    return found && letterOf(found)
  }
  const list = async (where: string, values: unknown[]) => {
    const text = `select ${COLUMNS} from letter where bank_code = $1 and ${where}`
    return (await rows<LetterRow>(on, text, values)).map(letterOf)
  }
  return {
    async add(letter) {
      const { bankCode, contractId, kind } = letter
      const ended = `update letter set state = 'void'
                      where bank_code = $1 and contract_id = $2 and kind = $3 and state = 'waiting'`
      await changes(on, ended, [bankCode, contractId, kind])
      await changes(
        on,
        `insert into letter (bank_code, id, contract_id, kind, prepared_by, approved_by, made_at)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [
          bankCode,
          letter.id,
          contractId,
          kind,
          letter.preparedBy,
          letter.approvedBy,
          new Date(letter.madeAtMs),
        ],
      )
    },

    find: (bankCode, id) => read(bankCode, id, ''),
    lock: (bankCode, id) => read(bankCode, id, 'for update'),

    async print(letter, by, nowMs) {
      const text = `update letter set state = 'printed', printed_by = $3, printed_at = $4
                     where bank_code = $1 and id = $2 and state = 'waiting'`
      return (await changes(on, text, [letter.bankCode, letter.id, by, new Date(nowMs)])) === 1
    },

    waiting: (bankCode) =>
      list(`state = 'waiting' order by made_at, id limit ${MOST_LISTED}`, [bankCode]),

    ofContract: (bankCode, contractId) =>
      list('contract_id = $2 order by made_at desc limit 10', [bankCode, contractId]),
  }
}
