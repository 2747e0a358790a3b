import type { Lang } from '../parts/look.ts'
import { type AccountWords, account } from './ja/account.ts'
import { type BankingWords, banking } from './ja/banking.ts'
import { type BillWords, bill } from './ja/bill.ts'
import { fields } from './ja/fields.ts'
import { type GuideWords, guide } from './ja/guide.ts'
import { type HelpWords, help } from './ja/help.ts'
import { type LimitWords, limit } from './ja/limit.ts'
import { type OfficeWords, office } from './ja/office/office.ts'
import { type PartsWords, parts } from './ja/parts.ts'
import { type PayeesWords, payees } from './ja/payees.ts'
import { type CustomerRefusalTexts, refusals } from './ja/refusals.ts'
import { type TransfersWords, transfers } from './ja/transfers.ts'

/**
 * All texts of the customers' pages in one language; `english.ts` wires the other one. The back
 * office speaks Japanese only.
 */
export interface Words {
  readonly lang: Lang
  readonly parts: PartsWords
  readonly banking: BankingWords
  readonly bill: BillWords
  readonly account: AccountWords
  readonly transfers: TransfersWords
  readonly payees: PayeesWords
  readonly limit: LimitWords
  readonly refusals: CustomerRefusalTexts
  readonly fields: Readonly<Record<string, string>>
  readonly guide: GuideWords
  readonly help: HelpWords
}

export const japanese: Words & { readonly office: OfficeWords } = {
  lang: 'ja',
  parts,
  banking,
  account,
  bill,
  refusals,
  office,
  fields,
  guide,
  help,
  transfers,
  payees,
  limit,
}
