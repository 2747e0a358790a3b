import { japanese } from '../words/words.ts'
import { campaignActs } from './campaigns/acts.ts'
import { CUSTOMER_ACTS } from './customers/acts.ts'
import { linesOf } from './customers/lines.ts'
import { hardwareActs } from './hardware/acts.ts'
import { messageActs } from './messages/acts.tsx'
import type { OfficeAct } from './office-act.ts'
import { staffActs } from './staff-appoint.tsx'

const ACTS: readonly OfficeAct[] = [
  ...CUSTOMER_ACTS.map(({ name, procedure }) => ({
    procedure,
    title: japanese.office.customerActs.acts[name].title,
    lines: linesOf,
  })),
  ...hardwareActs,
  ...campaignActs,
  ...messageActs,
  ...staffActs,
]

/** Every act that can be proposed, by its name. */
export const OFFICE_ACTS: ReadonlyMap<string, OfficeAct> = new Map(
  ACTS.map((act) => [act.procedure.act, act]),
)

const { unknownAct } = japanese.office.proposals

export const actWordsOf = (act: string): Omit<OfficeAct, 'procedure'> =>
  OFFICE_ACTS.get(act) ?? { title: unknownAct, lines: () => [] }
