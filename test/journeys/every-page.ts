/** The pages of the bank site that stand at an address of their own. */
import { yoshiko } from './customers.ts'

export const BEFORE_LOGIN = [
  '/login',
  '/login?notice=ended',
  '/login?notice=logged-out',
  '/otp/start',
  '/otp/exchange',
  '/otp/stop',
  '/otp/resync',
  '/enrol',
  '/freeze',
  '/guide',
  '/help',
]

/** Of Yoshiko, who has a token. */
export const SIGNED_IN = [
  '/home',
  `/accounts/${yoshiko.account}`,
  '/transfer',
  '/transfers',
  '/bill',
  '/payees',
  '/settings',
  '/settings/otp-at-login',
  '/settings/password',
  '/settings/mail',
  '/settings/limit',
  '/freeze',
]
