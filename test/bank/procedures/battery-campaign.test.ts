/** 電池交換キャンペーン and 手数料と電池の期間: done, refused, replayed, two at once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AgeingToken } from '../../../src/bank/hardware/hardware-batteries.ts'
import {
  batteryCampaign,
  campaignOf,
  MOST_IN_CAMPAIGN,
  runBatteryCampaigns,
} from '../../../src/bank/procedures/battery-campaign.ts'
import { recordApplication } from '../../../src/bank/procedures/hardware-application.ts'
import { assignSerial } from '../../../src/bank/procedures/hardware-assign.ts'
import { dispatchToken } from '../../../src/bank/procedures/hardware-dispatch.ts'
import { hardwareTerms, termsOf } from '../../../src/bank/procedures/hardware-terms.ts'
import { appoint, type TestStaff } from '../office/test-staff.ts'
import {
  atOnce,
  contractOf,
  DAY_MS,
  MORNING_MS,
  openTestBank,
  type Process,
  refusalOf,
  type TestBank,
  tracesOf,
} from '../test-bank.ts'
import { makeBatch, newParcelNo, paperOf, stateOf, wanted } from './hardware-steps.ts'
import { exchanging } from './token-steps.ts'

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
beforeEach(async () => {
  bank.clock.nowMs = MORNING_MS
  await bank.pool.query(`delete from hardware_terms`)
  // Each test has tokens of its own: those of the others are as good as new.
  await bank.pool.query(`update token set ends_on = '2099-12-31' where type = 'HW'`)
})
const either = (place: number): Process => (place % 2 ? bank : other)
const TERMS = { feeYen: 1_100, batteryMonths: 60 }
const batteries = () => bank.ports.store.tables.hardware.batteries
const ending = (endsBy: string) => batteries().ending('1184', endsBy, TERMS, 100)

/** A customer whose token was sent so many days ago. */
async function inUse(shippedDaysAgo: number, endsOn?: string) {
  const { makeToken } = await makeBatch(bank, 3)
  const token = await makeToken({ state: 'active' })
  await bank.pool.query('update token set shipped_at = $2, ends_on = $3 where serial = $1', [
    token.serial,
    new Date(MORNING_MS - shippedDaysAgo * DAY_MS),
    endsOn ?? null,
  ])
  return { token, customer: await bank.open({ token }) }
}

const propose = (endsBy: string, ageing: readonly AgeingToken[]) =>
  batteryCampaign.propose(bank.ports, clerk.request, campaignOf(endsBy, ageing), '期限の前に')

/** A campaign over the tokens of the test, approved. */
async function approved(endsBy: string) {
  const { id } = wanted(await propose(endsBy, await ending(endsBy)))
  const { receiptNo } = wanted(
    await batteryCampaign.approve(bank.ports, supervisor.request, id, ''),
  )
  const progress = () => batteries().campaign('1184', receiptNo)
  return { receiptNo, id, progress }
}

const run = ({ ports }: Process = bank) =>
  runBatteryCampaigns(ports, 'test', (error) => {
    throw error
  })

describe('which batteries end', () => {
  test('by the months since it was sent, unless the maker names a day', async () => {
    const { token: old, customer } = await inUse(1_800)
    const { token: stated } = await inUse(10, '2026-12-31')
    await inUse(10)
    expect(await ending('2026-12-31')).toMatchObject([
      { serial: old.serial, contractId: customer.contractId, endsOn: '2026-12-20', shape: 3 },
      { serial: stated.serial, endsOn: '2026-12-31', hasSuccessor: false },
    ])
    expect(await ending('2026-12-19')).toEqual([])
    const longer = { ...TERMS, batteryMonths: 72 }
    expect(await batteries().ending('1184', '2026-12-31', longer, 100)).toHaveLength(1)
  })

  test('only tokens in use; one that has a successor under way is marked', async () => {
    const { token, customer } = await inUse(1_800)
    const { makeToken } = await makeBatch(bank, 3)
    await makeToken({ state: 'stocked', endsOn: '2026-12-01' })
    wanted(await recordApplication(bank.ports, clerk.request, paperOf(customer)))
    expect(await ending('2026-12-31')).toMatchObject([{ serial: token.serial, hasSuccessor: true }])
    expect(campaignOf('2026-12-31', await ending('2026-12-31')).facts.serials).toEqual([])
  })
})

describe('done', () => {
  test('applications without a fee, and the customers are told; then to the exchange', async () => {
    const { token, customer } = await inUse(1_800)
    const { progress } = await approved('2026-12-31')
    const stages = async () => {
      const campaign = await progress()
      return campaign && (await batteries().tokensOf(campaign)).map(({ stage }) => stage)
    }
    expect(await progress()).toMatchObject({ tokens: 1, waiting: 1, recorded: 0 })
    expect(await stages()).toEqual(['waiting'])
    expect(await run()).toBe(1)
    expect(await progress()).toMatchObject({ waiting: 0, recorded: 1 })
    expect(await stages()).toEqual(['recorded'])
    const { applications } = bank.ports.store.tables.hardware
    const [application] = await applications.ofContract('1184', customer.contractId)
    expect(application).toMatchObject({
      purpose: 'battery',
      feeYen: 0,
      shape: 3,
      replaces: token.serial,
      state: 'received',
    })
    const { notices } = await tracesOf(bank, customer)
    expect(notices).toHaveLength(1)
    expect(notices[0]?.body).toContain('2026年12月20日まで')
    // The old one goes on until the new one has come and takes its place.
    const successor = await (await makeBatch(bank, 3)).makeToken()
    const applicationNo = application?.applicationNo ?? ''
    const { serial } = successor
    wanted(await assignSerial(bank.ports, clerk.request, { applicationNo, serial }))
    const parcelNo = newParcelNo()
    wanted(await dispatchToken(bank.ports, clerk.request, { applicationNo, parcelNo }))
    expect(await progress()).toMatchObject({ shipped: 1 })
    expect(await stages()).toEqual(['shipped'])
    expect(await stateOf(bank, token)).toBe('active')
    const { prove, send } = await exchanging(bank, customer, token, successor)
    wanted(await prove())
    wanted(await send())
    expect((await contractOf(bank, customer)).token?.serial).toBe(serial)
    expect(await progress()).toMatchObject({ exchanged: 1, shipped: 0, recorded: 0 })
    expect(await stages()).toEqual(['exchanged'])
  })
})

describe('refused', () => {
  test('a campaign over nothing, over too many, by its own author', async () => {
    expect(refusalOf(await propose('2026-12-31', []))).toBe('invalid-input')
    const serials = Array.from({ length: MOST_IN_CAMPAIGN + 1 }, (_, place) => `X${place}`)
    const prepared = { subject: 'too many', facts: { endsBy: '2026-12-31', serials } }
    const many = await batteryCampaign.propose(bank.ports, clerk.request, prepared, 'x')
    expect(refusalOf(many)).toBe('invalid-input')
    await inUse(1_800)
    const own = wanted(await propose('2026-12-30', await ending('2026-12-30')))
    const approve = await batteryCampaign.approve(bank.ports, clerk.request, own.id, '')
    expect(refusalOf(approve)).toBe('own-proposal')
    expect(await run()).toBe(0)
  })

  test('what has changed since the list is skipped, with its reason', async () => {
    const gone = await inUse(1_800)
    const applied = await inUse(1_800)
    const good = await inUse(1_800)
    const { receiptNo, progress } = await approved('2026-12-29')
    await bank.pool.query(
      'update contract set token_issuer = null, token_serial = null where contract_id = $1',
      [gone.customer.contractId],
    )
    wanted(await recordApplication(bank.ports, clerk.request, paperOf(applied.customer)))
    expect(await run()).toBe(3)
    expect(await progress()).toMatchObject({ tokens: 3, skipped: 2, recorded: 1 })
    const campaign = await progress()
    const tokens = campaign ? await batteries().tokensOf(campaign) : []
    const reasons = Object.fromEntries(tokens.map((each) => [each.serial, each.skippedFor]))
    expect(reasons).toEqual({
      [gone.token.serial]: 'no-token',
      [applied.token.serial]: 'already-applied',
      [good.token.serial]: undefined,
    })
    expect(receiptNo).toMatch(/^\d+$/)
  })
})

test('replayed: approved once, dealt with once', async () => {
  const { customer } = await inUse(1_800)
  const { id } = await approved('2026-12-28')
  const again = await batteryCampaign.approve(bank.ports, supervisor.request, id, '')
  expect(refusalOf(again)).toBe('already-decided')
  expect(await run()).toBe(1)
  expect(await run()).toBe(0)
  expect((await tracesOf(bank, customer)).notices).toHaveLength(1)
})

test('two at once: processes share the work, each token is dealt with once', async () => {
  const all = await atOnce(6, () => inUse(1_800))
  const { progress } = await approved('2026-12-27')
  const settled = await atOnce(4, (place) => run(either(place)))
  expect(settled.reduce((sum, each) => sum + each, 0)).toBe(6)
  expect(await progress()).toMatchObject({ waiting: 0, recorded: 6, skipped: 0 })
  for (const { customer } of all) {
    expect((await tracesOf(bank, customer)).notices).toHaveLength(1)
  }
})

describe('手数料と電池の期間', () => {
  const change = (feeYen: string, batteryMonths = '60') =>
    hardwareTerms.propose(bank.ports, clerk.request, termsOf({ feeYen, batteryMonths }), '改定')
  const approve = (id: string, { ports }: Process = bank) =>
    hardwareTerms.approve(ports, supervisor.request, id, '')
  const now = () => bank.ports.store.tables.hardware.terms.find('1184')

  test('changed by two people, once, and not before the approval', async () => {
    const { id } = wanted(await change('５５０', '48'))
    expect(await now()).toEqual(TERMS)
    const outcomes = await atOnce(6, (place) => approve(id, either(place)))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await now()).toEqual({ feeYen: 550, batteryMonths: 48 })
    expect(refusalOf(await approve(id))).toBe('already-decided')
  })

  test('figures that cannot be meant, and those that hold already', async () => {
    for (const fee of ['', '-1', '10001', '1.5', 'x']) {
      expect(await change(fee)).toMatchObject({ refusal: 'invalid-input', field: 'feeYen' })
    }
    for (const months of ['', '11', '121']) {
      expect(await change('0', months)).toMatchObject({ field: 'batteryMonths' })
    }
    expect(refusalOf(await change('1,100'))).toBe('wrong-state')
    expect(await now()).toEqual(TERMS)
  })
})
