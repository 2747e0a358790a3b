import type { Child } from 'hono/jsx'
import type { Refusal } from '../../bank/refusal.ts'
import { ContactBox } from './contact.tsx'
import { fieldId } from './fields.tsx'
import { Icon } from './icons.tsx'
import { useLook } from './look.ts'

export interface RefusalBannerProps {
  readonly refusal: Refusal
  readonly heading: string
  /** What the customer does next. */
  readonly wayOut: string
  /** The page where the way out begins. */
  readonly go?: { readonly href: string; readonly label: string } | undefined
  /** Where the trouble is explained at length, by the name that it has there. */
  readonly help?: readonly { readonly href: string; readonly trouble: string }[]
  /** Shows whom to call. */
  readonly contact?: boolean | undefined
  /** The name of the field that it is about. */
  readonly field?: string | undefined
}

/**
 * Why the bank did not do it, and the way out. At most one on a page. It takes the focus: an alert
 * that is there from the start is not read aloud by every screen reader, what has the focus is.
 */
export function RefusalBanner(props: RefusalBannerProps) {
  const look = useLook()
  return (
    <div
      class="banner banner--error"
      role="alert"
      data-refusal={props.refusal}
      tabindex={-1}
      autofocus
    >
      <h2 class="banner__heading">
        <Icon name="error" />
        <span>{props.heading}</span>
      </h2>
      <p>{props.wayOut}</p>
      {props.go && (
        <p>
          <a href={props.go.href}>{props.go.label}</a>
        </p>
      )}
      {props.field !== undefined && (
        <p>
          <a href={`#${fieldId(props.field)}`}>{look.words.toField}</a>
        </p>
      )}
      {props.help?.map(({ href, trouble }) => (
        <p>
          <a href={href}>{look.words.labelled(look.words.moreHelp, trouble)}</a>
        </p>
      ))}
      {props.contact && <ContactBox look={look} />}
    </div>
  )
}

export interface NoticeProps {
  readonly kind: 'info' | 'warning' | 'success'
  readonly heading?: string | undefined
  readonly children?: Child
}

export function Notice({ kind, heading, children }: NoticeProps) {
  const { words } = useLook()
  return (
    <section class={`banner banner--${kind}`} aria-label={heading ?? words.notice[kind]}>
      <h2 class="banner__heading">
        <Icon name={kind} />
        <span>{heading ?? words.notice[kind]}</span>
      </h2>
      <div class="banner__text">{children}</div>
    </section>
  )
}
