/** Numbers are drawn before they are committed: an act may turn up after later ones were sealed. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eventValues } from '../../../src/store/events/journal.ts'
import {
  BANK,
  INSERT_EVENT,
  insertBulk,
  type LogBank,
  newEvent,
  openLogBank,
} from './log-of-tests.ts'

let bank: LogBank

beforeAll(async () => {
  bank = await openLogBank()
})
afterAll(() => bank.close())
beforeEach(() => bank.clear())

const logRow = async () =>
  (await bank.pool.query('select * from evidence_log where bank_code = $1', [BANK])).rows[0]
const seqOf = async (id: string): Promise<number> =>
  (await bank.pool.query('select seq from event where id = $1', [id])).rows[0]?.seq

/** An act in a transaction of its own that waits before its end. */
async function begun(besides = 0) {
  const client = await bank.pool.connect()
  const event = newEvent(bank.clock.nowMs)
  await client.query('begin')
  await client.query(INSERT_EVENT, eventValues(event))
  await insertBulk(client, besides, bank.clock.nowMs)
  const end = (how: 'commit' | 'rollback') => async () => {
    await client.query(how)
    client.release()
  }
  return { event, commit: end('commit'), rollback: end('rollback') }
}

describe('an act that is committed after later ones were sealed', () => {
  test('is sealed behind them', async () => {
    const slow = await begun()
    const [quick] = await bank.append(1)
    await bank.seal()
    await bank.append(600)
    await bank.seal()
    expect(await bank.sealedSeqs()).toHaveLength(601)
    await slow.commit()
    await bank.seal()
    const seqs = await bank.sealedSeqs()
    expect(seqs).toHaveLength(602)
    expect(seqs.at(-1)).toBe(await seqOf(slow.event.id))
    expect(seqs.at(-1)).toBeLessThan(await seqOf(quick?.id ?? ''))
    expect(await bank.report()).toMatchObject({ leaves: 602, unsealed: 0, findings: [] })
  })

  test('holds up what is settled and nothing else, and a later one does not', async () => {
    const slow = await begun()
    await bank.append(1)
    await bank.seal()
    const held = await logRow()
    expect(held.settled_seq).toBeLessThan(held.top_seq)
    // Begun after the mark was set: it cannot have a number from before it.
    const later = await begun()
    await slow.commit()
    await bank.seal()
    const moved = await logRow()
    expect(moved.settled_seq).toBeGreaterThanOrEqual(held.top_seq)
    await later.commit()
    await bank.seal()
    expect(await bank.report()).toMatchObject({ leaves: 3, unsealed: 0, findings: [] })
    expect((await logRow()).settled_seq).toBe((await logRow()).top_seq)
  })

  test('is found by a process that takes over while it is under way', async () => {
    const slow = await begun()
    await bank.append(5)
    await bank.seal()
    const next = bank.anotherSealer()
    await next.round()
    await bank.append(5)
    await next.round()
    await slow.commit()
    const last = bank.anotherSealer()
    for (let round = 0; round < 3; round += 1) await last.round()
    expect(await bank.report()).toMatchObject({ leaves: 11, unsealed: 0, findings: [] })
  })

  test('leaves a gap that closes when it is undone instead', async () => {
    const undone = await begun()
    await bank.append(1)
    await bank.seal()
    expect((await logRow()).mark_seq).not.toBeNull()
    await undone.rollback()
    await bank.seal()
    const { top_seq, settled_seq, mark_seq } = await logRow()
    expect(mark_seq).toBeNull()
    expect(settled_seq).toBe(top_seq)
    expect(await bank.report()).toMatchObject({ leaves: 1, unsealed: 0, findings: [] })
  })

  test('is not lost when it ends between the look at the events and the look at the writers', async () => {
    // The mark is set by a process that has seen the quick event only; the slow one ends before
    // the writers are asked. So the mark must not settle anything before another look.
    const slow = await begun()
    await bank.append(1)
    await bank.anotherSealer().round()
    await slow.commit()
    await bank.pool.query(`update evidence_log set mark_writers = '{}'`)
    await bank.seal()
    expect(await bank.report()).toMatchObject({ leaves: 2, unsealed: 0, findings: [] })
  })

  test('may be as large as several batches', async () => {
    const slow = await begun(4_500)
    await bank.append(1)
    await bank.seal()
    await slow.commit()
    await bank.append(700)
    await bank.seal()
    expect(await bank.report()).toMatchObject({ leaves: 5_202, unsealed: 0, findings: [] })
  })
})
