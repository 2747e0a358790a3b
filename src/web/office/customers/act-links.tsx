import type { CustomerView } from '../../../bank/office/customer-view.ts'
import { mayDo } from '../../../bank/office/staff.ts'
import { japanese } from '../../words/words.ts'
import type { StaffVisit } from '../visit.tsx'
import { CUSTOMER_ACTS, type CustomerActName } from './acts.ts'

const { acts } = japanese.office.customerActs

export interface ActLinksProps {
  readonly visit: StaffVisit
  readonly view: CustomerView
  readonly names: readonly CustomerActName[]
}

/** The ways to prepare what is possible now, for those who may. */
export function ActLinks({ visit, view, names }: ActLinksProps) {
  if (!mayDo(visit.staff.role, 'prepare')) return null
  const nowMs = visit.site.ports.clock.now()
  const possible = CUSTOMER_ACTS.filter(
    (act) => names.includes(act.name) && act.isPossible(view, visit.bank, nowMs),
  )
  if (possible.length === 0) return null
  return (
    <ul class="panel__acts">
      {possible.map(({ name }) => (
        <li>
          <a
            class="button button--quiet"
            href={visit.paths.prepare(view.contract.contractId, name)}
            data-act={name}
          >
            {acts[name].button}
          </a>
        </li>
      ))}
    </ul>
  )
}
