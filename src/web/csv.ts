/** CSV (RFC 4180) for spreadsheets, which run what looks like a formula. */

/** First in a file: by it a spreadsheet knows UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF'

/** What makes a spreadsheet take a text for a formula; in Japan the full-width signs, too. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

/**
 * A line of the file with its end. Numbers stay numbers; a text that would be run as a formula gets
 * an apostrophe, the spreadsheets' own sign for a text.
 */
export const csvLine = (cells: readonly (string | number)[]): string =>
  `${cells.map((cell) => (typeof cell === 'number' ? String(cell) : quoted(cell))).join(',')}\r\n`

function quoted(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
