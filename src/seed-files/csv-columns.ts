import { done } from '../bank/refusal.ts'
import type { CsvRow } from './csv-rows.ts'
import type { Encoding } from './csv-token.ts'
import { faulty, type Read } from './read.ts'

/** What a column can hold. */
export type CsvField =
  | 'serial'
  | 'secret'
  | 'kind'
  | 'algorithm'
  | 'digits'
  | 'period'
  | 'counter'
  /** The period of a time-based token or the counter of an event-based one. */
  | 'movement'
  | 'manufacturer'
  | 'model'
  | 'startsOn'
  | 'endsOn'

export interface CsvColumns {
  readonly places: Readonly<Partial<Record<CsvField, number>>>
  readonly count: number
  /** How the seeds are written, if the table says so. */
  readonly encoding: Encoding | undefined
  /** How they are written most likely, when they themselves do not show it. */
  readonly likely: Encoding | undefined
}

/** The names in use, without case, spaces and signs. */
const NAMES: Readonly<Record<Exclude<CsvField, 'movement'>, readonly string[]>> = {
  serial: [
    'serial',
    'serialnumber',
    'serialno',
    'tokenserial',
    'tokenserialnumber',
    'sn',
    'シリアル番号',
  ],
  secret: ['secret', 'secretkey', 'seed', 'key', 'otpkey', 'シークレット'],
  kind: ['type', 'tokentype', 'kind', '種類'],
  algorithm: ['algorithm', 'hash', 'hashalgorithm', 'hashlib', 'hmac'],
  digits: ['digits', 'otplength', 'otplen', 'codelength', '桁数'],
  period: ['period', 'timeinterval', 'timestep', 'interval', 'periodseconds'],
  counter: ['counter', 'movingfactor'],
  manufacturer: ['manufacturer', 'vendor', 'maker'],
  model: ['model', 'product', 'productname'],
  startsOn: ['startdate', 'startson', 'validfrom', 'manufacturedate'],
  endsOn: ['expirydate', 'expirationdate', 'expiry', 'enddate', 'endson', 'validuntil'],
}
/** Whom a token was meant for: the bank's stock belongs to nobody yet. */
const LEFT_OUT: readonly string[] = ['', 'upn', 'user', 'username', 'no']

const folded = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/**
 * The columns as the first row names them; `undefined` when it names none, so that it is a token
 * already.
 *
 * Faults: `column-unknown`, `columns` (one twice, or none for serial or seed).
 */
export function columnsOf({ line, cells }: CsvRow): Read<CsvColumns | undefined> {
  const names = cells.map(folded)
  if (!names.some((name) => NAMES.serial.includes(name))) return done(undefined)
  const places: Partial<Record<CsvField, number>> = {}
  let encoding: Encoding | undefined
  for (const [place, name] of names.entries()) {
    if (LEFT_OUT.includes(name)) continue
    const written = /hex|base32/.exec(name)?.[0] as Encoding | undefined
    const field = written === undefined ? fieldNamed(name) : fieldNamed(name.replace(written, ''))
    // What we do not know may change what a token computes.
    if (field === undefined) return faulty(line, 'column-unknown', cells[place])
    if (places[field] !== undefined) return faulty(line, 'columns', cells[place])
    if (field === 'secret') encoding = written
    places[field] = place
  }
  if (places.secret === undefined) return faulty(line, 'columns', 'secret')
  // Entra ID calls it so, and takes nothing but base32.
  const likely = names[places.secret] === 'secretkey' ? 'base32' : undefined
  return done({ places, count: cells.length, encoding, likely })
}

const fieldNamed = (name: string): CsvField | undefined =>
  name === ''
    ? 'secret'
    : (Object.keys(NAMES) as (keyof typeof NAMES)[]).find((field) => NAMES[field].includes(name))

const NAMELESS: readonly CsvField[] = [
  'serial',
  'secret',
  'kind',
  'digits',
  'movement',
  'algorithm',
]

/** The columns of a table without names. */
export const NAMELESS_COLUMNS: CsvColumns = {
  places: Object.fromEntries(NAMELESS.map((field, place) => [field, place])),
  count: NAMELESS.length,
  encoding: 'hex',
  likely: 'hex',
}
