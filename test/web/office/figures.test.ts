/** 集計: each chart says in one sentence what its table says in figures. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countFigures } from '../../../src/store/events/figures-counting.ts'
import { noteStanding } from '../../../src/store/events/standing.ts'
import { codeAt, wrongCode } from '../../bank/held-token.ts'
import { appoint } from '../../bank/office/test-staff.ts'
import { ask } from '../../bank/procedures/verification-steps.ts'
import { MORNING_MS, openTestBank, type TestBank } from '../../bank/test-bank.ts'
import { type Site, serveOffice } from '../http.ts'
import { signIn } from './office-visitor.ts'

let bank: TestBank
let site: Site
let html: string
beforeAll(async () => {
  bank = await openTestBank()
  site = await serveOffice(bank.ports)
  const token = await bank.makeToken()
  const customer = await bank.open({ token })
  await ask(bank, customer, { otp: codeAt(token, MORNING_MS) })
  for (let time = 0; time < 3; time += 1) {
    await ask(bank, customer, { otp: wrongCode(token, MORNING_MS) })
  }
  const locked = await bank.open({ token: await bank.makeToken() })
  await bank.pool.query('update contract set frozen = true where contract_id = $1', [
    locked.contractId,
  ])
  bank.clock.nowMs += 60_000
  const auditor = await signIn(bank, site, await appoint(bank, 'auditor'))
  while (await countFigures(bank.pool, bank.clock));
  await noteStanding(bank.pool, bank.clock)
  html = (await auditor.open('/1184/figures?period=today')).html
})
afterAll(async () => {
  await site.close()
  await bank.close()
})

/** The rows of the table under that caption, each as its cells. */
function rowsOf(caption: string): string[][] {
  const table = html.split('<table').find((part) => part.includes(`<caption>${caption}`)) ?? ''
  const [body = ''] = table.split('</table>')
  return [...body.matchAll(/<tr>(.*?)<\/tr>/gs)]
    .map(([, row = '']) => [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)])
    .map((cells) => cells.map(([, cell = '']) => cell))
}
const figureOf = (caption: string, name: string) =>
  rowsOf(caption).find(([first]) => first === name)?.[1]

test('every chart is one picture with a sentence, and has its table', () => {
  const charts = html.match(/<svg class="chart"[^>]*>/g) ?? []
  expect(charts.length).toBeGreaterThanOrEqual(8)
  for (const chart of charts)
    expect(chart).toMatch(/role="img" aria-label="[^"]+数値は表にあります。"/)
  const tables = html.match(/<table class="figure-table"/g) ?? []
  expect(tables).toHaveLength(6)
})

test('refusals of customers by reason, without what staff tried', () => {
  const caption = 'お客さまへのお断りの理由'
  const rows = rowsOf(caption).slice(1)
  expect(rows.at(-1)).toEqual(['合計', '3'])
  expect(rows).toHaveLength(2)
})

test('shares of tokens by type add up to all customers', () => {
  const rows = rowsOf('トークンの種類ごとの人数').slice(1)
  expect(rows.map(([name]) => name)).toEqual(expect.arrayContaining(['GM', 'SY', 'トークンなし']))
  const percent = rows.map(([, , share = '']) => Number(share.replace('%', '')))
  expect(Math.abs(percent.reduce((sum, share) => sum + share, 0) - 100)).toBeLessThan(1)
})

test('locks: who cannot go on without the bank', () => {
  expect(figureOf('ロックと停止', '取引中止')).toBe('1')
  expect(figureOf('ロックと停止', 'トークンの停止')).toBe('0')
})

test('codes: five minutes at hand, and each of the sixty minutes of the chart', () => {
  expect(rowsOf('受け付けたワンタイムパスワード（5分ごと）')).toHaveLength(13)
  const minutes = rowsOf('受け付けたワンタイムパスワード（1分ごと）').slice(1)
  expect(minutes).toHaveLength(60)
  expect(minutes.filter(([, codes]) => codes !== '0')).toEqual([['10:00', '1']])
})
