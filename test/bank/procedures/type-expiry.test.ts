/** 種類の利用終了: after the last day the tokens are dead everywhere, and every customer is told once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { typeClose, typeReopen } from '../../../src/bank/procedures/type-campaign.ts'
import { expireTypes } from '../../../src/bank/procedures/type-expiry.ts'
import { codeAt } from '../held-token.ts'
import { appoint } from '../office/test-staff.ts'
import { OTHER_BANK, openOtherBank, openThere } from '../other-bank.ts'
import {
  atOnce,
  contractOf,
  DAY_MS,
  eventsOf,
  MORNING_MS,
  openTestBank,
  type Process,
  type TestBank,
  tokenOf,
  tracesOf,
} from '../test-bank.ts'
import {
  campaignOf,
  decide,
  inDays,
  newType,
  type Office,
  planFor,
  usersOf,
} from './campaign-steps.ts'
import { ask, told } from './verification-steps.ts'

let bank: TestBank
let other: Process
let office: Office
beforeAll(async () => {
  bank = await openTestBank()
  other = bank.another()
  office = { clerk: await appoint(bank, 'clerk'), supervisor: await appoint(bank, 'supervisor') }
})
afterAll(() => bank.close())
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})

const LAST = inDays(10)
const AFTER_MS = MORNING_MS + 11 * DAY_MS
const ending = (type: string) =>
  decide(bank, office, typeClose, type, planFor({ lastDay: LAST, reminderDays: [inDays(1)] }))

const reports: unknown[] = []
const expire = ({ ports }: Process = bank) =>
  expireTypes(ports, 'test', (error) => reports.push(error))

describe('done', () => {
  test('until the last day the codes work; then the customers fall back, and are told', async () => {
    const type = await newType(bank)
    const [user, idle] = await usersOf(bank, type, 2)
    if (user === undefined || idle === undefined) throw new Error('no users')
    const id = await ending(type)
    bank.clock.nowMs = AFTER_MS - DAY_MS
    expect(await expire()).toBe(0)
    const otp = codeAt(user.token, bank.clock.nowMs)
    expect(told(await ask(bank, user, { otp }))).toBe('accepted')

    bank.clock.nowMs = AFTER_MS
    expect(await expire()).toBe(2)
    expect((await tokenOf(bank, user.token)).state).toBe('expired')
    const contract = await contractOf(bank, user)
    expect([contract.token, contract.otpAtLogin]).toEqual([undefined, false])
    const late = codeAt(user.token, AFTER_MS)
    expect(told(await ask(bank, user, { otp: late }))).toBe('no-token')
    const { notices, receipts } = await tracesOf(bank, user)
    expect(notices).toMatchObject([{ recipient: user.mail }])
    expect(notices[0].body).toContain('ワンタイムパスワードの利用終了')
    expect(receipts).toHaveLength(1)
    expect(await eventsOf(bank, idle)).toEqual(['type-expiry done'])
    expect((await campaignOf(bank, id)).state).toBe('ended')
    const progress = await bank.ports.store.tables.campaigns.progress(await campaignOf(bank, id))
    expect(progress).toMatchObject({ using: 0, expired: 2 })
  })

  test('a suspended token ends, too; a phone that serves another bank goes on there', async () => {
    const type = await newType(bank)
    const [suspended, shared] = await usersOf(bank, type, 2)
    if (suspended === undefined || shared === undefined) throw new Error('no users')
    const hold = `update token set state = 'suspended' where serial = $1`
    await bank.pool.query(hold, [suspended.token.serial])
    await openOtherBank(bank)
    const there = await openThere(bank, shared.token)
    await ending(type)
    bank.clock.nowMs = AFTER_MS
    expect(await expire()).toBe(2)
    expect((await tokenOf(bank, suspended.token)).state).toBe('expired')
    expect((await tokenOf(bank, shared.token)).state).toBe('active')
    expect((await contractOf(bank, shared)).token).toBeUndefined()
    const { contracts } = bank.ports.store.tables
    const other = await contracts.find(OTHER_BANK.bankCode, there)
    expect(other?.token?.serial).toBe(shared.token.serial)
  })
})

test('refused: nothing ends that was reopened, has no last day, or is of another type', async () => {
  const types = [await newType(bank), await newType(bank), await newType(bank)]
  const [reopened = '', lasting = '', foreign = ''] = types
  const users = (await Promise.all(types.map((type) => usersOf(bank, type, 1)))).flat()
  await ending(reopened)
  await decide(bank, office, typeReopen, reopened)
  await decide(bank, office, typeClose, lasting, planFor())
  expect(foreign).not.toBe('')
  bank.clock.nowMs = AFTER_MS
  expect(await expire()).toBe(0)
  const states = await Promise.all(
    users.map(async ({ token }) => (await tokenOf(bank, token)).state),
  )
  expect(states).toEqual(['active', 'active', 'active'])
})

test('replayed: one that cannot be ended is passed over, and made up for; none is told twice', async () => {
  const type = await newType(bank)
  const users = await usersOf(bank, type, 3)
  const [, stuck] = users
  const id = await ending(type)
  bank.clock.nowMs = AFTER_MS
  await bank.pool.query(
    `alter table notice add constraint spoilt check (contract_id <> '${stuck?.contractId}') not valid`,
  )
  reports.length = 0
  expect(await expire()).toBe(2)
  expect(reports).toHaveLength(1)
  expect((await campaignOf(bank, id)).state).toBe('running')
  await bank.pool.query('alter table notice drop constraint spoilt')
  expect(await expire()).toBe(1)
  expect(await expire()).toBe(0)
  expect((await campaignOf(bank, id)).state).toBe('ended')
  for (const user of users) expect((await tracesOf(bank, user)).notices).toHaveLength(1)
})

test('two at once: over two processes each customer falls back once', async () => {
  const type = await newType(bank)
  const users = await usersOf(bank, type, 6)
  const id = await ending(type)
  bank.clock.nowMs = AFTER_MS
  const counts = await atOnce(6, (place) => expire(place % 2 ? bank : other))
  expect(counts.reduce((total, count) => total + count, 0)).toBe(6)
  for (const user of users) {
    const { notices, receipts } = await tracesOf(bank, user)
    expect([notices.length, receipts.length]).toEqual([1, 1])
    expect((await tokenOf(bank, user.token)).state).toBe('expired')
  }
  await expire()
  expect((await campaignOf(bank, id)).state).toBe('ended')
})
