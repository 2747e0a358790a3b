/** Files that leave the back office: whole, recorded before the first byte, and nothing that runs. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { countFigures } from '../../../src/store/events/figures-counting.ts'
import { noteStanding } from '../../../src/store/events/standing.ts'
import { appoint } from '../../bank/office/test-staff.ts'
import { newType, TODAY, usersOf } from '../../bank/procedures/campaign-steps.ts'
import { MORNING_MS, openTestBank, type TestBank } from '../../bank/test-bank.ts'
import { type Site, serveOffice } from '../http.ts'
import { type OfficeVisitor, signIn } from './office-visitor.ts'

const MARK = '\uFEFF'

let bank: TestBank
let site: Site
let supervisor: OfficeVisitor
beforeAll(async () => {
  bank = await openTestBank()
  site = await serveOffice(bank.ports)
  supervisor = await signIn(bank, site, await appoint(bank, 'supervisor'))
})
afterAll(async () => {
  await site.close()
  await bank.close()
})
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})

const countAll = async () => {
  while (await countFigures(bank.pool, bank.clock));
}
const exportsOf = async (what: string) =>
  (
    await bank.pool.query(
      `select detail, receipt_no from event where kind = 'export' and detail ->> 'what' = $1`,
      [what],
    )
  ).rows

/** The file as it is sent: with the mark that Japanese spreadsheets need, and every line ended. */
async function fileOf(answer: Response, name: RegExp): Promise<string[]> {
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-disposition')).toMatch(name)
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const text = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(bytes)
  expect(text.startsWith(MARK)).toBe(answer.headers.get('content-type')?.includes('csv') ?? false)
  expect(text.endsWith('\n')).toBe(true)
  return text.replace(MARK, '').trimEnd().split(/\r?\n/)
}

test('customers of a campaign: a customer named as a formula is a text', async () => {
  const type = await newType(bank)
  const [one, other] = await usersOf(bank, type, 2)
  const rename = 'update contract set name = $2 where contract_id = $1'
  await bank.pool.query(rename, [one?.contractId, '=1+1'])
  await bank.pool.query(rename, [other?.contractId, '白河,"花子"'])
  const path = `/1184/campaigns/${type}/customers/export`
  const lines = await fileOf(await supervisor.post(path), /customers-X\d+-.*\.csv/)
  expect(lines).toHaveLength(3)
  expect(lines.join('\n')).toContain(`${one?.contractId},'=1+1,${one?.token.serial}`)
  expect(lines.join('\n')).toContain(`${other?.contractId},"白河,""花子""",`)
  expect(await exportsOf('type-customers')).toMatchObject([{ detail: { type } }])
  expect((await supervisor.post('/1184/campaigns/ZZ/customers/export')).status).toBe(404)
})

test('events of a period, as CSV and as JSON Lines: the same, in order and without a gap', async () => {
  await bank.pool.query(
    `insert into event (bank_code, id, at, actor_kind, actor_id, kind, outcome, request_id, detail)
     select '1184', 'export ' || n, $1, 'api', '=cmd()', 'transfer', 'done', '@request',
            '{"amountYen": 5000}'
       from generate_series(1, 1500) as n`,
    [new Date(MORNING_MS)],
  )
  await countAll()
  const period = { from: TODAY, to: TODAY }
  const ask = (format: string) => supervisor.post('/1184/events/export', { ...period, format })
  const table = await fileOf(await ask('csv'), /events-1184-.*\.csv/)
  expect(table[0]).toMatch(/^seq,id,at,actorKind,actorId,contractId,serial,kind,outcome,receiptNo,/)
  const own = table.filter((line) => line.includes(',export '))
  expect(own).toHaveLength(1_500)
  expect(own[0]).toContain(`,api,'=cmd(),,,transfer,done,,'@request,"{""amountYen"":5000}"`)
  const lines = (await fileOf(await ask('jsonl'), /\.jsonl/)).map((line) => JSON.parse(line))
  const seqs = lines.map(({ seq }) => seq)
  expect(seqs).toEqual([...seqs].sort((one, next) => one - next))
  expect(lines.filter(({ id }) => String(id).startsWith('export '))).toHaveLength(1_500)
  expect(await exportsOf('events')).toMatchObject([
    { detail: { ...period, format: 'csv' } },
    { detail: { ...period, format: 'jsonl' } },
  ])
  for (const { receipt_no } of await exportsOf('events')) expect(receipt_no).not.toBeNull()
})

test.each([
  ['from', { from: '2026-02-30' }],
  ['from', { from: '2999-01-01' }],
  ['to', { to: '2026-11-23' }],
  ['to', { from: '2025-11-20' }],
  ['format', { format: 'xlsx' }],
])('events are refused at %s: %o', async (field, wrong) => {
  const before = (await exportsOf('events')).length
  const form = { from: TODAY, to: TODAY, format: 'csv', ...wrong }
  const answer = await supervisor.post('/1184/events/export', form)
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain(`field-${field}-error`)
  expect(await exportsOf('events')).toHaveLength(before)
})

test('figures of a period, day by day', async () => {
  await countAll()
  await noteStanding(bank.pool, bank.clock)
  const answer = await supervisor.post('/1184/figures/export', { period: '7' })
  const lines = await fileOf(answer, /figures-2026-11-18-2026-11-24\.csv/)
  expect(lines[0]).toBe('区分,日付,項目,結果,操作した人の区分,数')
  const login = lines.find((line) => line.includes(',staff-login,done,staff,'))
  expect(login).toMatch(/^記録,2026-11-24,staff-login,done,staff,\d+$/)
  expect(lines.find((line) => line.includes(',no-token,'))).toMatch(/^お客さま,2026-11-24,.*,\d+$/)
  expect(await exportsOf('figures')).toHaveLength(1)
})
