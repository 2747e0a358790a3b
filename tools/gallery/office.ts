/** The back office as its staff find it: in Japanese and light, which is all it has. */
import type { Page } from 'playwright-core'
import type { DemoBank } from '../demo-bank.ts'
import { shootScreens, USUAL } from './camera.ts'

const PASSWORDS = {
  clerk: 'Clerk-demo-1',
  supervisor: 'Supervisor-demo-1',
  auditor: 'Auditor-demo-1',
  administrator: 'Administrator-demo-1',
} as const
type StaffId = keyof typeof PASSWORDS

/** At a desk, in a browser of its own. */
class Desk {
  readonly page: Page
  readonly #bank: DemoBank

  constructor(bank: DemoBank, page: Page) {
    this.#bank = bank
    this.page = page
  }

  async open(path: string): Promise<void> {
    await this.page.goto(this.#bank.office + path)
  }

  async fill(fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, value] of Object.entries(fields))
      await this.page.fill(`[name=${name}]`, value)
  }

  async press(selector: string): Promise<void> {
    const arrived = this.page.waitForEvent('load')
    await this.page.locator(selector).first().click()
    await arrived
  }

  submit(): Promise<void> {
    return this.press('main form.form button[type=submit]')
  }

  shoot(name: string): Promise<void> {
    return shootScreens(this.page, USUAL, `office-${name}`)
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
    await this.fill({ staffId, password: PASSWORDS[staffId] })
    await this.submit()
    await this.fill({ otp: this.#bank.staffCodeOf(staffId) })
    await this.submit()
  }
}

export async function visitOffice(bank: DemoBank): Promise<void> {
  const inPerson = async (visit: (desk: Desk) => Promise<void>, staffId?: StaffId) => {
    const context = await bank.browser.newContext({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo' })
    const desk = new Desk(bank, await context.newPage())
    if (staffId !== undefined) await desk.logInAs(staffId)
    await visit(desk)
    await context.close()
  }
  await inPerson(visitLogin)
  await inPerson(visitAsClerk, 'clerk')
  await inPerson(visitAsSupervisor, 'supervisor')
  await inPerson(visitAsAdministrator, 'administrator')
  await inPerson(visitAsAuditor, 'auditor')
}

async function visitLogin(desk: Desk): Promise<void> {
  await desk.shootAll('/login', '/login?notice=ended')
  await desk.fill({ staffId: 'clerk', password: 'wrong' })
  await desk.submit()
  await desk.shoot('login_wrong-credentials')
  await desk.fill({ staffId: 'clerk', password: PASSWORDS.clerk })
  await desk.submit()
  await desk.shoot('login-code')
}

async function visitAsClerk(desk: Desk): Promise<void> {
  await desk.shootAll('/customers', '/customers/10000000007', '/customers/10000000006')
  await desk.open('/customers')
  await desk.fill({ q: 'デモ' })
  await desk.press('main form button[type=submit]')
  await desk.shoot('customers_found')
  await desk.shootAll('/customers/10000000007/loss')
  await desk.submit()
  await desk.shoot('loss_invalid-input')
  for (const box of await desk.page.locator('[name^=confirmed]').all()) {
    await box.check({ force: true })
  }
  await desk.submit()
  await desk.shoot('loss-reported')
  await desk.shootAll('/customers/10000000007/prepare/reissue')
  await desk.page.locator('[name=cause]').first().check({ force: true })
  await desk.fill({ reason: '窓口にて運転免許証で本人確認済み' })
  await desk.submit()
  await desk.shoot('proposal_own')
  await desk.open('/customers/10000000007')
  await desk.shoot('customer_suspended')
  await desk.shootAll('/inbox', '/letters', '/hardware', '/hardware/applications')
  await desk.shootAll('/hardware/applications/new?contractId=10000000002', '/hardware/import')
  await desk.shootAll('/hardware/dispatch', '/hardware/returns', '/hardware/battery?months=60')
  await desk.shootAll('/hardware/terms', '/hardware/2V0716016FK2', '/password', '/roles')
  await desk.shootAll(
    '/campaigns',
    '/campaigns/SY',
    '/campaigns/SY/plan',
    '/campaigns/SY/customers',
  )
  await desk.shootAll('/announcements', '/announcements/write', '/announcements/template')
  await desk.shootAll('/announcements/template/write', '/figures', '/nowhere')
}

async function visitAsSupervisor(desk: Desk): Promise<void> {
  await desk.open('/inbox')
  await desk.press('main td a')
  await desk.shoot('proposal_to-decide')
  await desk.submit()
  await desk.shoot('proposal_approved')
  await desk.shootAll('/inbox/settled')
}

/** Appoints somebody, who then logs in for the first time. */
async function visitAsAdministrator(desk: Desk): Promise<void> {
  await desk.shootAll('/staff', '/staff/clerk', '/identity-questions', '/letters', '/staff/appoint')
  await desk.fill({ staffId: 'teller', name: '窓口　担当' })
  await desk.page.locator('[name=role]').first().check({ force: true })
  await desk.submit()
  await desk.shoot('staff-appointed')
  const password = await desk.page.locator('[data-field=password]').innerText()
  await desk.page.context().clearCookies()
  await desk.open('/login')
  await desk.fill({ staffId: 'teller', password })
  await desk.submit()
  await desk.shoot('login-code_first')
}

async function visitAsAuditor(desk: Desk): Promise<void> {
  await desk.shootAll('/figures', '/events', '/inbox/settled', '/evidence')
  await desk.fill({ receiptNo: '1' })
  await desk.submit()
  await desk.shoot('evidence-receipt_unknown')
}
