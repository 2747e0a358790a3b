/** 種類の受付終了 and 受付再開: what is decided about a type, and what it changes for new tokens. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CampaignPlan } from '../../../src/bank/office/campaign.ts'
import { readPlan } from '../../../src/bank/office/campaign.ts'
import { typeClose, typeReopen } from '../../../src/bank/procedures/type-campaign.ts'
import { isOpen } from '../../../src/bank/token-type.ts'
import { appoint } from '../office/test-staff.ts'
import {
  atOnce,
  DAY_MS,
  MORNING_MS,
  openTestBank,
  type Process,
  refusalOf,
  type TestBank,
} from '../test-bank.ts'
import {
  campaignOf,
  decide,
  inDays,
  newType,
  type Office,
  planFor,
  prepare,
  proposalIdOf,
  TODAY,
  usersOf,
} from './campaign-steps.ts'

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

const standingOf = async (type: string) => {
  const found = await bank.ports.store.tables.campaigns.standing('1184', type)
  if (found === undefined) throw new Error('the type of the test has vanished')
  return found
}
const eventsAbout = async (type: string) => {
  const text = `select kind, receipt_no from event where detail ->> 'type' = $1 order by seq`
  return (await bank.pool.query(text, [type])).rows
}

describe('done', () => {
  test('closed for new from its day on; who has it is known to the campaign', async () => {
    const type = await newType(bank)
    await usersOf(bank, type, 3)
    const plan = planFor({ lastDay: inDays(60), reminderDays: [inDays(7), inDays(30)] })
    const id = await decide(bank, office, typeClose, type, plan)
    const { type: now, running } = await standingOf(type)
    expect(running).toMatchObject({ ...plan, id, state: 'running', decidedAtMs: MORNING_MS })
    expect([isOpen(now, MORNING_MS), isOpen(now, MORNING_MS + DAY_MS)]).toEqual([true, false])
    const progress = await bank.ports.store.tables.campaigns.progress(await campaignOf(bank, id))
    expect(progress).toMatchObject({ using: 3, exchanged: 0, stopped: 0, expired: 0 })
    expect(progress.reminders.map(({ day, remaining }) => [day, remaining])).toEqual([
      [inDays(7), 3],
      [inDays(30), 3],
    ])
    expect(await eventsAbout(type)).toEqual([
      { kind: 'type-close', receipt_no: Number(running?.receiptNo) },
    ])
  })

  test('a type that is closed already gets a last day; the later decision takes its place', async () => {
    const type = await newType(bank)
    const first = await decide(bank, office, typeClose, type, planFor({ closedFrom: TODAY }))
    bank.clock.nowMs += 40 * DAY_MS
    const later = { closedFrom: TODAY, lastDay: inDays(90), reminderDays: [inDays(41)] }
    const second = await decide(bank, office, typeClose, type, later)
    expect((await campaignOf(bank, first)).state).toBe('replaced')
    expect((await standingOf(type)).running).toMatchObject({ id: second, lastDay: inDays(90) })
    expect((await standingOf(type)).type.closedFrom).toBe(TODAY)
  })

  test('reopened: new tokens are taken again, and nothing more is sent', async () => {
    const type = await newType(bank)
    const id = await decide(bank, office, typeClose, type, planFor({ closedFrom: TODAY }))
    expect(isOpen((await standingOf(type)).type, MORNING_MS)).toBe(false)
    await decide(bank, office, typeReopen, type)
    const { type: now, running } = await standingOf(type)
    expect([isOpen(now, MORNING_MS), running]).toEqual([true, undefined])
    expect((await campaignOf(bank, id)).state).toBe('ended')
    expect((await eventsAbout(type)).map(({ kind }) => kind)).toEqual(['type-close', 'type-reopen'])
  })

  test('the forecast counts by state and last use, and changes nothing', async () => {
    const type = await newType(bank)
    const [one, two, three] = await usersOf(bank, type, 4)
    const set = (text: string, value?: string) =>
      bank.pool.query(text, value === undefined ? [] : [value])
    await set('update contract set frozen = true where contract_id = $1', one?.contractId)
    await set(`update token set state = 'suspended' where serial = $1`, two?.token.serial)
    const step = Math.floor((MORNING_MS - 100 * DAY_MS) / 30_000)
    await bank.pool.query('update token set last_accepted = $2, failures = 10 where serial = $1', [
      three?.token.serial,
      step,
    ])
    await bank.makeToken({ type, state: 'shipped', issuer: '1184' })
    const { campaigns } = bank.ports.store.tables
    expect(await campaigns.forecast('1184', type, MORNING_MS)).toEqual({
      customers: 4,
      byState: { frozen: 1, suspended: 1, locked: 1, usable: 1 },
      byLastUse: { 'within-30': 0, 'within-90': 0, 'within-365': 1, longer: 0, never: 3 },
      otpAtLogin: 4,
      shipped: 1,
    })
    const listed = await campaigns.users('1184', type, '', 3)
    expect(listed.map(({ state }) => state)).toEqual(['frozen', 'suspended', 'locked'])
    const rest = await campaigns.users('1184', type, listed[2]?.contractId ?? '', 3)
    expect(rest.map(({ state }) => state)).toEqual(['usable'])
    expect(await eventsAbout(type)).toEqual([])
  })
})

describe('refused', () => {
  test.each<[string, Partial<CampaignPlan>, string, string]>([
    ['closed in the past', { closedFrom: inDays(-1) }, 'day-passed', 'closedFrom'],
    ['a last day today', { closedFrom: TODAY, lastDay: TODAY }, 'day-passed', 'lastDay'],
    [
      'a last day before it is closed',
      { lastDay: inDays(1), closedFrom: inDays(2) },
      'invalid-input',
      'lastDay',
    ],
    ['a last day of which nobody is told', { lastDay: inDays(9) }, 'invalid-input', 'reminder1'],
    [
      'a reminder after the end',
      { lastDay: inDays(9), reminderDays: [inDays(10)] },
      'invalid-input',
      'reminder1',
    ],
    ['a reminder yesterday', { reminderDays: [inDays(-1)] }, 'day-passed', 'reminder1'],
    ['four reminders', { reminderDays: [1, 2, 3, 4].map(inDays) }, 'invalid-input', 'reminder1'],
  ])('%s', async (_, more, refusal, field) => {
    const type = await newType(bank)
    const outcome = await prepare(bank, office, typeClose, type, planFor(more))
    expect(outcome).toMatchObject({ refusal, field })
    expect((await standingOf(type)).running).toBeUndefined()
  })

  test('days that do not exist; empty ones are left out, and twice the same is one', async () => {
    const { type } = await standingOf(await newType(bank))
    const form = { closedFrom: inDays(1), lastDay: '', reminders: ['', inDays(3), inDays(3)] }
    const read = readPlan(type, form, MORNING_MS)
    expect(read).toEqual({ ok: true, value: planFor({ reminderDays: [inDays(3)] }) })
    for (const [field, odd] of [
      ['closedFrom', { closedFrom: '2027-02-30' }],
      ['lastDay', { lastDay: 'soon' }],
      ['reminder1', { reminders: ['2027-13-01'] }],
    ] as const) {
      const outcome = readPlan(type, { ...form, ...odd }, MORNING_MS)
      expect(outcome).toMatchObject({ refusal: 'invalid-input', field })
    }
  })

  test('a type that nobody knows; one that is open is not reopened', async () => {
    expect(refusalOf(await prepare(bank, office, typeClose, 'ZZ', planFor()))).toBe('wrong-state')
    expect(refusalOf(await prepare(bank, office, typeReopen, 'ZZ'))).toBe('wrong-state')
    const type = await newType(bank)
    expect(refusalOf(await prepare(bank, office, typeReopen, type))).toBe('wrong-state')
  })

  test('a closed type is not closed from another day, nor again for nothing', async () => {
    const type = await newType(bank)
    await decide(bank, office, typeClose, type, planFor({ closedFrom: TODAY }))
    const moved = await prepare(bank, office, typeClose, type, planFor())
    expect(moved).toMatchObject({ refusal: 'invalid-input', field: 'closedFrom' })
    const nothing = await prepare(bank, office, typeClose, type, planFor({ closedFrom: TODAY }))
    expect(nothing).toMatchObject({ refusal: 'invalid-input', field: 'reminder1' })
  })

  test('a plan whose days have passed while it waited', async () => {
    const type = await newType(bank)
    const id = proposalIdOf(await prepare(bank, office, typeClose, type, planFor()))
    bank.clock.nowMs += 2 * DAY_MS
    const late = await typeClose.approve(bank.ports, office.supervisor.request, id, '')
    expect(refusalOf(late)).toBe('day-passed')
    expect((await standingOf(type)).type.closedFrom).toBeUndefined()
  })
})

test('replayed: approved once, and prepared once', async () => {
  const type = await newType(bank)
  const id = proposalIdOf(await prepare(bank, office, typeClose, type, planFor()))
  expect(refusalOf(await prepare(bank, office, typeClose, type, planFor()))).toBe(
    'already-proposed',
  )
  const approve = () => typeClose.approve(bank.ports, office.supervisor.request, id, '')
  expect(await approve()).toMatchObject({ ok: true })
  expect(refusalOf(await approve())).toBe('already-decided')
  expect(await eventsAbout(type)).toHaveLength(1)
})

test('two at once: closing and reopening over two processes leave one that runs, or none', async () => {
  const type = await newType(bank)
  await decide(bank, office, typeClose, type, planFor({ closedFrom: TODAY }))
  const plan = planFor({ closedFrom: TODAY, reminderDays: [inDays(2)] })
  const close = proposalIdOf(await prepare(bank, office, typeClose, type, plan))
  const reopen = proposalIdOf(await prepare(bank, office, typeReopen, type))
  const outcomes = await atOnce(12, (place) => {
    const { ports } = place % 2 ? bank : other
    const [act, id] = place % 3 ? [typeClose, close] : [typeReopen, reopen]
    return act.approve(ports, office.supervisor.request, id, '')
  })
  expect(outcomes.filter(({ ok }) => ok).length).toBeLessThanOrEqual(2)
  const { rows } = await bank.pool.query(
    `select state, count(*)::int as campaigns from type_campaign where type = $1 group by 1`,
    [type],
  )
  const running = rows.find(({ state }) => state === 'running')?.campaigns ?? 0
  expect(running).toBe((await standingOf(type)).type.closedFrom === undefined ? 0 : 1)
})
