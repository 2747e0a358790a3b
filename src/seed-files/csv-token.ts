import type { SeedRecord } from '../bank/hardware/seed.ts'
import type { OtpKind } from '../bank/token.ts'
import { decodeBase32 } from '../oath/base32.ts'
import type { CsvColumns, CsvField } from './csv-columns.ts'
import type { CsvRow } from './csv-rows.ts'
import { faulty, type Read, type SeedLimits } from './read.ts'
import { algorithmNamed, dayWritten, usableToken, wholeNumber } from './seed-record.ts'

export type Encoding = 'hex' | 'base32'

const KINDS = new Map<string, OtpKind>([
  ['hotp', 'hotp'],
  ['oath-hotp', 'hotp'],
  ['event', 'hotp'],
  ['totp', 'totp'],
  ['oath-totp', 'totp'],
  ['time', 'totp'],
])

/** How the text of a cell is read; `undefined` when it cannot be. */
const READERS = {
  kind: (text: string) => KINDS.get(text.toLowerCase()),
  algorithm: algorithmNamed,
  digits: wholeNumber,
  period: wholeNumber,
  counter: wholeNumber,
  movement: wholeNumber,
  startsOn: dayWritten,
  endsOn: dayWritten,
} as const satisfies Partial<Record<CsvField, (text: string) => unknown>>

/**
 * One row as a token.
 *
 * Faults: `columns`, `field-missing`, `field-invalid`, `algorithm-unsupported`, those of
 * `usableToken`.
 */
export function readRow(
  { line, cells }: CsvRow,
  columns: CsvColumns,
  encoding: Encoding,
  limits: SeedLimits,
): Read<SeedRecord> {
  const cell = (field: CsvField) => cells[columns.places[field] ?? -1] ?? ''
  // 1. No more cells than columns: a comma within a value has moved them all.
  if (cells.length > columns.count) return faulty(line, 'columns')
  // 2. Serial and seed.
  if (cell('serial') === '') return faulty(line, 'field-missing', 'serial')
  if (cell('secret') === '') return faulty(line, 'field-missing', 'secret')
  const seed = seedOf(cell('secret'), encoding)
  if (seed === undefined) return faulty(line, 'field-invalid', 'secret')
  // 3. What else stands there can be read.
  const read: { -readonly [Name in keyof typeof READERS]?: ReturnType<(typeof READERS)[Name]> } = {}
  for (const field of Object.keys(READERS) as (keyof typeof READERS)[]) {
    const text = cell(field)
    if (text === '') continue
    const value = READERS[field](text)
    if (value === undefined) {
      // OCRA keys and the like stand in the same files. The value itself is not told: where the
      // columns are others than we think, it may be the seed.
      return faulty(line, field === 'kind' ? 'algorithm-unsupported' : 'field-invalid', field)
    }
    Object.assign(read, { [field]: value })
  }
  const { period, counter, movement, ...stated } = read
  const kind = stated.kind ?? kindShown(period, counter)
  return usableToken(
    {
      ...stated,
      line,
      serial: cell('serial'),
      seed,
      kind,
      periodSeconds: kind === 'hotp' ? undefined : (period ?? movement),
      counter: kind === 'hotp' ? (counter ?? movement) : undefined,
      manufacturer: cell('manufacturer'),
      model: cell('model'),
    },
    limits,
  )
}

/** Without a column for it, the kind shows in what moves the token. */
function kindShown(period: number | undefined, counter: number | undefined): OtpKind | undefined {
  if (period !== undefined) return 'totp'
  return counter === undefined ? undefined : 'hotp'
}

function seedOf(text: string, encoding: Encoding): Uint8Array | undefined {
  if (encoding === 'base32') return decodeBase32(text)
  const digits = text.replaceAll(' ', '').replace(/^0x/i, '')
  if (digits.length % 2 !== 0 || !/^[0-9A-Fa-f]+$/.test(digits)) return undefined
  return new Uint8Array(Buffer.from(digits, 'hex'))
}
