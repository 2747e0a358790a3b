/** A customer of the demonstration bank who walks through its pages. */
import type { Page } from 'playwright-core'
import { readDemoCard } from '../src/store/demo/demo-readings.ts'
import type { DemoBank } from './demo-bank.ts'

const PASSWORDS: Readonly<Record<string, string>> = {
  '10000000001': '482913',
  '10000000004': '771204',
  '10000000005': '350968',
  '10000000007': '118822',
}

export interface DemoCustomer {
  readonly page: Page
  readonly credentials: { readonly contractId: string; readonly loginPassword: string }
  open(path: string): Promise<void>
  fill(fields: Readonly<Record<string, string>>): Promise<void>
  /** Answers what the own confirmation method asks on the page. */
  confirm(): Promise<void>
  submit(): Promise<void>
  /** Presses a button or link that leads to another page. */
  press(selector: string): Promise<void>
  /** Types contract ID and login password, and goes on. */
  giveCredentials(): Promise<void>
}

export function customerOf(bank: DemoBank, page: Page, contractId: string): DemoCustomer {
  const cells = readDemoCard(contractId)?.cells ?? [...(PASSWORDS[contractId] ?? '')]
  const cellAt = (position: string | null) => cells[Number(position) - 1] ?? ''
  const credentials = { contractId, loginPassword: `Ichido0${contractId.at(-1)}` }
  const customer: DemoCustomer = {
    page,
    credentials,
    async open(path) {
      await page.goto(bank.banking + path)
    },
    async fill(fields) {
      for (const [name, value] of Object.entries(fields)) await page.fill(`[name=${name}]`, value)
    },
    async confirm() {
      for (const input of await page.locator('input[data-position]').all()) {
        await input.fill(cellAt(await input.getAttribute('data-position')))
      }
      for (const group of await page.locator('fieldset[data-position]').all()) {
        const cell = cellAt(await group.getAttribute('data-position'))
        await group.locator(`input[value="${cell}"]`).check()
      }
    },
    async submit() {
      await customer.press('main form.form button[type=submit]')
    },
    async press(selector) {
      const arrived = page.waitForEvent('load')
      await Promise.all([arrived, page.locator(selector).first().click()])
    },
    async giveCredentials() {
      await customer.fill(credentials)
      await customer.submit()
    },
  }
  return customer
}
