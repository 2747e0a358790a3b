/** A serial that was mistyped is told as such, not as a token that is gone. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestBank, type TestBank } from '../../bank/test-bank.ts'
import { type Site, serveBanking } from '../http.ts'
import type { Page } from '../visitor.ts'
import { counterOf, credentialsOf } from './counter.ts'

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

/** The form for the new token, of whoever starts or exchanges. */
const FORMS = {
  async start(lang: 'ja' | 'en') {
    const at = await counterOf(bank, site, lang).someone()
    return { ...at, form: await at.send('/otp/start', credentialsOf(at.customer)) }
  },
  async exchange(lang: 'ja' | 'en') {
    const counter = counterOf(bank, site, lang)
    const token = await bank.makeToken()
    const at = await counter.someone({ token })
    const current = await at.send('/otp/exchange', credentialsOf(at.customer))
    return { ...at, form: await at.browser.submit(current, { otp: counter.codeOf(token) }) }
  },
}

const headingOf = ({ html }: Page) =>
  /role="alert".*?<h2[^>]*>.*?<span>(.*?)<\/span>/s.exec(html)?.[1] ?? ''
const besideField = ({ html }: Page) => /id="field-serial-error"[^>]*>(.*?)<\/p>/s.exec(html)?.[1]

describe.each(['start', 'exchange'] as const)('%s', (act) => {
  const sent = async (serial: string, lang: 'ja' | 'en' = 'ja') => {
    const { browser, form } = await FORMS[act](lang)
    const page = await browser.submit(form, { serial, otp: '123456', otpAtLogin: 'required' })
    expect([page.refusal, page.status]).toEqual(['serial-unknown', 422])
    return page
  }

  test.each(['GM00000001', 'ｇｍ 0000-0001', 'GM0000000', 'GMO0000000', 'PC12345678'])(
    '%s: check the digits, beside the field, too',
    async (serial) => {
      const page = await sent(serial)
      expect(headingOf(page)).toBe('シリアル番号の数字をお確かめください')
      expect(besideField(page)).toContain('シリアル番号の数字をお確かめください')
      expect(page.html).not.toContain('href="http://token.invalid"')
    },
  )

  test('in English', async () => {
    expect(headingOf(await sent('GM00000001', 'en'))).toMatch(/check the digits/)
  })

  test.each(['GM00000000', '2V0716016FKX'])('%s: not to be registered', async (serial) => {
    const page = await sent(serial)
    expect(headingOf(page)).toBe('このシリアル番号は登録できません')
    expect(page.html).toContain('href="http://token.invalid"')
  })
})
