/** The bank site in a browser, in the words and by the names that its pages show to everyone. */
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Token } from './codes.ts'
import type { Customer } from './customers.ts'
import type { Program } from './program.ts'
import { SLOW_MS, type Visitor } from './visitor.ts'

/** What is typed or chosen, by the name of the field. */
export type Typed = Readonly<Record<string, string>>

export class BankSite {
  readonly visitor: Visitor
  readonly page: Page
  readonly #program: Program

  constructor(visitor: Visitor, program: Program) {
    this.visitor = visitor
    this.page = visitor.page
    this.#program = program
  }

  /** The same customer in another tab. */
  async anotherTab(): Promise<BankSite> {
    return new BankSite(await this.visitor.anotherTab(), this.#program)
  }

  /** The address without the bank: `/login`. */
  get path(): string {
    return new URL(this.page.url()).pathname.replace(/^\/\d{4}/, '')
  }

  urlOf(path: string): string {
    return `${this.#program.banking}${path}`
  }

  async open(path: string): Promise<void> {
    await this.page.goto(this.urlOf(path))
    await this.visitor.see()
  }

  /** Fills in text fields, picks choices and options. */
  async fill(typed: Typed): Promise<void> {
    for (const [name, value] of Object.entries(typed)) {
      const field = this.page.locator(`[name="${name}"]`)
      const kind = await field.first().evaluate((element) => element.type as string)
      if (kind === 'radio') await this.#choose(name, value)
      else if (kind === 'checkbox') await field.check({ force: true })
      else if (kind === 'select-one') await field.selectOption(value)
      else await field.fill(value)
    }
  }

  /** Pictures lie over their radio button, as a finger finds them. */
  async #choose(name: string, value: string): Promise<void> {
    await this.page.locator(`[name="${name}"][value="${value}"]`).check({ force: true })
  }

  /** Presses a button and looks at the page that comes. */
  press(label: string): Promise<void> {
    return this.goOn(() => this.page.getByRole('button', { name: label, exact: true }).click())
  }

  /**
   * Presses a button twice, as a hurried hand does. The second press may cut off the page that the
   * first one called, so what counts is where the browser comes to rest.
   */
  async pressTwice(label: string, arrivingAt: string): Promise<void> {
    await this.page.getByRole('button', { name: label, exact: true }).dblclick()
    await expect.poll(() => this.path, { timeout: SLOW_MS }).toBe(arrivingAt)
    await this.page.waitForLoadState('load')
    await this.visitor.see()
  }

  /** Follows a link and looks at the page that comes. */
  follow(label: string): Promise<void> {
    const link = this.page.locator('main, nav, footer').getByRole('link', { name: label })
    return this.goOn(() => link.first().click())
  }

  back(): Promise<void> {
    return this.goOn(() => this.page.goBack())
  }

  reload(): Promise<void> {
    return this.goOn(() => this.page.reload())
  }

  /** Does what leads to another page, and looks at it. */
  protected async goOn(act: () => Promise<unknown>): Promise<void> {
    const arrived = this.page.waitForEvent('load')
    await act()
    await arrived
    await this.visitor.see()
  }

  /** The value for machines of a field of the page. */
  async value(field: string): Promise<string> {
    const shown = this.page.locator(`[data-field="${field}"]`).first()
    return (await shown.getAttribute('data-value')) ?? (await shown.innerText())
  }

  /** What stands in a field that can be typed in. */
  typed(name: string): Promise<string> {
    return this.page.locator(`[name="${name}"]`).inputValue()
  }

  /** The refusal that the page tells, if any. */
  async refusal(): Promise<string | undefined> {
    const told = this.page.locator('[role="alert"][data-refusal]')
    if ((await told.count()) === 0) return undefined
    return (await told.getAttribute('data-refusal')) ?? undefined
  }

  heading(): Promise<string> {
    return this.page.locator('h1').innerText()
  }

  text(): Promise<string> {
    return this.page.locator('main').innerText()
  }

  /** Answers what the page asks of the customer's own confirmation method. */
  async confirmAs(customer: Customer): Promise<void> {
    for (const { name, position } of await this.positions()) {
      await this.fill({ [name]: customer.cells[position - 1] ?? '' })
    }
  }

  /** The fields of the confirmation method, with the position that each asks for. */
  async positions(): Promise<{ name: string; position: number }[]> {
    const asked = await this.page.locator('[data-position]').all()
    return Promise.all(
      asked.map(async (field) => {
        const name = (await field.getAttribute('name')) ?? (await nameOfChoices(field))
        return { name, position: Number(await field.getAttribute('data-position')) }
      }),
    )
  }

  /** Logs in from the login page, with a code where the contract asks for one. */
  async logIn({ contractId, loginPassword }: Customer, token?: Token): Promise<void> {
    await this.open('/login')
    await this.fill({ contractId, loginPassword })
    await this.press('ログイン')
    if (token === undefined) return
    await this.fill({ otp: await token.freshCode() })
    await this.press('ログイン')
  }

  /**
   * Sends a form as its page would, without a look at it: for what a journey is not about. Returns
   * the status: 303 when it went on.
   */
  async post(path: string, typed: Typed): Promise<number> {
    const { request } = this.visitor.context
    const shown = await (await request.get(this.urlOf(path))).text()
    const csrf = /name="csrf" value="([^"]+)"/.exec(shown)?.[1] ?? ''
    const form = { csrf, ...typed }
    return (await request.post(this.urlOf(path), { form, maxRedirects: 0 })).status()
  }

  /** Sends the form on the page, with other entries, as often as was said; the page stays. */
  async postAgain(times: number, typed: Typed): Promise<void> {
    const { request } = this.visitor.context
    const form = { ...(await this.formData()), ...typed }
    const { pathname } = new URL(this.page.url())
    const url = new URL(pathname, this.page.url()).href
    for (let sent = 0; sent < times; sent += 1) await request.post(url, { form, maxRedirects: 0 })
  }

  /** Signed in, for journeys that are not about the login. */
  async arrive({ contractId, loginPassword }: Customer, token?: Token): Promise<void> {
    expect(await this.post('/login', { contractId, loginPassword })).toBe(303)
    if (token === undefined) return
    expect(await this.post('/login/code', { otp: await token.freshCode() })).toBe(303)
  }

  logOut(): Promise<void> {
    return this.press('ログアウト')
  }

  /** A procedure of the foot of the login page, past contract ID and login password. */
  async beginAtFoot(procedure: string, { contractId, loginPassword }: Customer): Promise<void> {
    await this.open('/login')
    await this.follow(procedure)
    await this.fill({ contractId, loginPassword })
    await this.press('次へ')
  }

  /** From the login page to the registration of the token. */
  beginOtpStart(customer: Customer): Promise<void> {
    return this.beginAtFoot('利用開始', customer)
  }

  /** 利用開始 in full. */
  async startOtp(customer: Customer, token: Token, otpAtLogin: string): Promise<void> {
    await this.beginOtpStart(customer)
    await this.fill({ serial: token.serial, otp: await token.freshCode(), otpAtLogin })
    await this.confirmAs(customer)
    await this.press('登録する')
  }

  /** A transfer within the bank up to its review. */
  async reviewTransfer(from: Customer, to: Customer, amount: string): Promise<void> {
    await this.open('/transfer')
    await this.fill(withinBank(from, to, amount))
    await this.press('内容を確認する')
  }

  /** The balance of the customer's first account, from the home page. */
  async balance(): Promise<number> {
    await this.open('/home')
    return Number(await this.value('balance'))
  }

  /** The receipt numbers of the history, newest first. */
  async receipts(): Promise<string[]> {
    await this.open('/transfers')
    return this.page.locator('td[data-field="receiptNo"]').allInnerTexts()
  }

  /** On paper the receipt is all there, and nothing to press. */
  async expectPrintable(): Promise<void> {
    await this.page.emulateMedia({ media: 'print' })
    expect(await this.page.locator('[data-field="receiptNo"]').first().isVisible()).toBe(true)
    const pressed = this.page.locator('.site-nav, .button, button, input, select, summary')
    expect(await pressed.filter({ visible: true }).allInnerTexts(), this.path).toEqual([])
    await this.page.emulateMedia({ media: null })
  }

  /** What the form on the page would send, for requests that no browser would make. */
  async formData(): Promise<Record<string, string>> {
    return this.page.locator('main form').evaluate((form) => {
      const elements: { name: string; value: string; checked: boolean; type: string }[] = [
        ...form.elements,
      ]
      const sent = elements.filter(({ type, checked }) => type !== 'radio' || checked)
      return Object.fromEntries(sent.map(({ name, value }) => [name, value]))
    })
  }
}

/** The fields of a transfer to another customer of the demonstration bank. */
export const withinBank = (from: Customer, to: Customer, amount: string): Typed => ({
  fromAccount: from.account,
  bankCode: '1184',
  branchCode: '001',
  accountType: 'ordinary',
  accountNumber: to.account,
  amount,
})

async function nameOfChoices(group: Locator): Promise<string> {
  return (await group.locator('input').first().getAttribute('name')) ?? ''
}
