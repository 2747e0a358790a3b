import type { BankProfile } from '../../../bank/contract.ts'
import type { CustomerView } from '../../../bank/office/customer-view.ts'
import type { FourEyesAct } from '../../../bank/office/four-eyes.ts'
import type { HeldCustomer } from '../../../bank/office/held-customer.ts'
import { cardReissue } from '../../../bank/procedures/card-reissue.ts'
import { limitLift, mayLift } from '../../../bank/procedures/limit-lift.ts'
import { passwordReissue } from '../../../bank/procedures/password-reissue.ts'
import { mayReissue, reissue } from '../../../bank/procedures/reissue.ts'
import { mayRelease, tokenRelease } from '../../../bank/procedures/token-release.ts'
import { mayUnfreeze, unfreeze } from '../../../bank/procedures/unfreeze.ts'
import { LOCKS, mayUnlock, unlock } from '../../../bank/procedures/unlock.ts'
import type { japanese } from '../../words/words.ts'

export type CustomerActName = keyof typeof japanese.office.customerActs.acts

/** An act for a customer that two people do: whether it is possible, and what is meant by it. */
export interface CustomerAct {
  readonly name: CustomerActName
  readonly procedure: FourEyesAct
  readonly isPossible: (view: CustomerView, bank: BankProfile, nowMs: number) => boolean
  /** The state that was seen when it was prepared: what has changed since is not acted on. */
  readonly factsOf: (view: CustomerView) => Readonly<Record<string, unknown>>
  /** Whether it has to be said why, beside the reason. */
  readonly asksCause?: true
}

const heldOf = ({ contract, token }: CustomerView): HeldCustomer => ({ contract, token })
const serialOf = ({ token }: CustomerView) => ({ serial: token?.serial })

/** In the order in which a page shows them. */
export const CUSTOMER_ACTS: readonly CustomerAct[] = [
  {
    name: 'reissue',
    procedure: reissue,
    isPossible: (view) => mayReissue(heldOf(view)).ok,
    factsOf: serialOf,
    asksCause: true,
  },
  {
    name: 'token-release',
    procedure: tokenRelease,
    isPossible: (view, bank) =>
      mayRelease({ ...heldOf(view), holds: view.holds }, bank.bankCode).ok,
    factsOf: serialOf,
  },
  {
    name: 'unfreeze',
    procedure: unfreeze,
    isPossible: ({ contract }) => mayUnfreeze(contract).ok,
    factsOf: () => ({}),
  },
  {
    name: 'limit-lift',
    procedure: limitLift,
    isPossible: ({ contract }, _bank, nowMs) => mayLift(contract, nowMs).ok,
    factsOf: ({ token, contract }) => ({
      serial: token?.serial,
      changedAtMs: contract.tokenChangedAtMs,
    }),
  },
  {
    name: 'card-reissue',
    procedure: cardReissue,
    isPossible: () => true,
    factsOf: () => ({}),
  },
  {
    name: 'password-reissue',
    procedure: passwordReissue,
    isPossible: () => true,
    factsOf: () => ({}),
  },
  ...LOCKS.map(
    (lock): CustomerAct => ({
      name: `unlock-${lock}`,
      procedure: unlock[lock],
      isPossible: (view, bank) => {
        const held = { ...heldOf(view), loginFailures: view.loginFailures }
        return mayUnlock(lock, held, bank).ok
      },
      factsOf: () => ({}),
    }),
  ),
]

export const customerActOf = (name: string): CustomerAct | undefined =>
  CUSTOMER_ACTS.find((act) => act.name === name)
