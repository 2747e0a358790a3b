import { mayDo, STAFF_ACTS, STAFF_ROLES, type StaffAct } from '../../bank/office/staff.ts'
import { japanese } from '../words/words.ts'
import type { OfficeRoute } from './route.ts'
import { type StaffVisit, show } from './visit.tsx'
import { WorkTable } from './work-table.tsx'

const words = japanese.office.roles

/** 役割とできること: the very table by which every request is judged. */
export const rolesRoutes: readonly OfficeRoute[] = [
  { method: 'get', path: '/roles', act: 'signed-in', page: rolesPage },
]

function rolesPage(visit: StaffVisit) {
  const { staff } = japanese.office
  return show(visit, {
    title: words.title,
    staff: visit,
    wide: true,
    children: (
      <>
        <p>{words.intro}</p>
        <WorkTable
          caption={words.caption}
          columns={[words.act, ...STAFF_ROLES.map((role) => words.names[role])]}
          empty=""
          rows={(Object.keys(STAFF_ACTS) as StaffAct[]).map((act) => [
            words.acts[act],
            ...STAFF_ROLES.map((role) => <Mark may={mayDo(role, act)} />),
          ])}
        />
        <p>
          <a href={visit.paths.password}>{staff.toPassword}</a>
        </p>
      </>
    ),
  })
}

function Mark({ may }: { may: boolean }) {
  return (
    <>
      <span class={may ? 'may' : undefined} aria-hidden="true">
        {may ? words.may : words.mayNot}
      </span>
      <span class="sr-only">{may ? words.mayWords : words.mayNotWords}</span>
    </>
  )
}
