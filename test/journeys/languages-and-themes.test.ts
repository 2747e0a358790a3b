/** Every page in both languages and both colours: looked at, and in the language that was chosen. */
import { beforeAll, expect, it } from 'vitest'
import { BankSite } from './bank-site.ts'
import { yoshiko } from './customers.ts'
import { BEFORE_LOGIN, NOWHERE, reserveTransfer, SIGNED_IN } from './every-page.ts'
import { deskJourneys } from './stage.ts'

const LANGUAGES = {
  ja: { login: 'ログイン', light: '明るい', dark: '暗い' },
  en: { login: 'Log in', light: 'Light', dark: 'Dark' },
} as const

const CHOICES = [
  ['ja', 'light'],
  ['ja', 'dark'],
  ['en', 'light'],
  ['en', 'dark'],
] as const

deskJourneys('languages and colours', (stage) => {
  let ofHerTransfer: readonly string[] = []
  beforeAll(async () => {
    ofHerTransfer = await reserveTransfer(stage)
  })

  it.each(CHOICES)('every page in %s, %s', async (lang, theme) => {
    const words = LANGUAGES[lang]
    const bank = new BankSite(await stage.visitor(), stage.program)
    const expectShown = async (path: string) => {
      await bank.open(path)
      expect(await bank.refusal(), path).toBe(path === NOWHERE ? 'invalid-input' : undefined)
      const page = bank.page.locator('html')
      expect(await page.getAttribute('lang'), path).toBe(lang)
      expect(await page.getAttribute('data-theme'), path).toBe(theme)
      if (lang === 'en') expect(await bank.heading(), path).not.toMatch(/[ぁ-んァ-ヶ一-龠]/)
    }
    await bank.open('/login')
    if (lang === 'en') await bank.follow('English')
    await bank.follow(words[theme])
    for (const path of BEFORE_LOGIN) await expectShown(path)

    const { contractId, loginPassword } = yoshiko
    await bank.open('/login')
    await bank.fill({ contractId, loginPassword })
    await bank.press(words.login)
    for (const path of [...SIGNED_IN, ...ofHerTransfer]) await expectShown(path)
  })
})
