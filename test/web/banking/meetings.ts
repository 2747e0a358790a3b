/** How a customer comes to meet every refusal that the bank knows: complete by its type. */
import { suspendToken } from '../../../src/bank/procedures/token-suspend.ts'
import type { CustomerRefusal } from '../../../src/bank/refusal.ts'
import { openPool } from '../../../src/store/connection.ts'
import { storeOn } from '../../../src/store/store.ts'
import type { HelpTopic } from '../../../src/web/help-topics.ts'
import { wrongCodes } from '../../bank/held-token.ts'
import { DAY_MS, request, wrongAnswers } from '../../bank/test-bank.ts'
import { serveBanking } from '../http.ts'
import type { Page } from '../visitor.ts'
import {
  type Counter,
  credentialsOf,
  type Met,
  type SomeoneAtTheBank,
  toReview,
} from './counter.ts'

export type Meeting = (counter: Counter) => Promise<Met>

/** 利用開始 with a serial that cannot be started. */
async function started(counter: Counter, serial: string, at?: SomeoneAtTheBank): Promise<Met> {
  const { customer, browser, send } = at ?? (await counter.someone())
  const form = await send('/otp/start', credentialsOf(customer))
  const typed = {
    serial,
    otp: '123456',
    otpAtLogin: 'required',
    ...(await counter.answersOf(customer)),
  }
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
export const MEETINGS: Readonly<Record<CustomerRefusal, Meeting>> = {
  'wrong-credentials': async (counter) => {
    const at = await counter.someone()
    const page = await at.send('/login', { ...credentialsOf(at.customer), loginPassword: 'Wrong1' })
    return { ...at, page }
  },
  'wrong-code': async (counter) => {
    const token = await counter.bank.makeToken()
    const at = await counter.signedIn({ token })
    const [otp = ''] = wrongCodes(token, counter.bank.clock.now(), 1)
    return { ...at, page: await at.browser.submit(await toReview(at), { otp }) }
  },
  'code-already-used': async (counter) => {
    const token = await counter.bank.makeToken()
    const at = await counter.signedIn({ token })
    await at.browser.submit(await toReview(at), { otp: counter.codeOf(token) })
    return {
      ...at,
      page: await at.browser.submit(await toReview(at), { otp: counter.codeOf(token) }),
    }
  },
  'wrong-confirmation': async (counter) => {
    const at = await counter.signedIn()
    const review = await toReview(at)
    const wrong = wrongAnswers(await counter.answersOf(at.customer)) as Record<string, string>
    return { ...at, page: await at.browser.submit(review, wrong) }
  },
  'locked-password': async (counter) => {
    const at = await counter.someone()
    const wrong = { ...credentialsOf(at.customer), loginPassword: 'Wrong1' }
    const login = await at.open('/login')
    const sent = [...Array(6).fill(wrong), credentialsOf(at.customer)]
    return { ...at, page: await sentTooOften(login, at, sent) }
  },
  'locked-code': async (counter) => {
    const token = await counter.bank.makeToken()
    const at = await counter.signedIn({ token })
    const wrong = wrongCodes(token, counter.bank.clock.now(), 10).map((otp) => ({ otp }))
    const sent = [...wrong, { otp: counter.codeOf(token) }]
    return { ...at, page: await sentTooOften(await toReview(at), at, sent) }
  },
  'locked-confirmation': async (counter) => {
    const at = await counter.signedIn()
    const review = await toReview(at)
    const right = await counter.answersOf(at.customer)
    const sent = [...Array(6).fill(wrongAnswers(right)), right]
    return { ...at, page: await sentTooOften(review, at, sent) }
  },
  frozen: async (counter) => {
    const at = await counter.signedIn()
    await at.send('/freeze', {})
    return { ...at, page: await toReview(at) }
  },
  'token-suspended': async (counter) => {
    const token = await counter.bank.makeToken()
    const at = await counter.signedIn({ token })
    const bankStaff = { ...request, actor: { kind: 'api', id: 'test' } } as const
    const suspended = await suspendToken(counter.bank.ports, bankStaff, token.serial)
    if (!suspended.ok) throw new Error(suspended.refusal)
    return {
      ...at,
      page: await at.browser.submit(await toReview(at), { otp: counter.codeOf(token) }),
    }
  },
  'serial-unknown': (counter) => started(counter, 'GM00000000'),
  'serial-not-yours': (counter) => started(counter, '2V0716016FK2'),
  'serial-in-use': async (counter) => {
    const at = await counter.someone()
    const shippedTo = at.customer.contractId
    const own = { type: 'HW', issuer: '1184', state: 'active', shippedTo } as const
    return started(counter, (await counter.bank.makeToken(own)).serial, at)
  },
  'type-closed': async (counter) =>
    started(counter, (await counter.bank.makeToken({ type: 'PC', state: 'provisioned' })).serial),
  'same-serial': async (counter) => {
    const token = await counter.bank.makeToken()
    const at = await counter.someone({ token })
    const current = await at.send('/otp/exchange', credentialsOf(at.customer))
    const form = await at.browser.submit(current, { otp: counter.codeOf(token) })
    const typed = { serial: token.serial, otp: counter.codeOf(token) }
    return { ...at, page: await at.browser.submit(form, typed) }
  },
  'no-token': async (counter) => {
    const at = await counter.someone()
    return { ...at, page: await at.send('/otp/exchange', credentialsOf(at.customer)) }
  },
  'has-token': async (counter) => {
    const at = await counter.someone({ token: await counter.bank.makeToken() })
    return { ...at, page: await at.send('/otp/start', credentialsOf(at.customer)) }
  },
  'limit-exceeded': async (counter) => {
    const at = await counter.signedIn()
    return { ...at, page: await toReview(at, { amount: '100001' }) }
  },
  'insufficient-funds': async (counter) => {
    const at = await counter.signedIn({ balanceYen: 500 })
    return { ...at, page: await toReview(at) }
  },
  'unknown-payee': async (counter) => {
    const at = await counter.signedIn()
    return { ...at, page: await toReview(at, { accountNumber: '9999999' }) }
  },
  'unknown-bill': async (counter) => {
    const at = await counter.signedIn()
    return { ...at, page: await at.send('/bill', { ...SLIP, confirmationNo: '4712' }) }
  },
  'already-paid': async (counter) => {
    const at = await counter.signedIn()
    const review = await at.send('/bill', SLIP)
    const fromAccount = at.customer.accountNumber
    await at.browser.submit(review, { fromAccount, ...(await counter.answersOf(at.customer)) })
    return { ...at, page: await at.send('/bill', SLIP) }
  },
  'draft-expired': async (counter) => {
    const at = await counter.someone()
    const form = await at.send('/otp/start', credentialsOf(at.customer))
    counter.bank.clock.nowMs += DAY_MS
    return { ...at, page: await at.browser.submit(form, { serial: 'GM00000000' }) }
  },
  'out-of-order': async (counter) => {
    const at = await counter.signedIn()
    return { ...at, page: await at.open('/transfer/review') }
  },
  'invalid-input': async (counter) => {
    const at = await counter.signedIn()
    return { ...at, page: await toReview(at, { amount: '千円' }) }
  },
  'too-many-requests': async (counter) => {
    const at = await counter.signedIn()
    const wrong = { ...SLIP, confirmationNo: '1' }
    return { ...at, page: await sentTooOften(await at.open('/bill'), at, Array(11).fill(wrong)) }
  },
  unavailable: async (counter) => {
    const pool = openPool({ connectionString: 'postgres://x@127.0.0.1:1/x', max: 2 }, () => {})
    const away = storeOn(pool)
    // The bank's own profile was read before, as it is for five seconds.
    const tables = { ...away.tables, banks: counter.bank.ports.store.tables.banks }
    const broken = await serveBanking({ ...counter.bank.ports, store: { ...away, tables } })
    try {
      const browser = await counter.visitorOf(broken.origin)
      const login = await browser.open('/1184/login')
      const typed = { contractId: '10000000001', loginPassword: 'Ichido01' }
      return { browser, page: await browser.submit(login, typed) }
    } finally {
      await broken.close()
      await pool.end()
    }
  },
}

/** Pages at which another trouble than elsewhere explains a wrong code. */
const wrongAt =
  (path: string, more: Record<string, string> = {}): Meeting =>
  async (counter) => {
    const token = await counter.bank.makeToken()
    const at = await counter.someone({ token })
    const form = await at.send(path, credentialsOf(at.customer))
    const [otp = ''] = wrongCodes(token, counter.bank.clock.now(), 1)
    return { ...at, page: await at.browser.submit(form, { otp, ...more }) }
  }

/** For each trouble of the help page, how a customer in it meets a refusal that leads there. */
export const TROUBLES: Readonly<Record<HelpTopic, Meeting>> = {
  'old-phone': wrongAt('/otp/exchange'),
  'app-deleted': MEETINGS['serial-unknown'],
  'token-silent': MEETINGS['token-suspended'],
  'code-refused': MEETINGS['wrong-code'],
  clock: wrongAt('/otp/resync', { nextOtp: '000000' }),
  'card-lost': MEETINGS['wrong-confirmation'],
  locked: MEETINGS['locked-code'],
  phishing: MEETINGS['code-already-used'],
  limit: MEETINGS['limit-exceeded'],
  unclear: MEETINGS['already-paid'],
}
