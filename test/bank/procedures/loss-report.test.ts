/** 紛失届: one person, one confirmation, and the token is dead for everyone who uses it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { login } from '../../../src/bank/procedures/login.ts'
import type { LossForm } from '../../../src/bank/procedures/loss-report.ts'
import { executeTransfer } from '../../../src/bank/procedures/transfer.ts'
import { codeAt } from '../held-token.ts'
import { appoint, type TestStaff } from '../office/test-staff.ts'
import { OTHER_BANK, openOtherBank, openThere } from '../other-bank.ts'
import {
  type Customer,
  contractOf,
  eventsOf,
  MORNING_MS,
  newBrowser,
  openTestBank,
  type Process,
  refusalOf,
  request,
  requestOf,
  type TestBank,
  tokenOf,
  tracesOf,
} from '../test-bank.ts'
import { ALL, report, withToken } from './loss-report-steps.ts'
import { reserved, TOMORROW, usedOn } from './reservation-steps.ts'
import { balanceOf, reviewed } from './transfer-steps.ts'
import { ask, told } from './verification-steps.ts'

let bank: TestBank
let other: Process
let clerk: TestStaff
beforeAll(async () => {
  bank = await openTestBank()
  other = bank.another()
  clerk = await appoint(bank, 'clerk')
  await openOtherBank(bank)
})
afterAll(() => bank.close())
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})

async function reported(customer: Customer, form: Partial<LossForm> = {}) {
  const outcome = await report(bank, clerk, customer, form)
  if (!outcome.ok) throw new Error(`the report was refused: ${outcome.refusal}`)
  return outcome.value
}

const signIn = (customer: Customer) =>
  login(bank.ports, request, { now: newBrowser(), afterLogin: newBrowser() }, customer)

async function sessionsOf({ contractId }: Customer): Promise<number> {
  const text = 'select from session where contract_id = $1'
  return (await bank.pool.query(text, [contractId])).rowCount ?? 0
}

describe('done', () => {
  test('token: the next code is refused by either process, page and API', async () => {
    const { token, customer } = await withToken(bank)
    const { draftId, browser } = await reviewed(bank, customer, token)
    await signIn(customer)
    const result = await reported(customer, { memo: ' 電車の中で落とした ' })
    expect(result).toEqual({
      receiptNo: expect.stringMatching(/^\d+$/),
      receivedAtMs: MORNING_MS,
      serial: token.serial,
      serviceStopped: false,
      othersHere: [],
      othersElsewhere: 0,
      cancelled: [],
    })
    expect((await tokenOf(other, token)).state).toBe('suspended')
    const otp = codeAt(token, MORNING_MS)
    for (const process of [bank, other]) {
      expect(told(await ask(process, customer, { otp }))).toBe('token-suspended')
      const sent = { draftId, otp, answers: {} }
      const outcome = await executeTransfer(process.ports, requestOf(customer), browser, sent)
      expect(refusalOf(outcome)).toBe('out-of-order')
    }
    const again = await reviewed(bank, customer, token)
    expect(refusalOf(await again.send())).toBe('token-suspended')
    expect(await sessionsOf(customer)).toBe(0)
    expect((await contractOf(bank, customer)).frozen).toBe(false)
    expect(await balanceOf(bank, customer)).toBe(1_000_000)
  })

  test('with event, receipt, notice, and the memo apart from the log', async () => {
    const { token, customer } = await withToken(bank)
    const { receiptNo } = await reported(customer, { memo: '電車の中で落とした' })
    const { receipts, notices } = await tracesOf(bank, customer)
    expect(receipts).toMatchObject([{ receipt_no: Number(receiptNo), procedure: 'loss-report' }])
    expect(notices).toMatchObject([{ recipient: customer.mail }])
    expect(notices[0].body).toContain(token.serial)
    const text = 'select * from event where contract_id = $1'
    const { rows } = await bank.pool.query(text, [customer.contractId])
    expect(rows).toMatchObject([
      {
        kind: 'loss-report',
        outcome: 'done',
        actor_kind: 'staff',
        actor_id: clerk.staffId,
        serial: token.serial,
        detail: { tokenStopped: true, serviceStopped: false, confirmed: ALL.join('・') },
      },
    ])
    expect(JSON.stringify(rows)).not.toContain('電車')
    const { lossReports } = bank.ports.store.tables
    const kept = await lossReports.findByReceipt('1184', customer.contractId, receiptNo)
    expect(kept).toMatchObject({ memo: '電車の中で落とした', reportedBy: clerk.staffId })
  })

  test('service: nobody comes in, no channel verifies, not even for a login', async () => {
    const { token, customer } = await withToken(bank)
    await signIn(customer)
    const result = await reported(customer, { scope: 'service' })
    expect(result).toMatchObject({ serviceStopped: true })
    expect(result).not.toHaveProperty('serial')
    expect((await tokenOf(bank, token)).state).toBe('active')
    expect(await contractOf(bank, customer)).toMatchObject({ frozen: true, frozenBy: 'bank' })
    expect(await sessionsOf(customer)).toBe(0)
    expect(refusalOf(await signIn(customer))).toBe('frozen')
    const otp = codeAt(token, MORNING_MS)
    expect(told(await ask(other, customer, { otp, purpose: 'login' }))).toBe('frozen')
  })

  test('both, also for a customer who has stopped all transactions before', async () => {
    const { token, customer } = await withToken(bank)
    const set = `update contract set frozen = true, frozen_by = 'customer' where contract_id = $1`
    await bank.pool.query(set, [customer.contractId])
    expect(await reported(customer, { scope: 'both' })).toMatchObject({
      serial: token.serial,
      serviceStopped: true,
    })
    expect(await contractOf(bank, customer)).toMatchObject({ frozenBy: 'bank' })
  })

  test('reservations are cancelled with a notice each, and their limits free again', async () => {
    const { token, customer } = await withToken(bank)
    const first = await reserved(bank, customer, token)
    const second = await reserved(bank, customer, token, { amount: '20000' })
    expect(await usedOn(bank, customer, TOMORROW)).toBe(30_000)
    const { cancelled } = await reported(customer)
    expect(cancelled).toEqual([first, second])
    expect(await usedOn(bank, customer, TOMORROW)).toBe(0)
    const { transfers, notices } = await tracesOf(bank, customer)
    expect(transfers.map(({ status }) => status)).toEqual(['cancelled', 'cancelled'])
    const subjects = notices.map(({ subject }) => subject)
    expect(subjects.filter((text) => text.includes('予約振込の取消'))).toHaveLength(2)
    const events = await eventsOf(bank, customer)
    expect(events.filter((event) => event === 'reservation-cancel done')).toHaveLength(2)
  })

  test('one phone at several contracts and banks: dead for all, and all are told', async () => {
    const { token, customer } = await withToken(bank)
    const family = await bank.open({ token })
    const there = await openThere(bank, token)
    await signIn(family)
    const result = await reported(customer)
    expect(result).toMatchObject({ othersHere: [family.contractId], othersElsewhere: 1 })
    const otp = codeAt(token, MORNING_MS)
    expect(told(await ask(other, family, { otp }))).toBe('token-suspended')
    const text = `select bank_code, contract_id, subject, body from notice where contract_id = any($1)`
    const { rows } = await bank.pool.query(text, [[family.contractId, there]])
    expect(rows).toHaveLength(2)
    for (const { subject } of rows) expect(subject).toContain('トークンの利用停止')
    // Their own bank speaks to them, and knows neither the clerk nor the customer here.
    const notice = rows.find(({ contract_id }) => contract_id === there)
    expect(notice).toMatchObject({ bank_code: OTHER_BANK.bankCode })
    expect(notice.body).toContain(OTHER_BANK.name)
    const log = `select * from event where bank_code = $1`
    const events = (await bank.pool.query(log, [OTHER_BANK.bankCode])).rows
    expect(events).toMatchObject([
      {
        kind: 'token-suspend-shared',
        contract_id: there,
        actor_kind: 'system',
        actor_id: 'centre',
      },
    ])
    expect(JSON.stringify(events)).not.toContain(customer.contractId)
    // They stay signed in: their passwords are not lost.
    expect(await sessionsOf(family)).toBe(1)
  })

  test('a token that another bank holds already is held by both', async () => {
    const { token, customer } = await withToken(bank)
    const text = `insert into token_hold values ($1, $2, $3, now())`
    await bank.pool.query(text, [token.issuer, token.serial, OTHER_BANK.bankCode])
    await bank.pool.query(`update token set state = 'suspended' where serial = $1`, [token.serial])
    expect(await reported(customer)).toMatchObject({ serial: token.serial })
    const holds = await bank.ports.store.tables.tokenHolds.of(token)
    expect(holds.map(({ bankCode }) => bankCode).sort()).toEqual(['1181', '1184'])
  })
})

describe('refused', () => {
  const cases: readonly (readonly [string, Partial<LossForm>, string])[] = [
    ['too few answers', { confirmed: ALL.slice(0, 2) }, 'confirmed'],
    ['answers to questions that nobody asks', { confirmed: ['a', 'b', 'c'] }, 'confirmed'],
    ['the same answer three times', { confirmed: Array(3).fill(ALL[0]) }, 'confirmed'],
    ['nothing chosen', { scope: '' }, 'scope'],
    ['something else chosen', { scope: 'everything' }, 'scope'],
    ['too long a memo', { memo: 'x'.repeat(401) }, 'memo'],
  ]
  test.each(cases)('%s', async (_, form, field) => {
    const { token, customer } = await withToken(bank)
    expect(await report(bank, clerk, customer, form)).toMatchObject({
      refusal: 'invalid-input',
      field,
    })
    expect((await tokenOf(bank, token)).state).toBe('active')
  })

  test('as many answers as the bank wants, to its own questions', async () => {
    const { token, customer } = await withToken(bank)
    const check = { questions: ['合言葉', '氏名'], least: 2 }
    await bank.ports.store.tables.identityChecks.set('1184', check)
    expect(refusalOf(await report(bank, clerk, customer))).toBe('invalid-input')
    expect(await report(bank, clerk, customer, { confirmed: check.questions })).toMatchObject({
      ok: true,
    })
    expect((await tokenOf(bank, token)).state).toBe('suspended')
    await bank.pool.query('delete from identity_question')
  })

  test('what is so already, without a token, for nobody', async () => {
    const { customer } = await withToken(bank)
    await reported(customer, { scope: 'both' })
    const refusals = await Promise.all(
      ['token', 'service', 'both'].map(async (scope) =>
        refusalOf(await report(bank, clerk, customer, { scope })),
      ),
    )
    expect(refusals).toEqual(['token-suspended', 'frozen', 'token-suspended'])
    const without = await bank.open()
    expect(await report(bank, clerk, without)).toMatchObject({
      refusal: 'no-token',
      field: 'scope',
    })
    const nobody = { ...without, contractId: '99999999999' }
    expect(refusalOf(await report(bank, clerk, nobody))).toBe('unknown-contract')
  })
})
