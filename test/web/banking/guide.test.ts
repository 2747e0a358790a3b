/** The guide and the help page lead to what stops everything, and to whoever answers at night. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changeBank } from '../../../src/bank/procedures/bank-change.ts'
import { openTestBank, request, type TestBank } from '../../bank/test-bank.ts'
import { type Site, serveBanking } from '../http.ts'
import { type Visitor, visitor } from '../visitor.ts'

let bank: TestBank
let site: Site
beforeAll(async () => {
  bank = await openTestBank()
  site = await serveBanking(bank.ports)
})
afterAll(async () => {
  await site.close()
  await bank.close()
})

/** The section of a page with that anchor. */
async function sectionOf(browser: Visitor, path: string, id: string): Promise<string> {
  const { html } = await browser.open(`/1184${path}`)
  return new RegExp(`<section class="chapter" id="${id}".*?</section>`, 's').exec(html)?.[0] ?? ''
}

describe.each(['ja', 'en'])('in %s', (lang) => {
  test.each([
    ['/guide', 'lost'],
    ['/help', 'phishing'],
  ])('%s, %s: a button to 取引中止, and a number outside office hours', async (path, id) => {
    const browser = visitor(site.origin)
    await browser.open(`/1184/display?lang=${lang}`)
    const section = await sectionOf(browser, path, id)
    const button = /<a class="button button--\w+" href="\/1184\/freeze">([^<]+)<\/a>/.exec(section)
    expect(button?.[1]).toMatch(lang === 'ja' ? /取引中止/ : /Stop all transactions/)
    expect((await browser.open('/1184/freeze')).status).toBe(200)
    expect(section).toContain('href="tel:0248234513"')
    expect(section).toContain('href="tel:0120000000"')
  })

  test('a trouble leads on to the next one', async () => {
    const browser = visitor(site.origin)
    await browser.open(`/1184/display?lang=${lang}`)
    expect(await sectionOf(browser, '/help', 'code-refused')).toContain('href="#clock"')
  })
})

test('a bank without such a number shows none', async () => {
  const by = { ...request, actor: { kind: 'system', id: 'operator' } } as const
  expect(await changeBank(bank.ports, by, { emergencyPhone: 'none' })).toMatchObject({ ok: true })
  bank.clock.nowMs += 60_000
  const section = await sectionOf(visitor(site.origin), '/help', 'phishing')
  expect(section).toContain('href="tel:0248234513"')
  expect(section).not.toContain('0120000000')
})
