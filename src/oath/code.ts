/** The shape of a code, and what people make of it on a keyboard. */
import { foldTyped } from './typed-text.ts'

/** RFC 4226 §5.3: at least six digits, possibly seven or eight. */
export type Digits = 6 | 7 | 8

export const isDigits = (value: number): value is Digits =>
  value === 6 || value === 7 || value === 8

/**
 * What was typed or pasted, as exactly `digits` ASCII digits. Full-width digits, spaces and hyphens
 * are what an IME and a grouped display produce, and are forgiven. All else is refused as
 * `undefined`: also digits of other scripts and circled digits, which no token shows and NFKC would
 * partly let through.
 */
export function normaliseCode(input: string, digits: Digits): string | undefined {
  const code = foldTyped(input)
  return code !== undefined && isCode(code, digits) ? code : undefined
}

/** Whether the text is already exactly `digits` ASCII digits. */
export function isCode(text: string, digits: Digits): boolean {
  return text.length === digits && /^[0-9]+$/.test(text)
}
