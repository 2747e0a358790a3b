/** The sealer: every committed event becomes a leaf, once, whoever seals. */
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

describe('what is sealed', () => {
  test('an empty log is whole, and nothing is written for it', async () => {
    await bank.seal()
    expect(await bank.report()).toMatchObject({ leaves: 0, unsealed: 0, findings: [] })
    expect(await logRow()).toBeUndefined()
  })

  test('events become leaves in their order, and each batch ends with a signed head', async () => {
    await bank.append(3)
    await bank.seal()
    await bank.append(2)
    await bank.seal()
    expect(await bank.report()).toMatchObject({ leaves: 5, unsealed: 0, findings: [] })
    const { rows } = await bank.pool.query('select seq from event order by seq')
    expect(await bank.sealedSeqs()).toEqual(rows.map(({ seq }) => seq))
    const { rowCount } = await bank.pool.query('select from evidence_batch')
    expect(rowCount).toBe(2)
  })

  test('banks have logs of their own, and one that no table names is sealed like the rest', async () => {
    await bank.append(2)
    await bank.append(3, { bankCode: '0000' })
    await bank.append(1)
    await bank.seal()
    expect(await bank.report()).toMatchObject({ leaves: 3, findings: [] })
    expect(await bank.report({ bankCode: '0000' })).toMatchObject({ leaves: 3, findings: [] })
  })

  test('a process that knows nothing goes on where the last one stopped', async () => {
    await bank.append(700)
    await bank.seal()
    await bank.append(10)
    await bank.anotherSealer().round()
    expect(await bank.report()).toMatchObject({ leaves: 710, unsealed: 0, findings: [] })
  })

  test('nothing is done where there is nothing to do', async () => {
    await bank.append(1)
    await bank.seal()
    const before = await bank.pool.query('select xmin, * from evidence_log')
    await bank.seal()
    const after = await bank.pool.query('select xmin, * from evidence_log')
    expect(after.rows).toEqual(before.rows)
    expect(before.rows[0].settled_seq).toBe(before.rows[0].top_seq)
    expect(before.rows[0].mark_seq).toBeNull()
  })
})

describe('several sealers', () => {
  test('leave a log that another one is at', async () => {
    await bank.append(3)
    await bank.seal()
    await bank.append(3)
    const holder = await bank.pool.connect()
    await holder.query('begin')
    await holder.query('select from evidence_log for update')
    await bank.anotherSealer().round()
    expect(await bank.sealedSeqs()).toHaveLength(3)
    await holder.query('rollback')
    holder.release()
    await bank.seal()
    expect(await bank.sealedSeqs()).toHaveLength(6)
  })

  test('a sealer that dies before its commit leaves nothing behind', async () => {
    await bank.append(3)
    await bank.seal()
    await bank.append(3)
    await bank.pool.query(`
      create function die() returns trigger language plpgsql as $$
        begin
          perform pg_terminate_backend(pg_backend_pid());
          perform pg_sleep(1);
          return new;
        end $$`)
    await bank.pool.query(
      'create trigger die after update on evidence_log for each row execute function die()',
    )
    await expect(bank.anotherSealer().round()).rejects.toThrow()
    await bank.pool.query('drop function die cascade')
    expect(await bank.report()).toMatchObject({ leaves: 3, unsealed: 3, findings: [] })
    await bank.seal()
    expect(await bank.report()).toMatchObject({ leaves: 6, unsealed: 0, findings: [] })
  })

  test('share the logs of busy writers: each event is one leaf, none is lost', async () => {
    const sealers = [bank.anotherSealer(), bank.anotherSealer()]
    let writing = true
    const committed: string[] = []
    const pause = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 12))
    const write = async (place: number) => {
      const { pool } = sealers[place % 2] ?? bank
      for (let act = 0; act < 60; act += 1) {
        const bankCode = Math.random() < 0.3 ? '0000' : BANK
        const events = Array.from({ length: 1 + (act % 4) }, () =>
          newEvent(bank.clock.nowMs, { bankCode }),
        )
        const client = await pool.connect()
        await client.query('begin')
        for (const event of events) {
          await client.query(INSERT_EVENT, eventValues(event))
          if (act % 3 === 0) await pause()
        }
        const done = Math.random() < 0.8
        await client.query(done ? 'commit' : 'rollback')
        client.release()
        if (done) committed.push(...events.map(({ id }) => id))
      }
    }
    const sealing = sealers.map(async (sealer) => {
      while (writing) {
        await sealer.round()
        await new Promise((resolve) => setImmediate(resolve))
      }
    })
    await Promise.all(Array.from({ length: 8 }, (_, place) => write(place)))
    writing = false
    await Promise.all(sealing)
    await bank.seal()
    const reports = [await bank.report(), await bank.report({ bankCode: '0000' })]
    expect(reports.flatMap(({ findings }) => findings)).toEqual([])
    expect(reports.map(({ unsealed }) => unsealed)).toEqual([0, 0])
    expect(reports.reduce((sum, { leaves }) => sum + leaves, 0)).toBe(committed.length)
    const { rows } = await bank.pool.query(
      'select bank_code, settled_seq = top_seq as at_rest from evidence_log',
    )
    expect(rows.map(({ at_rest }) => at_rest)).toEqual([true, true])
  })
})

test('a hundred thousand events are sealed and examined', async () => {
  await insertBulk(bank.pool, 100_000, bank.clock.nowMs)
  await bank.seal()
  expect(await bank.report()).toMatchObject({ leaves: 100_000, unsealed: 0, findings: [] })
  const { rows } = await bank.pool.query(
    'select level, count(*) as nodes from evidence_node group by level order by level',
  )
  expect(rows).toEqual([
    { level: 8, nodes: 390 },
    { level: 16, nodes: 1 },
  ])
})
