/**
 * A line of text as it is kept: without blanks around it. `undefined` when it is empty, too long,
 * or holds what is no text: control characters (a NUL stops the database) and halves of characters.
 */
export function readLine(typed: string, mostCharacters: number): string | undefined {
  if (typed.length > 4 * mostCharacters || !typed.isWellFormed()) return undefined
  const line = typed.trim()
  const fits = line !== '' && [...line].length <= mostCharacters
  return fits && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(line) ? line : undefined
}
