import { CardPicture, CardPictureSheet, CardPictureWord } from './card-images.tsx'
import { describedBy, fieldId, HintAndError } from './fields.tsx'
import { Icon } from './icons.tsx'
import { useLook } from './look.ts'

/** What the customer's own confirmation method asks this time; positions count from 1. */
export type Challenge =
  | { readonly kind: 'confirmation-password'; readonly positions: readonly number[] }
  | { readonly kind: 'customer-card'; readonly positions: readonly number[] }
  | {
      readonly kind: 'image-card'
      readonly positions: readonly number[]
      /** Names from `CARD_IMAGES`. */
      readonly choices: readonly string[]
    }

export interface ConfirmationFieldsProps {
  readonly challenge: Challenge
  /** By field name: `confirm1`, `card2`, `image1`, … */
  readonly errors?: Readonly<Record<string, string | undefined>> | undefined
}

/** The fields of the customer's own method: no other method is ever named on the page. */
export function ConfirmationFields({ challenge, errors = {} }: ConfirmationFieldsProps) {
  const words = useLook().words.confirmation
  const [legend, hint] = {
    'confirmation-password': [words.password, words.passwordHint],
    'customer-card': [words.card, words.cardHint],
    'image-card': [words.image, words.imageHint],
  }[challenge.kind]
  return (
    <fieldset class="confirmation" aria-describedby="confirmation-hint">
      <legend>{legend}</legend>
      <p id="confirmation-hint">{hint}</p>
      {challenge.kind === 'image-card' ? (
        <ImageChoices positions={challenge.positions} choices={challenge.choices} errors={errors} />
      ) : (
        <PositionInputs kind={challenge.kind} positions={challenge.positions} errors={errors} />
      )}
      <p class="confirmation__limit">
        <Icon name="warning" />
        <span>{words.neverMore(challenge.positions.length)}</span>
      </p>
    </fieldset>
  )
}

interface PositionsProps {
  readonly positions: readonly number[]
  readonly errors: Readonly<Record<string, string | undefined>>
}

/**
 * Text inputs on purpose: in `type=password` a browser would offer to keep these few characters in
 * the place of the login password. The style sheet hides those of the confirmation password.
 */
function PositionInputs({
  kind,
  positions,
  errors,
}: PositionsProps & { kind: 'confirmation-password' | 'customer-card' }) {
  const words = useLook().words.confirmation
  const isCard = kind === 'customer-card'
  return (
    <div class="positions">
      {positions.map((position, index) => {
        const name = `${isCard ? 'card' : 'confirm'}${index + 1}`
        const field = { name, error: errors[name] }
        return (
          <div class="position">
            <label class="field__label" for={fieldId(name)}>
              {isCard ? words.cardPosition(position) : words.passwordPosition(position)}
            </label>
            <HintAndError field={field} />
            <input
              class={isCard ? 'input input--position' : 'input input--position input--hidden'}
              type="text"
              id={fieldId(name)}
              name={name}
              inputmode="numeric"
              autocomplete="off"
              spellcheck={false}
              data-position={String(position)}
              aria-invalid={field.error === undefined ? undefined : 'true'}
              aria-describedby={describedBy(field)}
            />
          </div>
        )
      })}
    </div>
  )
}

function ImageChoices({
  positions,
  choices,
  errors,
}: PositionsProps & { choices: readonly string[] }) {
  const { words } = useLook()
  return (
    <>
      <CardPictureSheet names={choices} />
      {positions.map((position, index) => {
        const name = `image${index + 1}`
        const field = { name, error: errors[name] }
        return (
          <fieldset
            class="pictures"
            data-position={String(position)}
            aria-describedby={describedBy(field)}
          >
            <legend class="field__label">{words.confirmation.imagePosition(position)}</legend>
            <HintAndError field={field} />
            <div class="pictures__grid">
              {choices.map((choice, place) => (
                <PictureChoice name={name} choice={choice} place={place} />
              ))}
            </div>
          </fieldset>
        )
      })}
    </>
  )
}

/** The first one has the `id` that a banner links to; the words of each lie around its button. */
function PictureChoice(props: { name: string; choice: string; place: number }) {
  return (
    <label class="picture">
      <input
        type="radio"
        id={props.place === 0 ? fieldId(props.name) : undefined}
        name={props.name}
        value={props.choice}
      />
      <CardPicture name={props.choice} />
      <CardPictureWord name={props.choice} />
    </label>
  )
}
