/** The byte form of an event: the database writes it exactly as the pure part does. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventText } from '../../../src/evidence/event-text.ts'
import { leafHash } from '../../../src/evidence/hashing.ts'
import { EVENT_COLUMNS } from '../../../src/store/events/journal.ts'
import { EVENT_TEXT, LEAF_HASH } from '../../../src/store/evidence/event-rows.ts'
import { BANK, type LogBank, openLogBank } from './log-of-tests.ts'

let bank: LogBank

beforeAll(async () => {
  bank = await openLogBank()
})
afterAll(() => bank.close())

const text = fc.string({ unit: 'binary' }).map((value) => value.replaceAll('\0', ''))
const events = fc.record({
  actorId: text,
  contractId: fc.option(text, { nil: undefined }),
  serial: fc.option(text, { nil: undefined }),
  requestId: text,
  atMs: fc.integer({ min: -1e12, max: 1e14 }),
  receiptNo: fc.option(fc.maxSafeNat().map(String), { nil: undefined }),
  detail: fc.option(
    fc.dictionary(
      text,
      fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean()),
    ),
    { nil: undefined },
  ),
})

test('is written by the database exactly as here', async () => {
  const property = fc.asyncProperty(events, async ({ actorId, ...like }) => {
    const wished = Object.fromEntries(
      Object.entries(like).filter(([, value]) => value !== undefined),
    )
    const [event] = await bank.append(1, { ...wished, actor: { kind: 'api', id: actorId } })
    if (event === undefined) throw new Error('nothing was appended')
    const { rows } = await bank.pool.query(
      `select ${EVENT_TEXT} as text, ${LEAF_HASH} as leaf,
                e.seq::text, e.detail::text from event e where id = $1`,
      [event.id],
    )
    expect(rows[0].leaf).toEqual(leafHash(rows[0].text))
    expect(rows[0].text).toBe(
      eventText({
        bankCode: BANK,
        seq: rows[0].seq,
        id: event.id,
        atMs: String(event.atMs),
        actorKind: 'api',
        actorId,
        contractId: event.contractId ?? null,
        serial: event.serial ?? null,
        kind: 'login',
        outcome: 'done',
        receiptNo: event.receiptNo ?? null,
        requestId: event.requestId,
        detail: rows[0].detail,
      }),
    )
  })
  await fc.assert(property, { numRuns: 300 })
})

test('has every column of an event', async () => {
  const { rows } = await bank.pool.query<{ column_name: string }>(
    `select column_name from information_schema.columns where table_name = 'event'`,
  )
  // A new column has to be sealed, too: then it goes into EVENT_FIELDS, and to the end.
  expect(rows.map(({ column_name }) => column_name).sort()).toEqual(
    [...EVENT_COLUMNS.split(/,\s+/), 'seq'].sort(),
  )
})
