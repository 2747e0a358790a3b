/**
 * Takes the pictures of the customer's guide from the pages themselves, in both languages, into
 * `src/web/banking/pictures/`: `npm run guide-pictures`. To be run when those pages have changed.
 */
import fs from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import type { GuidePictureName } from '../src/web/words/ja/guide.ts'
import { type DemoBank, openDemoBank } from './demo-bank.ts'
import { customerOf } from './demo-customer.ts'

const FOLDER = new URL('../../src/web/banking/pictures/', import.meta.url)
const LANGS = ['ja', 'en'] as const
type Lang = (typeof LANGS)[number]

const WIDTH = 360
const QUALITY = 55
/** Air around what the picture is about. */
const MARGIN = 12

type Size = readonly [width: number, height: number]
const sizes: Record<Lang, Partial<Record<GuidePictureName, Size>>> = { ja: {}, en: {} }

class Camera {
  readonly #page: Page
  readonly #lang: Lang

  constructor(page: Page, lang: Lang) {
    this.#page = page
    this.#lang = lang
  }

  /** The part of the page from the first selector's top to the second one's foot. */
  async take(name: GuidePictureName, from: string, to: string): Promise<void> {
    const top = await this.#page.locator(from).first().boundingBox()
    const foot = await this.#page.locator(to).first().boundingBox()
    if (top === null || foot === null) throw new Error(`${name}: the page lacks ${from} or ${to}`)
    const scrolled = await this.#page.evaluate<number>('scrollY')
    const y = Math.max(0, top.y + scrolled - MARGIN)
    const height = Math.ceil(foot.y + foot.height + scrolled + MARGIN - y)
    const session = await this.#page.context().newCDPSession(this.#page)
    const { data } = await session.send('Page.captureScreenshot', {
      format: 'webp',
      quality: QUALITY,
      captureBeyondViewport: true,
      clip: { x: 0, y, width: WIDTH, height, scale: 1 },
    })
    await session.detach()
    const folder = new URL(`${this.#lang}/`, FOLDER)
    fs.mkdirSync(folder, { recursive: true })
    fs.writeFileSync(new URL(`${name}.webp`, folder), Buffer.from(data, 'base64'))
    sizes[this.#lang][name] = [WIDTH, height]
  }
}

async function newPage(bank: DemoBank): Promise<Page> {
  const context = await bank.browser.newContext({
    viewport: { width: WIDTH, height: 780 },
    colorScheme: 'light',
    timezoneId: 'Asia/Tokyo',
    reducedMotion: 'reduce',
  })
  return context.newPage()
}

/** The token app on its first day. */
async function takeToken(bank: DemoBank, lang: Lang): Promise<void> {
  const page = await newPage(bank)
  const camera = new Camera(page, lang)
  await page.goto(bank.token)
  if (lang === 'en') await page.click('#language')
  await page.waitForSelector('#make-token')
  await camera.take('token-welcome', '.masthead', 'main > .card')
  await page.click('#make-token')
  await page.waitForSelector('[data-field=code]:not(:empty)')
  await page.waitForSelector('.code-card[data-soon=false]')
  await page.waitForTimeout(500)
  await camera.take('token-code', '.code-card', '.serial-card [data-field=serial]')
}

const FIRST = '10000000001'

/** A bank of its own for each language: every customer can start only once. */
async function takeBank(bank: DemoBank, lang: Lang): Promise<void> {
  const page = await newPage(bank)
  const camera = new Camera(page, lang)
  const customer = customerOf(bank, page, FIRST)
  await customer.open(`/display?lang=${lang}`)
  await camera.take('login-foot', 'main > h2', '.actions')
  await customer.open('/otp/start')
  await customer.fill({ contractId: FIRST, loginPassword: 'Ichido01' })
  await camera.take('credentials', 'main form', 'main form button[type=submit]')
  await customer.submit()
  const first = await bank.newToken()
  await customer.fill({ serial: first.serial, otp: first.code() })
  await camera.take('start-token', 'main form .field', '.choices')
  await customer.confirm()
  await customer.submit()
  await camera.take('start-done', '.receipt', '.receipt .facts')

  await customer.open('/otp/exchange')
  await customer.giveCredentials()
  await customer.fill({ otp: first.code() })
  await camera.take('exchange-current', '.operation__lead', 'main form button[type=submit]')
  await customer.submit()
  const second = await bank.newToken()
  await customer.fill({ serial: second.serial, otp: second.code() })
  await camera.take('exchange-new', 'main form .field', 'main form button[type=submit]')
  await customer.submit()
  await camera.take('exchange-done', '.receipt', '.receipt .facts')

  await customer.open('/otp/stop')
  await customer.giveCredentials()
  await customer.fill({ otp: second.code() })
  await camera.take('stop-confirm', 'main form .field', 'main form button[type=submit]')
}

for (const lang of LANGS) {
  const bank = await openDemoBank()
  try {
    await takeToken(bank, lang)
    await takeBank(bank, lang)
  } finally {
    await bank.close()
  }
}
fs.writeFileSync(new URL('sizes.json', FOLDER), `${JSON.stringify(sizes, null, 2)}\n`)
const bytes = LANGS.flatMap((lang) =>
  Object.keys(sizes[lang]).map((name) => fs.statSync(new URL(`${lang}/${name}.webp`, FOLDER)).size),
).reduce((sum, size) => sum + size, 0)
console.log(`${fileURLToPath(FOLDER)}: ${bytes} bytes`)
