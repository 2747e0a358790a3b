import { InvalidArgumentError } from 'commander'

/** A whole number in digits, as all numbers of the commands are: yen, thresholds, days. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new InvalidArgumentError('It takes a whole number.')
  return Number(text)
}

/** The option under which a field of a form is given: `limitWithCodeYen` → `--limit-with-code-yen`. */
export const optionOf = (field: string): string =>
  `--${field.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`
