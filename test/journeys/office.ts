/** The back office in a browser: the pages of the bank's staff. */
import { expect } from 'vitest'
import { BankSite, type Typed } from './bank-site.ts'
import { staffAuthenticator } from './codes.ts'
import type { Program } from './program.ts'
import type { Visitor } from './visitor.ts'

/** The staff of the demonstration, with their passwords. */
const PASSWORDS = {
  clerk: 'Clerk-demo-1',
  supervisor: 'Supervisor-demo-1',
  auditor: 'Auditor-demo-1',
  administrator: 'Administrator-demo-1',
} as const

export class OfficeSite extends BankSite {
  readonly #program: Program

  constructor(visitor: Visitor, program: Program) {
    super(visitor, program)
    this.#program = program
  }

  override urlOf(path: string): string {
    return `${this.#program.office}${path}`
  }

  async logInAs(staffId: keyof typeof PASSWORDS): Promise<void> {
    await this.open('/login')
    await this.fill({ staffId, password: PASSWORDS[staffId] })
    await this.press('次へ')
    const otp = await staffAuthenticator(staffId, this.#program.clock).freshCode()
    await this.fill({ otp })
    await this.press('ログイン')
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
