import type { RecordedEvent } from '../../../bank/event-reading.ts'
import type { Period } from '../../../bank/office/figures.ts'
import { readPeriod, recordExport } from '../../../bank/procedures/export-record.ts'
import { type Refused, refused } from '../../../bank/refusal.ts'
import { csvLine } from '../../csv.ts'
import { EMPTY_FORM, type SubmittedForm } from '../../form.ts'
import { RadioGroup, TextField } from '../../parts/fields.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/messages.tsx'
import { japanese } from '../../words/words.ts'
import { download } from '../download.ts'
import { todayOf } from '../today.ts'
import { fieldError, type StaffVisit, show } from '../visit.tsx'

const words = japanese.office.figures
const FORMATS = ['csv', 'jsonl'] as const
const IN_A_PIECE = 1_000

/** 記録の出力: every event of a period, in order and without a gap, for whoever audits. */
export const eventsPage = (visit: StaffVisit) => showForm(visit, EMPTY_FORM)

export async function eventsExport(visit: StaffVisit, form: SubmittedForm) {
  const { ports } = visit.site
  const typed = { from: form.text('from'), to: form.text('to') }
  const period = readPeriod(typed, ports.clock.now())
  if (!period.ok) return showForm(visit, form, period)
  const format = FORMATS.find((known) => known === form.text('format'))
  if (format === undefined) return showForm(visit, form, refused('invalid-input', 'format'))
  const { from, to } = period.value
  await recordExport(ports, visit.staffRequest, { what: 'events', from, to, format })
  const name = `events-${visit.bank.bankCode}-${from}-${to}.${format}`
  return download(visit, name, linesOf(visit, period.value, WRITERS[format]), format)
}

interface Writer {
  readonly head: string
  readonly line: (event: RecordedEvent) => string
}

async function* linesOf(
  visit: StaffVisit,
  period: Period,
  { head, line }: Writer,
): AsyncGenerator<string> {
  const { bankCode } = visit.bank
  const { figures } = visit.site.ports.store.tables
  if (head !== '') yield head
  const range = await figures.range(bankCode, period)
  for (let after = range?.after ?? 0; range !== undefined; ) {
    const found = await figures.events(bankCode, period, { ...range, after }, IN_A_PIECE)
    if (found.length > 0) yield found.map(line).join('')
    if (found.length < IN_A_PIECE) return
    after = found.at(-1)?.seq ?? range.upTo
  }
}

const COLUMNS = [
  'seq',
  'id',
  'at',
  'actorKind',
  'actorId',
  'contractId',
  'serial',
  'kind',
  'outcome',
  'receiptNo',
  'requestId',
  'detail',
] as const

/** Under the names of the columns; what an event does not have is left out. */
const factsOf = (event: RecordedEvent): Partial<Record<(typeof COLUMNS)[number], unknown>> => ({
  seq: event.seq,
  id: event.id,
  at: new Date(event.atMs).toISOString(),
  actorKind: event.actor.kind,
  actorId: event.actor.id,
  contractId: event.contractId,
  serial: event.serial,
  kind: event.kind,
  outcome: event.outcome,
  receiptNo: event.receiptNo,
  requestId: event.requestId,
  detail: event.detail,
})

const WRITERS: Readonly<Record<(typeof FORMATS)[number], Writer>> = {
  csv: {
    head: csvLine(COLUMNS),
    line(event) {
      const facts = factsOf(event)
      return csvLine(COLUMNS.map((column) => cellOf(facts[column])))
    },
  },
  jsonl: { head: '', line: (event) => `${JSON.stringify(factsOf(event))}\n` },
}

function cellOf(value: unknown): string | number {
  if (value === undefined) return ''
  if (typeof value === 'number') return value
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function showForm(visit: StaffVisit, form: SubmittedForm, refusal?: Refused) {
  const day = (name: 'from' | 'to', hint?: string) => (
    <TextField
      name={name}
      label={words[name]}
      hint={hint}
      value={form.text(name) || todayOf(visit)}
      type="date"
      width="medium"
      error={fieldError(refusal, name)}
    />
  )
  return show(visit, {
    title: words.eventsTitle,
    staff: visit,
    refused: refusal,
    children: (
      <>
        <p>{words.eventsText}</p>
        <Form
          action={visit.paths.eventsExport}
          csrf={visit.browser.csrf}
          submit={words.eventsExport}
          secondary={{ href: visit.paths.figures, label: japanese.office.back }}
        >
          {day('from')}
          {day('to', words.periodHint)}
          <RadioGroup
            name="format"
            legend={words.format}
            options={FORMATS.map((format) => ({ value: format, label: words.formats[format] }))}
            value={form.text('format') || 'csv'}
            error={fieldError(refusal, 'format')}
          />
        </Form>
        <Notice kind="warning">
          <p>{japanese.office.campaigns.exportText}</p>
        </Notice>
      </>
    ),
  })
}
