/** The token app in use: what is copied, said and shown, in both languages, in the dark, by key. */
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { en } from '../../src/token-app/words/en.ts'
import { ja } from '../../src/token-app/words/ja.ts'
import { openAgain, shownCode, shownSerial } from './codes.ts'
import { KeyboardBank } from './keyboard-bank.ts'
import { keptOfToken, makeToken, openApp } from './phone.ts'
import { phoneJourneys, type Stage } from './stage.ts'
import type { Visitor } from './visitor.ts'

const PERIOD_SECONDS = 30
const PERIOD_MS = PERIOD_SECONDS * 1000

/** The present code, with so many seconds of it left. */
async function moveTo(stage: Stage, phone: Visitor, secondsLeft: number): Promise<void> {
  const { clock } = stage.program
  clock.moveBy(2 * PERIOD_MS - (clock.now() % PERIOD_MS) - secondsLeft * 1000)
  await openAgain(phone)
}

const secondsLeft = async (page: Page) => Number(await page.innerText('[data-field=seconds-left]'))
const ringOffset = async (page: Page) =>
  Number(await page.getAttribute('.ring-rest', 'stroke-dashoffset'))
const clipboard = (page: Page) => page.evaluate<string>('navigator.clipboard.readText()')

/** A device with a Japanese and an English voice, which writes down what it says. */
const VOICES = `
  globalThis.said = []
  globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }
  const speech = {
    getVoices: () => [{ lang: 'ja-JP' }, { lang: 'en-GB' }],
    addEventListener() {},
    cancel() { said.push('silence') },
    speak({ text, lang, voice }) { said.push([text, lang, voice.lang]) },
  }
  Object.defineProperty(globalThis, 'speechSynthesis', { value: speech })`

/** A browser that keeps the storage for good once it is asked, and counts how often it is. */
const KEEPS_STORAGE = `
  globalThis.askedToKeep = 0
  StorageManager.prototype.persist = async () => (askedToKeep += 1) > 0
  StorageManager.prototype.persisted = async () => askedToKeep > 0`

const inJapanese = (digits: string) => {
  const names = ['ゼロ', 'イチ', 'ニ', 'サン', 'ヨン', 'ゴ', 'ロク', 'ナナ', 'ハチ', 'キュウ']
  const said = [...digits].map((digit) => names[Number(digit)])
  return `${said.slice(0, 3).join('、')}。${said.slice(3).join('、')}`
}

async function unfold(page: Page): Promise<void> {
  const folded = page.locator('details:not([open]) > summary')
  while ((await folded.count()) > 0) await folded.first().click()
}

interface Manifest {
  readonly [member: string]: unknown
  readonly icons: readonly {
    readonly src: string
    readonly type: string
    readonly sizes: string
    readonly purpose?: string
  }[]
}

/** The width and height that a PNG says it has (its chunk IHDR). */
function sizeOfPng(bytes: Buffer): string {
  expect(bytes.toString('latin1', 1, 4)).toBe('PNG')
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`
}

phoneJourneys('the token app every day', (stage) => {
  it('copies code and serial, and says when the copied code is no longer the present one', async () => {
    const phone = await stage.visitor()
    const page = await openApp(stage, phone)
    const serial = await makeToken(phone)
    await phone.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await moveTo(stage, phone, 6)
    const code = await shownCode(phone)
    await page.click('#copy-code')
    await page.getByText(ja.token.codeCopied).waitFor()
    expect(await clipboard(page)).toBe(code)
    await page.getByText(ja.token.codeChanged).waitFor()
    expect(await shownCode(phone)).not.toBe(code)
    await page.click('#copy-serial')
    await page.getByText(ja.token.serialCopied).waitFor()
    expect(await clipboard(page)).toBe(serial)

    await page.evaluate('Clipboard.prototype.writeText = () => Promise.reject(new Error())')
    await page.click('#copy-code')
    expect(await page.innerText('#code-status')).toBe(ja.token.copyFailed)
    await page.click('#copy-serial')
    expect(await page.innerText('#serial-status')).toBe(ja.token.copyFailed)
    expect(await clipboard(page)).toBe(serial)
  })

  it('says the digits one by one, and near the end those of the next code', async () => {
    const mute = await stage.visitor()
    await openApp(stage, mute)
    await makeToken(mute)
    expect(await mute.page.isHidden('#read-aloud')).toBe(true)
    await unfold(mute.page)
    expect(await mute.page.innerText('#device')).toContain(ja.device.voiceMissing)

    const phone = await stage.visitor()
    const { page } = phone
    await page.addInitScript(VOICES)
    await openApp(stage, phone)
    await makeToken(phone)
    await moveTo(stage, phone, 25)
    const code = await shownCode(phone)
    await page.click('#read-aloud')
    const present = [`数字は、${inJapanese(code)}、です。`, 'ja-JP', 'ja-JP']
    // What was still being said is cut short.
    expect(await page.evaluate('said')).toEqual(['silence', present])
    await moveTo(stage, phone, 6)
    const next = (await page.innerText('[data-field=next-code]')).replaceAll(/\D/g, '')
    await page.click('#read-aloud')
    const told = await page.evaluate<string[][]>('said')
    expect(told[1]?.[0]).toBe(`数字がまもなく変わります。次の数字は、${inJapanese(next)}、です。`)

    await page.click('#language')
    await moveTo(stage, phone, 25)
    await page.click('#read-aloud')
    const [text, ...voice] = (await page.evaluate<string[][]>('said'))[1] ?? []
    expect(text).toMatch(/^The number is: (\w+, ){2}\w+\. (\w+, ){2}\w+\.$/)
    expect(voice).toEqual(['en-GB', 'en-GB'])
  })

  it('asks the browser to keep the storage once there is a token, and says what it answered', async () => {
    const phone = await stage.visitor()
    const { page } = phone
    await page.addInitScript(KEEPS_STORAGE)
    await openApp(stage, phone)
    expect(await page.evaluate('askedToKeep')).toBe(0)
    await makeToken(phone)
    await expect.poll(() => page.evaluate('askedToKeep')).toBe(1)
    await unfold(page)
    const storage = page.locator('[data-field=storage]')
    await expect.poll(() => storage.innerText()).toBe(ja.device.storageKept)

    const other = await stage.visitor()
    await other.page.addInitScript('StorageManager.prototype.persisted = async () => false')
    await openApp(stage, other)
    await makeToken(other)
    await unfold(other.page)
    const uncertain = other.page.locator('[data-field=storage]')
    await expect.poll(() => uncertain.innerText()).toBe(ja.device.storageUncertain)
  })

  it('can be put on the home screen', async () => {
    const page = await openApp(stage, await stage.visitor())
    const href = (await page.getAttribute('link[rel=manifest]', 'href')) ?? ''
    const at = (path: string) => fetch(new URL(path, stage.program.token))
    const manifest = (await (await at(href)).json()) as Manifest
    const { icons, short_name, display, start_url, scope, lang } = manifest
    const opened = { display: 'standalone', start_url: '/', scope: '/', lang: 'ja' }
    expect({ display, start_url, scope, lang }).toEqual(opened)
    expect(short_name).toBe('ワンタイム')
    const offered = icons.map(({ sizes, purpose }) => `${purpose} ${sizes}`)
    expect(offered).toEqual(expect.arrayContaining(['any 192x192', 'maskable 512x512']))
    const touch = (await page.getAttribute('link[rel=apple-touch-icon]', 'href')) ?? ''
    for (const icon of [...icons, { src: touch, type: 'image/png', sizes: '180x180' }]) {
      const answer = await at(icon.src)
      expect(answer.status, icon.src).toBe(200)
      expect(answer.headers.get('content-type')).toContain(icon.type)
      const bytes = Buffer.from(await answer.arrayBuffer())
      if (icon.sizes !== 'any') expect(sizeOfPng(bytes), icon.src).toBe(icon.sizes)
    }
  })

  it("counts down, and can be read at arm's length", async () => {
    const phone = await stage.visitor()
    const page = await openApp(stage, phone)
    await makeToken(phone)
    await moveTo(stage, phone, 25)
    const [before, ring] = [await secondsLeft(page), await ringOffset(page)]
    await expect.poll(() => secondsLeft(page)).toBeLessThan(before)
    await expect.poll(() => ringOffset(page)).toBeGreaterThan(ring)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    // Whole seconds only, where movement disturbs.
    const whole = async () => ((100 - (await ringOffset(page))) / 100) * PERIOD_SECONDS
    await expect.poll(async () => Math.abs((await whole()) % 1)).toBeLessThan(0.01)

    const size = (field: string) =>
      page.evaluate<number>(
        `parseFloat(getComputedStyle(document.querySelector('[data-field=${field}]')).fontSize)`,
      )
    expect(await size('code')).toBeGreaterThanOrEqual(64)
    expect(await size('serial')).toBeGreaterThanOrEqual(32)
    expect(await size('seconds-left')).toBeGreaterThanOrEqual(28)
  })

  it('speaks English throughout, once it was told to', async () => {
    const phone = await stage.visitor()
    const page = await openApp(stage, phone)
    await page.click('#language')
    await page.waitForSelector('html[lang=en]')
    await page.reload()
    await expectEnglish(phone, en.welcome.title)
    await makeToken(phone)
    await expectEnglish(phone, en.token.codeHeading)
    await page.click('#remake')
    await expectEnglish(phone, en.token.codeHeading)
    await page.check('#remake-agree')
    await page.route('**/provision', (route) => route.fulfill({ status: 429 }))
    await page.click('#remake-confirm')
    await page.waitForSelector('[data-failure=busy]')
    await expectEnglish(phone, en.failure.title)
    await page.evaluate('indexedDB.deleteDatabase("ichido-token")')
    await page.reload()
    await page.waitForSelector('#lost')
    await expectEnglish(phone, en.lost.title)
    await page.click('#language')
    await page.waitForSelector('html[lang=ja]')
    expect(await page.innerText('h1')).toBe(ja.lost.title)
  })

  it.each(['ja', 'en'])('can be read in the dark (%s)', async (lang) => {
    const phone = await stage.visitor({ colorScheme: 'dark' })
    const page = await openApp(stage, phone)
    if (lang === 'en') await page.click('#language')
    await page.waitForSelector(`html[lang=${lang}] #make-token`)
    const light = 'getComputedStyle(document.querySelector(".card")).backgroundColor'
    expect(await page.evaluate(light)).not.toBe('rgb(255, 255, 255)')
    await phone.see()
    await makeToken(phone)
    await moveTo(stage, phone, 20)
    await unfold(page)
    await phone.see()
    await page.click('#remake')
    await page.click('#remake-confirm')
    await page.getByRole('alert').waitFor()
    await phone.see()
  })

  it('is used by keyboard alone, from the first token to the next', async () => {
    const phone = await stage.visitor()
    const page = await openApp(stage, phone)
    await phone.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const { keyboard } = page
    const keys = new KeyboardBank(phone, stage.program)
    const press = async (selector: string, key = 'Enter') => {
      await keys.tabTo(page.locator(selector))
      await keyboard.press(key)
    }
    const focusedText = () => page.locator(':focus').innerText()
    const focusedId = () => page.locator(':focus').getAttribute('id')
    await press('#make-token')
    const code = await shownCode(phone)
    const serial = await shownSerial(phone)
    // The reader's place is the heading of what came.
    await expect.poll(focusedText).toBe(ja.token.codeHeading)
    await press('#copy-code', 'Space')
    await page.locator('#code-status:not(:empty)').waitFor()
    expect([code, await shownCode(phone)]).toContain(await clipboard(page))
    await press('#copy-serial')
    await page.locator('#serial-status:not(:empty)').waitFor()
    expect(await clipboard(page)).toBe(serial)
    for (const fold of ['guide', 'help', 'device', 'remake-section']) {
      await press(`#${fold} > summary`)
      await page.locator(`#${fold} > .fold-content`).waitFor()
    }

    const dialog = page.locator('#remake-dialog')
    await press('#remake')
    await keyboard.press('Escape')
    await expect.poll(() => dialog.count()).toBe(0)
    // The focus goes back to where it was.
    await expect.poll(focusedId).toBe('remake')
    await keyboard.press('Enter')
    await press('#remake-confirm')
    await expect.poll(() => dialog.getByRole('alert').innerText()).toBe(ja.remake.agreeFirst)
    await expect.poll(focusedId).toBe('remake-agree')
    await press('#remake-cancel')
    await expect.poll(() => dialog.count()).toBe(0)
    expect(await shownSerial(phone)).toBe(serial)
    await keyboard.press('Enter')
    await press('#remake-agree', 'Space')
    await press('#remake-confirm')
    await expect.poll(() => shownSerial(phone)).not.toBe(serial)
    expect((await keptOfToken(page)).sort()).toEqual(['institution', 'token'])
  })
})

/** Nothing Japanese is left, unfolded and in the title, but for the way back to Japanese. */
async function expectEnglish(phone: Visitor, heading: string): Promise<void> {
  const { page } = phone
  await page.locator('h1').getByText(heading).waitFor()
  await unfold(page)
  expect(await page.getAttribute('html', 'lang')).toBe('en')
  const shown = await page.locator('title, .masthead, main, dialog').allTextContents()
  expect(shown.join('\n').replace('日本語', '')).not.toMatch(/[ぁ-んァ-ヶ一-龠]/)
  await phone.see()
}
