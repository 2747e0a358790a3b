import { account } from './en/account.ts'
import { banking } from './en/banking.ts'
import { bill } from './en/bill.ts'
import { fields } from './en/fields.ts'
import { guide } from './en/guide.ts'
import { help } from './en/help.ts'
import { limit } from './en/limit.ts'
import { parts } from './en/parts.ts'
import { payees } from './en/payees.ts'
import { refusals } from './en/refusals.ts'
import { transfers } from './en/transfers.ts'
import type { Words } from './words.ts'

/** All texts of the customers' pages in English. */
export const english: Words = {
  lang: 'en',
  transfers,
  payees,
  limit,
  parts,
  banking,
  account,
  bill,
  refusals,
  fields,
  guide,
  help,
}
