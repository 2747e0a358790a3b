import type {
  DemoCardReading,
  DemoCustomer,
  DemoCustomersCard,
  DemoStaffReading,
  DemoTokenReading,
} from '../../bank/demo.ts'
import { STAFF_TOKEN_TYPE } from '../../bank/office/staff.ts'
import { printOtpauthUri } from '../../oath/otpauth-uri.ts'
import {
  DEMO_BANK,
  DEMO_CONTRACTS,
  DEMO_STAFF,
  DEMO_STOCK,
  DEMO_TOKEN_TYPES,
  DEMO_UNENROLLED,
} from './demo-bank.ts'
import { demoStockSeed } from './demo-stock-seed.ts'

/** The tokens of the demonstration, of customers, staff and on the shelf; their seeds are fixed. */
export function readDemoTokens(): readonly DemoTokenReading[] {
  const customers = DEMO_CONTRACTS.flatMap(({ contractId, token }) => {
    const type = DEMO_TOKEN_TYPES.find((known) => known.type === token?.type)
    if (token === undefined || type === undefined) return []
    const otpauth = uriOf(contractId, token.seedHex)
    return [{ contractId, serial: token.serial, type: token.type, otpauth }]
  })
  const staff = DEMO_STAFF.map(({ staffId, serial, seedHex }) => {
    return {
      staffId,
      serial,
      type: STAFF_TOKEN_TYPE,
      otpauth: uriOf(staffId, seedHex, STAFF_ISSUER),
    }
  })
  const stock = DEMO_STOCK.flatMap(({ serials }) =>
    serials.map((serial) => {
      return { serial, type: 'HW', otpauth: uriOf(serial, demoStockSeed(serial).toString('hex')) }
    }),
  )
  return [...customers, ...staff, ...stock]
}

/** Short, because a start prints it. */
const STAFF_ISSUER = `ichido-${DEMO_BANK.bankCode}`

/** All tokens of the demonstration compute alike, so that one authenticator plays them all. */
function uriOf(account: string, seedHex: string, issuer = DEMO_BANK.name): string {
  const otpauth = printOtpauthUri({
    type: 'totp',
    issuer,
    account,
    secret: Buffer.from(seedHex, 'hex'),
    algorithm: 'SHA256',
    digits: 6,
    periodSeconds: 30,
  })
  if (otpauth === undefined) throw new Error(`the token of ${account} cannot be printed`)
  return otpauth
}

/** The staff of the demonstration, for the lines that a start prints. */
export function readDemoStaff(): readonly DemoStaffReading[] {
  return DEMO_STAFF.map(({ staffId, password, role, seedHex }) => {
    return { staffId, password, role, otpauth: uriOf(staffId, seedHex, STAFF_ISSUER) }
  })
}

/** The card of a demonstration contract; undefined for a contract without one. */
export function readDemoCard(contractId: string): DemoCardReading | undefined {
  const contract = DEMO_CONTRACTS.find((known) => known.contractId === contractId)
  if (contract === undefined || typeof contract.secret === 'string') return undefined
  if (contract.method === 'confirmation-password') return undefined
  return { kind: contract.method, cells: contract.secret }
}

/** All cards of the demonstration, for the lines that a start prints. */
export function readDemoCards(): readonly DemoCustomersCard[] {
  return DEMO_CONTRACTS.flatMap(({ contractId }) => {
    const card = readDemoCard(contractId)
    return card === undefined ? [] : [{ contractId, ...card }]
  })
}

/** The customers of the demonstration, for the lines that a start prints. */
export function readDemoCustomers(): readonly DemoCustomer[] {
  const enrolled = DEMO_CONTRACTS.map(
    ({ contractId, loginPassword, method, secret, token, otpAtLogin }) => {
      const held =
        typeof secret === 'string' ? `confirmation password ${secret}` : method.replace('-', ' ')
      const tokenState =
        token === undefined
          ? 'no token yet'
          : token.state === 'active'
            ? `active ${token.type} token${otpAtLogin ? ', code at login' : ''}`
            : `${token.type} token ${token.serial} ${token.state}`
      return { contractId, loginPassword, description: `${held}; ${tokenState}` }
    },
  )
  const { contractId, enrolmentPassword, secret } = DEMO_UNENROLLED
  const description = `not enrolled yet: 利用登録 with enrolment password ${enrolmentPassword}; confirmation password ${secret}`
  return [...enrolled, { contractId, description }]
}
