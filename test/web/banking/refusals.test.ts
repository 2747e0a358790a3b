/**
 * Every refusal that the bank knows can be met from the outside, and its page tells it in words
 * with a way out, in both languages.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type CustomerRefusal, REFUSALS } from '../../../src/bank/refusal.ts'
import { HELP_TOPICS, helpTopicsOf } from '../../../src/web/help-topics.ts'
import { english } from '../../../src/web/words/english.ts'
import { japanese } from '../../../src/web/words/words.ts'
import { MORNING_MS, openTestBank, type TestBank } from '../../bank/test-bank.ts'
import { type Site, serveBanking } from '../http.ts'
import type { Page } from '../visitor.ts'
import { counterOf, type Met } from './counter.ts'
import { MEETINGS, TROUBLES } from './meetings.ts'

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
beforeEach(() => {
  bank.clock.nowMs = MORNING_MS
})

/** As the contract has it, not as the code does. */
const OTHER_STATUS: Readonly<Partial<Record<CustomerRefusal, number>>> = {
  'locked-password': 423,
  'locked-code': 423,
  'locked-confirmation': 423,
  'too-many-requests': 429,
  unavailable: 503,
}

const alertOf = ({ html }: Page): string => {
  const [, alert = ''] =
    /<div class="banner banner--error"(.*?)(?:<\/div><(?!p)|<form|<\/main>)/s.exec(html) ?? []
  return alert
}

const textOf = (html: string): string => html.replace(/<[^>]*>/g, ' ')

/** A link to the field, to the page where the way out begins, to the explanation: each exists. */
async function expectLinksLead({ browser, page }: Met): Promise<void> {
  const alert = alertOf(page)
  for (const [, id = ''] of alert.matchAll(/href="#([^"]+)"/g)) {
    expect(page.html).toContain(`id="${id}"`)
  }
  if (page.refusal === 'unavailable') return
  for (const [, href = ''] of alert.matchAll(/href="(\/1184\/[^"]+)"/g)) {
    const [path = '', anchor] = href.split('#')
    const there = await browser.open(path)
    expect(there.status).toBe(200)
    if (anchor !== undefined) expect(there.html).toContain(`id="${anchor}"`)
  }
}

describe.each([
  { lang: 'ja', words: japanese, call: /電話/ },
  { lang: 'en', words: english, call: /\bcall\b/i },
] as const)('in $lang', ({ lang, words, call }) => {
  test.each(REFUSALS)('%s', async (refusal) => {
    const met = await MEETINGS[refusal](counterOf(bank, site, lang))
    const { page } = met
    expect([page.refusal, page.status]).toEqual([refusal, OTHER_STATUS[refusal] ?? 422])
    const alert = alertOf(page)
    expect(alert).toContain('role="alert"')
    // 1. In words of that language: what happened, and what to do about it.
    expect(page.html).toContain(`<html lang="${lang}"`)
    const heading = textOf(/<h2[^>]*>(.*?)<\/h2>/s.exec(alert)?.[1] ?? '').trim()
    const wayOut = textOf(/<p>(.*?)<\/p>/s.exec(alert)?.[1] ?? '').trim()
    expect(heading.length).toBeGreaterThan(5)
    expect(wayOut.length).toBeGreaterThan(10)
    expect(/\p{Script=Hiragana}/u.test(textOf(alert))).toBe(lang === 'ja')
    // 2. Where it ends in a call, whom to call.
    if (call.test(wayOut)) expect(alert).toContain('0248-23-4513')
    await expectLinksLead(met)
    // 3. Where it is explained, by the name that the trouble has there.
    for (const topic of helpTopicsOf(refusal)) {
      expect(alert).toContain(`/1184/help#${topic}`)
      expect(textOf(alert)).toContain(words.help.topics[topic].trouble)
    }
    // 4. The page leads on: a form, or a button out of the dead end.
    expect(page.html).toMatch(/<form class="form"|class="button button--primary" href=/)
  })
})

test.each(HELP_TOPICS)('the trouble %s is explained where its refusal is met', async (topic) => {
  const met = await TROUBLES[topic](counterOf(bank, site))
  expect(alertOf(met.page)).toContain(`/1184/help#${topic}`)
  await expectLinksLead(met)
})
