/**
 * Takes the picture of README from the pages themselves, the token app beside the review of a
 * transfer, into `docs/pictures/`: `npm run readme-picture`. To be run when those have changed.
 */
import fs from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { type DemoBank, openDemoBank } from './demo-bank.ts'
import { customerOf } from './demo-customer.ts'

const FILE = fileURLToPath(new URL('../../docs/pictures/token-and-review.png', import.meta.url))
/** Both are shown at less than their size, and taken at more than what is shown. */
const SCALE = 2

async function newPage(bank: DemoBank, width: number, height: number): Promise<Page> {
  const context = await bank.browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: SCALE,
    colorScheme: 'light',
    timezoneId: 'Asia/Tokyo',
    reducedMotion: 'reduce',
  })
  return context.newPage()
}

const picture = (bytes: Buffer) => `data:image/png;base64,${bytes.toString('base64')}`

async function takeToken(bank: DemoBank): Promise<string> {
  const page = await newPage(bank, 375, 667)
  await page.goto(bank.token)
  await page.click('#make-token')
  await page.waitForSelector('[data-field=code]:not(:empty)')
  await page.waitForSelector('.code-card[data-soon=false]')
  await page.evaluate("document.querySelector('main h1').blur()")
  return picture(await page.screenshot())
}

async function takeReview(bank: DemoBank): Promise<string> {
  const page = await newPage(bank, 680, 900)
  const customer = customerOf(bank, page, '10000000004')
  await customer.open('/login')
  await customer.giveCredentials()
  await customer.open('/transfer')
  const to = { bankCode: '1184', branchCode: '001', accountNumber: '0000021' }
  await customer.fill({ ...to, amount: '1000' })
  await customer.submit()
  const submit = await page.locator('main form.form button[type=submit]').boundingBox()
  if (submit === null) throw new Error('the review has no button')
  const height = Math.ceil(submit.y + submit.height + 24)
  const clip = { x: 0, y: 0, width: 680, height }
  return picture(await page.screenshot({ fullPage: true, clip }))
}

/** Side by side, each in a frame of its own. */
const composed = (token: string, review: string) => `
  <!doctype html>
  <style>
    body { margin: 0; padding: 24px; background: #e8edef; width: 812px;
      display: flex; gap: 24px; align-items: center; box-sizing: border-box }
    img { display: block; box-sizing: border-box; background: #fff }
    .phone { width: 300px; border: 7px solid #1f3338; border-radius: 26px }
    .page { width: 440px; border: 1px solid #b4bdc0; border-radius: 10px }
  </style>
  <img class="phone" src="${token}"><img class="page" src="${review}">`

const bank = await openDemoBank()
try {
  const [token, review] = [await takeToken(bank), await takeReview(bank)]
  const context = await bank.browser.newContext({ viewport: { width: 812, height: 400 } })
  const page = await context.newPage()
  await page.setContent(composed(token, review), { waitUntil: 'load' })
  await page.screenshot({ path: FILE, fullPage: true })
} finally {
  await bank.close()
}
console.log(`${FILE}: ${fs.statSync(FILE).size} bytes`)
