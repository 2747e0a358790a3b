import type { Contract } from '../../../bank/contract.ts'
import type { RecordedEvent } from '../../../bank/event-reading.ts'
import { viewHistory } from '../../../bank/office/customer-view.ts'
import { mayDo } from '../../../bank/office/staff.ts'
import { isStaffRefusal } from '../../../bank/refusal.ts'
import { codeUse, eventKinds } from '../../words/ja/office/events.ts'
import type { RefusalWords } from '../../words/ja/refusals.ts'
import { japanese } from '../../words/words.ts'
import { actWordsOf } from '../four-eyes-acts.ts'
import { Tag } from '../panel.tsx'
import { refusalHeading, type StaffVisit } from '../visit.tsx'
import { WorkTable } from '../work-table.tsx'
import { shortTime } from '../written-time.ts'

const words = japanese.office.history
const MOST_EVENTS = 50

export interface PastPage {
  readonly events: readonly RecordedEvent[]
  /** Where the page of what is older begins. */
  readonly older?: number
  readonly isNewest: boolean
}

/** The page of the history that the address names. */
export async function readHistory(visit: StaffVisit, contract: Contract): Promise<PastPage> {
  const before = Number(visit.c.req.query('before'))
  const from = Number.isSafeInteger(before) && before > 0 ? before : undefined
  const found = await viewHistory(visit.site.ports, contract, {
    most: MOST_EVENTS,
    // Whoever may take all events out of the system can read these, too.
    withViewings: mayDo(visit.staff.role, 'export'),
    ...(from !== undefined && { before: from }),
  })
  return { ...found, isNewest: from === undefined }
}

export interface HistoryProps {
  readonly visit: StaffVisit
  readonly contractId: string
  readonly page: PastPage
}

/** 履歴: what was done and refused, by whom, and why a code was not taken. */
export function History({ visit, contractId, page }: HistoryProps) {
  const { events, older, isNewest } = page
  const { columns } = words
  return (
    <section class="history" id="history" aria-label={words.caption}>
      <WorkTable
        caption={words.caption}
        columns={[columns.at, columns.what, columns.outcome, columns.who, columns.receiptNo]}
        empty={words.empty}
        rows={events.map((event) => [
          { atMs: event.atMs },
          whatOf(event),
          <Outcome event={event} />,
          whoOf(event),
          event.receiptNo ?? words.none,
        ])}
      />
      <p class="note">{words.note}</p>
      <p class="panel__acts">
        {!isNewest && <a href={visit.paths.customer(contractId)}>{words.newest}</a>}
        {older !== undefined && (
          <a href={visit.paths.customerOlder(contractId, older)}>{words.older}</a>
        )}
      </p>
    </section>
  )
}

/** The act, and of a proposal which act it is about and what became of it. */
function whatOf(event: RecordedEvent): string {
  const title = titleOf(event)
  const amount = event.detail?.amountYen
  return typeof amount === 'number'
    ? `${title}　${words.amount(amount.toLocaleString('ja-JP'))}`
    : title
}

function titleOf({ kind, detail = {} }: RecordedEvent): string {
  if (kind === 'verification') return codeUse(`verification/${detail.purpose}`)
  // The money has not left yet, and perhaps never will.
  if (kind === 'transfer' && detail.status === 'reserved') return words.reservation
  const title = eventKinds[kind] ?? actWordsOf(kind).title
  // What was refused was never a proposal, and says no more.
  if (kind !== 'proposal' || detail.act === undefined) return title
  const step = words.proposal[String(detail.step)] ?? title
  return `${step}（${actWordsOf(String(detail.act)).title}）`
}

function whoOf({ actor }: RecordedEvent): string {
  const { actors } = words
  switch (actor.kind) {
    case 'customer':
      return actors.customer
    case 'api':
      return actors.api(actor.id)
    case 'staff':
      return actors.staff(actor.id)
    case 'system':
      return actor.id === 'centre' ? actors.centre : actors.system
  }
}

/** Done; or refused, with the reason in the bank's words and what the customer was told. */
function Outcome({ event }: { event: RecordedEvent }) {
  if (event.outcome === 'done') return <Tag tone="good" text={words.done} />
  const told = toldOf(event)
  const why = whyOf(event)
  return (
    <span class="outcome" data-outcome={event.outcome}>
      <Tag tone="bad" text={words.refused} />{' '}
      <strong>{told?.heading ?? refusalHeading(event.outcome)}</strong>
      {why !== undefined && (
        <span class="outcome__why" data-field="why">
          {why}
        </span>
      )}
      {told && (
        <details class="outcome__seen">
          <summary>{words.seen}</summary>
          <q>
            {told.heading}　{told.wayOut}
          </q>
        </details>
      )}
    </span>
  )
}

/** What the customer was told: of what staff tried, nothing. */
const toldOf = ({ actor, outcome }: RecordedEvent): RefusalWords | undefined =>
  actor.kind === 'staff' || outcome === 'done' || isStaffRefusal(outcome)
    ? undefined
    : japanese.refusals[outcome]

/** Why a code was refused, from what its event keeps. */
export function whyOf({ outcome, detail = {} }: RecordedEvent): string | undefined {
  const { why, duration } = words
  const { offSeconds, offPresses, usedAt, usedFor, olderThanUsed } = detail
  if (outcome === 'code-already-used') {
    if (usedAt === undefined || usedFor === undefined) return why.used
    const at = shortTime(Date.parse(String(usedAt)))
    const what = codeUse(String(usedFor))
    return olderThanUsed ? why.olderThanUsed(at, what) : why.usedFor(at, what)
  }
  if (outcome !== 'wrong-code') return undefined
  const asWell = olderThanUsed ? `。${why.usedAsWell}` : ''
  if (typeof offPresses === 'number') return `${why.presses(offPresses)}${asWell}`
  if (typeof offSeconds !== 'number') return detail.foundNear === false ? why.wrong : undefined
  const seconds = duration(Math.abs(offSeconds))
  return `${offSeconds < 0 ? why.slow(seconds) : why.fast(seconds)}${asWell}`
}
