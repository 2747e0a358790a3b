import { LOCKS, unlock } from '../../bank/procedures/unlock.ts'
import { japanese } from '../words/words.ts'
import { campaignActs } from './campaigns/acts.ts'
import { messageActs } from './messages/acts.tsx'
import type { OfficeAct } from './office-act.ts'

const words = japanese.office.proposals

/** Every act that can be proposed. */
const ACTS: readonly OfficeAct[] = [
  ...LOCKS.map((lock) => ({
    procedure: unlock[lock],
    title: words.unlock[lock],
    lines: () => [],
  })),
  ...campaignActs,
  ...messageActs,
]

/** By the act's name. */
export const OFFICE_ACTS: ReadonlyMap<string, OfficeAct> = new Map(
  ACTS.map((act) => [act.procedure.act, act]),
)

export const actWordsOf = (act: string): Pick<OfficeAct, 'title' | 'lines' | 'preview'> =>
  OFFICE_ACTS.get(act) ?? { title: words.unknownAct, lines: () => [] }
