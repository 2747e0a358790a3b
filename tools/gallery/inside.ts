/** Pages of a customer who is signed in. */
import type { DemoBank } from '../demo-bank.ts'
import type { DemoCustomer } from '../demo-customer.ts'
import type { Camera } from './camera.ts'

const WITHIN_BANK = { bankCode: '1184', branchCode: '001', accountNumber: '0000011' }
const TO_MIZUHO = { bankCode: 'みずほ銀行', branchCode: '東京営業部', accountNumber: '1234567' }
const SLIP = { billerNo: '58191', customerNo: '20261122', confirmationNo: '4711' }
const DAY_MS = 24 * 60 * 60_000

async function logIn(bank: DemoBank, customer: DemoCustomer): Promise<void> {
  await customer.open('/login')
  await customer.giveCredentials()
  if (!customer.page.url().includes('/login/code')) return
  await customer.fill({ otp: bank.codeOf(customer.credentials.contractId) })
  await customer.submit()
}

export async function visitHome(bank: DemoBank, customer: DemoCustomer, camera: Camera) {
  await customer.open('/login')
  await customer.giveCredentials()
  await camera.shoot('login-code')
  const otp = bank.codeOf(customer.credentials.contractId)
  await customer.fill({ otp })
  await customer.submit()
  await camera.shoot('home_first')
  await logIn(bank, customer)
  await camera.shoot('home')
  await customer.open('/accounts/0000071')
  await camera.shoot('account')
  for (const address of ['transfer', 'bill', 'transfers', 'payees', 'settings', 'freeze']) {
    await customer.open(`/${address}`)
    await camera.shoot(address)
  }
}

export async function visitTransfers(bank: DemoBank, customer: DemoCustomer, camera: Camera) {
  const code = () => ({ otp: bank.codeOf(customer.credentials.contractId) })
  await logIn(bank, customer)
  await camera.shootAnswer('/transfer', {}, 'transfer_invalid-input')
  const unsure = { bankCode: '三菱', branchCode: '本店', accountNumber: '7654321', amount: '1' }
  await camera.shootAnswer('/transfer', unsure, 'transfer_choice')
  const unknown = { ...WITHIN_BANK, bankCode: '0001', accountNumber: '9876543', amount: '1' }
  await camera.shootAnswer('/transfer', unknown, 'transfer_unknown-payee')
  await camera.shootAnswer('/transfer', { ...WITHIN_BANK, amount: '9999999' }, 'transfer_limit')

  await customer.open('/transfer')
  await customer.fill({ ...WITHIN_BANK, amount: '12000' })
  await customer.submit()
  await camera.shoot('transfer-review')
  await customer.fill(code())
  await customer.submit()
  await camera.shoot('transfer-done')
  await customer.press('.keep-payee button')
  await camera.shoot('payees_kept')
  await customer.open('/transfer')
  await camera.shoot('transfer_payees')
  await customer.open('/payees')
  await customer.press('.payee-links a:last-child')
  await camera.shoot('payee-remove')

  await customer.open('/transfer')
  await customer.fill({ ...TO_MIZUHO, date: dayAfter(bank, 9), amount: '345678' })
  await customer.page.locator('[name=payee][value=new]').check({ force: true })
  await customer.submit()
  await camera.shoot('transfer-review_reservation')
  await customer.fill(code())
  await customer.submit()
  await camera.shoot('transfer-done_reservation')
  await customer.open('/transfers')
  await camera.shoot('transfers_some')
  await customer.press('td[data-field=receiptNo] a')
  await camera.shoot('transfer-record')
  await customer.press('a.button--danger')
  await camera.shoot('transfer-cancel')
  await customer.fill(code())
  await customer.submit()
  await camera.shoot('transfer-cancel-done')
  await customer.open('/accounts/0000071')
  await camera.shoot('account_some')
  await customer.open('/transfers?searchedPayee=nobody')
  await camera.shoot('transfers_none')

  await camera.shootAnswer('/bill', { ...SLIP, confirmationNo: '1' }, 'bill_unknown-bill')
  await customer.open('/bill')
  await customer.fill(SLIP)
  await customer.submit()
  await camera.shoot('bill-review')
  await customer.fill(code())
  await customer.submit()
  await camera.shoot('bill-done')
  await customer.open('/transfers')
  await customer.press('td[data-field=receiptNo] a')
  await camera.shoot('bill-record')
  await camera.shootAnswer('/bill', SLIP, 'bill_already-paid')
}

export async function visitSettings(bank: DemoBank, customer: DemoCustomer, camera: Camera) {
  const code = () => ({ otp: bank.codeOf(customer.credentials.contractId) })
  await logIn(bank, customer)
  const change = async (address: string, fields: Readonly<Record<string, string>>) => {
    const name = address.replace(/\W+/g, '-').slice(1)
    await customer.open(address)
    await camera.shoot(name)
    await customer.fill(fields)
    await customer.submit()
    await camera.shoot(`${name}-confirm`)
    await customer.fill(code())
    await customer.submit()
    await camera.shoot(`${name}-done`)
  }
  await change('/settings/limit', { dailyLimit: '300000' })
  await change('/settings/mail', { mail: 'itsuki@example.jp' })
  const password = { newPassword: 'Ichido55', newPasswordAgain: 'Ichido55' }
  await change('/settings/password', { currentPassword: 'Ichido05', ...password })
  await customer.open('/settings/otp-at-login')
  await camera.shoot('settings-otp-at-login')
  await customer.page.locator('[name=otpAtLogin][value=required]').check({ force: true })
  await customer.submit()
  await camera.shoot('settings-otp-at-login-confirm')
  await customer.fill(code())
  await customer.submit()
  await camera.shoot('settings-otp-at-login-done')
  await customer.open('/freeze')
  await customer.submit()
  await camera.shoot('freeze-done')
  await customer.open('/home')
  await camera.shoot('home_frozen')
  await camera.shootAnswer('/transfer', { ...WITHIN_BANK, amount: '1' }, 'transfer_frozen')
}

const dayAfter = (bank: DemoBank, days: number): string =>
  new Date(bank.now() + days * DAY_MS).toISOString().slice(0, 10)
