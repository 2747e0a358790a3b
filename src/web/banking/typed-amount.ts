/**
 * What was typed for an amount as plain digits: full-width figures, separators and the sign of the
 * currency are what people type with it. A minus stays, for the procedure to refuse.
 */
export const readTypedAmount = (typed: string): string =>
  typed.normalize('NFKC').replace(/[,\s円¥]/g, '')
