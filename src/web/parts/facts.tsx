import type { Child } from 'hono/jsx'
import { Icon } from './icons.tsx'
import { useLook } from './look.ts'
import { Phrases } from './phrases.tsx'

export interface Fact {
  /** The name that banks automate against (`data-field`). */
  readonly field: string
  readonly label: string
  readonly value: Child
  /** The value for machines, where the shown one is dressed: plain digits, an ISO date. */
  readonly dataValue?: string | undefined
  readonly large?: boolean | undefined
}

export function Facts({ items }: { items: readonly Fact[] }) {
  return (
    <dl class="facts">
      {items.map((fact) => (
        <div class={fact.large ? 'fact fact--large' : 'fact'}>
          <dt>{fact.label}</dt>
          <dd data-field={fact.field} data-value={fact.dataValue}>
            {fact.value}
          </dd>
        </div>
      ))}
    </dl>
  )
}

export interface ReceiptProps {
  /** Says that it is done, e.g. 振込を受け付けました。 */
  readonly heading: string
  /** `info` where the heading does not say that something is done. */
  readonly kind?: 'success' | 'info' | undefined
  readonly receiptNo: string
  readonly receivedAt: Date
  readonly facts: readonly Fact[]
  readonly children?: Child
}

/** The result of an act: what was done, when, under which number. Prints as one A4 slip. */
export function Receipt(props: ReceiptProps) {
  const { words } = useLook()
  return (
    <section class="receipt" aria-labelledby="receipt-heading">
      <h2
        class={`receipt__heading receipt__heading--${props.kind ?? 'success'}`}
        id="receipt-heading"
      >
        <Icon name={props.kind ?? 'success'} />
        <span>
          <Phrases of={props.heading} />
        </span>
      </h2>
      <Facts
        items={[
          {
            field: 'receiptNo',
            label: words.receipt.receiptNo,
            value: props.receiptNo,
            large: true,
          },
          {
            field: 'receivedAt',
            label: words.receipt.receivedAt,
            value: words.receipt.time(props.receivedAt),
            dataValue: props.receivedAt.toISOString(),
          },
          ...props.facts,
        ]}
      />
      {props.children}
      <p class="receipt__print-hint">{words.receipt.printHint}</p>
    </section>
  )
}
