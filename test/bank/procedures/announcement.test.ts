/** 重要なお知らせ: published by two people, shown from its first day to its last, taken down by two. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addDays } from '../../../src/bank/calendar.ts'
import {
  type AnnouncementForm,
  readAnnouncement,
  stageOf,
} from '../../../src/bank/office/announcement.ts'
import {
  announcementPublish,
  announcementTakeDown,
} from '../../../src/bank/procedures/announcement.ts'
import { appoint } from '../office/test-staff.ts'
import {
  atOnce,
  DAY_MS,
  MORNING_MS,
  openTestBank,
  type Process,
  refusalOf,
  type TestBank,
} from '../test-bank.ts'
import { decide, inDays, type Office, prepare, proposalIdOf, TODAY } from './campaign-steps.ts'

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
  bank.clock.nowMs = MORNING_MS
  await bank.pool.query('delete from announcement')
})

const form = (more: Partial<AnnouncementForm> = {}): AnnouncementForm => ({
  heading: '年末年始の休業',
  text: '12月31日から1月3日まで休業します。\n振込の予約はできます。',
  headingEn: '',
  textEn: '',
  publishedOn: TODAY,
  lastDay: '',
  ...more,
})
const publish = (more: Partial<AnnouncementForm> = {}) =>
  decide(bank, office, announcementPublish, form(more).heading, form(more))
const prepareDown = (announcementId: string) =>
  prepare(bank, office, announcementTakeDown, '年末年始の休業', { announcementId })
const approve = (id: string, { ports }: Process = bank) =>
  announcementTakeDown.approve(ports, office.supervisor.request, id, '')
const shownOn = async (day: string) =>
  (await bank.ports.store.tables.banks.announcements('1184', day)).map(({ ja }) => ja.heading)
const recordOf = (id: string) => bank.ports.store.tables.messages.find('1184', id)

describe('done', () => {
  test('customers read it from its first day to its last, word by word', async () => {
    const more = {
      publishedOn: inDays(1),
      lastDay: inDays(2),
      headingEn: 'Year end',
      textEn: 'Closed.',
    }
    const id = await publish(more)
    const days = [0, 1, 2, 3].map((later) => addDays(TODAY, later))
    const shown = await Promise.all(days.map(shownOn))
    expect(shown.map((headings) => headings.length)).toEqual([0, 1, 1, 0])
    const [told] = await bank.ports.store.tables.banks.announcements('1184', inDays(1))
    expect(told).toEqual({
      id,
      publishedOn: inDays(1),
      ja: { heading: form().heading, text: form().text },
      en: { heading: 'Year end', text: 'Closed.' },
    })
    const { rows } = await bank.pool.query(
      `select receipt_no from event where kind = 'announcement-publish'
        and detail ->> 'announcementId' = $1`,
      [id],
    )
    expect(String(rows[0].receipt_no)).toBe((await recordOf(id))?.receiptNo)
  })

  test('taken down it is gone at once, and still known', async () => {
    const id = await publish()
    expect(await shownOn(TODAY)).toEqual([form().heading])
    const proposal = proposalIdOf(await prepareDown(id))
    expect(await approve(proposal)).toMatchObject({ ok: true })
    expect(await shownOn(TODAY)).toEqual([])
    const record = await recordOf(id)
    expect(record && stageOf(record, TODAY)).toBe('taken-down')
    expect(await bank.ports.store.tables.messages.announcements('1184', 10)).toHaveLength(1)
  })
})

describe('refused', () => {
  test.each<[string, Partial<AnnouncementForm>, string, string]>([
    ['no heading', { heading: ' ' }, 'invalid-input', 'heading'],
    ['a text that nobody reads to its end', { text: 'あ'.repeat(401) }, 'invalid-input', 'text'],
    ['half of it in English', { headingEn: 'Year end' }, 'invalid-input', 'textEn'],
    ['the other half', { textEn: 'Closed.' }, 'invalid-input', 'headingEn'],
    ['no first day', { publishedOn: '' }, 'invalid-input', 'publishedOn'],
    ['a first day yesterday', { publishedOn: inDays(-1) }, 'day-passed', 'publishedOn'],
    [
      'a last day before the first',
      { publishedOn: inDays(2), lastDay: inDays(1) },
      'invalid-input',
      'lastDay',
    ],
    ['a last day that there is not', { lastDay: '2027-02-29' }, 'invalid-input', 'lastDay'],
  ])('%s', (_, more, refusal, field) => {
    expect(readAnnouncement(form(more), MORNING_MS)).toMatchObject({ refusal, field })
  })

  test('one whose first day passed while it waited', async () => {
    const id = proposalIdOf(await prepare(bank, office, announcementPublish, 'late', form()))
    bank.clock.nowMs += DAY_MS
    const late = await announcementPublish.approve(bank.ports, office.supervisor.request, id, '')
    expect(refusalOf(late)).toBe('day-passed')
    expect(await recordOf(id)).toBeUndefined()
  })

  test('what is not there, is over or was taken down is not taken down', async () => {
    expect(refusalOf(await prepareDown('nothing'))).toBe('wrong-state')
    const over = await publish({ lastDay: TODAY })
    bank.clock.nowMs += DAY_MS
    expect(refusalOf(await prepareDown(over))).toBe('wrong-state')
  })
})

test('replayed: published and taken down once', async () => {
  const id = await publish()
  const again = await announcementPublish.approve(bank.ports, office.supervisor.request, id, '')
  expect(refusalOf(again)).toBe('already-decided')
  const proposal = proposalIdOf(await prepareDown(id))
  await approve(proposal)
  expect(refusalOf(await approve(proposal))).toBe('already-decided')
  expect(refusalOf(await prepareDown(id))).toBe('wrong-state')
})

test('two at once: over two processes one approval publishes, one takes down', async () => {
  const id = proposalIdOf(await prepare(bank, office, announcementPublish, 'at once', form()))
  const published = await atOnce(8, (place) =>
    announcementPublish.approve(
      (place % 2 ? bank : other).ports,
      office.supervisor.request,
      id,
      '',
    ),
  )
  expect(published.filter(({ ok }) => ok)).toHaveLength(1)
  expect(await shownOn(TODAY)).toHaveLength(1)
  const down = proposalIdOf(await prepareDown(id))
  const taken = await atOnce(8, (place) => approve(down, place % 2 ? bank : other))
  expect(taken.filter(({ ok }) => ok)).toHaveLength(1)
})
