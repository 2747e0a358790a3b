import { japanese } from '../../words/words.ts'
import { todayOf } from '../today.ts'
import { type StaffVisit, show } from '../visit.tsx'
import { WorkTable } from '../work-table.tsx'
import { lastDayOf, registrationOf } from './standing.ts'

const words = japanese.office.campaigns

/** The types of token that the bank knows, with their days. */
export async function typesPage(visit: StaffVisit) {
  const { columns } = words
  const { campaigns } = visit.site.ports.store.tables
  const types = await campaigns.types(visit.bank.bankCode)
  return show(visit, {
    title: words.title,
    staff: visit,
    wide: true,
    children: (
      <>
        <p>{words.text}</p>
        <WorkTable
          caption={words.caption}
          columns={[columns.type, columns.name, columns.registration, columns.lastDay]}
          empty={words.empty}
          rows={types.map((standing) => [
            <a href={visit.paths.campaignType(standing.type.type)}>{standing.type.type}</a>,
            standing.type.name,
            registrationOf(standing, todayOf(visit)),
            lastDayOf(standing),
          ])}
        />
      </>
    ),
  })
}
