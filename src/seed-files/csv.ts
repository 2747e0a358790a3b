/**
 * Seed files as tables, in the two layouts that are common:
 *
 * 1. with names in the first row, such as the one that Microsoft Entra ID takes: `upn, serial
 *    number, secret key, time interval, manufacturer, model`;
 * 2. without names, as OATH token makers deliver it: `serial, seed in hex[, hotp or totp[, digits[,
 *    period or counter[, hash]]]]`.
 */
import type { SeedReading, SeedRecord } from '../bank/hardware/seed.ts'
import { type CsvColumns, columnsOf, NAMELESS_COLUMNS } from './csv-columns.ts'
import { type CsvRow, csvRows } from './csv-rows.ts'
import { type Encoding, readRow } from './csv-token.ts'
import { faultAt, type ReadPiece, type SeedLimits } from './read.ts'

/** So many rows are held back until one shows whether the seeds are hex or base32. */
const MOST_UNDECIDED = 1_000

/**
 * The tokens of the file, as they come.
 *
 * Faults: those of `csvRows`, `columnsOf` and `readRow`; `encoding-ambiguous`, `too-many-tokens`,
 * `no-tokens`.
 */
export async function* readCsv(bytes: AsyncIterable<Uint8Array>, limits: SeedLimits): SeedReading {
  const table = tableReader(limits)
  for await (const rows of csvRows(bytes, limits)) {
    if ('reason' in rows) return { ok: false, fault: rows }
    const { records, fault } = table.read(rows)
    if (records.length > 0) yield records
    if (fault !== undefined) return { ok: false, fault }
  }
  const { records, fault } = table.end()
  if (records.length > 0) yield records
  if (fault !== undefined) return { ok: false, fault }
  return { ok: true, leftOut: 0, signed: false }
}

function tableReader(limits: SeedLimits) {
  let columns: CsvColumns | undefined
  let encoding: Encoding | undefined
  let undecided: CsvRow[] = []
  let tokens = 0

  /** What is held back and the rows, once it is clear how their seeds are written. */
  function readAll(rows: readonly CsvRow[], table: CsvColumns): ReadPiece {
    const written = encoding ?? evidence(undecided, table) ?? evidence(rows, table)
    if (written === undefined) {
      undecided.push(...rows)
      const [first] = undecided
      if (first === undefined || undecided.length <= MOST_UNDECIDED) return { records: [] }
      return { records: [], fault: faultAt(first.line, 'encoding-ambiguous') }
    }
    encoding = written
    const records: SeedRecord[] = []
    for (const row of undecided.length > 0 ? [...undecided, ...rows] : rows) {
      tokens += 1
      const record = readRow(row, table, written, limits)
      if (!record.ok) return { records, fault: record.fault }
      if (tokens > limits.mostTokens) {
        return { records, fault: faultAt(row.line, 'too-many-tokens') }
      }
      records.push(record.value)
    }
    undecided = []
    return { records }
  }

  return {
    read(rows: readonly CsvRow[]): ReadPiece {
      const [first, ...others] = rows
      if (columns !== undefined) return readAll(rows, columns)
      if (first === undefined) return { records: [] }
      const named = columnsOf(first)
      if (!named.ok) return { records: [], fault: named.fault }
      columns = named.value ?? NAMELESS_COLUMNS
      encoding = columns.encoding
      return readAll(named.value === undefined ? rows : others, columns)
    },
    end(): ReadPiece {
      const [first] = undecided
      if (first !== undefined && columns !== undefined) {
        encoding = columns.likely
        if (encoding !== undefined) return readAll([], columns)
        return { records: [], fault: faultAt(first.line, 'encoding-ambiguous') }
      }
      return tokens > 0 ? { records: [] } : { records: [], fault: faultAt(1, 'no-tokens') }
    },
  }
}

/** Digits that only hex has, or letters that only base32 has. */
function evidence(rows: readonly CsvRow[], columns: CsvColumns): Encoding | undefined {
  for (const { cells } of rows) {
    const seed = cells[columns.places.secret ?? -1] ?? ''
    if (/[0189]/.test(seed)) return 'hex'
    if (/[G-Zg-z=]/.test(seed)) return 'base32'
  }
  return undefined
}
