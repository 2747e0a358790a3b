/** 受付終了の案内: in portions, each customer once for a reminder, whichever process sends it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { typeClose, typeReopen } from '../../../src/bank/procedures/type-campaign.ts'
import {
  PORTION,
  PORTION_EVERY_MS,
  remindNext,
} from '../../../src/bank/procedures/type-reminder.ts'
import { storeOn } from '../../../src/store/store.ts'
import { appoint } from '../office/test-staff.ts'
import {
  atOnce,
  DAY_MS,
  MORNING_MS,
  openTestBank,
  type Process,
  type TestBank,
} from '../test-bank.ts'
import {
  campaignOf,
  decide,
  inDays,
  newType,
  type Office,
  planFor,
  TODAY,
  type User,
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
beforeEach(async () => {
  bank.clock.nowMs = MORNING_MS
  // What other tests have left running is nothing to this one.
  await bank.pool.query(`update type_campaign set state = 'ended', ended_at = now()
                          where state = 'running'`)
})

/** Sends what is due now. Returns the portions. */
async function remindAll({ ports }: Process = bank): Promise<number[]> {
  const portions: number[] = []
  for (;;) {
    const queued = await remindNext(ports, 'test')
    if (queued === undefined) return portions
    portions.push(queued)
  }
}

const lettersTo = async (users: readonly User[]) => {
  const ids = users.map(({ contractId }) => contractId)
  const { rows } = await bank.pool.query<{ contract_id: string; subject: string; body: string }>(
    'select contract_id, subject, body from notice where contract_id = any ($1) order by contract_id',
    [ids],
  )
  return rows
}
const progressOf = async (id: string) =>
  bank.ports.store.tables.campaigns.progress(await campaignOf(bank, id))

/** More users than one portion takes, the cheap way: each with a token and a contract of its own. */
async function manyUsers(type: string, count: number): Promise<void> {
  const [like] = await usersOf(bank, type, 1)
  await bank.pool.query(
    `insert into token (issuer, serial, type, kind, algorithm, digits, period_seconds, state,
                        sealed_seed, key_version)
     select issuer, serial || '-' || n, type, kind, algorithm, digits, period_seconds, state,
            sealed_seed, key_version
       from token, generate_series(2, $2) n where serial = $1`,
    [like?.token.serial, count],
  )
  await bank.pool.query(
    `insert into contract (bank_code, contract_id, name, mail, login_password_hash, method,
                           sealed_secret, secret_key_version, token_issuer, token_serial)
     select bank_code, contract_id || '-' || n, name, n || '@many.invalid', login_password_hash,
            method, sealed_secret, secret_key_version, token_issuer, token_serial || '-' || n
       from contract, generate_series(2, $2) n where contract_id = $1`,
    [like?.contractId, count],
  )
}

describe('done', () => {
  test('on its day whoever still uses the type is told, in the frame of a notice', async () => {
    const type = await newType(bank)
    const users = await usersOf(bank, type, 3)
    const plan = planFor({ closedFrom: TODAY, lastDay: inDays(60), reminderDays: [inDays(7)] })
    const id = await decide(bank, office, typeClose, type, plan)
    expect(await remindAll()).toEqual([])
    bank.clock.nowMs += 7 * DAY_MS
    const [gone] = users
    const text =
      'update contract set token_issuer = null, token_serial = null where contract_id = $1'
    await bank.pool.query(text, [gone?.contractId])
    expect(await remindAll()).toEqual([2])
    const letters = await lettersTo(users)
    expect(letters.map(({ contract_id }) => contract_id)).toEqual(
      users.slice(1).map(({ contractId }) => contractId),
    )
    const [letter] = letters
    expect(letter?.subject).toContain('利用終了のお知らせ')
    expect(letter?.body).toContain('2026年11月24日から、新しい登録の受付を終了しています。')
    expect(letter?.body).toContain('2027年1月23日を過ぎると、ご利用いただけなくなります。')
    expect(letter?.body).toContain(`シリアル番号：${users[1]?.token.serial}`)
    expect(letter?.body).toContain('このメールにリンクはありません')
    expect(letter?.body).not.toMatch(/https?:|www\./)
    expect(await progressOf(id)).toMatchObject({
      using: 2,
      stopped: 1,
      reminders: [{ no: 1, queued: 2, remaining: 0, doneAtMs: bank.clock.nowMs }],
    })
    const { rows } = await bank.pool.query(
      `select actor_kind, serial from event where kind = 'type-reminder' and contract_id = $1`,
      [users[1]?.contractId],
    )
    expect(rows).toEqual([{ actor_kind: 'system', serial: users[1]?.token.serial }])
  })

  test('in portions, apart from one another whichever process comes', async () => {
    const type = await newType(bank)
    await manyUsers(type, PORTION + 1)
    const plan = planFor({ closedFrom: TODAY, reminderDays: [TODAY] })
    const id = await decide(bank, office, typeClose, type, plan)
    expect(await remindAll()).toEqual([PORTION])
    expect(await remindAll(other)).toEqual([])
    expect((await progressOf(id)).reminders).toMatchObject([{ queued: PORTION, remaining: 1 }])
    bank.clock.nowMs += PORTION_EVERY_MS
    expect(await remindAll(other)).toEqual([1])
    expect((await progressOf(id)).reminders).toMatchObject([{ queued: PORTION + 1, remaining: 0 }])
  })

  test('a second reminder goes to whoever is left; of two that were missed only the later', async () => {
    const type = await newType(bank)
    const users = await usersOf(bank, type, 2)
    const days = [inDays(1), inDays(3), inDays(5)]
    const plan = planFor({ lastDay: inDays(9), reminderDays: days })
    const id = await decide(bank, office, typeClose, type, plan)
    bank.clock.nowMs += DAY_MS
    expect(await remindAll()).toEqual([2])
    bank.clock.nowMs += 5 * DAY_MS
    expect(await remindAll()).toEqual([2])
    expect(await lettersTo(users)).toHaveLength(4)
    const { reminders } = await progressOf(id)
    expect(reminders.map(({ queued }) => queued)).toEqual([2, 0, 2])
  })
})

test('refused: nothing is sent of a campaign that was reopened, or is past its last day', async () => {
  const reopened = await newType(bank)
  const past = await newType(bank)
  const users = [...(await usersOf(bank, reopened, 1)), ...(await usersOf(bank, past, 1))]
  const plan = planFor({ lastDay: inDays(3), reminderDays: [inDays(2)] })
  await decide(bank, office, typeClose, reopened, plan)
  await decide(bank, office, typeClose, past, plan)
  await decide(bank, office, typeReopen, reopened)
  bank.clock.nowMs += 4 * DAY_MS
  expect(await remindAll()).toEqual([])
  expect(await lettersTo(users)).toEqual([])
})

test('replayed: what a process that died had begun is sent by the next, once to each', async () => {
  const type = await newType(bank)
  const users = await usersOf(bank, type, 3)
  await decide(bank, office, typeClose, type, planFor({ reminderDays: [TODAY] }))
  const store = storeOn(bank.pool)
  const dying = {
    ...bank.ports,
    store: {
      ...store,
      transaction: <T>(work: (tx: never) => Promise<T>) =>
        store.transaction(async (tx) => {
          await work(tx as never)
          throw new Error('the process dies before it commits')
        }),
    },
  }
  await expect(remindNext(dying as never, 'test')).rejects.toThrow(/dies/)
  expect(await lettersTo(users)).toEqual([])
  expect(await remindAll()).toEqual([3])
  expect(await remindAll()).toEqual([])
  expect(await lettersTo(users)).toHaveLength(3)
})

test('two at once: many processes queue each letter once', async () => {
  const type = await newType(bank)
  const users = await usersOf(bank, type, 4)
  const id = await decide(bank, office, typeClose, type, planFor({ reminderDays: [TODAY] }))
  const sent = await atOnce(8, (place) => remindAll(place % 2 ? bank : other))
  expect(sent.flat().reduce((total, queued) => total + queued, 0)).toBe(4)
  expect(await lettersTo(users)).toHaveLength(4)
  // Even if the place that was reached were lost, nobody would be told twice.
  await bank.pool.query(
    `update campaign_reminder set after_contract = '', done_at = null where campaign_id = $1`,
    [id],
  )
  await remindAll()
  expect(await lettersTo(users)).toHaveLength(4)
})
