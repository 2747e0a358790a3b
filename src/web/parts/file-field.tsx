import { describedBy, fieldId, HintAndError } from './fields.tsx'

export interface FileFieldProps {
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  readonly error?: string | undefined
  /** Endings of the names that the browser offers first: `.xml,.csv`. */
  readonly accept?: string | undefined
}

/** A file to be sent. It stands last in its form, so that the other fields arrive before it. */
export function FileField(props: FileFieldProps) {
  return (
    <div class="field">
      <label class="field__label" for={fieldId(props.name)}>
        {props.label}
      </label>
      <HintAndError field={props} />
      <input
        class="input input--full input--file"
        type="file"
        id={fieldId(props.name)}
        name={props.name}
        accept={props.accept}
        aria-invalid={props.error === undefined ? undefined : 'true'}
        aria-describedby={describedBy(props)}
      />
    </div>
  )
}
