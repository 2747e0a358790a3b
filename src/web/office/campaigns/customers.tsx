import { mayDo } from '../../../bank/office/staff.ts'
import type { TypeUser } from '../../../bank/ports.ts'
import { recordExport } from '../../../bank/procedures/export-record.ts'
import { csvLine } from '../../csv.ts'
import { clean } from '../../form.ts'
import { japanese } from '../../words/words.ts'
import { download } from '../download.ts'
import { SaveForm } from '../save-form.tsx'
import { todayOf } from '../today.ts'
import { type StaffVisit, show } from '../visit.tsx'
import { WorkTable } from '../work-table.tsx'
import { shortTime } from '../written-time.ts'
import { standingOf } from './standing.ts'

const words = japanese.office.campaigns
const { listColumns: columns } = words
const ON_A_PAGE = 100
const IN_A_PIECE = 1_000

/** Who uses the type now, a page at a time. */
export async function customersPage(visit: StaffVisit) {
  const standing = await standingOf(visit)
  if (standing === undefined) return visit.c.notFound()
  const { type } = standing.type
  const after = clean(visit.c.req.query('after') ?? '')
  const { campaigns } = visit.site.ports.store.tables
  const users = await campaigns.users(visit.bank.bankCode, type, after, ON_A_PAGE + 1)
  const shown = users.slice(0, ON_A_PAGE)
  const last = shown.at(-1)
  return show(visit, {
    title: words.listTitle,
    staff: visit,
    wide: true,
    children: (
      <>
        <p class="subject">
          <a href={visit.paths.campaignType(type)}>{standing.type.name}</a>
        </p>
        <WorkTable
          caption={words.listCaption}
          columns={[
            columns.contractId,
            columns.name,
            columns.serial,
            columns.state,
            columns.lastUsed,
          ]}
          empty={words.listEmpty}
          rows={shown.map((user) => [
            <a href={visit.paths.customer(user.contractId)}>{user.contractId}</a>,
            user.name,
            user.serial,
            words.states[user.state],
            user.lastUsedAtMs === undefined ? words.never : { atMs: user.lastUsedAtMs },
          ])}
        />
        <p class="ways">
          {after !== '' && <a href={visit.paths.campaignCustomers(type)}>{words.first}</a>}
          {users.length > ON_A_PAGE && last && (
            <a href={visit.paths.campaignCustomers(type, last.contractId)}>{words.next}</a>
          )}
          <a href={visit.paths.campaignType(type)}>{words.toType}</a>
        </p>
        {mayDo(visit.staff.role, 'export') && (
          <SaveForm
            visit={visit}
            action={visit.paths.campaignCustomersExport(type)}
            submit={words.export}
            text={words.exportText}
          />
        )}
      </>
    ),
  })
}

/** The same, whole, as a file. */
export async function customersExport(visit: StaffVisit) {
  const standing = await standingOf(visit)
  if (standing === undefined) return visit.c.notFound()
  const { type } = standing.type
  const { ports } = visit.site
  await recordExport(ports, visit.staffRequest, { what: 'type-customers', type })
  return download(visit, `customers-${type}-${todayOf(visit)}.csv`, linesOf(visit, type))
}

async function* linesOf(visit: StaffVisit, type: string): AsyncGenerator<string> {
  yield csvLine([columns.contractId, columns.name, columns.serial, columns.state, columns.lastUsed])
  const { campaigns } = visit.site.ports.store.tables
  let after = ''
  for (;;) {
    const users = await campaigns.users(visit.bank.bankCode, type, after, IN_A_PIECE)
    if (users.length > 0) yield users.map(lineOf).join('')
    const last = users.at(-1)
    if (last === undefined || users.length < IN_A_PIECE) return
    after = last.contractId
  }
}

const lineOf = (user: TypeUser): string =>
  csvLine([
    user.contractId,
    user.name,
    user.serial,
    words.states[user.state],
    user.lastUsedAtMs === undefined ? '' : shortTime(user.lastUsedAtMs),
  ])
