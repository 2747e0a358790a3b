/** 取引通知メールの文面: the bank's own words, without links and with known placeholders only. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { noticeOf } from '../../../src/bank/notice.ts'
import {
  type NoticeTemplate,
  readTemplate,
  STANDARD_TEMPLATE,
} from '../../../src/bank/office/notice-template.ts'
import { noticeTemplateChange } from '../../../src/bank/procedures/notice-template.ts'
import { DEMO_BANK } from '../../../src/store/demo/demo-bank.ts'
import { appoint } from '../office/test-staff.ts'
import {
  atOnce,
  MORNING_MS,
  openTestBank,
  type Process,
  refusalOf,
  type TestBank,
} from '../test-bank.ts'
import { decide, type Office, prepare, proposalIdOf } from './campaign-steps.ts'

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
  await bank.pool.query('delete from notice_template')
  await bank.pool.query('update bank set notice_template = null')
})

const SUBJECT = '取引通知メールの文面'
const words = (more: Partial<NoticeTemplate> = {}): NoticeTemplate => ({
  greeting: 'いつも{金庫名}をご利用くださり、ありがとうございます。',
  closing: 'お心当たりがないときは、すぐにお電話ください。',
  signature: '{金庫名}\n{部署}\n{電話}（{受付時間}）',
  ...more,
})
const change = (more: Partial<NoticeTemplate> = {}) =>
  decide(bank, office, noticeTemplateChange, SUBJECT, words(more))
const profile = async () => {
  const found = await bank.ports.store.tables.banks.profile('1184')
  if (found === undefined) throw new Error('the bank of the test has vanished')
  return found
}
const versions = () => bank.ports.store.tables.messages.templates('1184', 10)
const sample = { act: '振込', lines: [['金額', '1,000円']] } as const
const receipt = { receiptNo: '1000123', receivedAtMs: MORNING_MS }

test('a bank without words of its own says what it always said', () => {
  expect(
    noticeOf(DEMO_BANK, '10000000001', receipt, sample).body,
  ).toBe(`白河信用金庫（デモ）をご利用いただきありがとうございます。
次のお取引を受け付けました。

お取引：振込
受付番号：1000123
受付時刻：2026年11月24日 10時00分00秒
契約者ID：下4けた 0001
金額：1,000円

お心当たりのない場合は、ただちに下記までご連絡ください。
このメールにリンクはありません。当金庫がメールでパスワードをお尋ねすることもありません。

白河信用金庫（デモ） 事務統括部 インターネットバンキング担当
電話 0248-23-4513（平日 9:00～17:00）`)
})

test('done: the next notice is in the new words, and every version is kept', async () => {
  await change()
  await change({ greeting: 'ご利用ありがとうございます。' })
  const { body } = noticeOf(await profile(), '10000000001', receipt, sample)
  expect(body).toContain('ご利用ありがとうございます。\n次のお取引を受け付けました。')
  expect(body).toContain('お取引：振込')
  const { department, phone, hours } = DEMO_BANK.contact
  expect(body.endsWith(`${DEMO_BANK.name}\n${department}\n${phone}（${hours}）`)).toBe(true)
  const kept = await versions()
  expect(kept.map(({ version, decidedBy }) => [version, decidedBy])).toEqual([
    [2, office.supervisor.staffId],
    [1, office.supervisor.staffId],
  ])
  expect(kept[1]?.template).toEqual(words())
  await decide(bank, office, noticeTemplateChange, SUBJECT, STANDARD_TEMPLATE)
  expect(noticeOf(await profile(), '1', receipt, sample)).toEqual(
    noticeOf(DEMO_BANK, '1', receipt, sample),
  )
})

describe('refused', () => {
  test.each([
    ['an unknown placeholder', { greeting: '{お客さま名}さま' }, 'unknown-placeholder', 'greeting'],
    ['half a placeholder', { greeting: '{金庫名さま' }, 'unknown-placeholder', 'greeting'],
    ['a name of objects', { greeting: '{constructor}' }, 'unknown-placeholder', 'greeting'],
    ['an address', { closing: '詳しくは https://bank.example/ へ' }, 'has-link', 'closing'],
    ['a host', { closing: '詳しくは www.bank へ' }, 'has-link', 'closing'],
    ['a host without www', { closing: '詳しくはbank.co.jpをご覧ください' }, 'has-link', 'closing'],
    ['a full-width host', { closing: 'ｂａｎｋ．ｊｐ' }, 'has-link', 'closing'],
    ['a Japanese host', { signature: '{電話} 金庫.jp' }, 'has-link', 'signature'],
    ['a mail address', { signature: '{電話} info@bank.jp' }, 'has-link', 'signature'],
    ['nothing', { closing: ' \n ' }, 'invalid-input', 'closing'],
    ['a novel', { greeting: 'あ'.repeat(401) }, 'invalid-input', 'greeting'],
    ['nobody to call', { signature: '{金庫名}' }, 'invalid-input', 'signature'],
  ])('%s', async (_, more, refusal, field) => {
    const outcome = await prepare(bank, office, noticeTemplateChange, SUBJECT, words(more))
    expect(outcome).toMatchObject({ refusal, field })
    expect(await versions()).toEqual([])
  })

  test('what is no link stays possible', () => {
    const closing = '受付は9:00から17.30まで。ご不明な点は、No.1 窓口へ。'
    expect(readTemplate(words({ closing }))).toMatchObject({ ok: true })
  })

  test('the words that are in force already', async () => {
    const same = await prepare(bank, office, noticeTemplateChange, SUBJECT, STANDARD_TEMPLATE)
    expect(refusalOf(same)).toBe('wrong-state')
    await change()
    const again = await prepare(bank, office, noticeTemplateChange, SUBJECT, words())
    expect(refusalOf(again)).toBe('wrong-state')
  })
})

test('replayed: approved once', async () => {
  const id = await change()
  const again = await noticeTemplateChange.approve(bank.ports, office.supervisor.request, id, '')
  expect(refusalOf(again)).toBe('already-decided')
  expect(await versions()).toHaveLength(1)
})

test('two at once: two changes over two processes make two versions, one after the other', async () => {
  const [one, two] = await Promise.all(
    [SUBJECT, '別の件'].map(async (subject, place) =>
      proposalIdOf(
        await prepare(bank, office, noticeTemplateChange, subject, words({ greeting: `${place}` })),
      ),
    ),
  )
  const outcomes = await atOnce(8, (place) =>
    noticeTemplateChange.approve(
      (place % 2 ? bank : other).ports,
      office.supervisor.request,
      (place % 4 < 2 ? one : two) ?? '',
      '',
    ),
  )
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(2)
  const kept = await versions()
  expect(kept.map(({ version }) => version)).toEqual([2, 1])
  expect((await profile()).noticeTemplate).toEqual(kept[0]?.template)
})
