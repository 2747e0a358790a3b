/** 本人確認の項目: what clerks ask, as the bank sets it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { setIdentityQuestions } from '../../../src/bank/procedures/identity-questions.ts'
import { appoint, eventsOfStaff, type TestStaff } from '../office/test-staff.ts'
import { atOnce, openTestBank, type Process, type TestBank } from '../test-bank.ts'

let bank: TestBank
let other: Process
let administrator: TestStaff
beforeAll(async () => {
  bank = await openTestBank()
  other = bank.another()
  administrator = await appoint(bank, 'administrator')
})
afterAll(() => bank.close())

const set = (questions: readonly string[], least: string, { ports }: Process = bank) =>
  setIdentityQuestions(ports, administrator.request, { questions, least })
const read = () => other.ports.store.tables.identityChecks.of('1184')

test('done: blanks and repetitions apart, for every process, with an event', async () => {
  const check = { questions: ['氏名', '合言葉'], least: 2 }
  const outcome = await set([' 氏名 ', '', '合言葉', '氏名'], '2')
  expect(outcome).toEqual({ ok: true, value: check })
  expect(await read()).toEqual(check)
  expect(await eventsOfStaff(bank, administrator.staffId)).toEqual(['identity-questions done'])
})

test.each([
  ['no question', [''], '1', 'questions'],
  ['too many', Array.from({ length: 11 }, (_, place) => `問${place}`), '1', 'questions'],
  ['too long a one', ['あ'.repeat(41)], '1', 'questions'],
  ['none at least', ['氏名'], '0', 'least'],
  ['more than there are', ['氏名'], '2', 'least'],
  ['no number', ['氏名'], 'all', 'least'],
])('refused: %s', async (_, questions, least, field) => {
  const before = await read()
  expect(await set(questions, least)).toMatchObject({ refusal: 'invalid-input', field })
  expect(await read()).toEqual(before)
})

test('replayed and two at once: the same, whole', async () => {
  const one = ['氏名', '生年月日', '住所']
  const two = ['口座番号']
  await atOnce(8, (place) => (place % 2 ? set(one, '3') : set(two, '1', other)))
  const found = await read()
  const either = [
    { questions: one, least: 3 },
    { questions: two, least: 1 },
  ]
  expect(either).toContainEqual(found)
  await set(two, '1')
  await set(two, '1')
  expect(await read()).toEqual({ questions: two, least: 1 })
})
