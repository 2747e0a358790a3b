import type { Child } from 'hono/jsx'
import type { StaffVisit } from './visit.tsx'

/** A form that answers with a file: taking one out of the system is an act, and is recorded. */
export const SaveForm = (props: {
  readonly visit: StaffVisit
  readonly action: string
  readonly submit: string
  readonly text: string
  readonly children?: Child
}) => (
  <form class="save" method="post" action={props.action}>
    <input type="hidden" name="csrf" value={props.visit.browser.csrf} />
    {props.children}
    <button type="submit" class="button button--secondary">
      {props.submit}
    </button>
    <p>{props.text}</p>
  </form>
)
