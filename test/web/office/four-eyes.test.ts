/** 起案・承認・親展書面 over HTTP: what the pages show, and that their forms do what they say. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { japanese } from '../../../src/web/words/words.ts'
import { appoint } from '../../bank/office/test-staff.ts'
import { contractOf, MORNING_MS, openTestBank, type TestBank } from '../../bank/test-bank.ts'
import { type Site, serveOffice } from '../http.ts'
import { type OfficeVisitor, signIn } from './office-visitor.ts'

let bank: TestBank
let site: Site
let clerk: OfficeVisitor
let supervisor: OfficeVisitor
beforeAll(async () => {
  bank = await openTestBank()
  site = await serveOffice(bank.ports)
  clerk = await signIn(bank, site, await appoint(bank, 'clerk'))
  supervisor = await signIn(bank, site, await appoint(bank, 'supervisor'))
})
afterAll(async () => {
  await site.close()
  await bank.close()
})
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})

const locationOf = (answer: Response) => answer.headers.get('location') ?? ''
const refusalOf = async (answer: Response) =>
  /data-refusal="([\w-]+)"/.exec(await answer.text())?.[1]

/** The address of a proposal of that act about a new customer. */
async function proposed(act: string) {
  const customer = await bank.open({ method: 'customer-card' })
  const at = `/1184/customers/${customer.contractId}/prepare/${act}`
  const form = await clerk.open(at)
  expect(form.status).toBe(200)
  const answer = await clerk.post(at, { reason: '窓口で本人確認済み' })
  expect(answer.status).toBe(303)
  return { customer, at, proposal: locationOf(answer) }
}

test('prepared, seen by both, approved on the page of the supervisor', async () => {
  const { proposal } = await proposed('card-reissue')
  const own = await clerk.open(proposal)
  expect(own.html).toContain('取り下げる')
  expect(own.html).not.toContain(japanese.office.proposals.approve)
  expect((await supervisor.open('/1184/inbox')).html).toContain(proposal)
  const theirs = await supervisor.open(proposal)
  expect(theirs.html).toContain('窓口で本人確認済み')
  const approved = await supervisor.post(`${proposal}/approve`)
  expect(approved.status).toBe(200)
  expect(await approved.text()).toMatch(/data-field="receiptNo"[^>]*>\d{7}/)
  expect(await refusalOf(await supervisor.post(`${proposal}/approve`))).toBe('already-decided')
  expect((await supervisor.open('/1184/inbox/settled')).html).toContain(proposal)
  const letters = await clerk.open('/1184/letters')
  expect(letters.html).not.toContain('/print"')
  const third = await signIn(bank, site, await appoint(bank, 'administrator'))
  const open = await third.open('/1184/letters')
  const id = /\/1184\/letters\/([\w-]+)\/print/.exec(open.html)?.[1]
  for (const one of [clerk, supervisor]) {
    expect(await refusalOf(await one.post(`/1184/letters/${id}/print`))).toBe('not-permitted')
  }
  const printed = await third.post(`/1184/letters/${id}/print`)
  const text = await printed.text()
  expect(text.match(/data-cell="\d+">\d\d</g)).toHaveLength(20)
  expect(await refusalOf(await third.post(`/1184/letters/${id}/print`))).toBe('wrong-state')
})

test('returned with a note, which the clerk reads', async () => {
  const { proposal } = await proposed('password-reissue')
  expect(await refusalOf(await supervisor.post(`${proposal}/return`))).toBe('invalid-input')
  const returned = await supervisor.post(`${proposal}/return`, { note: '書類が足りません' })
  expect(returned.status).toBe(303)
  const read = await clerk.open(proposal)
  expect(read.html).toContain('書類が足りません')
  expect(read.html).toContain('data-value="returned"')
})

test('withdrawn by its author', async () => {
  const { customer, proposal } = await proposed('card-reissue')
  expect((await clerk.post(`${proposal}/withdraw`)).status).toBe(303)
  expect(await refusalOf(await supervisor.post(`${proposal}/approve`))).toBe('already-decided')
  expect((await contractOf(bank, customer)).confirmationFailures).toBe(0)
})

describe('refused', () => {
  test('without a reason, at the field', async () => {
    const { at } = await proposed('card-reissue')
    const answer = await clerk.post(at, { reason: '' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toMatch(/href="#field-reason"/)
  })

  test('what is not possible, an act or a customer that there is not', async () => {
    const { customer } = await proposed('card-reissue')
    const of = (contractId: string, act: string) =>
      clerk.post(`/1184/customers/${contractId}/prepare/${act}`, { reason: 'x' })
    expect(await refusalOf(await of(customer.contractId, 'unfreeze'))).toBe('wrong-state')
    expect((await of(customer.contractId, 'nothing')).status).toBe(404)
    expect((await of('99999999999', 'reissue')).status).toBe(404)
  })
})
