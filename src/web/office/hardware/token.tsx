import { writtenDay } from '../../../bank/calendar.ts'
import type { RecordedEvent } from '../../../bank/event-reading.ts'
import type { HardwareToken } from '../../../bank/hardware/hardware-stock.ts'
import { mayDo } from '../../../bank/office/staff.ts'
import { TOKEN_MOVES, type TokenState } from '../../../bank/token.ts'
import { normaliseSerial } from '../../../oath/serial.ts'
import { Facts } from '../../parts/facts.tsx'
import { japanese } from '../../words/words.ts'
import { refusalHeading, type StaffVisit } from '../visit.tsx'
import { WorkTable } from '../work-table.tsx'
import { shortTime } from '../written-time.ts'
import { shapeName, showHardware, TokenTag } from './frame.tsx'

const words = japanese.office.hardware
const MOST_EVENTS = 100

/** One token: where it stands, and its life so far. */
export async function tokenPage(visit: StaffVisit) {
  const { stock, applications } = visit.site.ports.store.tables.hardware
  const { bankCode } = visit.bank
  const serial = normaliseSerial(visit.c.req.param('serial') ?? '')
  const found = serial === undefined ? undefined : await stock.find(bankCode, serial)
  if (found === undefined || serial === undefined) return visit.c.notFound()
  const application = await applications.ofSerial(bankCode, serial)
  const events = await visit.site.ports.store.events.bySerial(bankCode, serial, MOST_EVENTS)
  const mayReturn = mayDo(visit.staff.role, 'hardware-handle') && comesBack(found.token.state)
  return showHardware(visit, {
    title: words.token.title(serial),
    section: 'stock',
    children: (
      <>
        <p>
          <TokenTag state={found.token.state} />
        </p>
        <TokenFacts hardware={found} />
        {application !== undefined && (
          <p>
            <a href={visit.paths.hardwareApplication(application.applicationNo)}>
              {words.application.title(application.applicationNo)}
            </a>
          </p>
        )}
        {mayReturn && (
          <p>
            <a class="button button--secondary" href={visit.paths.hardwareReturnsOf(serial)}>
              {words.token.toReturns}
            </a>
          </p>
        )}
        <Life events={events} />
      </>
    ),
  })
}

const comesBack = (state: TokenState) =>
  (TOKEN_MOVES[state] as readonly TokenState[]).includes('returned')

function TokenFacts({ hardware }: { hardware: HardwareToken }) {
  const { token, batchNo, shape, endsOn, shippedAtMs } = hardware
  const fact = (field: string, label: string, value: string) => ({ field, label, value })
  return (
    <Facts
      items={[
        { ...fact('serial', words.serial, token.serial), large: true },
        fact('shape', words.shape, shapeName(shape)),
        fact('batch', words.batch, batchNo ?? words.noBatch),
        ...(endsOn === undefined ? [] : [fact('endsOn', words.token.endsOn, writtenDay(endsOn))]),
        ...(token.shippedTo === undefined
          ? []
          : [fact('shippedTo', words.token.shippedTo, token.shippedTo)]),
        ...(shippedAtMs === undefined
          ? []
          : [fact('shippedAt', words.token.shippedAt, shortTime(shippedAtMs))]),
      ]}
    />
  )
}

function Life({ events }: { events: readonly RecordedEvent[] }) {
  const { columns } = words.token
  return (
    <WorkTable
      caption={words.token.events}
      columns={[columns.at, columns.kind, columns.outcome, columns.actor, columns.contract]}
      empty={words.token.eventsEmpty}
      rows={events.map((event) => [
        { atMs: event.atMs },
        words.kinds[event.kind] ?? event.kind,
        <Outcome event={event} />,
        `${words.actors[event.actor.kind]} ${event.actor.id}`,
        event.contractId ?? words.unknown,
      ])}
    />
  )
}

function Outcome({ event }: { event: RecordedEvent }) {
  const { outcome } = event
  if (outcome === 'done') return <span class="tag tag--good">{words.token.done}</span>
  return (
    <>
      <span class="tag tag--bad">{words.token.refused}</span> {refusalHeading(outcome)}
    </>
  )
}
