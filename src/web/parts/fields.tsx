import type { Child } from 'hono/jsx'
import { Icon } from './icons.tsx'
import { useLook } from './look.ts'

/** What all fields have in common. The input's `id` is `field-<name>`; banners link to it. */
export interface Field {
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  /** What is wrong and the way out, in one sentence. */
  readonly error?: string | undefined
  /** Marks the label. The server checks: a browser's own bubble would name no way out. */
  readonly required?: boolean | undefined
}

export interface TextFieldProps extends Field {
  readonly value?: string | undefined
  readonly inputMode?: 'text' | 'numeric' | 'email' | 'tel' | undefined
  readonly autoComplete?: string | undefined
  readonly maxLength?: number | undefined
  /**
   * As wide as what belongs in it: a few digits, an ID of about 12 characters, or the column; an
   * amount stands in large figures beside its unit.
   */
  readonly width?: 'short' | 'medium' | 'amount' | 'full' | undefined
  /** A date brings the device's own calendar; without one it is a text field. */
  readonly type?: 'text' | 'date' | undefined
  /** A unit after the field, such as 円. */
  readonly suffix?: string | undefined
}

export function TextField(props: TextFieldProps) {
  return (
    <FieldFrame field={props}>
      <span class="field__row">
        <input
          class={`input input--${props.width ?? 'full'}`}
          type={props.type ?? 'text'}
          id={fieldId(props.name)}
          name={props.name}
          value={props.value}
          inputmode={props.inputMode}
          autocomplete={props.autoComplete ?? 'off'}
          autocapitalize="none"
          spellcheck={false}
          maxlength={props.maxLength}
          aria-invalid={props.error === undefined ? undefined : 'true'}
          aria-describedby={describedBy(props)}
        />
        {props.suffix !== undefined && <span class="field__suffix">{props.suffix}</span>}
      </span>
    </FieldFrame>
  )
}

export interface PasswordFieldProps extends Field {
  readonly autoComplete?: 'current-password' | 'new-password' | 'off' | undefined
  readonly maxLength?: number | undefined
}

/**
 * It takes no value: a password is never sent back to the page. The site's script offers a keyboard
 * on the screen beside it (`data-keyboard`: its words).
 */
export function PasswordField(props: PasswordFieldProps) {
  return (
    <FieldFrame field={props}>
      <input
        class="input input--full"
        type="password"
        data-keyboard={JSON.stringify(useLook().words.keyboard)}
        id={fieldId(props.name)}
        name={props.name}
        autocomplete={props.autoComplete ?? 'current-password'}
        autocapitalize="none"
        spellcheck={false}
        maxlength={props.maxLength}
        aria-invalid={props.error === undefined ? undefined : 'true'}
        aria-describedby={describedBy(props)}
      />
    </FieldFrame>
  )
}

export interface CodeFieldProps extends Field {
  readonly digits?: 6 | 8 | undefined
}

/**
 * A one-time password in large figures. Nothing here refuses full-width digits or spaces: an IME
 * produces them, and the server normalises.
 */
export function CodeField(props: CodeFieldProps) {
  return (
    <FieldFrame field={props}>
      <input
        class={`input input--code input--code-${props.digits ?? 6}`}
        type="text"
        id={fieldId(props.name)}
        name={props.name}
        inputmode="numeric"
        autocomplete="one-time-code"
        spellcheck={false}
        aria-invalid={props.error === undefined ? undefined : 'true'}
        aria-describedby={describedBy(props)}
      />
    </FieldFrame>
  )
}

export interface Choice {
  readonly value: string
  readonly label: string
}

export interface RadioGroupProps {
  readonly name: string
  readonly legend: string
  readonly options: readonly (Choice & { readonly hint?: Child | undefined })[]
  readonly value?: string | undefined
  readonly hint?: string | undefined
  readonly error?: string | undefined
  readonly required?: boolean | undefined
}

export function RadioGroup(props: RadioGroupProps) {
  return (
    <fieldset class="field choices" aria-describedby={describedBy(props)}>
      <legend class="field__label">
        {props.legend}
        {props.required && <RequiredMark />}
      </legend>
      <HintAndError field={props} />
      {props.options.map((option, index) => {
        const id = index === 0 ? fieldId(props.name) : `${fieldId(props.name)}-${index + 1}`
        return (
          <div class="choice">
            <input
              type="radio"
              id={id}
              name={props.name}
              value={option.value}
              checked={option.value === props.value}
              aria-invalid={props.error === undefined ? undefined : 'true'}
              aria-describedby={option.hint === undefined ? undefined : `${id}-hint`}
            />
            <label for={id}>{option.label}</label>
            {option.hint !== undefined && (
              <span class="choice__hint" id={`${id}-hint`}>
                {option.hint}
              </span>
            )}
          </div>
        )
      })}
    </fieldset>
  )
}

export interface SelectFieldProps extends Field {
  /** Neighbouring options of the same group stand together under its name. */
  readonly options: readonly (Choice & { readonly group?: string | undefined })[]
  readonly value?: string | undefined
}

export function SelectField(props: SelectFieldProps) {
  return (
    <FieldFrame field={props}>
      <select
        class="input input--select"
        id={fieldId(props.name)}
        name={props.name}
        autocomplete="off"
        aria-invalid={props.error === undefined ? undefined : 'true'}
        aria-describedby={describedBy(props)}
      >
        {inGroups(props.options).map(({ group, options }) => {
          const entries = options.map((option) => (
            <option value={option.value} selected={option.value === props.value}>
              {option.label}
            </option>
          ))
          return group === undefined ? entries : <optgroup label={group}>{entries}</optgroup>
        })}
      </select>
    </FieldFrame>
  )
}

type SelectOption = SelectFieldProps['options'][number]

function inGroups(options: readonly SelectOption[]) {
  const runs: { group: string | undefined; options: SelectOption[] }[] = []
  for (const option of options) {
    const last = runs.at(-1)
    if (last && last.group === option.group) last.options.push(option)
    else runs.push({ group: option.group, options: [option] })
  }
  return runs
}

export function FieldFrame({ field, children }: { field: Field; children: Child }) {
  return (
    <div class="field">
      <label class="field__label" for={fieldId(field.name)}>
        {field.label}
        {field.required && <RequiredMark />}
      </label>
      <HintAndError field={field} />
      {children}
    </div>
  )
}

function RequiredMark() {
  return <span class="field__required">{useLook().words.required}</span>
}

type Described = Pick<Field, 'name' | 'hint' | 'error'>

/** Hint and error stand above the input, where an on-screen keyboard does not cover them. */
export function HintAndError({ field }: { field: Described }) {
  const { words } = useLook()
  const id = fieldId(field.name)
  return (
    <>
      {field.hint !== undefined && (
        <p class="field__hint" id={`${id}-hint`}>
          {field.hint}
        </p>
      )}
      {field.error !== undefined && (
        <p class="field__error" id={`${id}-error`}>
          <Icon name="error" />
          <span>
            <span class="sr-only">{words.labelled(words.errorPrefix, '')}</span>
            {field.error}
          </span>
        </p>
      )}
    </>
  )
}

/** The `id` of the input (of a radio group: of its first choice) that a banner can link to. */
export const fieldId = (name: string): string => `field-${name}`

export function describedBy(field: Described): string | undefined {
  const ids = [
    ...(field.hint === undefined ? [] : [`${fieldId(field.name)}-hint`]),
    ...(field.error === undefined ? [] : [`${fieldId(field.name)}-error`]),
  ]
  return ids.length > 0 ? ids.join(' ') : undefined
}
