/** Whatever is changed by hand in the database, `audit verify` finds it. */
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { leafHash } from '../../../src/evidence/hashing.ts'
import { EVENT_TEXT } from '../../../src/store/evidence/event-rows.ts'
import { BANK, type LogBank, openLogBank } from './log-of-tests.ts'

let bank: LogBank
/** The numbers of the twelve events, by leaf; they lie in batches of five, four and three. */
let seqs: number[]

beforeAll(async () => {
  bank = await openLogBank()
})
afterAll(() => bank.close())
beforeEach(async () => {
  await bank.clear()
  for (const count of [5, 4, 3]) {
    await bank.append(count, { serial: 'GM12345678', receiptNo: '1000123' })
    await bank.seal()
  }
  seqs = await bank.sealedSeqs()
  expect(await bank.found()).toEqual([])
})

const sql = (text: string, values: unknown[] = []) => bank.pool.query(text, values)
const edit = (leaf: number, change: string) =>
  sql(`update event set ${change} where seq = $1`, [seqs[leaf]])

describe('an event that was edited', () => {
  test.each([
    ["id = id || 'x'"],
    ["at = at + interval '1 microsecond'"],
    ["at = at - interval '1 day'"],
    ["at = 'infinity'"],
    ["actor_kind = 'staff'"],
    ["actor_id = actor_id || ' '"],
    ["contract_id = '10000000001'"],
    ['contract_id = null'],
    ["serial = 'GM00000000'"],
    ['serial = null'],
    ["kind = 'logout'"],
    ["outcome = 'wrong-code'"],
    ['receipt_no = receipt_no + 1'],
    ['receipt_no = null'],
    ["request_id = ''"],
    ['detail = null'],
    [`detail = detail || '{"no": 1}'`],
    [`detail = jsonb_set(detail, '{no}', (detail ->> 'no' || '.0')::jsonb)`],
    [`detail = detail || '{"more": ""}'`],
    ["detail = 'null'"],
    ['contract_id = serial, serial = contract_id'],
  ])('%s', async (change) => {
    await edit(6, change)
    expect(await bank.found()).toEqual(['edited 6'])
  })

  test('is told with bank, leaf, number and the ID that it has now', async () => {
    await edit(6, `id = 'ABC', outcome = 'frozen'`)
    const { findings } = await bank.report()
    expect(findings).toEqual([
      { bankCode: BANK, kind: 'edited', leaf: 6, seq: seqs[6], eventId: 'ABC' },
    ])
  })

  test('wherever it stands and whatever text was put in', async () => {
    const columns = fc.constantFrom(
      'id',
      'actor_kind',
      'actor_id',
      'contract_id',
      'kind',
      'outcome',
    )
    const text = fc.string({ unit: 'binary' }).map((value) => value.replaceAll('\0', ''))
    const property = fc.asyncProperty(fc.nat(11), columns, text, async (leaf, column, value) => {
      const [before] = (
        await sql(`select ${column} as was from event where seq = $1`, [seqs[leaf]])
      ).rows
      fc.pre(before.was !== value)
      await sql(`update event set ${column} = $2 where seq = $1`, [seqs[leaf], value])
      expect(await bank.found()).toEqual([`edited ${leaf}`])
      await sql(`update event set ${column} = $2 where seq = $1`, [seqs[leaf], before.was])
    })
    await fc.assert(property, { numRuns: 60 })
    expect(await bank.found()).toEqual([])
  })

  test('also if its leaf was made to fit: the signed root says so', async () => {
    await edit(6, `outcome = 'frozen'`)
    const { rows } = await sql(`select ${EVENT_TEXT} as text from event e where seq = $1`, [
      seqs[6],
    ])
    await sql(
      `update evidence_batch set leaf_hashes = overlay(leaf_hashes placing $1 from 33)
        where first_leaf = 5`,
      [leafHash(rows[0].text)],
    )
    // The head of the batch differs, the one after it as well, and the edge.
    expect(await bank.found()).toEqual(['broken-log 12', 'head-differs 8'])
  })
})

describe('an event that is gone', () => {
  test.each([0, 1, 4, 5, 8, 11])('leaf %s', async (leaf) => {
    await sql('delete from event where seq = $1', [seqs[leaf]])
    expect(await bank.found()).toEqual([`deleted ${leaf}`])
  })

  test('with others around it', async () => {
    await sql('delete from event where seq = any ($1)', [[seqs[3], seqs[4], seqs[5], seqs[9]]])
    expect(await bank.found()).toEqual(['deleted 3', 'deleted 9'])
    expect((await bank.report()).findings[0]?.more).toBe('to leaf 5')
  })

  test('all of them', async () => {
    await sql('delete from event')
    expect(await bank.found()).toEqual(['deleted 0'])
  })

  test('to another bank', async () => {
    await edit(6, `bank_code = '0000'`)
    expect(await bank.found()).toEqual(['deleted 6'])
    expect((await bank.report({ bankCode: '0000' })).unsealed).toBe(1)
  })

  test('in exchange for one of another bank', async () => {
    await bank.append(1, { bankCode: '0000' })
    await bank.seal()
    const [other] = await bank.sealedSeqs('0000')
    await sql(`update event set bank_code = $2 where seq = $1`, [other, BANK])
    await edit(6, `bank_code = '0000'`)
    expect(await bank.found({ bankCode: BANK })).toEqual(['deleted 6'])
    expect(await bank.found({ bankCode: '0000' })).toContain('deleted 0')
  })

  test('under another number', async () => {
    await sql('update event set seq = $2 where seq = $1', [seqs[6], (seqs[0] ?? 0) - 1])
    expect(await bank.found()).toEqual(['deleted 6', 'inserted -'])
  })
})

describe('events that were exchanged', () => {
  test.each([
    [0, 1],
    [2, 10],
  ])('the numbers of leaves %s and %s', async (one, other) => {
    await sql('update event set seq = -1 where seq = $1', [seqs[one]])
    await sql('update event set seq = $2 where seq = $1', [seqs[other], seqs[one]])
    await sql('update event set seq = $1 where seq = -1', [seqs[other]])
    expect(await bank.found()).toEqual([`reordered ${one}`])
    const [finding] = (await bank.report()).findings
    expect(finding?.more).toBe(`with leaf ${other} seq ${seqs[other]}`)
  })

  test('all that stands in two rows', async () => {
    await sql(
      `update event e set (id, at, actor_id, contract_id, request_id, detail)
         = (select o.id, o.at, o.actor_id, o.contract_id, o.request_id, o.detail from event o
             where o.seq = case e.seq when $1 then $2 else $1 end)
        where seq in ($1, $2)`,
      [seqs[3], seqs[7]],
    )
    expect(await bank.found()).toEqual(['reordered 3'])
  })

  test('in the batch', async () => {
    await sql(
      'update evidence_batch set seqs = seqs[2:2] || seqs[1:1] || seqs[3:] where first_leaf = 0',
    )
    expect(await bank.found()).toEqual(['edited 0', 'edited 1'])
  })
})

describe('an event that was put in', () => {
  const forge = (seq: string, at = `'${new Date(Date.now()).toISOString()}'`) =>
    sql(
      `insert into event (bank_code, seq, id, at, actor_kind, actor_id, kind, outcome, request_id)
       overriding system value
       values ('${BANK}', ${seq}, 'forged', ${at}, 'customer', 'T1', 'login', 'done', 'forged')`,
    )

  test('among sealed ones', async () => {
    await forge(String((seqs[0] ?? 0) - 1), 'now()')
    expect(await bank.found()).toEqual(['inserted -'])
    await bank.seal()
    expect(await bank.found()).toEqual(['inserted -'])
  })

  test('behind them, and nobody seals it', async () => {
    const at = `'${new Date(bank.clock.nowMs - 61_000).toISOString()}'`
    await forge("nextval('event_seq')", at)
    expect(await bank.found()).toEqual(['unsealed -'])
    expect(await bank.found({ unsealedMs: 62_000 })).toEqual([])
  })

  test('into the past, before it was sealed', async () => {
    const at = `'${new Date(bank.clock.nowMs - 3_600_000).toISOString()}'`
    await forge("nextval('event_seq')", at)
    await bank.seal()
    expect(await bank.found()).toEqual(['misdated 12'])
  })

  test('into the future', async () => {
    await forge("nextval('event_seq')", `'infinity'`)
    await bank.seal()
    expect(await bank.found()).toEqual(['misdated 12'])
  })

  test('under an old number, which was made open again for the sealer', async () => {
    bank.clock.nowMs += 3_600_000
    await bank.append(1)
    await bank.seal()
    await forge(String((seqs[0] ?? 0) - 1), `'${new Date(bank.clock.nowMs).toISOString()}'`)
    await sql('update evidence_log set settled_seq = 0')
    await bank.anotherSealer().round()
    expect(await bank.found()).toEqual(['late 13'])
  })

  test.each(['sealed', 'not sealed'])('as a copy, %s', async (how) => {
    await sql(
      `insert into event (bank_code, id, at, actor_kind, actor_id, kind, outcome, request_id)
       select bank_code, id, at, actor_kind, actor_id, kind, outcome, request_id from event
        where seq = $1`,
      [seqs[6]],
    )
    if (how === 'sealed') await bank.seal()
    expect(await bank.found()).toEqual(['duplicated -'])
  })
})
