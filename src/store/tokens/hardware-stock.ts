import type {
  HardwareStock,
  HardwareToken,
  StockCount,
} from '../../bank/hardware/hardware-stock.ts'
import type { TokenShape } from '../../bank/hardware/stock.ts'
import { mayMove, type Token, type TokenState } from '../../bank/token.ts'
import { changes, type Runner, row, rows } from '../connection.ts'
import { TOKEN_COLUMNS, type TokenRow, tokenOf } from './tokens.ts'

type HardwareRow = TokenRow & {
  batch_no: number | null
  shape: TokenShape | null
  ends_on: string | null
  shipped_at: Date | null
}

interface CountRow {
  batch_no: number | null
  shape: TokenShape | null
  imported_at: Date | null
  state: TokenState
  tokens: number
}

/** Hardware is what the bank issued itself, but for the tokens of its staff. */
const OF_BANK = `from token t
  join token_type y on y.bank_code = t.issuer and y.type = t.type and y.medium = 'hardware'
  left join stock_batch b on b.bank_code = t.issuer and b.batch_no = t.batch_no
 where t.issuer = $1`

const SELECT = `select ${TOKEN_COLUMNS}, t.batch_no, b.shape, t.ends_on, t.shipped_at ${OF_BANK}`

const hardwareOf = (found: HardwareRow): HardwareToken => ({
  token: tokenOf(found),
  ...(found.batch_no !== null && { batchNo: String(found.batch_no) }),
  ...(found.shape !== null && { shape: found.shape }),
  ...(found.ends_on !== null && { endsOn: found.ends_on }),
  ...(found.shipped_at !== null && { shippedAtMs: found.shipped_at.getTime() }),
})

const countOf = (found: CountRow): StockCount => ({
  state: found.state,
  tokens: found.tokens,
  ...(found.batch_no !== null && { batchNo: String(found.batch_no) }),
  ...(found.shape !== null && { shape: found.shape }),
  ...(found.imported_at !== null && { importedAtMs: found.imported_at.getTime() }),
})

const THIS = 'issuer = $1 and serial = $2'

function mustMove({ state }: Token, to: TokenState): void {
  if (!mayMove(state, to)) throw new Error(`no token moves from ${state} to ${to}`)
}

export function hardwareStockOn(on: Runner): HardwareStock {
  const read = async (where: string, values: unknown[]) => {
    const found = await row<HardwareRow>(on, `${SELECT} ${where}`, values)
    return found && hardwareOf(found)
  }
  return {
    find: (bankCode, serial) => read('and t.serial = $2', [bankCode, serial]),
    lock: (bankCode, serial) => read('and t.serial = $2 for update of t', [bankCode, serial]),

    async counts(bankCode) {
      const text = `
        select t.batch_no, b.shape, b.imported_at, t.state, count(*) as tokens ${OF_BANK}
        group by t.batch_no, b.shape, b.imported_at, t.state
        order by t.batch_no nulls last, t.state`
      return (await rows<CountRow>(on, text, [bankCode])).map(countOf)
    },

    oldest: (bankCode, shape, notBefore) =>
      read(
        `and t.state = 'stocked' and ($2::int is null or b.shape = $2)
         and (t.ends_on is null or t.ends_on >= $3)
         order by t.batch_no nulls first, t.batch_line, t.serial limit 1`,
        [bankCode, shape ?? null, notBefore],
      ),

    async inState(bankCode, state, most) {
      const text = `${SELECT} and t.state = $2 order by t.serial limit $3`
      return (await rows<HardwareRow>(on, text, [bankCode, state, most])).map(hardwareOf)
    },

    async onTheWayTo(bankCode, contractId) {
      const text = `select serial from token
                     where issuer = $1 and shipped_to = $2 and state = 'shipped' limit 1`
      return (await row<{ serial: string }>(on, text, [bankCode, contractId]))?.serial
    },

    async ship(token, contractId, nowMs) {
      mustMove(token, 'shipped')
      const text = `update token set state = 'shipped', shipped_to = $3, shipped_at = $4
                     where ${THIS} and state = $5`
      const values = [token.issuer, token.serial, contractId, new Date(nowMs), token.state]
      return (await changes(on, text, values)) === 1
    },

    async restock(token) {
      mustMove(token, 'stocked')
      const text = `update token set state = 'stocked', shipped_to = null, shipped_at = null
                     where ${THIS} and state = $3`
      return (await changes(on, text, [token.issuer, token.serial, token.state])) === 1
    },
  }
}
