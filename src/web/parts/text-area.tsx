import { describedBy, type Field, FieldFrame, fieldId } from './fields.tsx'

export interface TextAreaProps extends Field {
  readonly value?: string | undefined
  readonly rows?: number | undefined
}

/** A text of several lines. What it holds is sent back as it was typed. */
export function TextArea(props: TextAreaProps) {
  return (
    <FieldFrame field={props}>
      <textarea
        class="input input--text"
        id={fieldId(props.name)}
        name={props.name}
        rows={props.rows ?? 4}
        autocomplete="off"
        aria-invalid={props.error === undefined ? undefined : 'true'}
        aria-describedby={describedBy(props)}
      >
        {props.value}
      </textarea>
    </FieldFrame>
  )
}
