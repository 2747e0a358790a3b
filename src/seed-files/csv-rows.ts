/** The rows of a CSV file (RFC 4180), with what spreadsheets leave in one. */
import type { SeedFault } from '../bank/hardware/seed.ts'
import { faultAt, type SeedLimits } from './read.ts'
import { textOf } from './text.ts'

export interface CsvRow {
  readonly line: number
  /** Without the empty ones at the end. */
  readonly cells: readonly string[]
}

const MOST_LINE_CHARACTERS = 16 * 1024
/** Blank lines and remarks between two rows. */
const MOST_LINES_BETWEEN = 1_000
const DELIMITERS = [',', ';', '\t'] as const
/** Neither a table nor a line of text has these. */
const CONTROLS = /[\0-\x08\x0e-\x1f\x7f\ufffe\uffff]/

/**
 * The rows with something in them. A row is a line: no seed file has line breaks within quotes.
 * The delimiter is the one that the first row has most of.
 */
export async function* csvRows(
  bytes: AsyncIterable<Uint8Array>,
  limits: SeedLimits,
): AsyncGenerator<readonly CsvRow[] | SeedFault, void, undefined> {
  const table = { delimiter: undefined as string | undefined, line: 0, between: 0 }
  let rest = ''
  for await (const piece of textOf(bytes, limits)) {
    if (typeof piece !== 'string') return yield piece
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    if (rest.length > MOST_LINE_CHARACTERS) return yield faultAt(table.line + 1, 'too-long')
    const rows: CsvRow[] = []
    for (const line of lines) {
      const row = rowOf(table, line)
      if (row !== undefined && 'reason' in row) {
        yield rows
        return yield row
      }
      if (row !== undefined) rows.push(row)
    }
    yield rows
  }
  const last = rowOf(table, rest.replace(/\r$/, ''))
  if (last !== undefined) yield 'reason' in last ? last : [last]
}

interface Table {
  delimiter: string | undefined
  line: number
  between: number
}

function rowOf(table: Table, text: string): CsvRow | SeedFault | undefined {
  table.line += 1
  const { line } = table
  if (text.length > MOST_LINE_CHARACTERS) return faultAt(line, 'too-long')
  if (CONTROLS.test(text)) return faultAt(line, 'malformed')
  const named = /^sep=([,;\t])$/.exec(text)
  if (named !== null && table.delimiter === undefined) {
    table.delimiter = named[1]
    return undefined
  }
  if (/^[\s,;]*(?:#|$)/.test(text)) {
    table.between += 1
    return table.between > MOST_LINES_BETWEEN ? faultAt(line, 'too-long') : undefined
  }
  table.between = 0
  table.delimiter ??= delimiterOf(text)
  const cells = cellsOf(text, table.delimiter)
  return cells === undefined ? faultAt(line, 'malformed') : { line, cells }
}

function delimiterOf(text: string): string {
  const bare = text.replace(/"[^"]*"/g, '')
  const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ','
}

/** Undefined when a quotation mark stands alone. */
function cellsOf(text: string, delimiter: string): string[] | undefined {
  const cells: string[] = []
  for (let at = 0; at <= text.length; ) {
    const quoted = QUOTED.exec(text.slice(at))
    if (quoted === null) {
      const end = text.indexOf(delimiter, at)
      const cell = text.slice(at, end === -1 ? text.length : end)
      if (cell.includes('"')) return undefined
      cells.push(plainCell(cell))
      at += cell.length + 1
      continue
    }
    const [whole, inner = ''] = quoted
    const next = text.charAt(at + whole.length)
    if (next !== '' && next !== delimiter) return undefined
    cells.push(inner.replaceAll('""', '"').trim())
    at += whole.length + 1
  }
  while (cells.at(-1) === '') cells.pop()
  return cells
}

/** `"…"`, or `="…"` by which spreadsheets are made to keep leading zeros. */
const QUOTED = /^ *=?"((?:[^"]|"")*)" */

/** An apostrophe in front does the same. */
const plainCell = (cell: string) => cell.trim().replace(/^'/, '')
