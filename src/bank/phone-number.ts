/** A Japanese number with its groups: 0, then ten or eleven digits in all. */
const GROUPED = /^0\d{1,4}-?\d{1,4}-?\d{3,4}$/

/**
 * The telephone number that was typed, full width made narrow; hyphens stay where they stand, since
 * only its owner knows the groups. `undefined` when it cannot be one.
 */
export function readPhoneNumber(typed: string): string | undefined {
  if (typed.length > 30) return undefined
  const number = typed
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212ー]/g, '-')
    .trim()
  const { length } = number.replaceAll('-', '')
  return GROUPED.test(number) && (length === 10 || length === 11) ? number : undefined
}
