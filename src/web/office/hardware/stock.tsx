import type { StockCount } from '../../../bank/hardware/hardware-stock.ts'
import { TOKEN_SHAPES } from '../../../bank/hardware/stock.ts'
import { refused } from '../../../bank/refusal.ts'
import type { TokenState } from '../../../bank/token.ts'
import { normaliseSerial } from '../../../oath/serial.ts'
import { TextField } from '../../parts/fields.tsx'
import { Table } from '../../parts/table.tsx'
import { japanese } from '../../words/words.ts'
import { fieldError, type StaffVisit } from '../visit.tsx'
import { shortTime } from '../written-time.ts'
import { shapeName, showHardware } from './frame.tsx'

const words = japanese.office.hardware
const { columns } = words.stock

/** In these columns the states of the tokens are counted; several may be one. */
const COUNTED = [
  ['stocked', ['stocked']],
  ['assigned', ['assigned']],
  ['shipped', ['shipped']],
  ['active', ['active']],
  ['suspended', ['suspended']],
  ['ended', ['exchanged', 'stopped', 'reissued', 'expired']],
  ['returned', ['returned']],
  ['destroyed', ['destroyed']],
] as const satisfies readonly (readonly [keyof typeof columns, readonly TokenState[]])[]

/** 在庫: how many tokens of each batch stand where; and the way to one of them by its serial. */
export async function stockPage(visit: StaffVisit) {
  const { stock } = visit.site.ports.store.tables.hardware
  const { bankCode } = visit.bank
  const typed = visit.c.req.query('serial')
  const serial = typed === undefined ? undefined : normaliseSerial(typed)
  const found = serial === undefined ? undefined : await stock.find(bankCode, serial)
  if (found !== undefined) return visit.c.redirect(visit.paths.hardwareToken(found.token.serial))
  const refusal = typed === undefined ? undefined : refused('serial-unknown', 'serial')
  const counts = await stock.counts(bankCode)
  return showHardware(visit, {
    title: words.stock.title,
    section: 'stock',
    refused: refusal,
    children: (
      <>
        <form class="form" method="get" action={visit.paths.hardware}>
          <TextField
            name="serial"
            label={words.stock.searchLabel}
            hint={words.stock.searchHint}
            value={typed ?? ''}
            width="medium"
            error={fieldError(refusal, 'serial')}
          />
          <div class="form__buttons">
            <button type="submit" class="button button--secondary">
              {words.stock.search}
            </button>
          </div>
        </form>
        <ShelfCounts counts={counts} />
        <div class="counts">
          <BatchTable counts={counts} />
        </div>
      </>
    ),
  })
}

/** What can still be assigned, by shape: the first thing that a clerk wants to know. */
function ShelfCounts({ counts }: { counts: readonly StockCount[] }) {
  const onShelf = counts.filter(({ state }) => state === 'stocked')
  if (counts.length === 0) return null
  return (
    <ul class="marks">
      {TOKEN_SHAPES.map((shape) => {
        const tokens = sum(onShelf.filter((count) => count.shape === shape))
        return (
          <li class={`tag tag--${tokens === 0 ? 'bad' : 'good'}`} data-field={`onShelf${shape}`}>
            {words.stock.left(words.shapes[shape], tokens)}
          </li>
        )
      })}
    </ul>
  )
}

function BatchTable({ counts }: { counts: readonly StockCount[] }) {
  const batches = [...new Set(counts.map(({ batchNo }) => batchNo))]
  return (
    <Table
      caption={words.stock.caption}
      columns={[
        { label: words.batch },
        { label: words.shape },
        { label: words.stock.imported },
        ...COUNTED.map(([name]) => ({ label: columns[name], numeric: true })),
        { label: columns.all, numeric: true },
      ]}
      empty={words.stock.empty}
      rows={batches.map((batchNo) => {
        const own = counts.filter((count) => count.batchNo === batchNo)
        const [first] = own
        return [
          batchNo ?? words.noBatch,
          shapeName(first?.shape),
          first?.importedAtMs === undefined ? words.unknown : shortTime(first.importedAtMs),
          ...COUNTED.map(([name, states]) => {
            const tokens = String(sum(own.filter(({ state }) => isOneOf(states, state))))
            return { content: tokens, field: name, dataValue: tokens }
          }),
          String(sum(own)),
        ]
      })}
    />
  )
}

const isOneOf = (states: readonly TokenState[], state: TokenState) => states.includes(state)
const sum = (counts: readonly StockCount[]) => counts.reduce((all, { tokens }) => all + tokens, 0)
