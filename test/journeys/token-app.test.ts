/** The token app on the customer's phone. */
import { expect, it } from 'vitest'
import { verifyByApi } from './api.ts'
import { BankSite } from './bank-site.ts'
import { openAgain, PhoneToken, shownCode, shownSerial } from './codes.ts'
import { hajime } from './customers.ts'
import { kept } from './phone.ts'
import { journeys, type Stage } from './stage.ts'
import type { Visitor } from './visitor.ts'

const FIRST_VISIT_LIMIT_BYTES = 60 * 1024
const PERIOD_MS = 30_000

/** Whether the bank takes the code for Hajime's token. */
const accepted = (stage: Stage, code: string) => verifyByApi(stage.program, hajime, code)

const isControlled = 'navigator.serviceWorker.ready.then(() => true)'

journeys('the token app', (stage) => {
  it('works offline after the first visit, with codes that the bank takes', async () => {
    const phone = await stage.visitor()
    const token = await PhoneToken.make(phone, stage.program)
    const bank = new BankSite(await stage.visitor(), stage.program)
    await bank.startOtp(hajime, token, 'not-required')

    expect(await phone.page.evaluate(isControlled)).toBe(true)
    stage.program.clock.moveBy(PERIOD_MS)
    await openAgain(phone)
    await phone.context.setOffline(true)
    await phone.page.reload()
    const code = await shownCode(phone)
    await phone.page.waitForSelector('[data-field="clock-notice"]:not([hidden])')
    const notice = await phone.page.textContent('[data-field="clock-notice"]')
    expect(notice).toContain('インターネットにつながっていません')
    await phone.see()
    await phone.context.setOffline(false)
    expect(await accepted(stage, code)).toBe('accepted')
    expect(await accepted(stage, code)).toBe('code-already-used')
  })

  it('keeps a key that not even its own script can read', async () => {
    const phone = await stage.visitor()
    await PhoneToken.make(phone, stage.program)
    const key = await phone.page.evaluate(
      kept('token', '({ extractable: found.key.extractable, usages: found.key.usages })'),
    )
    expect(key).toEqual({ extractable: false, usages: ['sign'] })
    const reading = kept('token', "crypto.subtle.exportKey('raw', found.key)")
    await expect(phone.page.evaluate(reading)).rejects.toThrow(/not extractable/)
  })

  it('says that the key is gone and what to do, once the storage was cleared', async () => {
    const phone = await stage.visitor()
    const { serial } = await PhoneToken.make(phone, stage.program)
    await clearStorage(phone, stage.program.token, 'indexeddb')
    await phone.page.reload()
    const lost = phone.page.locator('[data-field="lost-serial"]')
    expect((await lost.innerText()).replaceAll(/\s/g, '')).toBe(serial)
    expect(await phone.page.innerText('main')).toContain('まず窓口へお電話ください')
    await phone.see()
    // With all of it gone this is a first start, which warns those who had a token.
    await clearStorage(phone, stage.program.token, 'all')
    await phone.page.reload()
    await phone.page.waitForSelector('#make-token')
    expect(await phone.page.innerText('main')).toContain('以前この端末で数字が表示されていた方へ')
  })

  it('makes one token, though two tabs ask at once', async () => {
    const first = await stage.visitor()
    const second = await first.anotherTab()
    for (const { page } of [first, second]) {
      await page.goto(`${stage.program.token}/`)
      await page.waitForSelector('#make-token')
    }
    // The slower tab may find the button gone: the other one's token is there already.
    const ask = ({ page }: typeof first) =>
      page.click('#make-token', { timeout: 5_000 }).catch(() => undefined)
    await Promise.all([ask(first), ask(second)])
    await Promise.all([shownCode(first), shownCode(second)])
    expect(await shownSerial(first)).toBe(await shownSerial(second))
  })

  it('announces the next code before the present one ends', async () => {
    const phone = await stage.visitor()
    await PhoneToken.make(phone, stage.program)
    const { clock } = stage.program
    clock.moveBy(2 * PERIOD_MS - (clock.now() % PERIOD_MS) - 5_000)
    await openAgain(phone)
    const card = phone.page.locator('.code-card')
    expect(await card.getAttribute('data-soon')).toBe('true')
    const secondsLeft = await phone.page.innerText('[data-field="seconds-left"]')
    expect(Number(secondsLeft)).toBeLessThanOrEqual(5)
    const next = (await phone.page.innerText('[data-field="next-code"]')).replaceAll(/\s/g, '')
    await phone.see()
    await expect.poll(() => shownCode(phone), { timeout: 10_000 }).toBe(next)
  })

  it('is small: the first visit takes at most 60 KiB over the wire', async () => {
    const phone = await stage.visitor()
    const wire = await phone.context.newCDPSession(phone.page)
    let bytes = 0
    wire.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength
    })
    await wire.send('Network.enable')
    await phone.page.goto(`${stage.program.token}/`, { waitUntil: 'networkidle' })
    expect(bytes).toBeGreaterThan(5_000)
    expect(bytes).toBeLessThan(FIRST_VISIT_LIMIT_BYTES)
  })
})

journeys('a phone with a wrong clock', (stage) => {
  it('is told so in words, and shows right codes', async () => {
    // The bank's clock 40 seconds back is a phone's 40 seconds ahead.
    stage.program.clock.moveBy(stage.program.clock.now() - Date.now() > 0 ? 0 : -40_000)
    const phone = await stage.visitor()
    const token = await PhoneToken.make(phone, stage.program)
    const notice = await phone.page.textContent('[data-field="clock-notice"]')
    const aheadMs = Date.now() - stage.program.clock.now()
    expect(notice).toContain(aheadMs > 0 ? '約40秒進んでいます' : '遅れています')
    const bank = new BankSite(await stage.visitor(), stage.program)
    await bank.startOtp(hajime, token, 'not-required')
    expect(await accepted(stage, await token.freshCode())).toBe('accepted')
  })
})

async function clearStorage(phone: Visitor, origin: string, storageTypes: string): Promise<void> {
  const session = await phone.context.newCDPSession(phone.page)
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes })
}
