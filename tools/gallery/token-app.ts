/** The token app on its first day, in use, and after its storage was cleared. */
import type { Page } from 'playwright-core'
import type { DemoBank } from '../demo-bank.ts'
import { type Look, shootScreens } from './camera.ts'

export async function visitTokenApp(bank: DemoBank, looks: readonly Look[]): Promise<void> {
  for (const look of looks) {
    const context = await bank.browser.newContext({ colorScheme: look.theme })
    const page = await context.newPage()
    await page.goto(bank.token)
    if (look.lang === 'en') await page.click('#language')
    await page.waitForSelector('#make-token')
    await shootScreens(page, look, 'token-welcome')
    await page.click('#make-token')
    await page.waitForSelector('[data-field=code]:not(:empty)')
    await shootScreens(page, look, 'token')
    await shootSoon(page, look)
    await unfold(page)
    await shootScreens(page, look, 'token_unfolded')
    await loseStorage(page)
    await page.reload()
    await page.waitForSelector('[data-field=lost-serial]')
    await shootScreens(page, look, 'token_lost')
    await context.close()
  }
}

/** In the last seconds the next code stands there, too. */
async function shootSoon(page: Page, look: Look): Promise<void> {
  await page.waitForSelector('.code-card[data-soon=true]')
  await shootScreens(page, look, 'token_soon')
}

async function unfold(page: Page): Promise<void> {
  const folded = page.locator('details:not([open]) > summary')
  while ((await folded.count()) > 0) await folded.first().click()
}

async function loseStorage(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const origin = new URL(page.url()).origin
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' })
  await session.detach()
}
