/** Every page in both languages and both colours: looked at, and as it was chosen. */
import { beforeAll, expect, it } from 'vitest'
import { BankSite } from './bank-site.ts'
import { yoshiko } from './customers.ts'
import { BEFORE_LOGIN, NOWHERE, reserveTransfer, SIGNED_IN } from './every-page.ts'
import { deskJourneys } from './stage.ts'

const LANGUAGES = {
  ja: { login: 'ログイン', dark: '暗い' },
  en: { login: 'Log in', dark: 'Dark' },
} as const

deskJourneys('languages and colours', (stage) => {
  let ofHerTransfer: readonly string[] = []
  beforeAll(async () => {
    ofHerTransfer = await reserveTransfer(stage)
  })

  it.each(['ja', 'en'] as const)('every page in %s, light and dark', async (lang) => {
    const words = LANGUAGES[lang]
    const bank = new BankSite(await stage.visitor(), stage.program)
    const html = bank.page.locator('html')
    const expectShown = async (path: string) => {
      // Whoever has chosen no colours is shown both, one after the other (`visitor.ts`).
      await bank.open(path)
      expect(await bank.refusal(), path).toBe(path === NOWHERE ? 'invalid-input' : undefined)
      expect(await html.getAttribute('lang'), path).toBe(lang)
      expect(await html.getAttribute('data-theme'), path).toBeNull()
      if (lang === 'en') expect(await bank.heading(), path).not.toMatch(/[ぁ-んァ-ヶ一-龠]/)
    }
    await bank.open('/login')
    if (lang === 'en') await bank.follow('English')
    for (const path of BEFORE_LOGIN) await expectShown(path)

    const { contractId, loginPassword } = yoshiko
    await bank.open('/login')
    await bank.fill({ contractId, loginPassword })
    await bank.press(words.login)
    for (const path of [...SIGNED_IN, ...ofHerTransfer]) await expectShown(path)

    await bank.follow(words.dark)
    for (const path of ['/home', '/transfer', '/guide']) {
      await bank.open(path)
      expect(await html.getAttribute('data-theme'), path).toBe('dark')
      expect(await html.getAttribute('lang'), path).toBe(lang)
    }
  })
})
