/** Pages that need no login, and the procedures at the foot of the login page. */
import type { DemoBank } from '../demo-bank.ts'
import type { DemoCustomer } from '../demo-customer.ts'
import type { Camera } from './camera.ts'

export async function visitPublic(_: DemoBank, customer: DemoCustomer, camera: Camera) {
  for (const address of ['login', 'login?notice=ended', 'login?notice=logged-out', 'nowhere']) {
    await customer.open(`/${address}`)
    await camera.shoot(address.replace(/\W+/g, '-'))
  }
  await camera.shootAnswer('/login', {}, 'login_invalid-input')
  for (const address of ['guide', 'help']) {
    await customer.open(`/${address}`)
    await camera.shoot(address)
  }
  // The freeze before the login is the same page as after it; its first step is not.
  await customer.open('/freeze')
  await camera.shoot('freeze-credentials')
  await customer.giveCredentials()
  await camera.shoot('freeze-confirm')
}

export async function visitEnrolment(_: DemoBank, customer: DemoCustomer, camera: Camera) {
  await customer.open('/enrol')
  await camera.shoot('enrol')
  await customer.fill({ contractId: '10000000008', enrolmentPassword: 'Hajimete08' })
  await customer.submit()
  await camera.shoot('enrol-password')
  await customer.fill({ loginPassword: 'Ichido08', loginPasswordAgain: 'Ichido08' })
  await customer.fill({ mail: 'yayoi@example.jp' })
  await customer.submit()
  await camera.shoot('enrol-done')
}

/** 利用開始, 交換, 時刻補正 and 利用中止 by a customer with an image card. */
export async function visitToken(bank: DemoBank, customer: DemoCustomer, camera: Camera) {
  await customer.open('/otp/start')
  await camera.shoot('otp-start')
  await customer.giveCredentials()
  await camera.shoot('otp-start-token')
  await customer.page.locator('.token-pictures summary').click()
  await camera.shootOnce('otp-start-token_pictures')
  const first = await bank.newToken()
  await customer.fill({ serial: first.serial, otp: first.code() })
  await customer.confirm()
  await customer.submit()
  await camera.shoot('otp-start-done')
  await camera.shootAnswer('/otp/start', customer.credentials, 'otp-start_has-token')

  await customer.open('/otp/exchange')
  await camera.shoot('otp-exchange')
  await customer.giveCredentials()
  await camera.shoot('otp-exchange-current')
  await customer.fill({ otp: first.code() })
  await customer.submit()
  await camera.shoot('otp-exchange-new')
  const second = await bank.newToken()
  await customer.fill({ serial: second.serial, otp: second.code() })
  await customer.submit()
  await camera.shoot('otp-exchange-done')

  await customer.open('/otp/resync')
  await camera.shoot('otp-resync')
  await customer.giveCredentials()
  await camera.shoot('otp-resync-codes')
  await customer.fill({ otp: second.code(), nextOtp: second.code() })
  await customer.submit()
  await camera.shoot('otp-resync-done')

  await customer.open('/otp/stop')
  await camera.shoot('otp-stop')
  await customer.giveCredentials()
  await camera.shoot('otp-stop-confirm')
  await customer.fill({ otp: second.code() })
  await customer.confirm()
  await customer.submit()
  await camera.shoot('otp-stop-done')
}

/** The other two confirmation methods, as 利用開始 asks them. */
export async function visitStartForm(_: DemoBank, customer: DemoCustomer, camera: Camera) {
  await customer.open('/otp/start')
  await customer.giveCredentials()
  await camera.shoot(`otp-start-token_${customer.credentials.contractId.at(-1)}`)
}
