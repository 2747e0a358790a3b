import type { ReceiptFacts } from '../act.ts'
import type { Request } from '../attempt.ts'
import { addDays, dayOf, isDay } from '../calendar.ts'
import type { BankEvent } from '../event.ts'
import { recordBankAct } from '../office/bank-act.ts'
import type { Period } from '../office/figures.ts'
import type { Ports } from '../ports.ts'
import { done, type Outcome, refused } from '../refusal.ts'

const MOST_DAYS = 366

/**
 * ファイルへの出力: that someone takes a file out of the system is recorded before its first byte is sent,
 * under a receipt number.
 */
export const recordExport = (
  ports: Ports,
  request: Request,
  detail: { readonly what: string } & Required<BankEvent>['detail'],
): Promise<ReceiptFacts> =>
  ports.store.transaction((tx) =>
    recordBankAct(ports, tx, request, { procedure: 'export' }, detail),
  )

/**
 * The period of a file, both days included, until today.
 *
 * Refusals: `invalid-input`, at `from` or `to`.
 */
export function readPeriod(typed: Period, nowMs: number): Outcome<Period> {
  const { from, to } = typed
  if (!isDay(from) || from > dayOf(nowMs)) return refused('invalid-input', 'from')
  const isOdd = !isDay(to) || to < from || to > dayOf(nowMs) || to >= addDays(from, MOST_DAYS)
  return isOdd ? refused('invalid-input', 'to') : done({ from, to })
}
