import { fieldId, HintAndError } from '../parts/fields.tsx'

export interface CheckListProps {
  /** The boxes are called `<name>1`, `<name>2`, …; each carries its own text as its value. */
  readonly name: string
  readonly legend: string
  readonly hint?: string | undefined
  readonly error?: string | undefined
  readonly options: readonly string[]
  readonly checked: readonly string[]
}

/** Boxes to tick, any number of them. */
export function CheckList(props: CheckListProps) {
  return (
    <fieldset class="field choices checks">
      <legend class="field__label">{props.legend}</legend>
      <HintAndError field={props} />
      {props.options.map((option, index) => {
        const id = index === 0 ? fieldId(props.name) : `${fieldId(props.name)}-${index + 1}`
        return (
          <div class="choice">
            <input
              type="checkbox"
              id={id}
              name={`${props.name}${index + 1}`}
              value={option}
              checked={props.checked.includes(option)}
              aria-invalid={props.error === undefined ? undefined : 'true'}
            />
            <label for={id}>{option}</label>
          </div>
        )
      })}
    </fieldset>
  )
}
