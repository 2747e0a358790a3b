/** ハードウェアトークン over HTTP: the way of an application back and forth, returns, fee and terms. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { appoint, type TestStaff } from '../../bank/office/test-staff.ts'
import {
  applicationOf,
  makeBatch,
  newParcelNo,
  onTheWay,
} from '../../bank/procedures/hardware-steps.ts'
import { DAY_MS, MORNING_MS, openTestBank, type TestBank, tokenOf } from '../../bank/test-bank.ts'
import { type Site, serveOffice } from '../http.ts'
import { type OfficeVisitor, signIn } from './office-visitor.ts'

let bank: TestBank
let site: Site
let staff: TestStaff
let clerk: OfficeVisitor
let supervisor: OfficeVisitor
beforeAll(async () => {
  bank = await openTestBank()
  site = await serveOffice(bank.ports)
  staff = await appoint(bank, 'clerk')
  clerk = await signIn(bank, site, staff)
  supervisor = await signIn(bank, site, await appoint(bank, 'supervisor'))
})
afterAll(async () => {
  await site.close()
  await bank.close()
})
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})

const refusalOf = async (answer: Response) =>
  /data-refusal="([\w-]+)"/.exec(await answer.text())?.[1]
const pageOf = (no: string) => `/1184/hardware/applications/${no}`
const step = (no: string, name: string, fields: Record<string, string> = {}) =>
  clerk.post(`${pageOf(no)}/${name}`, fields)
const stateOn = (html: string) =>
  /data-field="applicationState" data-value="([\w-]+)"/.exec(html)?.[1]

const PAPER = { appliedOn: '2026-11-20', shape: '1', fee: 'taken', waiver: '', sealChecked: 'yes' }
async function recorded(change: Record<string, string> = {}) {
  const { contractId } = await bank.open()
  const answer = await clerk.post('/1184/hardware/applications', {
    contractId,
    ...PAPER,
    ...change,
  })
  return { contractId, answer, path: answer.headers.get('location') ?? '' }
}

describe('申込', () => {
  test('a fee that is waived has its reason, on the page and in the record', async () => {
    const silent = await recorded({ fee: 'waived' })
    expect(silent.answer.status).toBe(422)
    expect(await silent.answer.text()).toContain('field-waiver-error')
    const { path } = await recorded({ fee: 'waived', waiver: '初期不良のため' })
    const page = await clerk.open(path)
    expect(page.html).toContain('初期不良のため')
    expect(stateOn(page.html)).toBe('received')
    const taken = await clerk.open((await recorded()).path)
    expect(taken.html).toMatch(/data-field="fee"[^>]*>1,100円/)
  })

  test.each([
    ['appliedOn', { appliedOn: '2026-11-25' }],
    ['shape', { shape: '' }],
    ['fee', { fee: '' }],
    ['sealChecked', { sealChecked: '' }],
  ])('refused at %s: %o', async (field, wrong) => {
    const { answer } = await recorded(wrong)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(`field-${field}`)
  })

  test('assigned, undone, assigned anew, withdrawn only before', async () => {
    const { token, applicationNo: no } = await onTheWay(bank, staff, 'received')
    expect((await step(no, 'assign', { serial: token.serial })).status).toBe(303)
    expect(stateOn((await clerk.open(pageOf(no))).html)).toBe('assigned')
    expect(await refusalOf(await step(no, 'withdraw'))).toBe('wrong-state')
    expect((await step(no, 'undo')).status).toBe(303)
    expect(stateOn((await clerk.open(pageOf(no))).html)).toBe('received')
    expect((await tokenOf(bank, token)).state).toBe('stocked')
    expect(await refusalOf(await step(no, 'undo'))).toBe('wrong-state')
    expect((await step(no, 'assign', { serial: token.serial })).status).toBe(303)
    expect((await step(no, 'undo')).status).toBe(303)
    expect((await step(no, 'withdraw')).status).toBe(303)
    expect(stateOn((await clerk.open(pageOf(no))).html)).toBe('withdrawn')
    expect((await clerk.open('/1184/hardware/applications')).html).not.toContain(`/${no}"`)
  })

  test('of none, and of a serial of another shape, nothing is assigned', async () => {
    expect((await step('999999', 'undo')).status).toBe(404)
    const { applicationNo: no } = await onTheWay(bank, staff, 'received', 1)
    const other = await (await makeBatch(bank, 2)).makeToken()
    await bank.pool.query('update hardware_application set shape = 1 where application_no = $1', [
      no,
    ])
    expect(await refusalOf(await step(no, 'assign', { serial: other.serial }))).toBe('wrong-shape')
    expect(await refusalOf(await step(no, 'assign', { serial: 'x' }))).toBe('invalid-input')
  })
})

describe('発送, 不着', () => {
  test('sent with its parcel number; one that is refused keeps no other back', async () => {
    const one = await onTheWay(bank, staff, 'assigned')
    const other = await onTheWay(bank, staff, 'assigned')
    const parcelNo = newParcelNo()
    const list = await clerk.open('/1184/hardware/dispatch')
    const answer = await clerk.submit(list, {
      [`parcelNo-${one.applicationNo}`]: parcelNo,
      [`parcelNo-${other.applicationNo}`]: '12',
    })
    expect(answer.status).toBe(422)
    expect(answer.html).toContain('1件を発送済みにしました')
    expect(answer.html).toContain(`field-parcelNo-${other.applicationNo}-error`)
    expect((await applicationOf(bank, one.applicationNo))?.state).toBe('shipped')
    expect((await applicationOf(bank, other.applicationNo))?.state).toBe('assigned')
    const day = await clerk.open('/1184/hardware/dispatched?day=2026-11-24')
    expect(day.html).toContain(one.token.serial)
    expect(day.html).not.toContain(other.token.serial)
  })

  test('an envelope whose assignment was undone meanwhile is told, and does not leave', async () => {
    const { applicationNo: no, token } = await onTheWay(bank, staff, 'assigned')
    const list = await clerk.open('/1184/hardware/dispatch')
    expect((await step(no, 'undo')).status).toBe(303)
    const answer = await clerk.submit(list, { [`parcelNo-${no}`]: newParcelNo() })
    expect([answer.status, answer.refusal]).toEqual([422, 'wrong-state'])
    expect(answer.html).toContain('発送していない申込があります')
    expect(answer.html).toContain(`申込 ${no}`)
    expect((await tokenOf(bank, token)).state).toBe('stocked')
  })

  test('missing: the token is suspended at once; sent again with another token', async () => {
    const { token, applicationNo: no } = await onTheWay(bank, staff, 'shipped')
    expect((await step(no, 'missing')).status).toBe(303)
    expect(stateOn((await clerk.open(pageOf(no))).html)).toBe('missing')
    expect((await tokenOf(bank, token)).state).not.toBe('shipped')
    expect(await refusalOf(await step(no, 'missing'))).toBe('wrong-state')
    expect((await step(no, 'resend')).status).toBe(303)
    expect(stateOn((await clerk.open(pageOf(no))).html)).toBe('received')
    const next = await (await makeBatch(bank, 1)).makeToken()
    expect((await step(no, 'assign', { serial: next.serial })).status).toBe(303)
    expect(await refusalOf(await step(no, 'resend'))).toBe('wrong-state')
  })

  test('undelivered: back unopened it goes on the shelf, and the application waits again', async () => {
    const { token, applicationNo: no } = await onTheWay(bank, staff, 'shipped')
    const { serial } = token
    const form = await clerk.open(`/1184/hardware/returns?serial=${serial}`)
    expect(form.html).toContain(`value="${serial}"`)
    const none = await clerk.post('/1184/hardware/returns', { serial, condition: '' })
    expect(await refusalOf(none)).toBe('invalid-input')
    const back = await clerk.post('/1184/hardware/returns', { serial, condition: 'unopened' })
    expect(back.status).toBe(200)
    expect((await tokenOf(bank, token)).state).toBe('stocked')
    expect(stateOn((await clerk.open(pageOf(no))).html)).toBe('received')
    const again = await clerk.post('/1184/hardware/returns', { serial, condition: 'unopened' })
    expect(again.status).toBe(422)
    expect(await again.text()).toMatch(/data-refusal="wrong-state".*「それ以外」を選んでください/s)
  })
})

describe('手数料と電池の期間', () => {
  const set = (feeYen: string, batteryMonths: string, reason = '会議で決定') =>
    clerk.post('/1184/hardware/terms', { feeYen, batteryMonths, reason })

  test.each([
    ['feeYen', '-1', '60'],
    ['feeYen', '10001', '60'],
    ['batteryMonths', '1100', '11'],
    ['batteryMonths', '1100', '6.5'],
  ])('refused at %s: %s yen, %s months', async (field, feeYen, batteryMonths) => {
    const answer = await set(feeYen, batteryMonths)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(`field-${field}-error`)
  })

  test('prepared, approved, and from then on what the next paper asks', async () => {
    expect(await refusalOf(await set('1100', '60'))).toBe('wrong-state')
    const before = await recorded()
    const proposal = (await set('550', '48')).headers.get('location') ?? ''
    expect((await clerk.open('/1184/hardware/terms')).html).toContain('1100')
    expect((await supervisor.post(`${proposal}/approve`)).status).toBe(200)
    expect((await clerk.open((await recorded()).path)).html).toMatch(/data-field="fee"[^>]*>550円/)
    // What was recorded before keeps its fee.
    expect((await clerk.open(before.path)).html).toMatch(/data-field="fee"[^>]*>1,100円/)
  })
})

describe('電池交換キャンペーン', () => {
  const DRY_RUN = '/1184/hardware/battery/campaign?months=6'
  const reason = '5年の期限の前に'
  /** A customer's token whose maker names the end of its battery. */
  async function inUse() {
    const { makeToken } = await makeBatch(bank, 1)
    const token = await makeToken({ state: 'active', endsOn: '2026-12-31' })
    const { contractId } = await bank.open({ token })
    return { serial: token.serial, contractId }
  }
  const asNew = `update token set ends_on = '2099-12-31' where type = 'HW'`
  const countOn = (html: string) => /data-field="count" data-value="(\d+)"/.exec(html)?.[1]

  test('what was seen is proposed; another list of the same length is shown first', async () => {
    const { serial } = await inUse()
    const seen = await clerk.open(DRY_RUN)
    expect([countOn(seen.html), seen.html.includes(serial)]).toEqual(['1', true])
    await bank.pool.query(asNew)
    const other = await inUse()
    const shown = await clerk.submit(seen, { reason })
    expect([shown.status, shown.refusal, countOn(shown.html)]).toEqual([422, 'wrong-state', '1'])
    expect(shown.html).toContain('対象のトークンが変わりました')
    expect(shown.html).toContain(other.serial)
    expect(shown.html).not.toContain(serial)
    const proposal = await clerk.submit(shown, { reason })
    expect(proposal.path).toMatch(/^\/1184\/proposals\//)
    expect(proposal.html).toContain(other.serial)
  })

  test('a day later the same tokens are another list', async () => {
    await inUse()
    const seen = await clerk.open(DRY_RUN)
    bank.clock.nowMs += DAY_MS
    const later = await signIn(bank, site, await appoint(bank, 'clerk'))
    const answer = await later.post('/1184/hardware/battery/campaign', {
      months: '6',
      reason,
      seen: /name="seen" value="([\w-]+)"/.exec(seen.html)?.[1] ?? '',
    })
    expect(await refusalOf(answer)).toBe('wrong-state')
  })

  test('whose successor is under way is left out, and of nobody else there is no campaign', async () => {
    await bank.pool.query(asNew)
    await recorded({ contractId: (await inUse()).contractId })
    const { html } = await clerk.open(DRY_RUN)
    expect(countOn(html)).toBe('0')
    expect(html).toContain('対象のトークンはありません。')
    expect(html).not.toContain('name="seen"')
  })
})
