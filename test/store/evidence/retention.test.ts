/** Old events are exported and removed, and the log stays whole: what is missing was declared. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { dayOf, startOfDayMs } from '../../../src/bank/calendar.ts'
import { exportLines, leavesOfTimes } from '../../../src/store/evidence/log-export.ts'
import { proveReceipt } from '../../../src/store/evidence/receipt-proof.ts'
import { retain } from '../../../src/store/evidence/retention.ts'
import { randomness } from '../../../src/store/randomness.ts'
import { DAY_MS, MORNING_MS } from '../../bank/test-bank.ts'
import { BANK, type LogBank, openLogBank } from './log-of-tests.ts'

const PROGRAM = fileURLToPath(new URL('../../../../tools/verify-receipt.mjs', import.meta.url))

let bank: LogBank
let folder: string
let file: string

beforeAll(async () => {
  bank = await openLogBank()
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-retention-'))
})
afterAll(async () => {
  await bank.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

/** Three days of 20, 30 and 40 events; then it is the evening of the third. */
beforeEach(async () => {
  await bank.clear()
  file = path.join(folder, String(Math.random()))
  bank.clock.nowMs = MORNING_MS
  for (const count of [20, 30, 40]) {
    await bank.append(count)
    await bank.seal()
    bank.clock.nowMs += DAY_MS
  }
  bank.clock.nowMs -= DAY_MS / 2
})

const dayAfter = (days: number): string => dayOf(MORNING_MS + days * DAY_MS)
function retainBefore(day: string, to = file) {
  const { pool, clock, keys } = bank
  const question = { bankCode: BANK, day, beforeMs: startOfDayMs(day), file: to }
  return retain({ pool, clock, keys, random: randomness }, question)
}
const rowsLeft = async (): Promise<number> =>
  (await bank.pool.query('select count(*)::int as rows from event')).rows[0].rows
const check = (exported: string) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, exported], {
    encoding: 'utf8',
  })
  return { status, told: `${stdout}${stderr}` }
}

describe('retention', () => {
  test('exports, declares and removes what is older, and the whole log is verified as before', async () => {
    expect(await retainBefore(dayAfter(2))).toEqual({ ok: true, first: 0, end: 50, removed: 50 })
    expect(await rowsLeft()).toBe(41)
    const report = await bank.report()
    expect(report).toMatchObject({ leaves: 91, unsealed: 0, findings: [] })
    const exportSha256 = createHash('sha256').update(fs.readFileSync(file)).digest('hex')
    expect(report.retentions).toMatchObject([{ leaf: 90, leaves: 50, exportSha256 }])
    expect(check(file)).toMatchObject({ status: 0 })
    expect(check(file).told).toContain('PROVEN: 50 events, none changed')
  })

  test('again on a later day goes on from there', async () => {
    await retainBefore(dayAfter(1))
    const second = `${file}-second`
    expect(await retainBefore(dayAfter(2), second)).toEqual({
      ok: true,
      first: 20,
      end: 50,
      removed: 30,
    })
    const report = await bank.report()
    expect(report).toMatchObject({ leaves: 92, findings: [] })
    expect(report.retentions.map(({ leaves }) => leaves)).toEqual([20, 50])
    expect(check(second).told).toContain('leaves 20 to 49')
    expect(check(second)).toMatchObject({ status: 0 })
  })

  test('done already, or of a day before the first event, changes nothing', async () => {
    expect(await retainBefore(dayAfter(0))).toMatchObject({ ok: true, removed: 0, end: 0 })
    await retainBefore(dayAfter(1))
    const rows = await rowsLeft()
    expect(await retainBefore(dayAfter(1), `${file}-again`)).toEqual({
      ok: true,
      first: 20,
      end: 20,
      removed: 0,
    })
    expect(await rowsLeft()).toBe(rows)
    expect(fs.existsSync(`${file}-again`)).toBe(false)
  })

  test('a receipt whose events are gone is told as kept, and proven from the export', async () => {
    await bank.clear()
    await bank.append(5, { receiptNo: '1000901' })
    await bank.append(20)
    await bank.seal()
    bank.clock.nowMs += DAY_MS
    await bank.append(1, { receiptNo: '1000902' })
    await bank.seal()
    const day = dayOf(bank.clock.nowMs)
    expect(await retainBefore(day)).toMatchObject({ ok: true, removed: 25 })
    const { pool, keys } = bank
    const prove = (receiptNo: string, exportFile?: string) =>
      proveReceipt(pool, keys, { bankCode: BANK, receiptNo, exportFile })
    expect(await prove('1000901')).toEqual({ retainedIn: path.basename(file) })
    expect(await prove('1000903')).toBeUndefined()
    expect(await prove('1000902')).toMatchObject({ receiptNo: '1000902' })
    await bank.seal()
    const proof = await prove('1000901', file)
    expect(proof).toMatchObject({ receiptNo: '1000901', events: { length: 5 } })
    fs.writeFileSync(`${file}-proof`, JSON.stringify(proof))
    expect(check(`${file}-proof`)).toMatchObject({ status: 0 })
    // Neither another receipt's number nor a changed event makes a proof of it.
    expect(await prove('1000902', file)).toBeUndefined()
    const changed = `${file}-changed`
    fs.writeFileSync(changed, fs.readFileSync(file, 'utf8').replaceAll('transfer', 'transfes'))
    expect(await prove('1000901', changed)).toBeUndefined()
  })

  test('never writes over a file', async () => {
    fs.writeFileSync(file, 'something else')
    expect(await retainBefore(dayAfter(2))).toMatchObject({ ok: false })
    expect(fs.readFileSync(file, 'utf8')).toBe('something else')
    expect(await rowsLeft()).toBe(90)
  })

  test('cut off after the declaration is brought to its end by the next one', async () => {
    await bank.pool.query(`
      create function stop() returns trigger language plpgsql as $$
        begin raise exception 'the disk is gone'; end $$`)
    await bank.pool.query(
      'create trigger stop before delete on event for each row execute function stop()',
    )
    await expect(retainBefore(dayAfter(2))).rejects.toThrow('the disk is gone')
    await bank.pool.query('drop function stop cascade')
    expect(await rowsLeft()).toBe(91)
    expect(await bank.report()).toMatchObject({ findings: [] })
    expect(await retainBefore(dayAfter(2), `${file}-again`)).toMatchObject({
      ok: true,
      removed: 50,
    })
    expect(await bank.report()).toMatchObject({ leaves: 91, findings: [] })
  })

  test('two at once remove each row once', async () => {
    const outcomes = await Promise.all([
      retainBefore(dayAfter(2)),
      retainBefore(dayAfter(2), `${file}-other`),
    ])
    expect(outcomes.filter(({ ok }) => ok).length).toBeGreaterThan(0)
    expect(await bank.found()).toEqual([])
    expect((await bank.report()).retentions.length).toBeGreaterThan(0)
    expect((await bank.report()).retentions.every(({ leaves }) => leaves === 50)).toBe(true)
  })

  test.each([
    ['was edited', `update event set outcome = 'frozen' where seq = $1`, 'edited 7'],
    ['is gone', 'delete from event where seq = $1', 'deleted 7'],
  ])('does not hide an event that %s', async (_, change, expected) => {
    const seqs = await bank.sealedSeqs()
    await bank.pool.query(change, [seqs[7]])
    const outcome = await retainBefore(dayAfter(2))
    expect(outcome).toMatchObject({
      ok: false,
      reason: expect.stringContaining(`leaf 7 seq ${seqs[7]}`),
    })
    expect(await bank.found()).toEqual([expected])
  })

  test('covers what it declares and nothing after it', async () => {
    await retainBefore(dayAfter(2))
    const seqs = await bank.sealedSeqs()
    await bank.pool.query('delete from event where seq = any ($1)', [[seqs[50], seqs[70]]])
    expect(await bank.found()).toEqual(['deleted 50', 'deleted 70'])
  })

  test('is not declared by a row that was made to look like it', async () => {
    const seqs = await bank.sealedSeqs()
    await bank.pool.query(
      `update event set kind = 'evidence-retention', outcome = 'done', detail = '{"leaves": 50}'
        where seq = $1`,
      [seqs[89]],
    )
    expect(await retainBefore(dayAfter(0))).toMatchObject({ ok: true, removed: 0 })
    await bank.pool.query('delete from event where seq = any ($1)', [seqs.slice(0, 50)])
    expect(await bank.found()).toEqual(['deleted 0', 'edited 89'])
  })

  test('is gone again when its declaration is', async () => {
    await retainBefore(dayAfter(2))
    await bank.pool.query(`delete from event where kind = 'evidence-retention'`)
    expect(await bank.found()).toEqual(['deleted 0', 'deleted 90'])
  })
})

const hidden = JSON.stringify({ leaf: 17, hash: Buffer.alloc(32).toString('base64'), event: null })
const replaced = (line: number, what: string | RegExp, by: string) => (lines: string[]) =>
  lines.with(line, (lines[line] ?? '').replace(what, by))

describe('an export', () => {
  const exported = async (range: { first: number; end: number }): Promise<string> => {
    const lines: string[] = []
    for await (const line of exportLines(bank.pool, bank.keys, BANK, range)) lines.push(line)
    fs.writeFileSync(file, `${lines.join('\n')}\n`)
    return file
  }

  test.each([
    [0, 90],
    [0, 1],
    [89, 90],
    [13, 57],
    [64, 80],
    [0, Number.MAX_SAFE_INTEGER],
    [40, 40],
  ])('of leaves %s to %s leads to the signed head', async (first, end) => {
    const { status, told } = check(await exported({ first, end }))
    expect(told).toContain(`PROVEN: ${Math.min(end, 90) - first} events`)
    expect(status).toBe(0)
  })

  test('of days has the events of those days', async () => {
    const day = { fromMs: startOfDayMs(dayAfter(1)), endMs: startOfDayMs(dayAfter(2)) }
    expect(await leavesOfTimes(bank.pool, BANK, day)).toEqual({ first: 20, end: 50 })
    const none = { fromMs: startOfDayMs(dayAfter(7)), endMs: startOfDayMs(dayAfter(8)) }
    expect(await leavesOfTimes(bank.pool, BANK, none)).toEqual({ first: 0, end: 0 })
    expect(check(await exported({ first: 20, end: 50 })).status).toBe(0)
  })

  test('says of which leaves the rows are gone', async () => {
    await retainBefore(dayAfter(1), `${file}-removed`)
    const { status, told } = check(await exported({ first: 10, end: 60 }))
    expect(status).toBe(0)
    expect(told).toContain('PROVEN: 40 events')
    expect(told).toContain('the rows of 10 more had been removed')
  })

  test.each<[string, string, (lines: string[]) => string[]]>([
    ['an event was changed', 'leaf 17 has another event', replaced(5, 'login', 'logout')],
    ['a line was left out', 'leaf 17 is missing', (lines) => lines.toSpliced(5, 1)],
    ['the last line was left out', 'leaf 56 is missing', (lines) => lines.slice(0, -1)],
    [
      'two lines were exchanged',
      'leaf 17 is missing',
      (lines) => lines.with(5, lines[6] ?? '').with(6, lines[5] ?? ''),
    ],
    ['a line was put in', 'leaf 57 is missing', (lines) => [...lines, lines.at(-1) ?? '']],
    [
      'a hash was changed',
      'leaf 17 has another event',
      replaced(5, /"hash":"..../, '"hash":"AAAA'),
    ],
    ['an event is hidden', 'not lead', (lines) => lines.with(5, hidden)],
    ['the range was moved', 'not complete', replaced(0, '"first":13', '"first":12')],
    ['the head was changed', 'the head is not signed', replaced(0, '\\n90\\n', '\\n91\\n')],
    ['the key was changed', 'no usable key', replaced(0, 'ichido/1184+', 'ichido/1184 ')],
  ])('of which %s is not proven: %s', async (_, why, change) => {
    const lines = fs
      .readFileSync(await exported({ first: 13, end: 57 }), 'utf8')
      .trim()
      .split('\n')
    fs.writeFileSync(file, `${change(lines).join('\n')}\n`)
    const { status, told } = check(file)
    expect(status).toBe(1)
    expect(told).toMatch(new RegExp(`NOT PROVEN: .*${why}`))
  })

  test('of a bank without a log is empty', async () => {
    await bank.clear()
    expect(fs.readFileSync(await exported({ first: 0, end: 9 }), 'utf8')).toBe('\n')
  })
})
