import type { FourEyesAct } from '../../bank/four-eyes.ts'
import type { Proposal } from '../../bank/ports.ts'
import { cardReissue } from '../../bank/procedures/card-reissue.ts'
import { limitLift } from '../../bank/procedures/limit-lift.ts'
import { passwordReissue } from '../../bank/procedures/password-reissue.ts'
import { reissue } from '../../bank/procedures/reissue.ts'
import { tokenRelease } from '../../bank/procedures/token-release.ts'
import { unfreeze } from '../../bank/procedures/unfreeze.ts'
import { LOCKS, unlock } from '../../bank/procedures/unlock.ts'
import { japanese } from '../words/words.ts'

/** An act that needs two people, with the words in which both of them read it. */
export interface OfficeAct {
  readonly procedure: FourEyesAct
  readonly title: string
  /** What it does, in a sentence for whoever prepares and whoever approves. */
  readonly text: string
  /** What was chosen, line by line, exactly as it will be done. */
  readonly lines: (proposal: Proposal) => readonly (readonly [label: string, value: string])[]
}

const words = japanese.office.proposals

/** What is done for one customer, chosen by nothing but its name. */
const FOR_CUSTOMERS = [
  reissue,
  tokenRelease,
  unfreeze,
  ...LOCKS.map((lock) => unlock[lock]),
  limitLift,
  cardReissue,
  passwordReissue,
] as const

const forCustomers = FOR_CUSTOMERS.map((procedure): OfficeAct => {
  const [title, text] = words.acts[procedure.act] ?? [procedure.act, '']
  return { procedure, title, text, lines: () => [] }
})

const byName = (acts: readonly OfficeAct[]): ReadonlyMap<string, OfficeAct> =>
  new Map(acts.map((act) => [act.procedure.act, act]))

/** The acts that the page of a customer leads to. */
export const CUSTOMER_ACTS = byName(forCustomers)

/** Every act that can be proposed. */
export const OFFICE_ACTS = byName([...forCustomers])

export const actWordsOf = (act: string): Pick<OfficeAct, 'title' | 'text' | 'lines'> =>
  OFFICE_ACTS.get(act) ?? { title: words.unknownAct, text: '', lines: () => [] }
