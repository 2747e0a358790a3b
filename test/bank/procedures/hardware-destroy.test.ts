/** 廃棄 by two people: done, refused, replayed, two at once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  destroyTokens,
  destructionOf,
  MOST_DESTROYED,
} from '../../../src/bank/procedures/hardware-destroy.ts'
import { TOKEN_STATES } from '../../../src/bank/token.ts'
import { appoint, eventsOfStaff, type TestStaff } from '../office/test-staff.ts'
import {
  atOnce,
  MORNING_MS,
  openTestBank,
  type Process,
  refusalOf,
  type TestBank,
} from '../test-bank.ts'
import { makeBatch, stateOf, wanted } from './hardware-steps.ts'

let bank: TestBank
let other: Process
let clerk: TestStaff
let supervisor: TestStaff
beforeAll(async () => {
  bank = await openTestBank()
  other = bank.another()
  clerk = await appoint(bank, 'clerk')
  supervisor = await appoint(bank, 'supervisor')
})
afterAll(() => bank.close())
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})
const either = (place: number): Process => (place % 2 ? bank : other)

const propose = async (serials: readonly string[]) => {
  const prepared = wanted(destructionOf(serials.join('\n')))
  return destroyTokens.propose(bank.ports, clerk.request, prepared, '月次の廃棄')
}
const approve = (id: string, by = supervisor, { ports }: Process = bank) =>
  destroyTokens.approve(ports, by.request, id, '')

async function waiting() {
  const { makeToken } = await makeBatch(bank, 1)
  const tokens = [await makeToken({ state: 'returned' }), await makeToken()]
  const { id } = wanted(await propose(tokens.map(({ serial }) => serial)))
  const states = () => Promise.all(tokens.map((token) => stateOf(bank, token)))
  return { id, tokens, states }
}

test('a list as it is typed or scanned: each serial once, in order', () => {
  const typed = ' hw90000002, HW90000001\n\nhw90000002、HW９００００００３'
  expect(destructionOf(typed)).toEqual({
    ok: true,
    value: {
      subject: 'HW90000001 ほか2本',
      facts: { serials: ['HW90000001', 'HW90000002', 'HW90000003'] },
    },
  })
  const many = Array.from({ length: MOST_DESTROYED + 1 }, (_, place) => `HW${10_000 + place}`)
  for (const none of ['', ' , ', 'HW90000001 ?', many.join(' ')]) {
    expect(destructionOf(none)).toMatchObject({ refusal: 'invalid-input', field: 'serials' })
  }
})

test('done: all of the list, each with its event under one receipt', async () => {
  const { id, tokens, states } = await waiting()
  const { receiptNo } = wanted(await approve(id))
  expect(await states()).toEqual(['destroyed', 'destroyed'])
  const text = `select serial, outcome from event where receipt_no = $1 order by serial`
  const { rows } = await bank.pool.query(text, [receiptNo])
  expect(rows).toEqual(tokens.map(({ serial }) => ({ serial, outcome: 'done' })))
})

describe('refused', () => {
  test('what is not at the bank, or meant for a customer: nothing of the list', async () => {
    const { makeToken } = await makeBatch(bank, 1)
    for (const state of TOKEN_STATES) {
      const good = await makeToken({ state: 'returned' })
      const token = await makeToken({ state })
      const outcome = await propose([good.serial, token.serial])
      const may = state === 'stocked' || state === 'returned'
      expect([state, refusalOf(outcome)]).toEqual([state, may ? undefined : 'wrong-state'])
      expect(await stateOf(bank, good)).toBe('returned')
    }
    expect(refusalOf(await propose(['ZZZZ9999']))).toBe('serial-unknown')
  })

  test('an own proposal, and one of which a token has left meanwhile', async () => {
    const { id, tokens, states } = await waiting()
    expect(refusalOf(await approve(id, clerk))).toBe('own-proposal')
    await bank.pool.query(`update token set state = 'assigned' where serial = $1`, [
      tokens[1]?.serial,
    ])
    expect(refusalOf(await approve(id))).toBe('wrong-state')
    expect(await states()).toEqual(['returned', 'assigned'])
    expect((await eventsOfStaff(bank, supervisor.staffId)).at(-1)).toBe(
      'hardware-destroy wrong-state',
    )
  })
})

test('replayed: the same list waits once and is destroyed once', async () => {
  const { id, tokens } = await waiting()
  const serials = tokens.map(({ serial }) => serial)
  expect(refusalOf(await propose(serials))).toBe('already-proposed')
  expect(await approve(id)).toMatchObject({ ok: true })
  expect(refusalOf(await approve(id))).toBe('already-decided')
  expect(refusalOf(await propose(serials))).toBe('wrong-state')
})

test('two at once: lists that overlap, approved together; each token ends once', async () => {
  const { makeToken } = await makeBatch(bank, 1)
  const tokens = await atOnce(3, () => makeToken({ state: 'returned' }))
  const [a, b, c] = tokens.map(({ serial }) => serial) as [string, string, string]
  const first = wanted(await propose([a, b]))
  const second = wanted(await propose([b, c]))
  const outcomes = await atOnce(12, (place) =>
    approve(place % 3 ? first.id : second.id, supervisor, either(place)),
  )
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
  const text = `select count(*)::int as ends from event
                 where kind = 'hardware-destroy' and outcome = 'done' and serial = $1`
  expect((await bank.pool.query(text, [b])).rows).toEqual([{ ends: 1 }])
})
