import type {
  ImportProgress,
  Stock,
  StockBatch,
  StockToken,
  TakenSerial,
} from '../../bank/hardware/stock.ts'
import { CENTRE } from '../../bank/token.ts'
import { changes, type Runner, row, rows } from '../connection.ts'

/**
 * One statement for hundreds of tokens. A serial of the centre is taken, too: a customer types
 * only the serial, which then must mean one token.
 */
const ADD = `
  insert into token (issuer, serial, type, state, batch_no, kind, algorithm, digits, period_seconds,
                     sealed_seed, key_version, last_accepted, drift_steps, batch_line, starts_on,
                     ends_on)
  select $1, g.serial, $2, 'stocked', $3, g.kind, g.algorithm, g.digits, g.period_seconds,
         g.sealed_seed, g.key_version, g.last_accepted, g.drift_steps, g.batch_line, g.starts_on,
         g.ends_on
    from unnest($4::text[], $5::text[], $6::text[], $7::int[], $8::int[], $9::bytea[], $10::int[],
                $11::bigint[], $12::int[], $13::int[], $14::date[], $15::date[])
      as g (serial, kind, algorithm, digits, period_seconds, sealed_seed, key_version,
            last_accepted, drift_steps, batch_line, starts_on, ends_on)
   where not exists (select from token c where c.issuer = '${CENTRE}' and c.serial = g.serial)
  on conflict do nothing`

interface HolderRow {
  serial: string
  batch_no: number | null
  batch_line: number | null
}

export function stockOn(on: Runner): Stock {
  return {
    async lock(bankCode) {
      // Rows that refer to the bank may still be written meanwhile.
      await row(on, 'select from bank where bank_code = $1 for no key update', [bankCode])
    },

    async openBatch(batch) {
      const found = await row<{ batch_no: number }>(
        on,
        `insert into stock_batch (bank_code, batch_no, type, format, file_name, shape, tokens,
                                  actor_kind, actor_id, imported_at)
         values ($1, nextval('stock_batch_no'), $2, $3, $4, $5, 0, $6, $7, $8)
         returning batch_no`,
        [
          batch.bankCode,
          batch.type,
          batch.format,
          batch.fileName,
          batch.shape ?? null,
          batch.importedBy.kind,
          batch.importedBy.id,
          new Date(batch.importedAtMs),
        ],
      )
      return { ...batch, batchNo: String(found?.batch_no) }
    },

    async add(batch, tokens) {
      const column = <T>(of: (token: StockToken) => T): T[] => tokens.map(of)
      const added = await changes(on, ADD, [
        batch.bankCode,
        batch.type,
        batch.batchNo,
        column((token) => token.serial),
        column((token) => token.kind),
        column((token) => token.algorithm),
        column((token) => token.digits),
        column((token) => token.periodSeconds),
        column((token) => token.seed.sealed),
        column((token) => token.seed.keyVersion),
        column((token) => token.lastAccepted),
        column((token) => token.driftSteps),
        column((token) => token.line),
        column((token) => token.startsOn ?? null),
        column((token) => token.endsOn ?? null),
      ])
      return added === tokens.length ? [] : takenOf(on, batch, tokens)
    },

    async closeBatch(batch, contents) {
      await changes(
        on,
        `update stock_batch set tokens = $3, manufacturer = $4, model = $5
          where bank_code = $1 and batch_no = $2`,
        [
          batch.bankCode,
          batch.batchNo,
          contents.tokens,
          contents.manufacturer ?? null,
          contents.model ?? null,
        ],
      )
    },

    async noteProgress({ bankCode, watch, staffId, state, tokens }, nowMs) {
      await changes(
        on,
        `insert into import_progress as known (bank_code, watch, staff_id, state, tokens, noted_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (bank_code, watch) do update
            set state = excluded.state, tokens = excluded.tokens, noted_at = excluded.noted_at
          where known.staff_id = excluded.staff_id`,
        [bankCode, watch, staffId, state, tokens, new Date(nowMs)],
      )
    },

    async progress(bankCode, watch) {
      const found = await row<Omit<ImportProgress, 'bankCode' | 'watch'>>(
        on,
        `select staff_id as "staffId", state, tokens from import_progress
          where bank_code = $1 and watch = $2`,
        [bankCode, watch],
      )
      return found && { bankCode, watch, ...found }
    },
  }
}

/** Those of the tokens whose serial another token has, be it one of this very batch. */
async function takenOf(
  on: Runner,
  batch: StockBatch,
  tokens: readonly StockToken[],
): Promise<TakenSerial[]> {
  const found = await rows<HolderRow>(
    on,
    `select serial, batch_no, batch_line from token
      where issuer in ('${CENTRE}', $1) and serial = any($2)`,
    [batch.bankCode, tokens.map(({ serial }) => serial)],
  )
  const holders = new Map(found.map((holder) => [holder.serial, holder]))
  return tokens.flatMap(({ serial, line }) => {
    const holder = holders.get(serial)
    if (String(holder?.batch_no) !== batch.batchNo) return [{ serial, line }]
    const { batch_line: firstLine } = holder ?? {}
    return firstLine === line || typeof firstLine !== 'number' ? [] : [{ serial, line, firstLine }]
  })
}
