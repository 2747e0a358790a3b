/** Customers of the tests at the bank's pages, over HTTP and without script. */
import { expect } from 'vitest'
import type { Lang } from '../../../src/web/parts/look.ts'
import { codeAt, type HeldToken } from '../../bank/held-token.ts'
import {
  type Customer,
  type CustomerWish,
  rightAnswers,
  type TestBank,
} from '../../bank/test-bank.ts'
import type { Site } from '../http.ts'
import { type Page, type Visitor, visitor } from '../visitor.ts'

/** A customer whom a page has just answered. */
export interface Met {
  readonly browser: Visitor
  readonly page: Page
}

export interface SomeoneAtTheBank {
  readonly customer: Customer
  readonly browser: Visitor
  open(path: string): Promise<Page>
  /** The form of that page, filled in. */
  send(path: string, fields: Record<string, string>): Promise<Page>
}

/** Who comes to that site, and in which language. */
export interface Counter {
  readonly bank: TestBank
  readonly lang: Lang
  someone(wish?: CustomerWish): Promise<SomeoneAtTheBank>
  signedIn(wish?: CustomerWish): Promise<SomeoneAtTheBank>
  /** Someone in front of another server. */
  visitorOf(origin: string): Promise<Visitor>
  codeOf(token: HeldToken): string
  answersOf(customer: Customer): Promise<Record<string, string>>
}

export function counterOf(bank: TestBank, site: Site, lang: Lang = 'ja'): Counter {
  async function visitorOf(origin: string): Promise<Visitor> {
    const browser = visitor(origin)
    if (lang !== 'ja') await browser.open(`/1184/display?lang=${lang}`)
    return browser
  }
  async function someone(wish: CustomerWish = {}): Promise<SomeoneAtTheBank> {
    const customer = await bank.open(wish)
    const browser = await visitorOf(site.origin)
    const open = (path: string) => browser.open(`/1184${path}`)
    return { customer, browser, open, send: async (path, f) => browser.submit(await open(path), f) }
  }
  return {
    bank,
    lang,
    someone,
    visitorOf,
    async signedIn(wish = {}) {
      const at = await someone(wish)
      expect((await at.send('/login', credentialsOf(at.customer))).path).toBe('/1184/home')
      return at
    },
    codeOf: (token) => codeAt(token, bank.clock.now()),
    answersOf: async (customer) => (await rightAnswers(bank, customer)) as Record<string, string>,
  }
}

export const credentialsOf = ({ contractId, loginPassword }: Customer) => ({
  contractId,
  loginPassword,
})

const PAYEE = {
  bankCode: '1184',
  branchCode: '001',
  accountType: 'ordinary',
  accountNumber: '0000021',
}

/** The review of a transfer within the bank, or what comes instead. */
export const toReview = (
  at: SomeoneAtTheBank,
  change: Record<string, string> = {},
): Promise<Page> =>
  at.send('/transfer', {
    ...PAYEE,
    fromAccount: at.customer.accountNumber,
    amount: '1000',
    ...change,
  })
