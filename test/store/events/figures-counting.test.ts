/** The figures: every event is counted once, late or not, whichever process counts. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { followedIn, refusalsIn } from '../../../src/bank/office/figures.ts'
import { suspendToken } from '../../../src/bank/procedures/token-suspend.ts'
import { countFigures } from '../../../src/store/events/figures-counting.ts'
import { noteStanding } from '../../../src/store/events/standing.ts'
import { codeAt, wrongCode } from '../../bank/held-token.ts'
import { appoint } from '../../bank/office/test-staff.ts'
import { report } from '../../bank/procedures/loss-report-steps.ts'
import { ask, told } from '../../bank/procedures/verification-steps.ts'
import {
  atOnce,
  DAY_MS,
  MORNING_MS,
  openTestBank,
  type Process,
  request,
  type TestBank,
} from '../../bank/test-bank.ts'

let bank: TestBank
let other: Process
beforeAll(async () => {
  bank = await openTestBank()
  other = bank.another()
})
afterAll(() => bank.close())
beforeEach(async () => {
  bank.clock.nowMs = MORNING_MS
  await bank.pool.query(
    `truncate event, figures_progress, event_day, event_hour, code_minute, standing_day`,
  )
})

const TODAY = '2026-11-24'
const today = { from: TODAY, to: TODAY }
const figures = () => bank.ports.store.tables.figures

interface Wish {
  readonly kind?: string
  readonly outcome?: string
  readonly at?: string
  readonly serial?: string
  readonly actor?: string
}
const EVENT = `insert into event (bank_code, id, at, actor_kind, actor_id, kind, outcome, serial,
                                  request_id)
               values ('1184', gen_random_uuid(), $1, $2, 'somebody', $3, $4, $5, 'request')`
const valuesOf = (wish: Wish) => [
  wish.at ?? '2026-11-24T10:00:00+09:00',
  wish.actor ?? 'customer',
  wish.kind ?? 'transfer',
  wish.outcome ?? 'done',
  wish.serial ?? null,
]
const append = (wish: Wish = {}) => bank.pool.query(EVENT, valuesOf(wish))

async function countAll({ pool }: Process = bank): Promise<void> {
  while (await countFigures(pool, bank.clock));
}
const total = async () =>
  (await figures().byDay('1184', { from: '2026-01-01', to: '2027-12-31' })).reduce(
    (sum, { events }) => sum + events,
    0,
  )

test('by Japanese day and hour, by kind and outcome', async () => {
  await append({ kind: 'otp-start', at: '2026-11-23T14:59:59Z' })
  await append({ kind: 'otp-start', at: '2026-11-23T15:00:00Z' })
  await append({ kind: 'otp-stop' })
  await append({ kind: 'login', outcome: 'wrong-code' })
  await append({ kind: 'login', outcome: 'wrong-code' })
  await append({ kind: 'staff-login', outcome: 'wrong-code', actor: 'staff' })
  await append({ kind: 'unlock-code', outcome: 'own-proposal', actor: 'staff' })
  await countAll()
  const counts = await figures().byDay('1184', today)
  expect(followedIn(counts)).toEqual({ start: 1, exchange: 0, stop: 1, loss: 0 })
  expect(refusalsIn(counts)).toEqual([['wrong-code', 2]])
  expect(await figures().byDay('1184', { from: '2026-11-23', to: '2026-11-23' })).toEqual([
    { at: '2026-11-23', kind: 'otp-start', outcome: 'done', actorKind: 'customer', events: 1 },
  ])
  const hours = await figures().byHour('1184', TODAY)
  expect(hours.map(({ at, kind }) => `${at} ${kind}`)).toEqual([
    '00 otp-start',
    '10 login',
    '10 otp-stop',
    '10 staff-login',
    '10 unlock-code',
  ])
  const laterMs = MORNING_MS + 60_000
  expect(await figures().countedAtMs('1184', laterMs)).toBe(laterMs)
  await append()
  expect(await figures().countedAtMs('1184', laterMs)).toBe(MORNING_MS)
})

test('one lost phone is one report, by whichever way, however many contracts it serves', async () => {
  const clerk = await appoint(bank, 'clerk')
  const phone = await bank.makeToken()
  const customer = await bank.open({ token: phone })
  await bank.open({ token: phone })
  await bank.open({ token: phone })
  expect(await report(bank, clerk, customer)).toMatchObject({ ok: true })
  const family = await bank.makeToken()
  await bank.open({ token: family })
  await bank.open({ token: family })
  const channel = { ...request, actor: { kind: 'api', id: 'channel' } } as const
  expect(await suspendToken(bank.ports, channel, family.serial)).toMatchObject({ ok: true })
  await countAll()
  const counts = await figures().byDay('1184', today)
  expect(followedIn(counts).loss).toBe(2)
  const shared = counts.filter(({ kind }) => kind === 'token-suspend-shared')
  expect(shared.map(({ events }) => events)).toEqual([1, 2])
})

test("staff's slips are no refusals of customers, whatever they tried", async () => {
  const clerk = await appoint(bank, 'clerk')
  expect(await report(bank, clerk, await bank.open())).toMatchObject({ refusal: 'no-token' })
  await append({ kind: 'transfer', outcome: 'no-token' })
  await append({ kind: 'verification', outcome: 'no-token', actor: 'api' })
  await append({ kind: 'reservation-run', outcome: 'insufficient-funds', actor: 'system' })
  await append({ kind: 'seed-import', outcome: 'type-closed', actor: 'system' })
  await countAll()
  expect(refusalsIn(await figures().byDay('1184', today))).toEqual([
    ['no-token', 2],
    ['insufficient-funds', 1],
  ])
})

test('a code that is accepted counts in its minute, through the API and at login alike', async () => {
  const token = await bank.makeToken()
  const customer = await bank.open({ token })
  expect(told(await ask(bank, customer, { otp: codeAt(token, MORNING_MS) }))).toBe('accepted')
  expect(told(await ask(bank, customer, { otp: wrongCode(token, MORNING_MS) }))).toBe('wrong-code')
  await append({ kind: 'login', serial: token.serial, at: '2026-11-24T10:00:59+09:00' })
  await append({ kind: 'login' })
  await append({ kind: 'token-suspend', serial: token.serial, actor: 'api' })
  await append({ kind: 'type-expiry', serial: token.serial, actor: 'system' })
  await countAll()
  expect(await figures().codesByMinute('1184', MORNING_MS - DAY_MS)).toEqual([
    { atMs: MORNING_MS, codes: 2 },
  ])
})

test('an event that is committed late is waited for, and counted', async () => {
  const late = await bank.pool.connect()
  await late.query('begin')
  await late.query(EVENT, valuesOf({ kind: 'otp-start' }))
  await append()
  await countAll()
  await append()
  await countAll(other)
  expect(await total()).toBe(0)
  await late.query('commit')
  late.release()
  await countAll()
  expect(await total()).toBe(2)
  await countAll(other)
  expect(await total()).toBe(3)
  expect(followedIn(await figures().byDay('1184', today)).start).toBe(1)
})

test('an event that is undone is not counted, and holds nothing up', async () => {
  const undone = await bank.pool.connect()
  await undone.query('begin')
  await undone.query(EVENT, valuesOf({}))
  await append()
  await countAll()
  await undone.query('rollback')
  undone.release()
  await countAll()
  expect(await total()).toBe(1)
})

test('many who append while two processes count: in the end each event is counted once', async () => {
  const writers = atOnce(6, async (place) => {
    for (let round = 0; round < 40; round += 1) {
      const client = await (place % 2 ? bank : other).pool.connect()
      await client.query('begin')
      await client.query(EVENT, valuesOf({ kind: `kind-${round % 5}` }))
      if (round % 3 === 0) await client.query('select pg_sleep(0.005)')
      await client.query(round % 7 === 0 ? 'rollback' : 'commit')
      client.release()
    }
  })
  let writing = true
  const counters = atOnce(2, async (place) => {
    while (writing) await countFigures((place ? bank : other).pool, bank.clock)
  })
  await writers
  writing = false
  await counters
  await countAll()
  await countAll()
  const { rows } = await bank.pool.query(
    `select kind, count(*)::int as events from event group by 1 order by 1`,
  )
  const counted = await figures().byDay('1184', today)
  expect(counted.map(({ kind, events }) => ({ kind, events }))).toEqual(rows)
})

test('the events of a period are read by their place, in order and in pages', async () => {
  const days = ['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25']
  for (const day of days) {
    await append({ at: `${day}T00:00:00+09:00` })
    await append({ at: `${day}T23:59:59+09:00` })
  }
  const period = { from: '2026-11-23', to: '2026-11-24' }
  expect(await figures().range('1184', period)).toBeUndefined()
  await countAll()
  const range = await figures().range('1184', period)
  if (range === undefined) throw new Error('no events were counted')
  const first = await figures().events('1184', period, range, 3)
  const after = first.at(-1)?.seq ?? 0
  const rest = await figures().events('1184', period, { ...range, after }, 3)
  expect([first.length, rest.length]).toEqual([3, 1])
  const times = [...first, ...rest].map(({ atMs }) => new Date(atMs).toISOString())
  expect(times).toEqual([
    '2026-11-22T15:00:00.000Z',
    '2026-11-23T14:59:59.000Z',
    '2026-11-23T15:00:00.000Z',
    '2026-11-24T14:59:59.000Z',
  ])
})

test('customers by token and lock, noted by one process each ten minutes', async () => {
  await countAll()
  await append()
  await countAll()
  const token = await bank.makeToken({ type: 'SY' })
  const { contractId } = await bank.open({ token })
  const noted = await atOnce(6, (place) =>
    noteStanding((place % 2 ? bank : other).pool, bank.clock),
  )
  expect(noted.filter((did) => did)).toHaveLength(1)
  const before = (await figures().standing('1184'))?.customers ?? {}
  expect(before).toMatchObject({ 'token-GM': expect.any(Number), frozen: 0, 'locked-code': 0 })

  await bank.pool.query('update contract set frozen = true where contract_id = $1', [contractId])
  await bank.pool.query('update token set failures = 10 where serial = $1', [token.serial])
  await bank.pool.query(`insert into login_counter values ('1184', $1, 6, now())`, [contractId])
  expect(await noteStanding(bank.pool, bank.clock)).toBe(false)
  bank.clock.nowMs += 10 * 60 * 1000
  expect(await noteStanding(bank.pool, bank.clock)).toBe(true)
  const after = (await figures().standing('1184'))?.customers
  expect(after).toEqual({ ...before, frozen: 1, 'locked-code': 1, 'locked-password': 1 })
  bank.clock.nowMs += DAY_MS
  await bank.pool.query(
    `update contract set token_issuer = null, token_serial = null
                          where contract_id = $1`,
    [contractId],
  )
  await noteStanding(bank.pool, bank.clock)
  const standings = await figures().standings('1184', { from: TODAY, to: '2026-11-25' })
  expect(standings.map(({ day, customers }) => [day, customers['token-SY']])).toEqual([
    [TODAY, before['token-SY']],
    ['2026-11-25', (before['token-SY'] ?? 0) - 1],
  ])
})
