import type { EventCount, Period } from '../../../bank/office/figures.ts'
import { recordExport } from '../../../bank/procedures/export-record.ts'
import { csvLine } from '../../csv.ts'
import type { SubmittedForm } from '../../form.ts'
import { japanese } from '../../words/words.ts'
import { download } from '../download.ts'
import { todayOf } from '../today.ts'
import type { StaffVisit } from '../visit.tsx'
import { periodNamed, periodOf } from './period.ts'

const { csv } = japanese.office.figures

/** The figures of a period, day by day, one figure to a line. */
export async function figuresExport(visit: StaffVisit, form: SubmittedForm) {
  const period = periodOf(periodNamed(form.text('period')), todayOf(visit))
  const { ports } = visit.site
  await recordExport(ports, visit.staffRequest, { what: 'figures', ...period })
  return download(visit, `figures-${period.from}-${period.to}.csv`, linesOf(visit, period))
}

async function* linesOf(visit: StaffVisit, period: Period): AsyncGenerator<string> {
  const { bankCode } = visit.bank
  const { figures } = visit.site.ports.store.tables
  yield csvLine(csv.header)
  const counts = await figures.byDay(bankCode, period)
  yield counts.map(lineOf).join('')
  for (const { day, customers } of await figures.standings(bankCode, period)) {
    const measures = Object.entries(customers)
    yield measures
      .map(([name, count]) => csvLine([csv.customers, day, name, '', '', count]))
      .join('')
  }
}

const lineOf = ({ at, kind, outcome, actorKind, events }: EventCount): string =>
  csvLine([csv.events, at, kind, outcome, actorKind, events])
