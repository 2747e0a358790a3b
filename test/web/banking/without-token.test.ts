/** Customers without a token pay by their own confirmation method, and see when they last came. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  type Customer,
  MORNING_MS,
  openTestBank,
  type TestBank,
  tracesOf,
  wrongAnswers,
} from '../../bank/test-bank.ts'
import { type Site, serveBanking } from '../http.ts'
import type { Page } from '../visitor.ts'
import { type Counter, counterOf, credentialsOf, toReview } from './counter.ts'

let bank: TestBank
let site: Site
let counter: Counter
beforeAll(async () => {
  bank = await openTestBank()
  site = await serveBanking(bank.ports)
  counter = counterOf(bank, site)
})
afterAll(async () => {
  await site.close()
  await bank.close()
})
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})

/** What the page asks, answered from what is printed on the customer's own card. */
const answersTo = ({ positions }: Page, { cells }: Customer): Record<string, string> =>
  Object.fromEntries(
    Object.entries(positions).map(([field, position]) => [field, cells[position - 1] ?? '']),
  )

describe.each([
  ['confirmation-password', /^confirm\d$/, 3],
  ['customer-card', /^card\d$/, 4],
  ['image-card', /^image\d$/, 2],
] as const)('by %s', (method, field, asked) => {
  test('a transfer: the review asks, a wrong answer counts, the right one sends', async () => {
    const at = await counter.signedIn({ method })
    const review = await toReview(at, { amount: '1500' })
    expect(review.path).toContain('/1184/transfer/review')
    expect(review.html).not.toContain('name="otp"')
    const names = Object.keys(review.positions)
    expect(names).toHaveLength(asked)
    for (const name of names) expect(name).toMatch(field)

    const right = answersTo(review, at.customer)
    const wrong = wrongAnswers(right) as Record<string, string>
    const again = await at.browser.submit(review, wrong)
    expect([again.refusal, again.status]).toEqual(['wrong-confirmation', 422])
    // The same positions are asked again: else a guesser would wait for those that he knows.
    expect(again.positions).toEqual(review.positions)
    const done = await at.browser.submit(again, right)
    expect(done.path).toContain('/1184/transfer/done')
    expect(done.html).toContain('data-field="status" data-value="executed"')
    const { transfers, accounts } = await tracesOf(bank, at.customer)
    expect(transfers).toHaveLength(1)
    expect(accounts[0].balance_yen).toBe(1_000_000 - 1500)
  })
})

const choicesOf = ({ html }: Page, name: string): string[] =>
  [...html.matchAll(/<input type="radio"[^>]*>/g)]
    .filter(([tag]) => tag.includes(`name="${name}"`))
    .map(([tag]) => /value="([^"]*)"/.exec(tag)?.[1] ?? '')

test('a payee at another bank: chosen among banks and branches, and named by the customer', async () => {
  const at = await counter.signedIn()
  const typed = { bankCode: 'みず', branchCode: '中央', accountNumber: '7654321' }
  const banks = await toReview(at, typed)
  expect([banks.refusal, banks.status, banks.path]).toEqual([
    'invalid-input',
    422,
    '/1184/transfer',
  ])
  expect(choicesOf(banks, 'bankCode')).toEqual(expect.arrayContaining(['0001']))
  expect(choicesOf(banks, 'bankCode').length).toBeGreaterThan(1)

  const branches = await toReview(at, { ...typed, bankCode: '0001' })
  const [branchCode = '', other] = choicesOf(branches, 'branchCode')
  expect([branches.refusal, typeof other]).toEqual(['invalid-input', 'string'])
  expect(choicesOf(branches, 'bankCode')).toEqual([])

  const chosen = { ...typed, bankCode: '0001', branchCode }
  const unnamed = await toReview(at, chosen)
  expect([unnamed.refusal, unnamed.status]).toEqual(['unknown-payee', 422])
  expect(unnamed.html).toContain('name="payeeName"')
  const review = await toReview(at, { ...chosen, payeeName: 'ｼﾗｶﾜ ｼﾞﾛｳ' })
  expect(review.html).toMatch(/data-field="payeeName"[^>]*>(?:<span[^>]*>)*シラカワ ジロウ/)
  const done = await at.browser.submit(review, answersTo(review, at.customer))
  expect(done.path).toContain('/1184/transfer/done')
})

test('a bill: paid by the same answers on its own review', async () => {
  const at = await counter.signedIn({ method: 'image-card' })
  const slip = { billerNo: '58191', customerNo: '20261122', confirmationNo: '4711' }
  const review = await at.send('/bill', slip)
  const fromAccount = at.customer.accountNumber
  const done = await at.browser.submit(review, { fromAccount, ...answersTo(review, at.customer) })
  expect(done.path).toContain('/1184/bill/done')
})

test('前回ログイン日時 on the home page: none at first, then that of the login before', async () => {
  const lastLogin = /data-field="lastLogin" data-value="([^"]+)"[^>]*>([^<]+)</
  const at = await counter.someone()
  const home = () => at.send('/login', credentialsOf(at.customer))
  expect((await home()).html).toContain('はじめてのログインです。')
  bank.clock.nowMs += 3_600_000
  const second = lastLogin.exec((await home()).html)
  expect(second?.slice(1)).toEqual(['2026-11-24T01:00:00.000Z', '2026年11月24日 10:00'])
  bank.clock.nowMs += 3_600_000
  const third = lastLogin.exec((await home()).html)
  expect(third?.slice(1)).toEqual(['2026-11-24T02:00:00.000Z', '2026年11月24日 11:00'])
})
