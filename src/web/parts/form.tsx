import type { Child } from 'hono/jsx'
import { useLook } from './look.ts'

export interface FormProps {
  readonly action: string
  readonly csrf: string
  readonly draft?: string | undefined
  readonly children?: Child
  /** The words on the one primary button. */
  readonly submit?: string | undefined
  readonly secondary?: { readonly href: string; readonly label: string } | undefined
  /** `danger` for an act that takes something away: stop, freeze, cancel. */
  readonly tone?: 'primary' | 'danger' | undefined
}

/** A form with its CSRF token and draft ID as hidden fields, sent back as found. */
export function Form(props: FormProps) {
  const { words } = useLook()
  const tone = props.tone ?? 'primary'
  return (
    <form class="form" method="post" action={props.action}>
      <input type="hidden" name="csrf" value={props.csrf} />
      {props.draft !== undefined && <input type="hidden" name="draft" value={props.draft} />}
      {props.children}
      <div class="form__buttons">
        <button type="submit" class={`button button--${tone}`}>
          {props.submit ?? words.submit}
        </button>
        {props.secondary && (
          <a class="button button--secondary" href={props.secondary.href}>
            {props.secondary.label}
          </a>
        )}
      </div>
    </form>
  )
}
