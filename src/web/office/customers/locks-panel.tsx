import type { Child } from 'hono/jsx'
import type { BankProfile } from '../../../bank/contract.ts'
import type { CustomerView } from '../../../bank/office/customer-view.ts'
import { LOCKS, type Lock } from '../../../bank/procedures/unlock.ts'
import { japanese } from '../../words/words.ts'
import { Panel, Tag } from '../panel.tsx'
import type { StaffVisit } from '../visit.tsx'
import { ActLinks } from './act-links.tsx'

const words = japanese.office.customers.locks

export interface Count {
  /** Undefined where there is nothing to count. */
  readonly now: number | undefined
  readonly most: number
}

/** The counters of a customer beside their thresholds. */
export function countsOf(view: CustomerView, bank: BankProfile): Record<Lock | 'seed', Count> {
  const { contract, token, loginFailures } = view
  const { thresholds } = bank
  return {
    password: { now: loginFailures, most: thresholds.password },
    confirmation: { now: contract.confirmationFailures, most: thresholds.confirmation },
    code: { now: token?.failures, most: thresholds.code },
    seed: { now: token?.guesses, most: thresholds.seedGuesses },
  }
}

/** The four counters, each with its threshold, its state, and the way to open it. */
export function LocksPanel({ visit, view }: { visit: StaffVisit; view: CustomerView }) {
  const counts = countsOf(view, visit.bank)
  return (
    <Panel id="locks-heading" heading={words.heading}>
      <dl class="counters">
        {LOCKS.map((lock) => (
          <Counter name={lock} label={words.names[lock]} count={counts[lock]} full={words.locked}>
            <ActLinks visit={visit} view={view} names={[`unlock-${lock}`]} />
          </Counter>
        ))}
        <Counter name="seed" label={words.seed} count={counts.seed} full={words.seedSpent} />
      </dl>
    </Panel>
  )
}

interface CounterProps {
  readonly name: string
  readonly label: string
  readonly count: Count
  /** What it means when the threshold is reached. */
  readonly full: string
  readonly children?: Child
}

function Counter({ name, label, count, full, children }: CounterProps) {
  const { now, most } = count
  if (now === undefined) return null
  const isFull = now >= most
  return (
    <div class={isFull ? 'counter counter--full' : 'counter'}>
      <dt>{label}</dt>
      <dd>
        <span class="counter__count" data-field={`count-${name}`} data-value={String(now)}>
          {words.count(now, most)}
        </span>
        <meter
          class="counter__meter"
          min={0}
          max={most}
          low={most / 2}
          high={most - 1}
          optimum={0}
          value={now}
          aria-label={label}
        />
        <Tag tone={isFull ? 'bad' : 'good'} text={isFull ? full : words.ok} />
      </dd>
      {isFull && children && <dd class="counter__acts">{children}</dd>}
    </div>
  )
}
