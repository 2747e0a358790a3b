/** The back office in a browser: the pages of the bank's staff. */
import { expect } from 'vitest'
import { BankSite, type Typed } from './bank-site.ts'
import { staffAuthenticator } from './codes.ts'
import type { Customer } from './customers.ts'
import type { Program } from './program.ts'
import type { Stage } from './stage.ts'
import type { Visitor } from './visitor.ts'

/** The staff of the demonstration, with their passwords. */
const PASSWORDS = {
  clerk: 'Clerk-demo-1',
  supervisor: 'Supervisor-demo-1',
  auditor: 'Auditor-demo-1',
  administrator: 'Administrator-demo-1',
} as const

type StaffId = keyof typeof PASSWORDS

export class OfficeSite extends BankSite {
  readonly #program: Program

  constructor(visitor: Visitor, program: Program) {
    super(visitor, program)
    this.#program = program
  }

  override urlOf(path: string): string {
    return `${this.#program.office}${path}`
  }

  async logInAs(staffId: StaffId): Promise<void> {
    await this.open('/login')
    await this.fill({ staffId, password: PASSWORDS[staffId] })
    await this.press('次へ')
    const otp = await staffAuthenticator(staffId, this.#program.clock).freshCode()
    await this.fill({ otp })
    await this.press('ログイン')
  }

  /** Signed in, for journeys that are not about the login. */
  async arriveAs(staffId: StaffId): Promise<void> {
    const password = PASSWORDS[staffId]
    expect(await this.post('/login', { staffId, password })).toBe(303)
    const otp = await staffAuthenticator(staffId, this.#program.clock).freshCode()
    expect(await this.post('/login/code', { otp })).toBe(303)
  }

  /** The room of the menu in which the page stands. */
  room(): Promise<string> {
    return this.page.locator('nav [aria-current="page"]').innerText()
  }

  /** Types into the one field of the search what the caller says. */
  async search(said: string): Promise<void> {
    if (this.path !== '/customers') await this.page.goto(this.urlOf('/customers'))
    await this.fill({ q: said })
    await this.press('検索する')
  }

  /** How things stand with the customer of the page, worst first. */
  states(): Promise<string[]> {
    return this.page
      .locator('[data-field="customerState"]')
      .evaluateAll((tags) => tags.map((tag) => tag.dataset.value as string))
  }

  /** Prepares an act of the customer's page. Returns where it waits. */
  async prepare({ contractId }: Customer, act: string, typed: Typed): Promise<string> {
    await this.open(`/customers/${contractId}`)
    await this.follow(act)
    await this.fill(typed)
    await this.press('起案する')
    expect(await this.value('state')).toBe('waiting')
    return this.path
  }

  /** Approves what waits at the address of a proposal. */
  async approve(proposalPath: string): Promise<void> {
    await this.open(proposalPath)
    await this.press('承認して実行する')
  }

  /** What stands beside a field that was refused. */
  errorAt(field: string): Promise<string> {
    return this.page.locator(`#field-${field}-error`).innerText()
  }

  /**
   * Sends a form from this browser without a look at its page, where a journey is about another
   * one. Returns where it leads.
   */
  async send(path: string, fields: Typed = {}): Promise<string> {
    const csrf = await this.page.locator('[name="csrf"]').first().inputValue()
    const answer = await this.page.request.post(this.urlOf(path), {
      form: { csrf, ...fields },
      headers: { origin: new URL(this.urlOf('')).origin },
      maxRedirects: 0,
    })
    expect([200, 303], path).toContain(answer.status())
    return (answer.headers().location ?? '').replace(/^\/\d{4}/, '')
  }
}

/** A staff member in a browser of the own, signed in. */
export async function staffAt(stage: Stage, staffId: StaffId): Promise<OfficeSite> {
  const office = new OfficeSite(await stage.visitor(), stage.program)
  await office.arriveAs(staffId)
  return office
}
