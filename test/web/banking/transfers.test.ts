/** Reservations, history, registered payees and limits over real HTTP, without script. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { runReservations } from '../../../src/bank/procedures/reservation-run.ts'
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
import { type Page, type Visitor, visitor } from '../visitor.ts'

const TO_MIZUHO = {
  payee: 'new',
  bankCode: '0001',
  branchCode: '001',
  accountType: 'ordinary',
  accountNumber: '1234567',
  amount: '１，０００',
}

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

async function signedIn(wish: Parameters<TestBank['open']>[0] = {}) {
  const customer = await bank.open(wish)
  const browser = visitor(site.origin)
  const { contractId, loginPassword } = customer
  const home = await browser.submit(await browser.open('/1184/login'), {
    contractId,
    loginPassword,
  })
  expect(home.path).toBe('/1184/home')
  return { customer, browser }
}

const answers = async (customer: Customer) =>
  (await rightAnswers(bank, customer)) as Record<string, string>

async function sent(browser: Visitor, customer: Customer, change: Record<string, string> = {}) {
  const form = { ...TO_MIZUHO, fromAccount: customer.accountNumber, ...change }
  const review = await browser.submit(await browser.open('/1184/transfer'), form)
  expect([review.status, review.refusal]).toEqual([200, undefined])
  const result = await browser.submit(review, await answers(customer))
  expect(result.path).toContain('/transfer/done')
  return { review, result, receiptNo: fieldOf(result, 'receiptNo') ?? '' }
}

/** What stands in the element of the field: for machines, else for people. */
const fieldOf = ({ html }: Page, name: string): string | undefined => {
  const found = new RegExp(
    `data-field="${name}"(?: data-value="([^"]*)")?[^>]*>(?:<span[^>]*>)*([^<]*)`,
  ).exec(html)
  return found?.[1] ?? found?.[2]
}

/** Sends a form that is not the page's main one. */
const keep = (browser: Visitor, page: Page, receiptNo: string) => {
  const form = page.html.replace('class="keep-payee"', 'class="form"')
  return browser.submit(
    { ...page, html: form.slice(form.indexOf('class="form"') - 6) },
    { receiptNo },
  )
}

describe('a reservation', () => {
  test('is told in words, listed, executed on its day, and cannot be cancelled then', async () => {
    const { customer, browser } = await signedIn()
    const { review, result, receiptNo } = await sent(browser, customer, { date: '2026/11/28' })
    expect(review.html).toContain('1,000円の振込の予約')
    expect(review.html).toContain('翌営業日')
    expect(fieldOf(result, 'status')).toBe('reserved')
    expect(fieldOf(result, 'bookingDay')).toBe('2026-11-30')
    bank.clock.nowMs = Date.parse('2026-11-28T08:00:00+09:00')
    await runReservations(bank.ports, 'a run', () => {})
    const again = visitor(site.origin)
    const { contractId, loginPassword } = customer
    await again.submit(await again.open('/1184/login'), { contractId, loginPassword })
    const detail = await again.open(`/1184/transfers/${receiptNo}`)
    expect(fieldOf(detail, 'status')).toBe('executed')
    const late = await again.open(`/1184/transfers/${receiptNo}/cancel`)
    expect([late.status, late.refusal]).toEqual([422, 'out-of-order'])
  })

  test('is cancelled with the confirmation method; back and again show the same result', async () => {
    const { customer, browser } = await signedIn({ method: 'customer-card' })
    const { receiptNo } = await sent(browser, customer, { date: '2026-11-25' })
    const page = await browser.open(`/1184/transfers/${receiptNo}/cancel`)
    expect(page.html).toContain('1,000円の振込予約の取消')
    const wrong = await browser.submit(
      page,
      wrongAnswers(await rightAnswers(bank, customer)) as Record<string, string>,
    )
    expect([wrong.status, wrong.refusal]).toEqual([422, 'wrong-confirmation'])
    const done = await browser.submit(page, await answers(customer))
    expect(done.path).toBe(`/1184/transfers/${receiptNo}/cancel/done`)
    expect(fieldOf(done, 'status')).toBe('cancelled')
    expect(fieldOf(done, 'receiptNo')).not.toBe(receiptNo)
    const again = await browser.submit(page, { card1: '00' })
    expect(fieldOf(again, 'receiptNo')).toBe(fieldOf(done, 'receiptNo'))
    const history = await browser.open('/1184/transfers?status=cancelled')
    expect(fieldOf(history, 'receiptNo')).toBe(receiptNo)
  })

  test('of another customer is not there, and one of a bad day is refused at the date', async () => {
    const { customer, browser } = await signedIn()
    const { receiptNo } = await sent(browser, customer, { date: '2026-11-25' })
    const stranger = await signedIn()
    for (const path of ['', '/cancel', '/cancel/done']) {
      const page = await stranger.browser.open(`/1184/transfers/${receiptNo}${path}`)
      expect(page.status).toBe(404)
    }
    for (const date of [
      '2026-11-23',
      '2026-12-25',
      '2026-02-30',
      '来週',
      '\ud800',
      '9'.repeat(99),
    ]) {
      const form = { ...TO_MIZUHO, fromAccount: customer.accountNumber, date }
      const page = await browser.submit(await browser.open('/1184/transfer'), form)
      expect([page.status, page.refusal]).toEqual([422, 'invalid-input'])
      expect(page.html).toContain('id="field-date-error"')
    }
  })
})

describe('the history', () => {
  test('finds by period, payee, status and amount, in pages', async () => {
    const { customer, browser } = await signedIn()
    for (let place = 0; place < 22; place += 1) {
      const { send } = await reviewed(bank, customer, undefined, { amount: String(100 + place) })
      expect((await send()).ok).toBe(true)
    }
    const amounts = async (query: string) => {
      const page = await browser.open(`/1184/transfers${query}`)
      const found = page.html.matchAll(/data-field="amount" data-value="(\d+)"/g)
      return { page, amounts: [...found].map(([, yen]) => Number(yen)) }
    }
    const first = await amounts('')
    expect(first.amounts).toEqual(Array.from({ length: 20 }, (_, place) => 121 - place))
    const older = /href="([^"]*olderThan=\d+)"/.exec(first.page.html)?.[1]?.split('transfers')[1]
    const second = await amounts(older ?? '')
    expect(second.amounts).toEqual([101, 100])
    const newer = /href="([^"]*newerThan=\d+)"/.exec(second.page.html)?.[1]?.split('transfers')[1]
    expect((await amounts(newer ?? '')).amounts).toEqual(first.amounts)
    expect((await amounts('?leastYen=105&mostYen=１０６')).amounts).toEqual([106, 105])
    expect((await amounts('?searchedPayee=みずほたろ&leastYen=121')).amounts).toEqual([121])
    expect((await amounts('?searchedPayee=%25')).amounts).toEqual([])
    expect((await amounts('?status=reserved')).amounts).toEqual([])
    expect((await amounts('?fromDay=2026-11-25')).amounts).toEqual([])
    expect((await amounts('?toDay=2026-11-24&mostYen=100')).amounts).toEqual([100])
  })

  test.each([
    ['fromDay=2026-13-01', 'fromDay'],
    ['toDay=x', 'toDay'],
    ['status=constructor', 'status'],
    ['kind=toString', 'kind'],
    ['leastYen=-1', 'leastYen'],
    ['mostYen=99999999999', 'mostYen'],
    [`searchedPayee=${'あ'.repeat(31)}`, 'searchedPayee'],
  ])('refuses %s at its field', async (query, field) => {
    const { browser } = await signedIn()
    const page = await browser.open(`/1184/transfers?${query}`)
    expect([page.status, page.refusal]).toEqual([422, 'invalid-input'])
    expect(page.html).toContain(`id="field-${field}-error"`)
  })

  test('ignores a page that is none', async () => {
    const { browser } = await signedIn()
    const page = await browser.open(`/1184/transfers?olderThan=${'9'.repeat(40)}&newerThan=x`)
    expect(page.status).toBe(200)
  })
})

describe('registered payees', () => {
  test('kept after a transfer, picked, removed after a question', async () => {
    const { customer, browser } = await signedIn()
    const { result, receiptNo } = await sent(browser, customer)
    const kept = await keep(browser, result, receiptNo)
    expect(kept.path).toBe('/1184/payees?notice=kept')
    const payee = fieldOf(kept, 'payee') ?? ''
    expect(payee).toMatch(/^[\w-]{22}$/)
    const form = await browser.open(`/1184/transfer?payee=${payee}`)
    expect(form.html).toMatch(new RegExp(`value="${payee}" checked`))
    const review = await browser.submit(form, {
      payee,
      fromAccount: customer.accountNumber,
      amount: '500',
    })
    expect(fieldOf(review, 'payeeName')).toBe('ミズホ　タロウ')
    const asked = await browser.open(`/1184/payees/${payee}/remove`)
    const removed = await browser.submit(asked, {})
    expect(removed.path).toBe('/1184/payees?notice=removed')
    const again = await browser.submit(asked, {})
    expect(again.path).toBe('/1184/payees?notice=removed')
    expect((await browser.open(`/1184/payees/${payee}/remove`)).status).toBe(404)
  })
})

describe('the daily limit', () => {
  test('is lowered at once and can be raised only with a token', async () => {
    const { customer, browser } = await signedIn()
    const page = await browser.open('/1184/settings/limit')
    expect(fieldOf(page, 'dailyLimit')).toBe('100000')
    const review = await browser.submit(page, { dailyLimit: '３０，０００' })
    expect(review.html).toContain('30,000円に下げる')
    const done = await browser.submit(review, await answers(customer))
    expect(fieldOf(done, 'dailyLimit')).toBe('30000')
    expect(fieldOf(await browser.open('/1184/home'), 'limitLeft')).toBe('30000')
    const raise = await browser.submit(page, { dailyLimit: '40000' })
    expect([raise.status, raise.refusal]).toEqual([422, 'no-token'])
    const odd = await browser.submit(page, { dailyLimit: '沢山' })
    expect([odd.status, odd.refusal]).toEqual([422, 'invalid-input'])
    expect(odd.html).toContain('value="沢山"')
  })
})
