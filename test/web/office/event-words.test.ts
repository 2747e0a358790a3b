/** Every event of the source has its words in the history. */
import { expect, test } from 'vitest'
import { eventKinds } from '../../../src/web/words/ja/office/events.ts'
import { under } from '../../house/source.ts'

/** How a procedure names the kind of its events, or a four-eyes act itself. */
const NAMES = [
  /\b(?:PROCEDURE|ACT|PROPOSAL|RESERVATION_CANCEL|ISSUE|REVOCATION|UNDONE|WITHDRAWAL|REPLACEMENT|SHARED_SUSPENSION|VIEWING) = '([a-z-]+)'/g,
  /\bprocedure: '([a-z-]+)'/g,
  /'(staff-(?!manage)[a-z]+)'/g,
]

const kinds = [
  ...new Set(
    under('src/bank').flatMap(({ code }) =>
      NAMES.flatMap((name) => [...code.matchAll(name)].map(([, kind = '']) => kind)),
    ),
  ),
]

test('there are many', () => expect(kinds.length).toBeGreaterThan(25))

test.each(kinds)('%s', (kind) => {
  expect(eventKinds[kind]).toMatch(/\p{Script=Han}|\p{Script=Katakana}/u)
})

test('no words for what there is not', () => {
  const locks = ['password', 'confirmation', 'code'].map((lock) => `unlock-${lock}`)
  const known = [...kinds, ...locks]
  expect(Object.keys(eventKinds).filter((kind) => !known.includes(kind))).toEqual([])
})
