/**
 * `2026/11/4`, `2026.11.4`, `2026年11月4日` and full-width figures, all of which people type for a
 * day.
 */
const TYPED_DAY = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/

/**
 * What was typed for a day as `YYYY-MM-DD`; other texts as they are, for the procedure to refuse.
 */
export function readTypedDay(typed: string): string {
  const text = typed.normalize('NFKC').replace(/\s/g, '')
  const [, year = '', month = '', date = ''] = TYPED_DAY.exec(text) ?? []
  return year === '' ? text : `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
}
