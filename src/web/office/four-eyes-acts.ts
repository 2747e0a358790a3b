import type { FourEyesAct } from '../../bank/four-eyes.ts'
import type { Proposal } from '../../bank/ports.ts'
import { destroyTokens } from '../../bank/procedures/hardware-destroy.ts'
import { LOCKS, unlock } from '../../bank/procedures/unlock.ts'
import { japanese } from '../words/words.ts'
import { destructionLines } from './hardware/proposal-lines.ts'

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
  ...LOCKS.map((lock) => ({
    procedure: unlock[lock],
    title: words.unlock[lock],
    lines: () => [],
  })),
  {
    procedure: destroyTokens,
    title: japanese.office.hardware.returns.destroyAct,
    lines: destructionLines,
  },
]

/** By the act's name. */
export const OFFICE_ACTS: ReadonlyMap<string, OfficeAct> = new Map(
  ACTS.map((act) => [act.procedure.act, act]),
)

export const actWordsOf = (act: string): Pick<OfficeAct, 'title' | 'lines'> =>
  OFFICE_ACTS.get(act) ?? { title: words.unknownAct, lines: () => [] }
