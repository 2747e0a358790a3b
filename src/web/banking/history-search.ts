import { isDay } from '../../bank/calendar.ts'
import { readYen } from '../../bank/money/money.ts'
import type { HistoryEntry, HistorySearch, TransferStatus } from '../../bank/ports.ts'
import { done, type Outcome, refused } from '../../bank/refusal.ts'
import type { SubmittedForm } from '../form.ts'
import { readTypedAmount } from './typed-amount.ts'
import { readTypedDay } from './typed-day.ts'

export const STATUSES: readonly TransferStatus[] = ['executed', 'reserved', 'cancelled', 'failed']

export const KINDS: readonly HistoryEntry['kind'][] = ['transfer', 'bill']

/** What can be searched for; all of it may be left empty. */
export const CRITERIA = [
  'fromDay',
  'toDay',
  'searchedPayee',
  'kind',
  'status',
  'leastYen',
  'mostYen',
] as const

const ON_A_PAGE = 20
const MOST_NAME_LENGTH = 30

/**
 * Reads the search of the history from the address.
 *
 * Refusals: `invalid-input` at the criterion that cannot be read.
 */
export function readSearch(form: SubmittedForm): Outcome<HistorySearch> {
  const [fromDay, toDay] = [readTypedDay(form.text('fromDay')), readTypedDay(form.text('toDay'))]
  if (fromDay !== '' && !isDay(fromDay)) return refused('invalid-input', 'fromDay')
  if (toDay !== '' && !isDay(toDay)) return refused('invalid-input', 'toDay')
  const payeeName = readName(form.text('searchedPayee'))
  if (payeeName.length > MOST_NAME_LENGTH) return refused('invalid-input', 'searchedPayee')
  const typedStatus = form.text('status')
  const status = STATUSES.find((known) => known === typedStatus)
  if (typedStatus !== '' && status === undefined) return refused('invalid-input', 'status')
  const typedKind = form.text('kind')
  const kind = KINDS.find((known) => known === typedKind)
  if (typedKind !== '' && kind === undefined) return refused('invalid-input', 'kind')
  const amounts = [readAmount(form.text('leastYen')), readAmount(form.text('mostYen'))] as const
  const [leastYen, mostYen] = amounts
  if (leastYen === 'unreadable') return refused('invalid-input', 'leastYen')
  if (mostYen === 'unreadable') return refused('invalid-input', 'mostYen')
  const [olderThan, newerThan] = [form.text('olderThan'), form.text('newerThan')]
  return done({
    most: ON_A_PAGE,
    ...(fromDay !== '' && { fromDay }),
    ...(toDay !== '' && { toDay }),
    ...(payeeName !== '' && { payeeName }),
    ...(status && { status }),
    ...(kind && { kind }),
    ...(leastYen !== undefined && { leastYen }),
    ...(mostYen !== undefined && { mostYen }),
    ...(isReceiptNo(olderThan) && { olderThan }),
    ...(isReceiptNo(newerThan) && { newerThan }),
  })
}

/** As names are kept: wide katakana, no spaces. Half-width kana and hiragana mean the same. */
const readName = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + KATAKANA_OFFSET))

const KATAKANA_OFFSET = 0x60

function readAmount(typed: string): number | undefined | 'unreadable' {
  const text = readTypedAmount(typed)
  return text === '' ? undefined : (readYen(text) ?? 'unreadable')
}

const isReceiptNo = (text: string): boolean => /^\d{1,15}$/.test(text)
