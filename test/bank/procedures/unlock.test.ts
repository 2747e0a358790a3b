/** ロック解除, and with it the four eyes: prepared, approved, returned, withdrawn, expired. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { expireProposals, giveBack, PROPOSAL_LIFE_MS } from '../../../src/bank/office/four-eyes.ts'
import type { Proposal } from '../../../src/bank/ports.ts'
import { LOCKS, type Lock, unlock } from '../../../src/bank/procedures/unlock.ts'
import type { Outcome } from '../../../src/bank/refusal.ts'
import { appoint, eventsOfStaff, type TestStaff } from '../office/test-staff.ts'
import {
  atOnce,
  type Customer,
  contractOf,
  eventsOf,
  MORNING_MS,
  openTestBank,
  type Process,
  refusalOf,
  type TestBank,
  tokenOf,
  tracesOf,
} from '../test-bank.ts'

let bank: TestBank
let other: Process
let clerk: TestStaff
let supervisor: TestStaff
let second: TestStaff
beforeAll(async () => {
  bank = await openTestBank()
  other = bank.another()
  clerk = await appoint(bank, 'clerk')
  supervisor = await appoint(bank, 'supervisor')
  second = await appoint(bank, 'supervisor')
})
afterAll(() => bank.close())
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})
const either = (place: number): Process => (place % 2 ? bank : other)

/** A customer with that counter at its threshold. */
async function locked(lock: Lock): Promise<Customer> {
  const token = await bank.makeToken()
  const customer = await bank.open({ token })
  const { contractId } = customer
  const set = {
    password: `insert into login_counter values ('1184', $1, 6, now())`,
    confirmation: `update contract set confirmation_failures = 6 where contract_id = $1`,
    code: `update token t set failures = 10, guesses = 10 from contract c
            where c.contract_id = $1 and t.serial = c.token_serial`,
  }
  await bank.pool.query(set[lock], [contractId])
  return customer
}

const REASON = '窓口にて運転免許証で本人確認済み'
const prepare = (customer: Customer, lock: Lock, by = clerk, reason = REASON) => {
  const { contractId } = customer
  const prepared = { subject: contractId, contractId, facts: {} }
  return unlock[lock].propose(bank.ports, by.request, prepared, reason)
}

async function waiting(lock: Lock = 'confirmation') {
  const customer = await locked(lock)
  const outcome = await prepare(customer, lock)
  if (!outcome.ok) throw new Error(`the proposal was refused: ${outcome.refusal}`)
  const { id } = outcome.value
  const approve = (by = supervisor, { ports }: Process = bank, note = '') =>
    unlock[lock].approve(ports, by.request, id, note)
  const back = (state: 'returned' | 'withdrawn', by: TestStaff, note = 'なぜ') =>
    giveBack(bank.ports, by.request, id, { state, note })
  const read = (): Promise<Proposal | undefined> =>
    bank.ports.store.tables.proposals.find('1184', id)
  return { customer, id, approve, back, read }
}

describe('done', () => {
  test.each(LOCKS)('%s: prepared by one, approved by another', async (lock) => {
    const { customer, approve, read } = await waiting(lock)
    expect(await approve()).toMatchObject({ ok: true, value: { receivedAtMs: MORNING_MS } })
    const failures = await bank.ports.store.tables.logins.failures('1184', customer.contractId)
    const { confirmationFailures, token } = await contractOf(bank, customer)
    const held = token && (await bank.ports.store.tables.tokens.get(token))
    expect([failures, confirmationFailures, held?.failures]).toEqual([0, 0, 0])
    expect(await read()).toMatchObject({
      state: 'approved',
      preparedBy: clerk.staffId,
      decidedBy: supervisor.staffId,
    })
    const events = await eventsOf(bank, customer)
    expect(events).toEqual(['proposal done', `unlock-${lock} done`])
    const { receipts, notices } = await tracesOf(bank, customer)
    expect(receipts).toHaveLength(1)
    expect(notices).toMatchObject([{ recipient: customer.mail }])
  })

  test('the count over the life of a seed stays', async () => {
    const { customer, approve } = await waiting('code')
    await approve()
    const { token } = await contractOf(bank, customer)
    expect(await tokenOf(bank, token as never)).toMatchObject({ failures: 0, guesses: 10 })
  })

  test('returned with a note, withdrawn by its author; then it can be prepared anew', async () => {
    const first = await waiting()
    expect(await first.back('returned', supervisor)).toMatchObject({ ok: true })
    expect(await first.read()).toMatchObject({ state: 'returned', note: 'なぜ' })
    expect(await prepare(first.customer, 'confirmation')).toMatchObject({ ok: true })
    const other = await waiting()
    expect(await other.back('withdrawn', clerk)).toMatchObject({ ok: true })
    expect(refusalOf(await other.approve())).toBe('already-decided')
    expect((await contractOf(bank, other.customer)).confirmationFailures).toBe(6)
  })

  test('left for three days it expires, with an event, and does nothing', async () => {
    const { customer, approve, read } = await waiting()
    bank.clock.nowMs += PROPOSAL_LIFE_MS
    expect(refusalOf(await approve())).toBe('proposal-expired')
    await atOnce(4, (place) => expireProposals(either(place).ports, 'test'))
    expect(await read()).toMatchObject({ state: 'expired' })
    // Told alike, whether the timer was faster or not.
    expect(refusalOf(await approve())).toBe('proposal-expired')
    const events = await eventsOf(bank, customer)
    expect(events).toEqual([
      'proposal done',
      'unlock-confirmation proposal-expired',
      'proposal done',
      'unlock-confirmation proposal-expired',
    ])
    expect((await contractOf(bank, customer)).confirmationFailures).toBe(6)
  })
})

test('what was left for three days is in nobody’s way, should the timer be slow', async () => {
  const { customer, read } = await waiting()
  bank.clock.nowMs += PROPOSAL_LIFE_MS
  expect(await prepare(customer, 'confirmation')).toMatchObject({ ok: true })
  expect(await read()).toMatchObject({ state: 'expired' })
  expect(await eventsOf(bank, customer)).toEqual([
    'proposal done',
    'proposal done',
    'proposal done',
  ])
})

describe('refused', () => {
  test('nobody approves an own proposal, whatever the role', async () => {
    const customer = await locked('confirmation')
    const outcome = await prepare(customer, 'confirmation', supervisor)
    if (!outcome.ok) throw new Error('the proposal was refused')
    const own = await unlock.confirmation.approve(
      bank.ports,
      supervisor.request,
      outcome.value.id,
      '',
    )
    expect(refusalOf(own)).toBe('own-proposal')
    expect((await contractOf(bank, customer)).confirmationFailures).toBe(6)
    expect((await eventsOfStaff(bank, supervisor.staffId)).at(-1)).toBe(
      'unlock-confirmation own-proposal',
    )
    // The table itself refuses it, too.
    const text = `update proposal set state = 'approved', decided_by = prepared_by where id = $1`
    await expect(bank.pool.query(text, [outcome.value.id])).rejects.toThrow(/proposal/)
  })

  test('without a reason, without a lock, for nobody', async () => {
    const customer = await locked('confirmation')
    for (const reason of ['', ' \n', 'x'.repeat(401)]) {
      expect(await prepare(customer, 'confirmation', clerk, reason)).toMatchObject({
        refusal: 'invalid-input',
        field: 'reason',
      })
    }
    expect(refusalOf(await prepare(customer, 'code'))).toBe('wrong-state')
    const nobody = { ...customer, contractId: '99999999999' }
    expect(refusalOf(await prepare(nobody, 'code'))).toBe('unknown-contract')
  })

  test('a seed that was guessed at a hundred times stays locked', async () => {
    const customer = await locked('code')
    const { token } = await contractOf(bank, customer)
    const text = 'update token set guesses = 100 where serial = $1'
    await bank.pool.query(text, [token?.serial])
    expect(refusalOf(await prepare(customer, 'code'))).toBe('wrong-state')
  })

  test('what is not locked any more is not opened by an old proposal', async () => {
    const { customer, approve, read } = await waiting()
    await bank.pool.query('update contract set confirmation_failures = 0 where contract_id = $1', [
      customer.contractId,
    ])
    expect(refusalOf(await approve())).toBe('wrong-state')
    expect(await read()).toMatchObject({ state: 'waiting' })
  })

  test('returned without a note, returned by its author, withdrawn by another', async () => {
    const { back, read } = await waiting()
    expect(await back('returned', supervisor, ' ')).toMatchObject({ field: 'note' })
    expect(refusalOf(await back('withdrawn', supervisor))).toBe('not-permitted')
    expect(refusalOf(await back('returned', clerk))).toBe('own-proposal')
    expect(await read()).toMatchObject({ state: 'waiting' })
  })
})

test('replayed: approved once, and the same act waits once', async () => {
  const { customer, approve } = await waiting()
  expect(refusalOf(await prepare(customer, 'confirmation'))).toBe('already-proposed')
  expect(await approve()).toMatchObject({ ok: true })
  expect(refusalOf(await approve())).toBe('already-decided')
  expect((await tracesOf(bank, customer)).receipts).toHaveLength(1)
})

test('two at once: approvals and returns over two processes, one decides', async () => {
  const { customer, approve, back } = await waiting()
  const outcomes = await atOnce(12, async (place): Promise<Outcome<unknown>> => {
    const by = place % 3 ? supervisor : second
    return place % 4 ? approve(by, either(place)) : back('returned', by)
  })
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
  const { receipts } = await tracesOf(bank, customer)
  expect(receipts.length).toBeLessThanOrEqual(1)
  const prepared = await atOnce(8, () => prepare(customer, 'confirmation'))
  expect(prepared.filter(({ ok }) => ok).length).toBeLessThanOrEqual(1)
})
