/** 利用登録: done, refused, replayed, two at once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  beginEnrolment,
  completeEnrolment,
  type EnrolmentForm,
} from '../../../src/bank/procedures/enrolment.ts'
import { login } from '../../../src/bank/procedures/login.ts'
import {
  atOnce,
  type Customer,
  contractOf,
  DAY_MS,
  eventsOf,
  MORNING_MS,
  newBrowser,
  openTestBank,
  type Process,
  refusalOf,
  request,
  type TestBank,
  tracesOf,
} from '../test-bank.ts'

const ENROLMENT_PASSWORD = 'Kamide08'

let bank: TestBank
let other: Process
let enrolmentHash: string
beforeAll(async () => {
  bank = await openTestBank()
  other = bank.another()
  enrolmentHash = await bank.ports.passwords.hash(ENROLMENT_PASSWORD)
})
afterAll(() => bank.close())
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})
const either = (place: number): Process => (place % 2 ? bank : other)

/** A contract that the bank has opened and sent the letter for. */
async function opened(): Promise<Customer> {
  const customer = await bank.open()
  await bank.pool.query(
    `update contract set login_password_hash = null, enrolment_hash = $2,
                         enrolment_expires_at = $3
      where contract_id = $1`,
    [customer.contractId, enrolmentHash, new Date(MORNING_MS + 60 * DAY_MS)],
  )
  return customer
}

const begin = (contractId: string, enrolmentPassword = ENROLMENT_PASSWORD, from = newBrowser()) =>
  beginEnrolment(bank.ports, request, from, { contractId, enrolmentPassword })

async function enrolling(customer: Customer) {
  const browser = newBrowser()
  const outcome = await begin(customer.contractId, ENROLMENT_PASSWORD, browser)
  if (!outcome.ok) throw new Error(`the enrolment was refused: ${outcome.refusal}`)
  const send = (change: Partial<EnrolmentForm> = {}, process: Process = bank) =>
    completeEnrolment(process.ports, request, browser, {
      draftId: outcome.value.draftId,
      loginPassword: 'Atarashii1',
      loginPasswordAgain: 'Atarashii1',
      mail: 'hanako@example.jp',
      ...change,
    })
  return { customer, send }
}
const ready = async () => enrolling(await opened())

const tryLogin = ({ contractId }: Customer, loginPassword: string) =>
  login(
    bank.ports,
    request,
    { now: newBrowser(), afterLogin: newBrowser() },
    { contractId, loginPassword },
  )

test('done: the login password logs in, the enrolment password is used up', async () => {
  const { customer, send } = await ready()
  expect(refusalOf(await tryLogin(customer, 'Atarashii1'))).toBe('wrong-credentials')
  expect(await send()).toMatchObject({
    ok: true,
    value: { mail: 'hanako@example.jp', receivedAtMs: MORNING_MS },
  })
  expect(await tryLogin(customer, 'Atarashii1')).toMatchObject({ ok: true })
  const contract = await contractOf(bank, customer)
  expect(contract.mail).toBe('hanako@example.jp')
  expect(contract.enrolment).toBeUndefined()
  expect(refusalOf(await begin(customer.contractId))).toBe('wrong-credentials')
  expect(await eventsOf(bank, customer)).toContain('enrolment done')
})

test('done: the new address and the one known before get the notice', async () => {
  const { customer, send } = await ready()
  await send()
  const { notices } = await tracesOf(bank, customer)
  const recipients = notices.map(({ recipient }) => recipient)
  expect(recipients.sort()).toEqual([customer.mail, 'hanako@example.jp'].sort())
})

test('replayed: the first receipt, and the first password stays', async () => {
  const { customer, send } = await ready()
  const first = await send()
  const traces = await tracesOf(bank, customer)
  bank.clock.nowMs += 60 * 60_000
  const again = { loginPassword: 'Betsuno2', loginPasswordAgain: 'Betsuno2' }
  expect(await send(again)).toEqual(first)
  expect(await tracesOf(bank, customer)).toEqual(traces)
})

describe('step 1 refuses', () => {
  test('a wrong password, an unknown ID and an enrolled contract alike, and locks all three', async () => {
    const ids = [(await opened()).contractId, 'NOBODY0001', (await bank.open()).contractId]
    for (const contractId of ids) {
      for (let wrong = 0; wrong < 6; wrong += 1) {
        expect(await begin(contractId, 'Chigau08')).toEqual({
          ok: false,
          refusal: 'wrong-credentials',
          field: 'contractId',
        })
      }
      expect(refusalOf(await begin(contractId))).toBe('locked-password')
    }
  })

  test('wrong login and enrolment passwords count together', async () => {
    const customer = await opened()
    for (let wrong = 0; wrong < 3; wrong += 1) {
      await begin(customer.contractId, 'Chigau08')
      await tryLogin(customer, 'Chigau08')
    }
    expect(refusalOf(await begin(customer.contractId))).toBe('locked-password')
  })

  test('a login password does not enrol, an enrolment password does not log in', async () => {
    const customer = await opened()
    expect(refusalOf(await tryLogin(customer, ENROLMENT_PASSWORD))).toBe('wrong-credentials')
    const enrolled = await bank.open()
    expect(refusalOf(await begin(enrolled.contractId, enrolled.loginPassword))).toBe(
      'wrong-credentials',
    )
  })

  test('an enrolment password that is too old, only to who knows it', async () => {
    const { contractId } = await opened()
    bank.clock.nowMs += 60 * DAY_MS
    expect(refusalOf(await begin(contractId))).toBe('draft-expired')
    expect(refusalOf(await begin(contractId, 'Chigau08'))).toBe('wrong-credentials')
  })

  test('empty fields, by name; a frozen contract', async () => {
    expect(await begin('')).toMatchObject({ refusal: 'invalid-input', field: 'contractId' })
    const { contractId } = await opened()
    expect(await begin(contractId, '')).toMatchObject({ field: 'enrolmentPassword' })
    await bank.pool.query('update contract set frozen = true where contract_id = $1', [contractId])
    expect(refusalOf(await begin(contractId))).toBe('frozen')
  })
})

describe('step 2 refuses', () => {
  test('bad input, by field, and changes nothing', async () => {
    const { customer, send } = await ready()
    const traces = await tracesOf(bank, customer)
    const bad = [
      [{ loginPassword: 'short' }, 'loginPassword'],
      [{ loginPasswordAgain: 'Atarashii2' }, 'loginPasswordAgain'],
      [{ mail: 'nobody' }, 'mail'],
    ] as const
    for (const [change, field] of bad) {
      expect(await send(change)).toEqual({ ok: false, refusal: 'invalid-input', field })
    }
    expect(await tracesOf(bank, customer)).toEqual(traces)
  })

  test('out-of-order, draft-expired', async () => {
    const { customer, send } = await ready()
    expect(refusalOf(await send({ draftId: 'no such draft' }))).toBe('out-of-order')
    const second = await enrolling(customer)
    expect(await second.send()).toMatchObject({ ok: true })
    expect(refusalOf(await send())).toBe('out-of-order')
    const late = await ready()
    bank.clock.nowMs += 30 * 60_000
    expect(refusalOf(await late.send())).toBe('draft-expired')
  })
})

describe('two at once', () => {
  test('one draft: one receipt, the same answer for all', async () => {
    const { customer, send } = await ready()
    const outcomes = await atOnce(6, (place) => send({}, either(place)))
    expect(outcomes[0]).toMatchObject({ ok: true })
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0])
    expect((await tracesOf(bank, customer)).receipts).toHaveLength(1)
  })

  test('two drafts: one of them sets the password', async () => {
    const one = await ready()
    const two = await enrolling(one.customer)
    const outcomes = await Promise.all([one.send({}, bank), two.send({}, other)])
    expect(outcomes.map(refusalOf).sort()).toEqual(['out-of-order', undefined])
  })

  test('twenty wrong passwords: six are judged', async () => {
    const { contractId } = await opened()
    const outcomes = await atOnce(20, () => begin(contractId, 'Chigau08'))
    const wrong = outcomes.filter((outcome) => refusalOf(outcome) === 'wrong-credentials')
    expect(wrong).toHaveLength(6)
  })
})
