/** What the back office can show for itself: receipts proven, files taken out, who may and who looked. */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDays, dayOf } from '../../src/bank/calendar.ts'
import { STAFF_ROLES } from '../../src/bank/office/staff.ts'
import { verifyByApi } from './api.ts'
import { BankSite } from './bank-site.ts'
import { futaba, itsuki } from './customers.ts'
import { type OfficeSite, staffAt } from './office.ts'
import { deskJourneys } from './stage.ts'
import { SLOW_MS } from './visitor.ts'

const PROGRAM = fileURLToPath(new URL('../../../tools/verify-receipt.mjs', import.meta.url))

/** Presses a button that brings a file. Returns its name and what is in it. */
async function saved(
  { page }: OfficeSite,
  button: string,
): Promise<{ name: string; text: string }> {
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: button, exact: true }).click()
  const download = await coming
  const text = fs.readFileSync(await download.path(), 'utf8')
  return { name: download.suggestedFilename(), text }
}

/** The background work takes its time: asks anew until the page has it. */
const becomes = (ask: () => Promise<string>, wanted: string) =>
  expect.poll(ask, { timeout: SLOW_MS, interval: 500 }).toContain(wanted)

/** The cells of a table (RFC 4180), line by line. */
const cellsOf = (csv: string): string[][] =>
  csv
    .replace('\uFEFF', '')
    .trimEnd()
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      ),
    )

/** An address of each act that has one, by what `/roles` calls the act. */
const ADDRESSES = {
  お客さまの検索と照会: '/customers',
  '紛失届の受付（即時停止）': `/customers/${futaba.contractId}/loss`,
  '起案（再発行・ロック解除など）': `/customers/${futaba.contractId}/prepare/card-reissue`,
  '受付箱の照会と、自分の起案の取下げ': '/inbox',
  ハードウェアトークンの照会: '/hardware',
  ハードウェアトークンの受払い: '/hardware/import',
  'トークンの種類・お知らせの照会': '/campaigns',
  集計の照会: '/figures',
  ファイルへの出力: '/events',
  証跡の照会: '/evidence',
  '封書の印刷（本人が関与していないもの）': '/letters',
  本人確認の項目の設定: '/identity-questions',
  '職員の登録と再登録の起案・停止・再設定': '/staff',
} as const

deskJourneys('evidence in the back office', (stage) => {
  let folder: string
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-evidence-'))
  })
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))
  const file = (name: string, text: string) => {
    fs.writeFileSync(path.join(folder, name), text)
    return path.join(folder, name)
  }
  const verify = (...given: string[]) =>
    spawnSync(process.execPath, [PROGRAM, ...given], { encoding: 'utf8' })

  it("a customer's receipt: proven, saved, checked by the separate program; figures, events", async () => {
    const { program } = stage
    const today = dayOf(program.clock.now())
    const bank = new BankSite(await stage.visitor(), program)
    await bank.arrive(futaba)
    await bank.open('/freeze')
    await bank.press('すべてのお取引を中止する')
    const receiptNo = await bank.value('receiptNo')
    expect(await verifyByApi(program, itsuki, '000000')).toBe('wrong-code')

    // 証跡: the proof is by the key that the page shows, and of this very text.
    const auditor = await staffAt(stage, 'auditor')
    const sealed = async () => {
      await auditor.open('/evidence')
      await auditor.fill({ receiptNo })
      await auditor.press('証明を作る')
      return auditor.heading()
    }
    const proof = async () => {
      await sealed()
      return auditor.text()
    }
    await becomes(proof, '封印されたログに入っています')
    expect(await auditor.value('events')).toBe('1')
    expect(await auditor.text()).toContain('KEYは、「証跡」の画面の「検証用の公開鍵」')
    const bundle = await saved(auditor, '証明をファイルに保存する')
    expect(bundle.name).toBe(`receipt-1184-${receiptNo}.json`)
    await auditor.follow('別の受付番号を調べる')
    const key = file('key', `${await auditor.value('verifierKey')}\n`)
    expect(await auditor.value('note')).toContain('ichido/1184')
    const proven = verify(file('receipt.json', bundle.text), '--key', key)
    expect([proven.status, proven.stderr]).toEqual([0, ''])
    const changed = bundle.text.replace(futaba.contractId, itsuki.contractId)
    expect(verify(file('changed.json', changed), '--key', key).status).toBe(1)

    // 集計: what was refused today, in the chart and in the file.
    const figures = async () => {
      await auditor.page.goto(auditor.urlOf('/figures?period=today'))
      return auditor.text()
    }
    await becomes(figures, 'ワンタイムパスワードが違います')
    await auditor.visitor.see()
    const table = await saved(auditor, '集計をCSVファイルに保存する')
    expect(table.name).toBe(`figures-${today}-${today}.csv`)
    expect(table.text).toContain(`記録,${today},verification,wrong-code,api,1\r\n`)

    // 記録の出力: refused beside the field; then all of today, and nothing that a spreadsheet would run.
    await auditor.follow('記録の出力')
    expect(await auditor.room()).toBe('集計')
    await auditor.fill({ from: addDays(today, 1) })
    await auditor.press('出力する')
    expect(await auditor.refusal()).toBe('invalid-input')
    await auditor.fill({ from: today })
    const { text } = await saved(auditor, '出力する')
    const [head, ...events] = cellsOf(text)
    expect(head?.slice(0, 3)).toEqual(['seq', 'id', 'at'])
    expect(events.every((cells) => cells.length === head?.length)).toBe(true)
    const kinds = events.map((cells) => cells[head?.indexOf('kind') ?? -1])
    expect(kinds).toEqual(expect.arrayContaining(['freeze', 'verification', 'staff-login']))
    const texts = events.flat().filter((cell) => !/^-?\d+$/.test(cell))
    expect(texts.filter((cell) => /^[=+\-@]/.test(cell))).toEqual([])
  })

  it('who looked at a customer is told to whoever audits, not to the clerk', async () => {
    const clerk = await staffAt(stage, 'clerk')
    const auditor = await staffAt(stage, 'auditor')
    await clerk.search(futaba.contractId)
    const viewed = '職員によるお客さまの画面の照会'
    expect(await clerk.text()).not.toContain(viewed)
    await auditor.search(futaba.contractId)
    const row = auditor.page.locator('#history tbody tr', { hasText: viewed })
    expect(await row.allInnerTexts()).toEqual([
      expect.stringContaining('職員 auditor'),
      expect.stringContaining('職員 clerk'),
    ])
    // Who audits has nothing to press.
    expect(await auditor.page.locator('[data-act], .button--danger').count()).toBe(0)
    expect(await clerk.page.locator('[data-act], .button--danger').count()).toBeGreaterThan(0)
  })

  it.each(STAFF_ROLES)('what /roles says of %s is what the pages do', async (role) => {
    const office = await staffAt(stage, role)
    await office.open('/roles')
    const column = 1 + STAFF_ROLES.indexOf(role)
    const told = await office.page
      .locator('tbody tr')
      .evaluateAll(
        (rows, at) => rows.map((row) => [row.cells[0].innerText, row.cells[at].innerText]),
        column,
      )
    const menu = await office.page
      .locator('nav a')
      .evaluateAll((links) => links.map((a) => a.pathname))
    const { request } = office.visitor.context
    const closed: string[] = []
    for (const [act, address] of Object.entries(ADDRESSES)) {
      const mark = told.find(([name]) => name === act)?.[1]
      const may = mark?.includes('できる')
      expect(mark, act).toMatch(/できる|できない/)
      const answer = await request.get(office.urlOf(address))
      expect(answer.status(), act).toBe(may ? 200 : 403)
      if (may) continue
      closed.push(address)
      expect(menu, act).not.toContain(new URL(office.urlOf(address)).pathname)
    }
    await office.open(closed.at(-1) ?? '')
    expect(await office.refusal()).toBe('not-permitted')
    await office.follow('役割とできること')
    expect(office.path).toBe('/roles')
  })
})
