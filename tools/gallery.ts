/**
 * Takes a picture of every page as a customer meets it, into `gallery/`: on a phone and on a PC, in
 * both languages, light and dark: `npm run gallery`. For looking at, never for tests.
 */
import fs from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { type DemoBank, openDemoBank } from './demo-bank.ts'
import { customerOf, type DemoCustomer } from './demo-customer.ts'

const SCREENS = [
  { name: 'phone', width: 390, height: 844 },
  { name: 'pc', width: 1280, height: 800 },
] as const
const LANGS = ['ja', 'en'] as const
const THEMES = ['light', 'dark'] as const
const FOLDER = path.resolve('gallery')

type Shoot = (name: string) => Promise<void>

/** The page as it stands in all ways: it is asked for anew in each, since drafts are kept. */
function galleryOf(bank: DemoBank, page: Page): Shoot {
  return async (name) => {
    const { pathname, search } = new URL(page.url())
    for (const lang of LANGS) {
      for (const theme of THEMES) {
        const back = encodeURIComponent(pathname + search)
        await page.goto(`${bank.banking}/display?lang=${lang}&theme=${theme}&back=${back}`)
        await shootScreens(page, lang, theme, name)
      }
    }
    await page.goto(
      `${bank.banking}/display?lang=ja&theme=light&back=${encodeURIComponent(pathname + search)}`,
    )
  }
}

async function shootScreens(page: Page, lang: string, theme: string, name: string): Promise<void> {
  for (const { name: screen, width, height } of SCREENS) {
    await page.setViewportSize({ width, height })
    const folder = path.join(FOLDER, `${lang}-${theme}-${screen}`)
    fs.mkdirSync(folder, { recursive: true })
    await loadPictures(page)
    await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true })
  }
}

/** Pictures that come late come now. */
async function loadPictures(page: Page): Promise<void> {
  for (const picture of await page.locator('img[loading=lazy]').all()) {
    await picture.scrollIntoViewIfNeeded()
  }
}

/** What was refused stands on no address of its own: it is sent again in every way. */
async function shootRefused(customer: DemoCustomer, at: string, name: string): Promise<void> {
  const { page } = customer
  for (const lang of LANGS) {
    for (const theme of THEMES) {
      await customer.open(`/display?lang=${lang}&theme=${theme}`)
      await customer.open(at)
      await customer.submit()
      await shootScreens(page, lang, theme, name)
    }
  }
  await customer.open('/display?lang=ja&theme=light')
}

/** Pages for everyone, and the three procedures at the foot of the login page. */
async function visitOutside(bank: DemoBank, customer: DemoCustomer, shoot: Shoot): Promise<void> {
  for (const address of ['login', 'login?notice=ended', 'guide', 'help', 'nowhere']) {
    await customer.open(`/${address}`)
    await shoot(address.replace(/\W+/g, '-'))
  }
  await shootRefused(customer, '/login', 'login_invalid-input')

  await customer.open('/otp/start')
  await shoot('otp-start')
  await customer.giveCredentials()
  await shoot('otp-start-token')
  const first = await bank.newToken()
  await customer.fill({ serial: first.serial, otp: first.code() })
  await customer.confirm()
  await customer.submit()
  await shoot('otp-start-done')

  await customer.open('/otp/exchange')
  await shoot('otp-exchange')
  await customer.giveCredentials()
  await shoot('otp-exchange-current')
  await customer.fill({ otp: first.code() })
  await customer.submit()
  await shoot('otp-exchange-new')
  const second = await bank.newToken()
  await customer.fill({ serial: second.serial, otp: second.code() })
  await customer.submit()
  await shoot('otp-exchange-done')

  await customer.open('/otp/resync')
  await customer.giveCredentials()
  await shoot('otp-resync-codes')

  await customer.open('/otp/stop')
  await customer.giveCredentials()
  await shoot('otp-stop-confirm')
  await customer.fill({ otp: second.code() })
  await customer.confirm()
  await customer.submit()
  await shoot('otp-stop-done')
}

/** Pages of a customer who is signed in; each page that stands in the main menu is opened. */
async function visitInside(bank: DemoBank, customer: DemoCustomer, shoot: Shoot): Promise<void> {
  const { page } = customer
  await customer.open('/login')
  await customer.giveCredentials()
  await shoot('login-code')
  await customer.fill({ otp: bank.codeOf(WITH_TOKEN) })
  await customer.submit()
  const menu = await page
    .locator('.site-nav a')
    .evaluateAll((links: { pathname: string }[]) => links.map((link) => link.pathname))
  for (const address of menu) {
    await page.goto(new URL(address, bank.banking).href)
    await shoot(address.split('/').slice(2).join('-'))
  }
  await customer.open('/accounts/0000071')
  await shoot('account')
  await shootRefused(customer, '/transfer', 'transfer_invalid-input')

  await customer.open('/transfer')
  const payee = { bankCode: '1184', branchCode: '001', accountNumber: '0000011', amount: '12000' }
  await customer.fill(payee)
  await customer.submit()
  await shoot('transfer-review')
  await customer.fill({ otp: bank.codeOf(WITH_TOKEN) })
  await customer.submit()
  await shoot('transfer-done')
  await customer.open('/transfers')
  await shoot('transfers')

  await customer.open('/bill')
  await customer.fill({ billerNo: '58191', customerNo: '20261122', confirmationNo: '4711' })
  await customer.submit()
  await shoot('bill-review')
}

async function visitToken(bank: DemoBank): Promise<void> {
  for (const theme of THEMES) {
    for (const lang of LANGS) {
      const context = await bank.browser.newContext({ colorScheme: theme })
      const page = await context.newPage()
      await page.goto(bank.token)
      if (lang === 'en') await page.click('#language')
      await page.waitForSelector('#make-token')
      await shootScreens(page, lang, theme, 'token-welcome')
      await page.click('#make-token')
      await page.waitForSelector('[data-field=code]:not(:empty)')
      await shootScreens(page, lang, theme, 'token')
      await context.close()
    }
  }
}

const WITH_TOKEN = '10000000007'
const WITH_IMAGES = '10000000003'

const bank = await openDemoBank()
try {
  const visit = async (
    contractId: string,
    pages: (bank: DemoBank, customer: DemoCustomer, shoot: Shoot) => Promise<void>,
  ) => {
    const page = await (await bank.browser.newContext({ timezoneId: 'Asia/Tokyo' })).newPage()
    await pages(bank, customerOf(bank, page, contractId), galleryOf(bank, page))
  }
  await visit(WITH_IMAGES, visitOutside)
  await visit(WITH_TOKEN, visitInside)
  await visitToken(bank)
} finally {
  await bank.close()
}
console.log(FOLDER)
