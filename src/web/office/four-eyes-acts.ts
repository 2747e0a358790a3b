import type { FourEyesAct } from '../../bank/four-eyes.ts'
import type { Proposal } from '../../bank/ports.ts'
import { japanese } from '../words/words.ts'
import { CUSTOMER_ACTS } from './customers/acts.ts'
import { linesOf } from './customers/lines.ts'

/** An act that needs two people, with the words in which both of them read it. */
export interface OfficeAct {
  readonly procedure: FourEyesAct
  readonly title: string
  /** What was chosen, line by line, exactly as it will be done. */
  readonly lines: (proposal: Proposal) => readonly (readonly [label: string, value: string])[]
}

const words = japanese.office.proposals

/** Every act that can be proposed. */
const ACTS: readonly OfficeAct[] = [
  ...CUSTOMER_ACTS.map(({ name, procedure }) => ({
    procedure,
    title: japanese.office.customerActs.acts[name].title,
    lines: linesOf,
  })),
]

/** By the act's name. */
export const OFFICE_ACTS: ReadonlyMap<string, OfficeAct> = new Map(
  ACTS.map((act) => [act.procedure.act, act]),
)

export const actWordsOf = (act: string): Pick<OfficeAct, 'title' | 'lines'> =>
  OFFICE_ACTS.get(act) ?? { title: words.unknownAct, lines: () => [] }
