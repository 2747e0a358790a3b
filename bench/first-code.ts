/** How soon a new customer's phone shows a code: the app's first visit in a browser of its own. */
import type { Browser } from 'playwright-core'
import { findChromium, startChromium } from '../test/journeys/chromium.ts'
import { median } from './rig/statistics.ts'

const VISITS = 7
const PHONE = { width: 390, height: 844 }

/**
 * Seconds from the first request to the first code, without the time that the customer takes to
 * press the button; the median of several phones. Undefined where there is no browser.
 */
export async function measureFirstCode(token: string): Promise<number | undefined> {
  if (findChromium() === undefined) return undefined
  const browser = await startChromium()
  try {
    const seconds: number[] = []
    for (let visit = 0; visit < VISITS; visit += 1) seconds.push(await firstVisit(browser, token))
    return median(seconds)
  } finally {
    await browser.close()
  }
}

async function firstVisit(browser: Browser, token: string): Promise<number> {
  const context = await browser.newContext({ viewport: PHONE, isMobile: true, hasTouch: true })
  const page = await context.newPage()
  const openedMs = performance.now()
  await page.goto(token, { waitUntil: 'commit' })
  const button = page.locator('#make-token')
  await button.waitFor()
  await button.click()
  await page.waitForSelector('[data-field="code"]:not(:empty)')
  const shownMs = performance.now() - openedMs
  await context.close()
  return shownMs / 1000
}
