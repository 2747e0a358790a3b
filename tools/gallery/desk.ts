/** A member of the bank's staff at a desk, in a browser of their own. */
import type { Page } from 'playwright-core'
import type { StaffRole } from '../../src/bank/office/staff.ts'
import { DEMO_STAFF } from '../../src/store/demo/demo-bank.ts'
import type { DemoBank } from '../demo-bank.ts'
import { SCREENS, shootScreens, USUAL } from './camera.ts'

export type StaffId = StaffRole

/** Of the demonstration, where each role has one member of its name. */
function passwordOf(staffId: StaffId): string {
  const staff = DEMO_STAFF.find((member) => member.staffId === staffId)
  if (staff === undefined) throw new Error(`the demonstration has no ${staffId}`)
  return staff.password
}

export class Desk {
  readonly page: Page
  readonly bank: DemoBank

  constructor(bank: DemoBank, page: Page) {
    this.bank = bank
    this.page = page
  }

  /** The address without the bank. */
  get path(): string {
    const { pathname, search } = new URL(this.page.url())
    return pathname.replace(/^\/\d{4}/, '') + search
  }

  async open(path: string): Promise<void> {
    await this.page.goto(this.bank.office + path)
  }

  /** Text fields are typed in, choices picked, boxes ticked. */
  async fill(fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, value] of Object.entries(fields)) {
      const field = this.page.locator(`[name="${name}"]`).first()
      const type = await field.getAttribute('type')
      if (type === 'radio') await this.#choose(`[name="${name}"][value="${value}"]`)
      else if (type === 'checkbox') await this.#choose(`[name="${name}"]`)
      else await field.fill(value)
    }
  }

  /** Its label lies over a choice. */
  async #choose(selector: string): Promise<void> {
    await this.page.locator(selector).check({ force: true })
  }

  async press(selector: string): Promise<void> {
    const arrived = this.page.waitForEvent('load')
    await Promise.all([arrived, this.page.locator(selector).first().click()])
  }

  pressButton(label: string): Promise<void> {
    return this.press(`main button:text-is("${label}")`)
  }

  follow(label: string): Promise<void> {
    return this.press(`main a:has-text("${label}")`)
  }

  submit(): Promise<void> {
    return this.press('main form.form button[type=submit]')
  }

  shoot(name: string): Promise<void> {
    return shootScreens(this.page, USUAL, `office-${name}`, SCREENS)
  }

  /** The pages at these addresses, each named by its own. */
  async shootAll(...paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      await this.open(path)
      await this.shoot(path.slice(1).replace(/\W+/g, '-'))
    }
  }

  async logInAs(staffId: StaffId): Promise<void> {
    await this.open('/login')
    await this.fill({ staffId, password: passwordOf(staffId) })
    await this.submit()
    await this.fill({ otp: this.bank.staffCodeOf(staffId) })
    await this.submit()
  }

  /** With the wrong password, then with the right one, up to the code. */
  async stumbleIn(staffId: StaffId): Promise<void> {
    await this.fill({ staffId, password: 'wrong' })
    await this.submit()
    await this.shoot('login_wrong-credentials')
    await this.fill({ staffId, password: passwordOf(staffId) })
    await this.submit()
    await this.shoot('login-code')
  }

  /** 起案, with a reason; where it waits. */
  async propose(reason: string): Promise<string> {
    await this.fill({ reason })
    await this.press('main form.form:has([name=reason]) button[type=submit]')
    return this.path
  }

  async approve(proposalPath: string): Promise<void> {
    await this.open(proposalPath)
    await this.submit()
  }
}
