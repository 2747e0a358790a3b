/** New cards and passwords by sealed letter: two people decide, a third one prints, once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FIELD_PREFIX } from '../../../src/bank/confirmation.ts'
import type { ConfirmationMethod } from '../../../src/bank/contract.ts'
import { cardReissue } from '../../../src/bank/procedures/card-reissue.ts'
import { beginEnrolment, completeEnrolment } from '../../../src/bank/procedures/enrolment.ts'
import { printLetter } from '../../../src/bank/procedures/letter-print.ts'
import { login } from '../../../src/bank/procedures/login.ts'
import { passwordReissue } from '../../../src/bank/procedures/password-reissue.ts'
import { prepare, prepared } from '../office/four-eyes-steps.ts'
import { appoint, eventsOfStaff, type TestStaff } from '../office/test-staff.ts'
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
  rightAnswers,
  type TestBank,
  tracesOf,
} from '../test-bank.ts'
import { reviewed, toOwnBank } from './transfer-steps.ts'

let bank: TestBank
let other: Process
let clerk: TestStaff
let supervisor: TestStaff
let third: TestStaff
beforeAll(async () => {
  bank = await openTestBank()
  other = bank.another()
  clerk = await appoint(bank, 'clerk')
  supervisor = await appoint(bank, 'supervisor')
  third = await appoint(bank, 'administrator')
})
afterAll(() => bank.close())
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})
const either = (place: number): Process => (place % 2 ? bank : other)
const METHODS: readonly ConfirmationMethod[] = [
  'confirmation-password',
  'customer-card',
  'image-card',
]

async function approved(act: typeof cardReissue, customer: Customer): Promise<string> {
  const { approve } = await prepared(bank, act, customer, clerk)
  const outcome = await approve(supervisor)
  if (!outcome.ok) throw new Error(`the reissue was refused: ${outcome.refusal}`)
  return newestLetter(customer)
}

async function newestLetter({ contractId }: Customer): Promise<string> {
  const [letter] = await bank.ports.store.tables.letters.ofContract('1184', contractId)
  if (letter === undefined) throw new Error('there is no letter')
  return letter.id
}

const print = (letterId: string, by: TestStaff = third, { ports }: Process = bank) =>
  printLetter(ports, by.request, letterId)

async function printed(letterId: string) {
  const outcome = await print(letterId)
  if (!outcome.ok) throw new Error(`the letter was refused: ${outcome.refusal}`)
  return outcome.value
}

async function cardPrinted(letterId: string): Promise<readonly string[]> {
  const letter = await printed(letterId)
  return letter.kind === 'confirmation' ? letter.cells : []
}

async function passwordPrinted(letterId: string): Promise<string> {
  const letter = await printed(letterId)
  return letter.kind === 'enrolment' ? letter.enrolmentPassword : ''
}

const signIn = (customer: Customer) =>
  login(bank.ports, request, { now: newBrowser(), afterLogin: newBrowser() }, customer)

describe('確認方法の再発行', () => {
  test.each(METHODS)('done: %s, a new one that works, and the old one does not', async (method) => {
    const customer = await bank.open({ method })
    const lock = `update contract set confirmation_failures = 6, challenge = '{1,2}'
                   where contract_id = $1`
    await bank.pool.query(lock, [customer.contractId])
    const letterId = await approved(cardReissue, customer)
    const contract = await contractOf(bank, customer)
    expect([contract.confirmationFailures, contract.challenge]).toEqual([0, undefined])
    const cells = await cardPrinted(letterId)
    expect(cells).toHaveLength(customer.cells.length)
    expect(cells).not.toEqual(customer.cells)
    const { send } = await reviewed(bank, customer, undefined, toOwnBank('0000021'))
    const answers = await rightAnswers(bank, { ...customer, cells })
    expect(Object.keys(answers)[0]).toBe(`${FIELD_PREFIX[method]}1`)
    expect(await send({ answers })).toMatchObject({ ok: true })
    expect(await eventsOf(bank, customer)).toEqual([
      'proposal done',
      'card-reissue done',
      'letter-print done',
      'transfer done',
    ])
  })

  test('the old card is no good from the approval on, letter or not', async () => {
    const customer = await bank.open({ method: 'customer-card' })
    await approved(cardReissue, customer)
    const { send } = await reviewed(bank, customer, undefined, toOwnBank('0000021'))
    expect(refusalOf(await send())).toBe('wrong-confirmation')
  })

  test('nothing secret stands in events, proposals, letters or notices', async () => {
    const customer = await bank.open({ method: 'customer-card' })
    const letterId = await approved(cardReissue, customer)
    const cells = await cardPrinted(letterId)
    for (const table of ['event', 'proposal', 'letter', 'notice', 'receipt']) {
      const text = `select * from ${table} where contract_id = $1`
      const { rows } = await bank.pool.query(text, [customer.contractId])
      expect(JSON.stringify(rows)).not.toContain(cells.slice(0, 3).join(' '))
      expect(JSON.stringify(rows)).not.toContain(JSON.stringify(cells.slice(0, 3)).slice(1, -1))
    }
  })
})

describe('ログインパスワードの再発行', () => {
  test('done: the customer enrols again with what the letter says', async () => {
    const customer = await bank.open()
    await signIn(customer)
    const lock = `insert into login_counter values ('1184', $1, 6, now())
                  on conflict (bank_code, contract_id) do update set failures = 6`
    await bank.pool.query(lock, [customer.contractId])
    const letterId = await approved(passwordReissue, customer)
    expect(refusalOf(await signIn(customer))).toBe('wrong-credentials')
    const sessions = 'select from session where contract_id = $1'
    expect((await bank.pool.query(sessions, [customer.contractId])).rowCount).toBe(0)
    const enrolmentPassword = await passwordPrinted(letterId)
    expect(enrolmentPassword).toMatch(/^[A-Za-z2-9]{10}$/)
    const browser = newBrowser()
    const given = { contractId: customer.contractId, enrolmentPassword }
    const begun = await beginEnrolment(bank.ports, request, browser, given)
    if (!begun.ok) throw new Error(`the enrolment was refused: ${begun.refusal}`)
    const loginPassword = 'Atarashii9'
    const form = { ...begun.value, loginPassword, loginPasswordAgain: loginPassword }
    const mail = customer.mail
    const done = await completeEnrolment(bank.ports, request, browser, { ...form, mail })
    expect(done).toMatchObject({ ok: true })
    expect(await signIn({ ...customer, loginPassword })).toMatchObject({ ok: true })
  })

  test('before the letter is printed nobody enrols, and its password ends in sixty days', async () => {
    const customer = await bank.open()
    const letterId = await approved(passwordReissue, customer)
    expect((await contractOf(bank, customer)).enrolment).toBeUndefined()
    const enrolmentPassword = await passwordPrinted(letterId)
    bank.clock.nowMs += 60 * DAY_MS
    const given = { contractId: customer.contractId, enrolmentPassword }
    const outcome = await beginEnrolment(bank.ports, request, newBrowser(), given)
    expect(refusalOf(outcome)).toBe('draft-expired')
  })

  test('a customer who has a password again gets no other by an old letter', async () => {
    const customer = await bank.open()
    const letterId = await approved(passwordReissue, customer)
    const text = `update contract set login_password_hash = 'x' where contract_id = $1`
    await bank.pool.query(text, [customer.contractId])
    expect(refusalOf(await print(letterId))).toBe('wrong-state')
    expect((await contractOf(bank, customer)).enrolment).toBeUndefined()
  })
})

describe('refused', () => {
  test.each([
    ['card', cardReissue],
    ['password', passwordReissue],
  ])('%s: for nobody', async (_, act) => {
    const outcome = await prepare(bank, act, { contractId: '99999999999' }, clerk)
    expect(refusalOf(outcome)).toBe('unknown-contract')
  })

  test('those who prepared and approved do not print; nobody prints what there is not', async () => {
    const letterId = await approved(cardReissue, await bank.open())
    expect(refusalOf(await print(letterId, clerk))).toBe('not-permitted')
    expect(refusalOf(await print(letterId, supervisor))).toBe('not-permitted')
    expect(refusalOf(await print('nothing'))).toBe('out-of-order')
    expect((await eventsOfStaff(bank, clerk.staffId)).at(-1)).toBe('letter-print not-permitted')
    // The table itself refuses it, too.
    const text = `update letter set state = 'printed', printed_by = prepared_by where id = $1`
    await expect(bank.pool.query(text, [letterId])).rejects.toThrow(/letter/)
  })

  test('a letter that a later reissue has overtaken', async () => {
    const customer = await bank.open()
    const first = await approved(cardReissue, customer)
    bank.clock.nowMs += 1000
    const second = await approved(cardReissue, customer)
    expect(refusalOf(await print(first))).toBe('wrong-state')
    expect(await print(second)).toMatchObject({ ok: true })
  })
})

describe('replayed and two at once', () => {
  test('printed once, over two processes', async () => {
    const customer = await bank.open()
    const letterId = await approved(passwordReissue, customer)
    const outcomes = await atOnce(8, (place) => print(letterId, third, either(place)))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(refusalOf(await print(letterId))).toBe('wrong-state')
    const { hash } = (await contractOf(bank, customer)).enrolment ?? {}
    const [won] = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []))
    const password = won?.kind === 'enrolment' ? won.enrolmentPassword : ''
    expect(await bank.ports.passwords.verify(hash, password)).toBe(true)
  })

  test.each([
    ['card', cardReissue],
    ['password', passwordReissue],
  ])('%s: approved once, one letter', async (_, act) => {
    const customer = await bank.open()
    const { approve } = await prepared(bank, act, customer, clerk)
    const outcomes = await atOnce(8, (place) => approve(supervisor, either(place)))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    const letters = await bank.ports.store.tables.letters.ofContract('1184', customer.contractId)
    expect(letters).toHaveLength(1)
    expect((await tracesOf(bank, customer)).receipts).toHaveLength(1)
  })
})
