/**
 * What needs two people and is about one customer: 再発行, 利用停止の解除, 取引中止の解除, 限度額の制限の解除,
 * カードとパスワードの再発行. Each done, refused, replayed, two at once.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cellsOf } from '../../../src/bank/confirmation.ts'
import type { FourEyesAct } from '../../../src/bank/four-eyes.ts'
import { dailyLimitYen } from '../../../src/bank/money.ts'
import { cardReissue } from '../../../src/bank/procedures/card-reissue.ts'
import { beginEnrolment } from '../../../src/bank/procedures/enrolment.ts'
import { printLetter } from '../../../src/bank/procedures/letter-printing.ts'
import { limitLift } from '../../../src/bank/procedures/limit-lift.ts'
import { login } from '../../../src/bank/procedures/login.ts'
import { passwordReissue } from '../../../src/bank/procedures/password-reissue.ts'
import { reissue } from '../../../src/bank/procedures/reissue.ts'
import { tokenRelease } from '../../../src/bank/procedures/token-release.ts'
import { suspendToken } from '../../../src/bank/procedures/token-suspend.ts'
import { unfreeze } from '../../../src/bank/procedures/unfreeze.ts'
import { DEMO_BANK } from '../../../src/store/demo-bank.ts'
import { codeAt, type HeldToken } from '../held-token.ts'
import {
  atOnce,
  type Customer,
  contractOf,
  eventsOf,
  MORNING_MS,
  newBrowser,
  openTestBank,
  type Process,
  refusalOf,
  request,
  type TestBank,
  tokenOf,
  tracesOf,
} from '../test-bank.ts'
import { appointTwo, prepare, type TwoPeople, waiting } from './four-eyes-steps.ts'
import { ask, told } from './verification-steps.ts'

let bank: TestBank
let other: Process
let people: TwoPeople
beforeAll(async () => {
  bank = await openTestBank()
  other = bank.another()
  people = await appointTwo(bank)
})
afterAll(() => bank.close())
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})
const either = (place: number): Process => (place % 2 ? bank : other)

interface Prepared {
  readonly customer: Customer
  readonly token: HeldToken
}

async function holder(wish: { readonly balanceYen?: number } = {}): Promise<Prepared> {
  const token = await bank.makeToken()
  return { token, customer: await bank.open({ token, ...wish }) }
}

async function suspended(): Promise<Prepared> {
  const made = await holder()
  const api = { ...request, actor: { kind: 'api', id: 'test' } as const }
  expect(await suspendToken(bank.ports, api, made.token.serial)).toMatchObject({ ok: true })
  return made
}

async function changed(text: string): Promise<Prepared> {
  const made = await holder()
  await bank.pool.query(`update contract set ${text} where contract_id = $1`, [
    made.customer.contractId,
  ])
  return made
}

/** Each act with a customer on whom it is possible. */
const ACTS: readonly (readonly [FourEyesAct, () => Promise<Prepared>])[] = [
  [reissue, () => holder()],
  [tokenRelease, suspended],
  [unfreeze, () => changed('frozen = true')],
  [limitLift, () => changed(`low_limit_until = '2026-11-25T00:00:00+09:00'`)],
  [cardReissue, () => holder()],
  [passwordReissue, () => holder()],
]

const signIn = async ({ contractId, loginPassword }: Customer) => {
  const browsers = { now: newBrowser(), afterLogin: newBrowser() }
  const outcome = await login(bank.ports, request, browsers, { contractId, loginPassword })
  return { outcome, browser: browsers.afterLogin }
}
const isSignedIn = async (browser: Uint8Array) => {
  const limits = { nowMs: bank.clock.now(), idleMs: 600_000, absoluteMs: 3_600_000 }
  return (await bank.ports.store.tables.sessions.touch(browser, '1184', limits)) !== undefined
}

describe.each(ACTS.map(([act, make]) => [act.act, act, make] as const))('%s', (name, act, make) => {
  test('done: prepared, approved, with receipt, event and notice', async () => {
    const { customer } = await make()
    const before = (await tracesOf(bank, customer)).receipts.length
    const approve = await waiting(bank, people, act, customer)
    expect(await approve()).toMatchObject({ ok: true, value: { receivedAtMs: MORNING_MS } })
    const { receipts, notices } = await tracesOf(bank, customer)
    expect(receipts).toHaveLength(before + 1)
    expect(notices.at(-1)).toMatchObject({ recipient: customer.mail })
    expect((await eventsOf(bank, customer)).slice(-2)).toEqual(['proposal done', `${name} done`])
  })

  test('refused: for nobody', async () => {
    const nobody = { contractId: '99999999999' }
    expect(refusalOf(await prepare(bank, people, act, nobody))).toBe('unknown-contract')
  })

  test('replayed: approved once', async () => {
    const { customer } = await make()
    const approve = await waiting(bank, people, act, customer)
    await approve()
    const before = await tracesOf(bank, customer)
    expect(refusalOf(await approve())).toBe('already-decided')
    expect(await tracesOf(bank, customer)).toEqual(before)
  })

  test('eight approvals at once over two processes: one is done', async () => {
    const { customer } = await make()
    const approve = await waiting(bank, people, act, customer)
    const outcomes = await atOnce(8, (place) => approve(either(place)))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect((await eventsOf(bank, customer)).filter((event) => event === `${name} done`)).toEqual([
      `${name} done`,
    ])
  })
})

describe('再発行', () => {
  test('the old token is dead everywhere, sessions end, the confirmation method counts', async () => {
    const { customer, token } = await holder()
    const { browser } = await signIn(customer)
    await (await waiting(bank, people, reissue, customer))()
    expect((await tokenOf(bank, token)).state).toBe('reissued')
    expect(await isSignedIn(browser)).toBe(false)
    expect((await contractOf(bank, customer)).token).toBeUndefined()
    const answer = await ask(bank, customer, { otp: codeAt(token, MORNING_MS) })
    expect(told(answer)).toBe('no-token')
  })

  test('a phone that serves another contract goes on for that one', async () => {
    const { customer, token } = await holder()
    const spouse = await bank.open({ token })
    await (await waiting(bank, people, reissue, customer))()
    expect((await tokenOf(bank, token)).state).toBe('active')
    await (await waiting(bank, people, reissue, spouse))()
    expect((await tokenOf(bank, token)).state).toBe('reissued')
  })

  test('a suspended token too; without a token it is refused', async () => {
    const { customer, token } = await suspended()
    await (await waiting(bank, people, reissue, customer))()
    expect((await tokenOf(bank, token)).state).toBe('reissued')
    expect(refusalOf(await prepare(bank, people, reissue, customer))).toBe('no-token')
  })
})

describe('利用停止の解除', () => {
  test('its codes count again', async () => {
    const { customer, token } = await suspended()
    const code = codeAt(token, MORNING_MS)
    expect(told(await ask(bank, customer, { otp: code }))).toBe('token-suspended')
    await (await waiting(bank, people, tokenRelease, customer))()
    expect(told(await ask(bank, customer, { otp: code }))).toBe('accepted')
  })

  test('refused: not suspended, or by another bank', async () => {
    const { customer } = await holder()
    expect(refusalOf(await prepare(bank, people, tokenRelease, customer))).toBe('wrong-state')
    const elsewhere = await holder()
    await bank.pool.query(`update token set state = 'suspended' where serial = $1`, [
      elsewhere.token.serial,
    ])
    const outcome = await prepare(bank, people, tokenRelease, elsewhere.customer)
    expect(refusalOf(outcome)).toBe('not-permitted')
  })
})

test('取引中止の解除: refused where nothing is stopped', async () => {
  const { customer } = await holder()
  expect(refusalOf(await prepare(bank, people, unfreeze, customer))).toBe('wrong-state')
})

test('限度額の制限の解除: the higher limit applies at once; refused where none is low', async () => {
  const { customer } = await changed(`low_limit_until = '2026-11-25T00:00:00+09:00'`)
  const limit = async () =>
    dailyLimitYen(DEMO_BANK, await contractOf(bank, customer), bank.clock.now())
  expect(await limit()).toBe(DEMO_BANK.limits.withoutCodeYen)
  await (await waiting(bank, people, limitLift, customer))()
  expect(await limit()).toBe(DEMO_BANK.limits.withCodeYen)
  expect(refusalOf(await prepare(bank, people, limitLift, customer))).toBe('wrong-state')
})

describe('親展書面', () => {
  const letterOf = async (customer: Customer) => {
    const letters = await bank.ports.store.tables.letters.list('1184', 100)
    const found = letters.find(({ contractId }) => contractId === customer.contractId)
    if (found === undefined) throw new Error('there is no letter')
    return found
  }
  const print = (id: string, by = people.clerk, { ports }: Process = bank) =>
    printLetter(ports, by.request, id)

  test('a new card is told by the letter only, once, and never to who approved it', async () => {
    const customer = await bank.open({ method: 'customer-card' })
    await (await waiting(bank, people, cardReissue, customer))()
    const { id, sealed } = await letterOf(customer)
    expect(sealed).toBeDefined()
    expect(refusalOf(await print(id, people.supervisor))).toBe('own-proposal')
    const printed = await print(id)
    if (!printed.ok) throw new Error('the letter was not printed')
    const { tables } = bank.ports.store
    const cells = await cellsOf(bank.ports, tables, await contractOf(bank, customer))
    expect(printed.value.paper).toEqual({
      kind: 'confirmation',
      method: 'customer-card',
      cells,
    })
    expect(cells).not.toEqual(customer.cells)
    expect(refusalOf(await print(id))).toBe('wrong-state')
    expect((await letterOf(customer)).sealed).toBeUndefined()
    expect((await eventsOf(bank, customer)).at(-1)).toBe('letter-printing done')
  })

  test('eight prints at once: one person sees it', async () => {
    const customer = await bank.open()
    await (await waiting(bank, people, cardReissue, customer))()
    const { id } = await letterOf(customer)
    const outcomes = await atOnce(8, (place) => print(id, people.clerk, either(place)))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(refusalOf(await print('nothing'))).toBe('out-of-order')
  })

  test('a new enrolment password opens the enrolment; the old login password is dead', async () => {
    const { customer } = await holder()
    const { browser } = await signIn(customer)
    await (await waiting(bank, people, passwordReissue, customer))()
    expect(await isSignedIn(browser)).toBe(false)
    expect(refusalOf((await signIn(customer)).outcome)).toBe('wrong-credentials')
    const printed = await print((await letterOf(customer)).id)
    if (!printed.ok || printed.value.paper.kind !== 'enrolment') throw new Error('no letter')
    const { enrolmentPassword } = printed.value.paper
    const { contractId } = customer
    const form = { contractId, enrolmentPassword }
    expect(await beginEnrolment(bank.ports, request, newBrowser(), form)).toMatchObject({
      ok: true,
    })
  })
})
