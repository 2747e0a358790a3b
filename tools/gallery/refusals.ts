/** What is told when something is wrong, by those who have not done it yet. */
import type { DemoBank } from '../demo-bank.ts'
import type { DemoCustomer } from '../demo-customer.ts'
import type { Camera } from './camera.ts'

const WITHIN_BANK = { bankCode: '1184', branchCode: '001', accountNumber: '0000011' }
/** With the fee, more than the account has left. */
const TO_MIZUHO = { bankCode: 'みずほ銀行', branchCode: '東京営業部', accountNumber: '1234567' }
const WRONG_CODE = { otp: '000000' }
/** Of the login password and of the confirmation method. */
const MOST_GUESSES = 6
/** Of codes, one after the other. */
const MOST_CODES = 10

/** 利用開始 by a customer whose serial, code and confirmation are wrong, until that is locked. */
export async function visitRefusedStart(bank: DemoBank, customer: DemoCustomer, camera: Camera) {
  const { credentials } = customer
  await camera.shootAnswer('/otp/exchange', credentials, 'otp-exchange_no-token')
  await camera.shootAnswer('/otp/stop', credentials, 'otp-stop_no-token')
  await camera.shootAnswer('/otp/resync', credentials, 'otp-resync_no-token')
  await customer.open('/otp/start/token')
  await camera.shoot('otp-start-token_out-of-order')

  const token = await bank.newToken()
  await customer.open('/otp/start')
  await customer.giveCredentials()
  await customer.submit()
  await camera.shootOnce('otp-start-token_invalid-input')
  const send = async (typed: Readonly<Record<string, string>>, name: string) => {
    await customer.fill(typed)
    await customer.confirm()
    await customer.submit()
    await camera.shootOnce(`otp-start-token_${name}`)
  }
  await send({ serial: 'GM00000018', ...WRONG_CODE }, 'serial-unknown')
  await send({ serial: 'GM20170312', ...WRONG_CODE }, 'serial-in-use')
  await send({ serial: token.serial, ...WRONG_CODE }, 'wrong-code')
  for (let guess = 1; guess <= MOST_GUESSES; guess += 1) {
    await customer.fill({ serial: token.serial, otp: token.code() })
    for (const field of await customer.page.locator('input[data-position]').all()) {
      await field.fill('0')
    }
    await customer.submit()
    if (guess === 1) await camera.shootOnce('otp-start-token_wrong-confirmation')
  }
  await camera.shootOnce('otp-start-token_locked-confirmation')
}

export async function visitRefusedLogin(_: DemoBank, customer: DemoCustomer, camera: Camera) {
  await customer.open('/enrol')
  await customer.fill({ contractId: '10000000008', enrolmentPassword: 'Machigai0' })
  await customer.submit()
  await camera.shootOnce('enrol_wrong-credentials')
  const { contractId } = customer.credentials
  for (let guess = 1; guess <= MOST_GUESSES + 1; guess += 1) {
    await customer.open('/login')
    await customer.fill({ contractId, loginPassword: 'Machigai0' })
    await customer.submit()
    if (guess === 1) await camera.shootOnce('login_wrong-credentials')
  }
  await camera.shootOnce('login_locked-password')
}

/** A customer with a token, signed in. */
export async function visitRefusals(bank: DemoBank, customer: DemoCustomer, camera: Camera) {
  await customer.open('/login')
  await customer.giveCredentials()
  await camera.shootAnswer('/settings/limit', { dailyLimit: 'x' }, 'settings-limit_invalid-input')
  await camera.shootAnswer('/settings/mail', { mail: 'x' }, 'settings-mail_invalid-input')
  await camera.shootAnswer('/settings/password', {}, 'settings-password_invalid-input')
  await camera.shootAnswer('/bill', {}, 'bill_invalid-input')
  await customer.open('/transfer/done')
  await camera.shoot('transfer-done_out-of-order')
  await customer.open('/transfers/20991231000000')
  await camera.shoot('transfer-record_not-found')

  await customer.open('/transfer')
  await customer.fill({ ...WITHIN_BANK, amount: '800000' })
  await customer.submit()
  await customer.fill(WRONG_CODE)
  await customer.submit()
  await camera.shootOnce('transfer-review_wrong-code')
  const otp = bank.codeOf(customer.credentials.contractId)
  await customer.fill({ otp })
  await customer.submit()
  await customer.open('/transfer')
  await customer.fill({ ...WITHIN_BANK, amount: '1' })
  await customer.submit()
  await customer.fill({ otp })
  await customer.submit()
  await camera.shootOnce('transfer-review_code-already-used')
  for (let guess = 1; guess <= MOST_CODES + 1; guess += 1) {
    await customer.fill(WRONG_CODE)
    await customer.submit()
  }
  await camera.shootOnce('transfer-review_locked-code')
  await camera.shootAnswer('/transfer', { ...TO_MIZUHO, amount: '200000' }, 'transfer_insufficient')
}
