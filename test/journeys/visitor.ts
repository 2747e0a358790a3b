/**
 * Somebody at a browser. Whatever page comes up is looked at (`see`): accessible by axe's rules of
 * WCAG 2.2 AA, nothing on the console, within the weight, no sideways scrolling.
 */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectAccessible, expectLegible, onceForEachLength } from './accessible.ts'
import type { Screen } from './screens.ts'

const PAGE_LIMIT_BYTES = 40 * 1024
/** The token app is loaded once and then answers from its own copy, which is not compressed. */
const APP_LIMIT_BYTES = 60 * 1024
const limitOf = (url: string) =>
  /^\/\d{4}\//.test(new URL(url).pathname) ? PAGE_LIMIT_BYTES : APP_LIMIT_BYTES
/** No page takes so long, even on a busy machine. */
export const SLOW_MS = 45_000
/** What the headers of one answer cost, roughly. */
const HEADER_BYTES = 600

export interface Visitor {
  readonly context: BrowserContext
  readonly page: Page
  readonly screen: Screen
  /** Looks at the page as it stands. */
  see(): Promise<void>
  /** Another tab of the same browser. */
  anotherTab(): Promise<Visitor>
}

/** Opens a browser of one's own: new cookies, new storage. */
export async function newVisitor(
  browser: Browser,
  screen: Screen,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const { width, height } = screen
  const context = await browser.newContext({
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    viewport: { width, height },
    ...(screen.name === 'phone' && { hasTouch: true, isMobile: true }),
    ...options,
  })
  context.setDefaultTimeout(SLOW_MS)
  const troubles: string[] = []
  context.on('weberror', ({ error }) => troubles.push(String(error())))
  context.on('console', (message) => {
    const expected = EXPECTED_ON_CONSOLE.some((told) => told.test(message.text()))
    if (message.type() === 'error' && !expected) troubles.push(message.text())
  })
  return tabOf(context, screen, troubles, options.javaScriptEnabled !== false)
}

/** Chromium reports refused forms (and a network that a journey cut) as errors of its own. */
const EXPECTED_ON_CONSOLE = [
  /^Failed to load resource: the server responded with a status of 4\d\d/,
  /net::ERR_INTERNET_DISCONNECTED/,
]

async function tabOf(
  context: BrowserContext,
  screen: Screen,
  troubles: string[],
  hasScript: boolean,
): Promise<Visitor> {
  const page = await context.newPage()
  return {
    context,
    page,
    screen,
    async see() {
      expect(troubles, `console of ${page.url()}`).toEqual([])
      await expectNoSidewaysScroll(page)
      if (screen.narrowestPx !== undefined) await expectRoom(page, screen, screen.narrowestPx)
      expect(await weightOf(page), `bytes of ${page.url()}`).toBeLessThan(limitOf(page.url()))
      if (hasScript) {
        await expectAccessible(page, screen)
        await expectLegible(page, screen, 'as it stands')
        await inTheDark(page, () => expectLegible(page, screen, 'dark'))
      }
      expect(troubles, `console of ${page.url()}`).toEqual([])
    },
    anotherTab: () => tabOf(context, screen, troubles, hasScript),
  }
}

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const scroll = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
  expect(await page.evaluate(scroll), `sideways scroll of ${page.url()}`).toBeLessThan(1)
}

/** Pages that differ in nothing but texts of the same lengths need the same room. */
const expectRoom = (page: Page, screen: Screen, widthPx: number): Promise<void> =>
  onceForEachLength(page, `${widthPx} px`, async () => {
    await page.setViewportSize({ width: widthPx, height: screen.height })
    await expectNoSidewaysScroll(page)
    await page.setViewportSize(screen)
  })

/** The same page in dark colours, where it is shown in those of the device. */
async function inTheDark(page: Page, look: () => Promise<void>): Promise<void> {
  const html = page.locator('html:not([data-theme])[data-size]')
  if ((await html.count()) === 0) return
  const turn = (theme: string) => page.evaluate(`document.documentElement.${theme}`)
  await turn("dataset.theme = 'dark'")
  await look()
  await turn("removeAttribute('data-theme')")
}

/**
 * The page with all that it loads, as if nothing had been in the cache, but for the pictures of the
 * guide, which come only when they are scrolled to.
 */
function weightOf(page: Page): Promise<number> {
  return page.evaluate<number>(
    `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
       .filter(({ name }) => !name.endsWith('.webp'))
       .reduce((sum, entry) => sum + entry.encodedBodySize + ${HEADER_BYTES}, 0)`,
  )
}
