import type { Look } from './look.ts'

/** How long the session, or a draft of nobody signed in, lasts without another request. */
export interface Timeout {
  readonly of: 'session' | 'draft'
  /** The draft's ID. */
  readonly draft?: string
  readonly until: Date
  readonly leftSeconds: number
  /** It ends then in any case, because it began so long ago. */
  readonly isLast: boolean
  /** The address that a script asks for more time. */
  readonly extend: string
  /** Where the customer stands after the end. */
  readonly ended: string
  readonly csrf: string
}

interface TimeoutProps {
  readonly look: Look
  readonly timeout: Timeout
}

/** Its end as a time of day, for those without script (WCAG 2.2, 2.2.1). */
export function ValidUntil({ look, timeout }: TimeoutProps) {
  const words = look.words.timeout
  return (
    <p class="valid-until" data-field="validUntil" data-value={timeout.until.toISOString()}>
      {words[timeout.of].until(words.clockTime(timeout.until))}
    </p>
  )
}

/** Two minutes before the end the script opens it; without script it stays closed. */
export function TimeoutDialog({ look, timeout }: TimeoutProps) {
  const words = look.words.timeout
  const told = words[timeout.of]
  return (
    <dialog
      class="timeout"
      role="alertdialog"
      aria-labelledby="timeout-heading"
      aria-describedby="timeout-text"
      data-left-seconds={String(timeout.leftSeconds)}
      data-is-last={String(timeout.isLast)}
      data-extend={timeout.extend}
      data-ended={timeout.ended}
      data-csrf={timeout.csrf}
      data-draft={timeout.draft}
    >
      <h2 id="timeout-heading">{told.heading}</h2>
      <div id="timeout-text">
        <p class="timeout__text">{told.text}</p>
        <p class="timeout__last" hidden>
          {told.lastText}
        </p>
      </div>
      <button type="button" class="button button--primary timeout__extend">
        {words.extend}
      </button>
      <button type="button" class="button button--secondary timeout__close" hidden>
        {words.close}
      </button>
    </dialog>
  )
}
