import type { Child } from 'hono/jsx'

export interface PanelFact {
  readonly field?: string
  readonly label: string
  readonly value: Child
  readonly dataValue?: string
}

export interface PanelProps {
  readonly id: string
  readonly heading: string
  /** How the whole of it stands, in a word and a colour. */
  readonly state?: Child
  readonly facts?: readonly PanelFact[]
  readonly children?: Child
}

/** One subject on a page that is read at a glance: close together, its acts at its foot. */
export function Panel({ id, heading, state, facts = [], children }: PanelProps) {
  return (
    <section class="panel" aria-labelledby={id}>
      <div class="panel__head">
        <h2 class="panel__heading" id={id}>
          {heading}
        </h2>
        {state}
      </div>
      {facts.length > 0 && (
        <dl class="panel__facts">
          {facts.map((fact) => (
            <div class="panel__fact">
              <dt>{fact.label}</dt>
              <dd data-field={fact.field} data-value={fact.dataValue}>
                {fact.value}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {children}
    </section>
  )
}

export type Tone = 'good' | 'bad' | 'open' | 'plain'

export interface TagProps {
  readonly tone: Tone
  readonly text: string
  readonly field?: string
  readonly value?: string
}

/** A state in a word and a colour. */
export function Tag({ tone, text, field, value }: TagProps) {
  return (
    <span class={`tag tag--${tone}`} data-field={field} data-value={value}>
      {text}
    </span>
  )
}
