import type { Contract } from '../../bank/contract.ts'
import type { FourEyesAct } from '../../bank/four-eyes.ts'
import type { Proposal } from '../../bank/ports.ts'
import { cardReissue } from '../../bank/procedures/card-reissue.ts'
import { limitLift } from '../../bank/procedures/limit-lift.ts'
import { passwordReissue } from '../../bank/procedures/password-reissue.ts'
import { reissue } from '../../bank/procedures/reissue.ts'
import { tokenRelease } from '../../bank/procedures/token-release.ts'
import { unfreeze } from '../../bank/procedures/unfreeze.ts'
import { LOCKS, unlock } from '../../bank/procedures/unlock.ts'
import type { Token } from '../../bank/token.ts'
import type { SubmittedForm } from '../form.ts'
import { japanese } from '../words/words.ts'
import type { OfficeAct } from './office-act.ts'

const words = japanese.office.proposals

/** What an act is prepared with: the customer as the clerk sees it, and what the form chose. */
export interface PreparedFor {
  readonly contract: Contract
  readonly token: Token | undefined
  readonly form: SubmittedForm
}

/** An act for one customer, which the customer's page leads to. */
export interface CustomerAct extends OfficeAct {
  /** What it is prepared with: it is done with exactly that, or not at all. */
  readonly facts: (of: PreparedFor) => Readonly<Record<string, unknown>>
  /** Choices of the form, by their name. */
  readonly choices: Readonly<Record<string, CustomerChoice>>
}

export interface CustomerChoice {
  readonly legend: string
  readonly options: Readonly<Record<string, string>>
}

const NO_FACTS = () => ({})
const tokenOf = ({ token }: PreparedFor) => ({ serial: token?.serial })

/** What is done for one customer, with the facts that each of them is prepared with. */
const FOR_CUSTOMERS: readonly (readonly [
  procedure: FourEyesAct,
  facts: CustomerAct['facts'],
  choices?: CustomerAct['choices'],
])[] = [
  [
    reissue,
    (of) => ({ ...tokenOf(of), cause: of.form.text('cause') }),
    { cause: { legend: words.cause, options: words.causes } },
  ],
  [tokenRelease, tokenOf],
  [unfreeze, NO_FACTS],
  ...LOCKS.map((lock) => [unlock[lock], NO_FACTS] as const),
  [limitLift, (of) => ({ ...tokenOf(of), changedAtMs: of.contract.tokenChangedAtMs })],
  [cardReissue, NO_FACTS],
  [passwordReissue, NO_FACTS],
]

export const customerActs = FOR_CUSTOMERS.map(([procedure, facts, choices = {}]): CustomerAct => {
  const [title, text] = words.acts[procedure.act] ?? [procedure.act, '']
  return { procedure, title, text, facts, choices, lines: linesOf }
})

/** By the act's name, as it stands in the address of the page that prepares it. */
export const CUSTOMER_ACTS: ReadonlyMap<string, CustomerAct> = new Map(
  customerActs.map((act) => [act.procedure.act, act]),
)

/** The facts that people read; moments and the like are for the act itself. */
function linesOf({ facts }: Proposal): readonly (readonly [string, string])[] {
  const causes: Readonly<Record<string, string>> = words.causes
  return [
    ...(typeof facts.serial === 'string' ? [[words.serial, facts.serial] as const] : []),
    ...(typeof facts.cause === 'string' ? [[words.cause, causes[facts.cause] ?? ''] as const] : []),
  ]
}
