/** Login, start and transfer by keyboard alone, the focus always to be seen. */
import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { BankSite } from './bank-site.ts'
import { makeDesktopToken } from './codes.ts'
import { hajime, mitsuo } from './customers.ts'
import { journeys } from './stage.ts'

/** More stops than any page has. */
const MOST_STOPS = 80

/** Goes on with Tab to the element; every stop on the way shows where the focus is. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab')
    const focused = page.locator(':focus')
    // The calendar of a date field is a stop inside the browser's own control.
    if ((await focused.count()) === 0) continue
    expect(await isMarked(focused), await focused.evaluate((it) => it.outerHTML)).toBe(true)
    if (await target.evaluate((it) => it.ownerDocument.activeElement === it)) return
  }
  throw new Error(`${target} cannot be reached with Tab`)
}

/** The ring is on the element itself, or on the picture around its radio button. */
const isMarked = (focused: Locator): Promise<boolean> =>
  focused.evaluate((it) => {
    const styleOf = it.ownerDocument.defaultView.getComputedStyle
    const ring = it.closest('.picture') ?? it
    const { outlineStyle, outlineWidth } = styleOf(ring)
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
  })

class Keyboard {
  readonly #bank: BankSite
  readonly #page: Page

  constructor(bank: BankSite) {
    this.#bank = bank
    this.#page = bank.page
  }

  async type(name: string, text: string): Promise<void> {
    await tabTo(this.#page, this.#page.locator(`[name="${name}"]`))
    await this.#page.keyboard.type(text)
  }

  /** Picks a radio button: Tab to the group, arrows within it. */
  async pick(name: string, value: string): Promise<void> {
    const choices = this.#page.locator(`[name="${name}"]`)
    const picked = this.#page.locator(`[name="${name}"]:checked`)
    const start = (await picked.count()) > 0 ? picked : choices.first()
    await tabTo(this.#page, start)
    if ((await picked.count()) === 0) await this.#page.keyboard.press('Space')
    for (let step = await choices.count(); step > 0; step -= 1) {
      if ((await picked.getAttribute('value')) === value) return
      await this.#page.keyboard.press('ArrowDown')
    }
    throw new Error(`${value} cannot be picked with arrows`)
  }

  /** Enter on a link, or in a field of the form, as people do. */
  async enter(target?: Locator): Promise<void> {
    if (target !== undefined) await tabTo(this.#page, target)
    const arrived = this.#page.waitForEvent('load')
    await this.#page.keyboard.press('Enter')
    await arrived
    await this.#bank.visitor.see()
  }

  /** The space bar on a button. */
  async press(label: string): Promise<void> {
    const button = this.#page.getByRole('button', { name: label, exact: true })
    await tabTo(this.#page, button)
    const arrived = this.#page.waitForEvent('load')
    await this.#page.keyboard.press('Space')
    await arrived
    await this.#bank.visitor.see()
  }
}

journeys('by keyboard alone', (stage) => {
  it('start with an image card, login with a code, transfer', async () => {
    const token = await makeDesktopToken(stage.program)
    const bank = new BankSite(await stage.visitor(), stage.program)
    const keyboard = new Keyboard(bank)
    await bank.open('/login')
    await keyboard.enter(bank.page.locator('main a[href$="/otp/start"]'))
    await keyboard.type('contractId', mitsuo.contractId)
    await keyboard.type('loginPassword', mitsuo.loginPassword)
    await keyboard.enter()
    await keyboard.type('serial', token.serial)
    await keyboard.type('otp', await token.freshCode())
    await keyboard.pick('otpAtLogin', 'required')
    for (const { name, position } of await bank.positions()) {
      await keyboard.pick(name, mitsuo.cells[position - 1] ?? '')
    }
    await keyboard.press('登録する')
    expect(bank.path).toBe('/otp/start/done')

    await keyboard.enter(bank.page.locator('main a.button'))
    await keyboard.type('contractId', mitsuo.contractId)
    await keyboard.type('loginPassword', mitsuo.loginPassword)
    await keyboard.press('ログイン')
    await keyboard.type('otp', await token.freshCode())
    await keyboard.enter()
    expect(bank.path).toBe('/home')

    await keyboard.enter(bank.page.locator('nav a[href$="/transfer"]'))
    await keyboard.type('bankCode', '1184')
    await keyboard.type('branchCode', '001')
    await keyboard.type('accountNumber', hajime.account)
    await keyboard.type('amount', '1000')
    await keyboard.press('内容を確認する')
    await keyboard.type('otp', await token.freshCode())
    await keyboard.press('振り込む')
    expect(await bank.value('status')).toBe('executed')
  })

  it('a refusal takes the focus, and one key leads to its field', async () => {
    const bank = new BankSite(await stage.visitor(), stage.program)
    await bank.logIn({ ...hajime, loginPassword: 'wrong' })
    const alert = bank.page.locator('[role="alert"]')
    expect(await alert.evaluate((it) => it.ownerDocument.activeElement === it)).toBe(true)
    await tabTo(bank.page, alert.locator('a').first())
    await bank.page.keyboard.press('Enter')
    await bank.page.keyboard.press('Tab')
    const focused = bank.page.locator(':focus')
    expect(await focused.getAttribute('name')).toMatch(/contractId|loginPassword/)
  })

  it('the first Tab leads past the header', async () => {
    const bank = new BankSite(await stage.visitor(), stage.program)
    await bank.logIn(hajime)
    const skip = bank.page.locator('.skip')
    await tabTo(bank.page, skip)
    await bank.page.keyboard.press('Enter')
    await bank.page.keyboard.press('Tab')
    const isInMain = await bank.page.locator('main :focus').count()
    expect(isInMain).toBe(1)
  })
})
