/** The evidence in the back office: what it hands out, the auditor's own program takes. */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startOfDayMs } from '../../../src/bank/calendar.ts'
import { recordExport } from '../../../src/bank/procedures/export-record.ts'
import { headPublisher } from '../../../src/store/evidence/head-publishing.ts'
import { retain } from '../../../src/store/evidence/retention.ts'
import { appoint, type TestStaff } from '../../bank/office/test-staff.ts'
import { type LogBank, openLogBank } from '../../store/evidence/log-of-tests.ts'
import { type Site, serveOffice } from '../http.ts'
import { type OfficeVisitor, signIn } from './office-visitor.ts'

const PROGRAM = fileURLToPath(new URL('../../../../tools/verify-receipt.mjs', import.meta.url))

let bank: LogBank
let site: Site
let auditor: TestStaff
let browser: OfficeVisitor
let folder: string
beforeAll(async () => {
  bank = await openLogBank()
  site = await serveOffice(bank.ports)
  auditor = await appoint(bank, 'auditor')
  browser = await signIn(bank, site, auditor)
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-evidence-'))
})
afterAll(async () => {
  await site.close()
  await bank.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

/** An act with a receipt: any will do. */
const act = async () =>
  (await recordExport(bank.ports, auditor.request, { what: 'test' })).receiptNo
const ask = async (receiptNo: string) =>
  browser.submit(await browser.open('/1184/evidence'), { receiptNo })
/** The heads that went out: the auditor's own file of them. */
const published = () => path.join(folder, 'heads.log')
const publish = () => {
  const { pool, keys } = bank
  const logger = pino({ level: 'silent' })
  return headPublisher({ pool, keys, logger, target: { file: published() } }).round()
}
const verify = (bundle: string, ...more: string[]) => {
  const file = path.join(folder, 'receipt.json')
  fs.writeFileSync(file, bundle)
  return spawnSync(process.execPath, [PROGRAM, file, ...more], { encoding: 'utf8' })
}

test('the newest head is shown as it is signed', async () => {
  await act()
  await bank.seal()
  const page = await browser.open('/1184/evidence')
  const head = await bank.ports.evidence.newestHead('1184')
  expect(page.html).toContain(`data-field="size" data-value="${head?.size}"`)
  expect(page.html).toContain(head?.root ?? 'no head')
})

test('a receipt is proven, and the file is one that the separate program takes', async () => {
  const receiptNo = await act()
  await bank.seal()
  const page = await ask(receiptNo)
  expect([page.status, page.html.includes('封印されたログに入っています')]).toEqual([200, true])
  const answer = await browser.post('/1184/evidence/receipt/bundle', { receiptNo })
  expect(answer.headers.get('content-disposition')).toContain(`receipt-1184-${receiptNo}.json`)
  const bundle = await answer.text()
  const key = path.join(folder, 'key')
  fs.writeFileSync(key, `${JSON.parse(bundle).verifierKey}\n`)
  const taken = verify(bundle, '--key', key)
  expect([taken.status, taken.stderr]).toEqual([0, ''])
  const changed = verify(bundle.replace(/\\"export\\"/, String.raw`\"excuse\"`), '--key', key)
  expect(changed.status).not.toBe(0)
  const { rows } = await bank.pool.query(
    `select from event where kind = 'export' and detail ->> 'what' = 'receipt-proof'
        and detail ->> 'receiptNo' = $1`,
    [receiptNo],
  )
  expect(rows).toHaveLength(1)
})

test('the bundle is tied to a head that was published, though newer ones were sealed', async () => {
  const receiptNo = await act()
  await bank.seal()
  await publish()
  await act()
  await bank.seal()
  expect((await ask(receiptNo)).html).toContain('data-field="published" data-value="yes"')
  const answer = await browser.post('/1184/evidence/receipt/bundle', { receiptNo })
  const taken = verify(await answer.text(), '--heads', published())
  expect([taken.status, taken.stderr]).toEqual([0, ''])
  expect(taken.stdout).toContain('The head was published')
  const page = await browser.open('/1184/evidence')
  const size = (await bank.ports.evidence.publishedHead('1184'))?.size
  expect(page.html).toContain(`data-field="publishedSize" data-value="${size}"`)
})

test('an act that no published head covers yet is told as that', async () => {
  const receiptNo = await act()
  await bank.seal()
  expect((await ask(receiptNo)).html).toContain('data-field="published" data-value="no"')
  const answer = await browser.post('/1184/evidence/receipt/bundle', { receiptNo })
  const taken = verify(await answer.text(), '--heads', published())
  expect([taken.status, taken.stderr]).toEqual([
    1,
    'NOT PROVEN: the head is not among the published ones: make the proof anew\n',
  ])
})

test('what retention has taken away is told as kept, with the name of the export', async () => {
  const receiptNo = await act()
  await bank.seal()
  const { pool, keys, clock, ports } = bank
  const question = { bankCode: '1184', day: '2999-01-01', beforeMs: startOfDayMs('2999-01-01') }
  const file = path.join(folder, 'until-2998.jsonl')
  const kept = await retain({ pool, keys, clock, random: ports.random }, { ...question, file })
  expect(kept.ok).toBe(true)
  const page = await ask(receiptNo)
  expect([page.status, page.refusal]).toEqual([200, undefined])
  expect(page.html).toContain('until-2998.jsonl')
  const answer = await browser.post('/1184/evidence/receipt/bundle', { receiptNo })
  expect(answer.headers.get('content-disposition')).toBeNull()
})

test('what is not sealed yet is told as that, and hands out nothing', async () => {
  const receiptNo = await act()
  expect((await ask(receiptNo)).html).toContain('まだ封印されていません')
  const answer = await browser.post('/1184/evidence/receipt/bundle', { receiptNo })
  expect(answer.headers.get('content-disposition')).toBeNull()
})

test.each(['', '0', '999999999999999', '9'.repeat(40), 'abc', '%00', '１２３'])(
  'a number that is no receipt of this bank: %s',
  async (receiptNo) => {
    const page = await ask(receiptNo)
    expect([page.status, page.refusal]).toEqual([422, 'invalid-input'])
    expect(page.html).toContain('id="field-receiptNo-error"')
  },
)
