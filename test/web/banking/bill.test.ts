/** The pages of 収納サービス over real HTTP, as a browser without script takes them. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { issueBill, reviewedBill } from '../../bank/procedures/bill-payment-steps.ts'
import { reviewed } from '../../bank/procedures/transfer-steps.ts'
import {
  type Customer,
  MORNING_MS,
  openTestBank,
  rightAnswers,
  type TestBank,
  wrongAnswers,
} from '../../bank/test-bank.ts'
import { type Site, serveBanking } from '../http.ts'
import { type Visitor, visitor } from '../visitor.ts'

const BILL = '/1184/bill'

let bank: TestBank
let site: Site
beforeAll(async () => {
  bank = await openTestBank()
  site = await serveBanking(bank.ports)
})
afterAll(async () => {
  await site.close()
  await bank.close()
})
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})

async function signedIn(customer: Customer): Promise<Visitor> {
  const browser = visitor(site.origin)
  const { contractId, loginPassword } = customer
  const home = await browser.submit(await browser.open('/1184/login'), {
    contractId,
    loginPassword,
  })
  expect(home.path).toBe('/1184/home')
  return browser
}

/** A customer who has logged in, before the review of a bill of 5,000 yen. */
async function atReview(wish: Parameters<TestBank['open']>[0] = {}) {
  const customer = await bank.open(wish)
  const numbers = await issueBill(bank)
  const browser = await signedIn(customer)
  const review = await browser.submit(await browser.open(BILL), { ...numbers })
  expect([review.status, review.refusal]).toEqual([200, undefined])
  return { customer, numbers, browser, review }
}

/** What stands in the element of the field: for machines, else for people. */
const fieldOf = (html: string, name: string): string | undefined => {
  const found = new RegExp(
    `data-field="${name}"(?: data-value="([^"]*)")?[^>]*>(?:<span[^>]*>)*([^<]*)`,
  ).exec(html)
  return found?.[1] ?? found?.[2]
}

const billed = async (numbers: Parameters<typeof reviewedBill>[3]) =>
  (await bank.ports.store.tables.bills.find(numbers))?.paid

test('from the slip to the receipt; then the payment stands at the foot of the form', async () => {
  const { customer, numbers, browser, review } = await atReview()
  expect(review.path).toMatch(/^\/1184\/bill\/review\?draft=[\w-]+$/)
  expect(fieldOf(review.html, 'amount')).toBe('5000')
  expect(fieldOf(review.html, 'billerName')).toBe('白河市水道部（デモ）')
  // In large letters above the confirmation fields: what they will authorise.
  const operation = review.html.indexOf('class="operation"')
  expect(operation).toBeGreaterThan(0)
  expect(operation).toBeLessThan(review.html.indexOf('data-position'))
  const fromAccount = customer.accountNumber
  const done = await browser.submit(review, {
    fromAccount,
    ...(await rightAnswers(bank, customer)),
  } as Record<string, string>)
  expect(done.path).toMatch(/^\/1184\/bill\/done\?draft=/)
  expect(fieldOf(done.html, 'receiptNo')).toMatch(/^\d{7,}$/)
  expect(fieldOf(done.html, 'receivedAt')).toBe(new Date(MORNING_MS).toISOString())
  expect(fieldOf(done.html, 'amount')).toBe('5000')
  expect(fieldOf(done.html, 'billerName')).toBe('白河市水道部（デモ）')
  expect(await billed(numbers)).toBe(true)
  const form = await browser.open(BILL)
  expect(fieldOf(form.html, 'receiptNo')).toBe(fieldOf(done.html, 'receiptNo'))
  // Reloading the review, or sending it again, leads to the same result.
  expect((await browser.open(review.path)).path).toBe(done.path)
  expect((await browser.submit(review, { fromAccount })).path).toBe(done.path)
})

describe('in the history', () => {
  test('a payment stands among the transfers, newest first, and is found by what it is', async () => {
    const { customer, browser, review } = await atReview()
    const transfer = async (amount: string) => {
      const { send } = await reviewed(bank, customer, undefined, { amount })
      expect((await send()).ok).toBe(true)
    }
    await transfer('4999')
    const fromAccount = customer.accountNumber
    const answers = (await rightAnswers(bank, customer)) as Record<string, string>
    const done = await browser.submit(review, { fromAccount, ...answers })
    const receiptNo = fieldOf(done.html, 'receiptNo') ?? ''
    await transfer('5001')
    const amounts = async (query: string) => {
      const page = await browser.open(`/1184/transfers${query}`)
      const found = page.html.matchAll(/data-field="amount" data-value="(\d+)"/g)
      return [...found].map(([, yen]) => Number(yen))
    }
    expect(await amounts('')).toEqual([5001, 5000, 4999])
    expect(await amounts('?kind=bill')).toEqual([5000])
    expect(await amounts('?kind=transfer')).toEqual([5001, 4999])
    // As it is written, with the brackets of another width, and nothing that it is not.
    expect(await amounts(`?searchedPayee=${encodeURIComponent('水道部(デモ')}`)).toEqual([5000])
    expect(await amounts(`?searchedPayee=${encodeURIComponent('でも')}`)).toEqual([5000])
    expect(await amounts('?status=reserved')).toEqual([])
    expect(await amounts('?fromDay=2026-11-24&toDay=2026-11-24&kind=bill')).toEqual([5000])
    expect(await amounts('?toDay=2026-11-23')).toEqual([])
    expect(await amounts(`?olderThan=${receiptNo}`)).toEqual([4999])
    expect(await amounts(`?newerThan=${receiptNo}`)).toEqual([5001])

    const detail = await browser.open(`/1184/transfers/${receiptNo}`)
    expect(fieldOf(detail.html, 'billerName')).toBe('白河市水道部（デモ）')
    expect(fieldOf(detail.html, 'fromAccount')).toBe(fromAccount)
    expect(fieldOf(detail.html, 'receivedAt')).toBe(new Date(MORNING_MS).toISOString())
    const stranger = await signedIn(await bank.open())
    for (const path of [receiptNo, `${receiptNo}/cancel`, '9'.repeat(40)]) {
      expect((await stranger.open(`/1184/transfers/${path}`)).status).toBe(404)
    }
    // A payment is none that could be cancelled or whose payee could be kept.
    expect((await browser.open(`/1184/transfers/${receiptNo}/cancel`)).status).toBe(404)
  })
})

describe('refused', () => {
  test('a number that cannot be read: 422, the field named, all values kept', async () => {
    const browser = await signedIn(await bank.open())
    const typed = {
      billerNo: '581',
      customerNo: '12-34',
      confirmationNo: '９',
      paymentCategory: '',
    }
    const page = await browser.submit(await browser.open(BILL), typed)
    expect([page.status, page.refusal, page.path]).toEqual([422, 'invalid-input', BILL])
    expect(page.html).toContain('href="#field-billerNo"')
    for (const value of ['581', '12-34', '９']) expect(page.html).toContain(`value="${value}"`)
  })

  test('ten unknown bills, then 429, which says until when', async () => {
    const browser = await signedIn(await bank.open())
    const form = await browser.open(BILL)
    const typed = { billerNo: '58191', customerNo: '1', confirmationNo: '1' }
    for (let guess = 0; guess < 10; guess += 1) {
      const page = await browser.submit(form, typed)
      expect([page.status, page.refusal]).toEqual([422, 'unknown-bill'])
    }
    const stopped = await browser.submit(form, typed)
    expect([stopped.status, stopped.refusal]).toEqual([429, 'too-many-requests'])
    expect(stopped.html).toContain('明日の0時')
  })

  test('a wrong confirmation: the review again, with the account that was chosen', async () => {
    const { customer, browser, review } = await atReview()
    const answers = wrongAnswers(await rightAnswers(bank, customer)) as Record<string, string>
    const page = await browser.submit(review, { fromAccount: customer.accountNumber, ...answers })
    expect([page.status, page.refusal]).toEqual([422, 'wrong-confirmation'])
    expect(page.html).toMatch(new RegExp(`value="${customer.accountNumber}" selected`))
  })

  test('a bill that another has paid meanwhile: only the way back to the beginning', async () => {
    const { customer, numbers, browser, review } = await atReview()
    const fast = await reviewedBill(bank, await bank.open(), undefined, numbers)
    expect((await fast.send()).ok).toBe(true)
    const page = await browser.submit(review, { fromAccount: customer.accountNumber })
    expect([page.status, page.refusal]).toEqual([422, 'already-paid'])
    expect(page.html).not.toContain('class="form"')
  })

  test('without a session, in another browser, and without the key of the form', async () => {
    const { customer, browser, review } = await atReview()
    expect((await visitor(site.origin).open(BILL)).path).toBe('/1184/login?notice=ended')
    const csrf = { fromAccount: customer.accountNumber, csrf: 'forged' }
    expect((await browser.submit(review, csrf)).refusal).toBe('out-of-order')
    const elsewhere = await signedIn(customer)
    expect((await elsewhere.open(review.path)).refusal).toBe('out-of-order')
    const done = await elsewhere.open(`${BILL}/done?draft=none`)
    expect([done.status, done.refusal]).toEqual([422, 'out-of-order'])
  })
})
