import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  EVENT_FIELDS,
  type EventRecord,
  eventText,
  readEventText,
} from '../../src/evidence/event-text.ts'
import { OpenNumbers } from '../../src/evidence/open-numbers.ts'

const values = fc.option(fc.string({ unit: 'binary' }))
const events = fc
  .tuple(...EVENT_FIELDS.map(() => values))
  .map((all) => Object.fromEntries(all.map((value, place) => [EVENT_FIELDS[place], value])))
  .map((event) => event as EventRecord)

test('what is written is read again, and two events never have one text', () => {
  fc.assert(
    fc.property(events, events, (one, other) => {
      expect(readEventText(eventText(one))).toEqual(one)
      const same = EVENT_FIELDS.every((field) => one[field] === other[field])
      expect(eventText(one) === eventText(other)).toBe(same)
    }),
  )
})

const good = eventText(
  Object.fromEntries(EVENT_FIELDS.map((field) => [field, field])) as EventRecord,
)
test.each([
  '',
  '{}',
  '[]',
  '["1184"]',
  'null',
  good.replace('"seq"', '1'),
  good.replace(',', ', '),
  good.replace(']', ',"more"]'),
  good.replace('"kind"', '"k\\u0069nd"'),
  `${good} `,
])('no event: %j', (text) => {
  expect(readEventText(text)).toBeUndefined()
})

test('numbers that are not sealed stay open until they are settled', () => {
  const open = new OpenNumbers(10, [12, 13, 17])
  expect(open.ranges()).toEqual([
    { first: 11, last: 11 },
    { first: 14, last: 16 },
    { first: 18, last: Number.MAX_SAFE_INTEGER },
  ])
  expect(open.after([15, 18], 10).ranges()).toEqual([
    { first: 11, last: 11 },
    { first: 14, last: 14 },
    { first: 16, last: 16 },
    { first: 19, last: Number.MAX_SAFE_INTEGER },
  ])
  expect(open.after([15, 18], 17).ranges()).toEqual([{ first: 19, last: Number.MAX_SAFE_INTEGER }])
  expect(new OpenNumbers(0, []).ranges()).toEqual([{ first: 1, last: Number.MAX_SAFE_INTEGER }])
})
