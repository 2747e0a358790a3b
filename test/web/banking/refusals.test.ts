/**
 * Every refusal that the bank knows can be met from the outside, and its page tells it in words
 * with a way out. The table is complete by its type.
 */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { suspendToken } from '../../../src/bank/procedures/token-suspend.ts'
import type { CustomerRefusal } from '../../../src/bank/refusal.ts'
import { openPool } from '../../../src/store/connection.ts'
import { storeOn } from '../../../src/store/store.ts'
import { helpTopicOf } from '../../../src/web/help-topics.ts'
import { REFUSAL_STATUS } from '../../../src/web/refusals.ts'
import { english } from '../../../src/web/words/english.ts'
import { japanese } from '../../../src/web/words/words.ts'
import { codeAt, type HeldToken, wrongCodes } from '../../bank/held-token.ts'
import {
  type Customer,
  type CustomerWish,
  DAY_MS,
  MORNING_MS,
  openTestBank,
  request,
  rightAnswers,
  type TestBank,
  wrongAnswers,
} from '../../bank/test-bank.ts'
import { type Site, serveBanking } from '../http.ts'
import { type Page, type Visitor, visitor } from '../visitor.ts'

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

interface Met {
  readonly browser: Visitor
  readonly page: Page
}

interface SomeoneAtTheBank {
  readonly customer: Customer
  readonly browser: Visitor
  open(path: string): Promise<Page>
  /** The form of that page, filled in. */
  send(path: string, fields: Record<string, string>): Promise<Page>
}

async function someone(wish: CustomerWish = {}): Promise<SomeoneAtTheBank> {
  const customer = await bank.open(wish)
  const browser = visitor(site.origin)
  const open = (path: string) => browser.open(`/1184${path}`)
  return { customer, browser, open, send: async (path, f) => browser.submit(await open(path), f) }
}

async function signedIn(wish: CustomerWish = {}): Promise<SomeoneAtTheBank> {
  const at = await someone(wish)
  expect((await at.send('/login', credentialsOf(at.customer))).path).toBe('/1184/home')
  return at
}

const credentialsOf = ({ contractId, loginPassword }: Customer) => ({ contractId, loginPassword })

const answersOf = async (customer: Customer) =>
  (await rightAnswers(bank, customer)) as Record<string, string>

const codeOf = (token: HeldToken) => codeAt(token, bank.clock.now())

const PAYEE = {
  bankCode: '1184',
  branchCode: '001',
  accountType: 'ordinary',
  accountNumber: '0000021',
}

const toReview = (at: SomeoneAtTheBank, change: Record<string, string> = {}): Promise<Page> =>
  at.send('/transfer', {
    ...PAYEE,
    fromAccount: at.customer.accountNumber,
    amount: '1000',
    ...change,
  })

/** 利用開始 with a serial that cannot be started. */
async function started(serial: string, at?: SomeoneAtTheBank): Promise<Met> {
  const { customer, browser, send } = at ?? (await someone())
  const form = await send('/otp/start', credentialsOf(customer))
  const typed = { serial, otp: '123456', otpAtLogin: 'required', ...(await answersOf(customer)) }
  return { browser, page: await browser.submit(form, typed) }
}

/** The same form again and again, until the counter stands; then once more. */
async function sentTooOften(
  form: Page,
  { browser }: SomeoneAtTheBank,
  wrong: Record<string, string>[],
) {
  let page = form
  for (const fields of wrong) page = await browser.submit(page, fields)
  return page
}

const SLIP = { billerNo: '58191', customerNo: '20261122', confirmationNo: '4711' }

/** How a customer comes to meet each of them. */
const MEETINGS: Readonly<Record<CustomerRefusal, () => Promise<Met>>> = {
  'wrong-credentials': async () => {
    const at = await someone()
    const page = await at.send('/login', { ...credentialsOf(at.customer), loginPassword: 'Wrong1' })
    return { ...at, page }
  },
  'wrong-code': async () => {
    const token = await bank.makeToken()
    const at = await signedIn({ token })
    const [otp = ''] = wrongCodes(token, bank.clock.now(), 1)
    return { ...at, page: await at.browser.submit(await toReview(at), { otp }) }
  },
  'code-already-used': async () => {
    const token = await bank.makeToken()
    const at = await signedIn({ token })
    await at.browser.submit(await toReview(at), { otp: codeOf(token) })
    return { ...at, page: await at.browser.submit(await toReview(at), { otp: codeOf(token) }) }
  },
  'wrong-confirmation': async () => {
    const at = await signedIn()
    const review = await toReview(at)
    const wrong = wrongAnswers(await answersOf(at.customer)) as Record<string, string>
    return { ...at, page: await at.browser.submit(review, wrong) }
  },
  'locked-password': async () => {
    const at = await someone()
    const wrong = { ...credentialsOf(at.customer), loginPassword: 'Wrong1' }
    const login = await at.open('/login')
    const sent = [...Array(6).fill(wrong), credentialsOf(at.customer)]
    return { ...at, page: await sentTooOften(login, at, sent) }
  },
  'locked-code': async () => {
    const token = await bank.makeToken()
    const at = await signedIn({ token })
    const wrong = wrongCodes(token, bank.clock.now(), 10).map((otp) => ({ otp }))
    const sent = [...wrong, { otp: codeOf(token) }]
    return { ...at, page: await sentTooOften(await toReview(at), at, sent) }
  },
  'locked-confirmation': async () => {
    const at = await signedIn()
    const review = await toReview(at)
    const right = await answersOf(at.customer)
    const sent = [...Array(6).fill(wrongAnswers(right)), right]
    return { ...at, page: await sentTooOften(review, at, sent) }
  },
  frozen: async () => {
    const at = await signedIn()
    await at.send('/freeze', {})
    return { ...at, page: await toReview(at) }
  },
  'token-suspended': async () => {
    const token = await bank.makeToken()
    const at = await signedIn({ token })
    const bankStaff = { ...request, actor: { kind: 'api', id: 'test' } } as const
    expect(await suspendToken(bank.ports, bankStaff, token.serial)).toMatchObject({ ok: true })
    return { ...at, page: await at.browser.submit(await toReview(at), { otp: codeOf(token) }) }
  },
  'serial-unknown': () => started('GM00000000'),
  'serial-not-yours': () => started('2V0716016FK2'),
  'serial-in-use': async () => {
    const at = await someone()
    const shippedTo = at.customer.contractId
    const own = { type: 'HW', issuer: '1184', state: 'active', shippedTo } as const
    return started((await bank.makeToken(own)).serial, at)
  },
  'type-closed': async () =>
    started((await bank.makeToken({ type: 'PC', state: 'provisioned' })).serial),
  'same-serial': async () => {
    const token = await bank.makeToken()
    const at = await someone({ token })
    const current = await at.send('/otp/exchange', credentialsOf(at.customer))
    const form = await at.browser.submit(current, { otp: codeOf(token) })
    const typed = { serial: token.serial, otp: codeOf(token) }
    return { ...at, page: await at.browser.submit(form, typed) }
  },
  'no-token': async () => {
    const at = await someone()
    return { ...at, page: await at.send('/otp/exchange', credentialsOf(at.customer)) }
  },
  'has-token': async () => {
    const at = await someone({ token: await bank.makeToken() })
    return { ...at, page: await at.send('/otp/start', credentialsOf(at.customer)) }
  },
  'limit-exceeded': async () => {
    const at = await signedIn()
    return { ...at, page: await toReview(at, { amount: '100001' }) }
  },
  'insufficient-funds': async () => {
    const at = await signedIn({ balanceYen: 500 })
    return { ...at, page: await toReview(at) }
  },
  'unknown-payee': async () => {
    const at = await signedIn()
    return { ...at, page: await toReview(at, { accountNumber: '9999999' }) }
  },
  'unknown-bill': async () => {
    const at = await signedIn()
    return { ...at, page: await at.send('/bill', { ...SLIP, confirmationNo: '4712' }) }
  },
  'already-paid': async () => {
    const at = await signedIn()
    const review = await at.send('/bill', SLIP)
    const fromAccount = at.customer.accountNumber
    await at.browser.submit(review, { fromAccount, ...(await answersOf(at.customer)) })
    return { ...at, page: await at.send('/bill', SLIP) }
  },
  'draft-expired': async () => {
    const at = await someone()
    const form = await at.send('/otp/start', credentialsOf(at.customer))
    bank.clock.nowMs += DAY_MS
    return { ...at, page: await at.browser.submit(form, { serial: 'GM00000000' }) }
  },
  'out-of-order': async () => {
    const at = await signedIn()
    return { ...at, page: await at.open('/transfer/review') }
  },
  'invalid-input': async () => {
    const at = await signedIn()
    return { ...at, page: await toReview(at, { amount: '千円' }) }
  },
  'too-many-requests': async () => {
    const at = await signedIn()
    const wrong = { ...SLIP, confirmationNo: '1' }
    return { ...at, page: await sentTooOften(await at.open('/bill'), at, Array(11).fill(wrong)) }
  },
  unavailable: async () => {
    const pool = openPool({ connectionString: 'postgres://x@127.0.0.1:1/x', max: 2 }, () => {})
    const away = storeOn(pool)
    // The bank's own profile was read before, as it is for five seconds.
    const tables = { ...away.tables, banks: bank.ports.store.tables.banks }
    const broken = await serveBanking({ ...bank.ports, store: { ...away, tables } })
    try {
      const browser = visitor(broken.origin)
      const login = await browser.open('/1184/login')
      const typed = { contractId: '10000000001', loginPassword: 'Ichido01' }
      return { browser, page: await browser.submit(login, typed) }
    } finally {
      await broken.close()
      await pool.end()
    }
  },
}

const alertOf = ({ html }: Page): string => {
  const [, alert = ''] =
    /<div class="banner banner--error"(.*?)(?:<\/div><(?!p)|<form|<\/main>)/s.exec(html) ?? []
  return alert
}

const textOf = (html: string): string => html.replace(/<[^>]*>/g, ' ')

test.each(Object.keys(MEETINGS) as CustomerRefusal[])('%s', async (refusal) => {
  const { browser, page } = await MEETINGS[refusal]()
  expect([page.refusal, page.status]).toEqual([refusal, REFUSAL_STATUS[refusal]])
  const alert = alertOf(page)
  expect(alert).toContain('role="alert"')
  // 1. In words: what happened, and what to do about it.
  const heading = textOf(/<h2[^>]*>(.*?)<\/h2>/s.exec(alert)?.[1] ?? '').trim()
  const wayOut = textOf(/<p>(.*?)<\/p>/s.exec(alert)?.[1] ?? '').trim()
  expect(heading.length).toBeGreaterThan(5)
  expect(wayOut.length).toBeGreaterThan(10)
  // 2. Where it ends in a call, whom to call.
  if (wayOut.includes('電話')) expect(alert).toContain('0248-23-4513')
  // 3. A link to the field, to the page where the way out begins, to the explanation: each exists.
  for (const [, id = ''] of alert.matchAll(/href="#([^"]+)"/g)) {
    expect(page.html).toContain(`id="${id}"`)
  }
  for (const [, href = ''] of alert.matchAll(/href="(\/1184\/[^"]+)"/g)) {
    if (refusal === 'unavailable') break
    const [path = '', anchor] = href.split('#')
    const there = await browser.open(path)
    expect(there.status).toBe(200)
    if (anchor !== undefined) expect(there.html).toContain(`id="${anchor}"`)
  }
  const topic = helpTopicOf(refusal)
  if (topic !== undefined) expect(alert).toContain(`/1184/help#${topic}`)
  // 4. The page leads on: a form, or a button out of the dead end.
  expect(page.html).toMatch(/<form class="form"|class="button button--primary" href=/)
})

test('in English each has its words, too', async () => {
  expect(Object.keys(english.refusals)).toEqual(Object.keys(japanese.refusals))
  const { browser, page: before } = await MEETINGS['wrong-credentials']()
  await browser.open('/1184/display?lang=en')
  const page = await browser.submit(before, { contractId: 'T99999999', loginPassword: 'Wrong1' })
  expect(alertOf(page)).toContain(english.refusals['wrong-credentials'].heading)
})
