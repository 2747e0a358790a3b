/** What a clerk answers who is asked why a code was refused. */
import { expect, test } from 'vitest'
import type { RecordedEvent } from '../../../src/bank/event-reading.ts'
import { whyOf } from '../../../src/web/office/customers/history.tsx'

const event = (
  outcome: RecordedEvent['outcome'],
  detail?: RecordedEvent['detail'],
): RecordedEvent => ({
  seq: 1,
  id: 'e',
  bankCode: '1184',
  atMs: 0,
  actor: { kind: 'customer', id: '10000000001' },
  kind: 'transfer',
  outcome,
  requestId: 'r',
  ...(detail && { detail }),
})

const USED = { usedAt: '2026-11-24T01:32:00.000Z', usedFor: 'transfer' }

test.each([
  ['wrong-code', { offSeconds: -60 }, '約60秒前の数字です'],
  ['wrong-code', { offSeconds: -150 }, '約2分30秒前の数字です'],
  ['wrong-code', { offSeconds: 600 }, '約10分先の数字です（トークンの時計の進み）'],
  ['wrong-code', { offSeconds: -60, olderThanUsed: true }, 'その後の数字がすでに使われています'],
  ['wrong-code', { offPresses: 16 }, '16回先の数字です'],
  ['wrong-code', { foundNear: false }, '打ち間違い、または別のトークン'],
  ['code-already-used', USED, '2026/11/24 10:32:00に「振込」で使われた数字です'],
  ['code-already-used', { ...USED, olderThanUsed: true }, '「振込」で使われた数字より前の数字です'],
  ['code-already-used', { ...USED, usedFor: 'verification/bill' }, '他のチャネル（収納サービス）'],
  ['code-already-used', {}, 'すでに使われた数字です'],
] as const)('%s %j', (outcome, detail, words) => {
  expect(whyOf(event(outcome, detail))).toContain(words)
})

test('nothing is made up where nothing is known', () => {
  expect(whyOf(event('wrong-code'))).toBeUndefined()
  expect(whyOf(event('insufficient-funds'))).toBeUndefined()
  expect(whyOf(event('done'))).toBeUndefined()
})
