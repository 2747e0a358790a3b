/**
 * The demonstration's customers, as `docs/` promises them to whoever automates against the bank.
 */
import { readDemoCard } from '../../src/store/demo/demo-readings.ts'

export interface Customer {
  readonly contractId: string
  readonly loginPassword: string
  /** What the customer holds: the digits of the confirmation password, or the cells of the card. */
  readonly cells: readonly string[]
  readonly account: string
}

const withPassword = (n: number, password: string): Customer => ({
  ...common(n),
  cells: [...password],
})
const withCard = (n: number): Customer => {
  const card = readDemoCard(common(n).contractId)
  if (card === undefined) throw new Error(`contract ${n} has no card`)
  return { ...common(n), cells: card.cells }
}
const common = (n: number) => ({
  contractId: `1000000000${n}`,
  loginPassword: `Ichido0${n}`,
  account: `00000${n}1`,
})

/** No token yet; two accounts, 1,000,000 and 300,000 yen. */
export const hajime = withPassword(1, '482913')
/** No token yet; a customer card. */
export const futaba = withCard(2)
/** No token yet; an image card. */
export const mitsuo = withCard(3)
/** An active `SY` token. */
export const yoshiko = withPassword(4, '771204')
/** An active `PC` token. */
export const itsuki = withPassword(5, '350968')
/** A hardware token that is shipped and not yet started; a customer card. */
export const mutsumi = withCard(6)
/** An active `GM` token, code at login required. */
export const nanae = withPassword(7, '118822')
/** Not enrolled yet: the login password is the one that the journey chooses. */
export const yayoi = withPassword(8, '604417')
/** What came to Yayoi on paper. */
export const enrolmentPassword = 'Hajimete08'
