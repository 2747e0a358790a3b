/**
 * The bank of the tests: the real store on PostgreSQL, the real vault, password hashing and
 * directory, and a clock that the test moves. Every test opens customers of its own, so that none
 * meets another's.
 */
import { randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import type { Request } from '../../src/bank/attempt.ts'
import { type Answers, challengeFor, FIELD_PREFIX } from '../../src/bank/confirmation.ts'
import type { ConfirmationMethod, Contract } from '../../src/bank/contract.ts'
import type { Ports } from '../../src/bank/ports.ts'
import type { Outcome, Refusal } from '../../src/bank/refusal.ts'
import type { Token } from '../../src/bank/token.ts'
import { openPool } from '../../src/store/connection.ts'
import { DEMO_BANK, DEMO_CONTRACTS } from '../../src/store/demo/demo-bank.ts'
import { seedDemo } from '../../src/store/demo/seed-demo.ts'
import { seedDemoStaff } from '../../src/store/demo/seed-demo-staff.ts'
import { zenginDirectory } from '../../src/store/directory.ts'
import { logKeysOn } from '../../src/store/evidence/log-keys.ts'
import { evidenceOn } from '../../src/store/evidence/receipt-proof.ts'
import { publicHolidays } from '../../src/store/holidays.ts'
import { installationSecret } from '../../src/store/keys/installation-secret.ts'
import { institutionOn } from '../../src/store/keys/institution.ts'
import { openVault } from '../../src/store/keys/vault.ts'
import { migrate } from '../../src/store/migrate.ts'
import { passwordHasher } from '../../src/store/passwords.ts'
import { randomness } from '../../src/store/randomness.ts'
import { storeOn } from '../../src/store/store.ts'
import { createTestDatabase } from '../database.ts'
import { type HeldToken, makeToken, type TokenWish } from './held-token.ts'
import { expectRightNotices } from './notices.ts'

/** A Tuesday morning, 10:00 in Japan. */
export const MORNING_MS = Date.parse('2026-11-24T10:00:00+09:00')
export const DAY_MS = 24 * 60 * 60 * 1000
export const WRAPPING_KEY = Buffer.alloc(32, 'wrapping key of the tests')

export interface TestClock {
  nowMs: number
  now(): number
}

/** One of the processes that serve the bank: with a pool and a store of its own. */
export interface Process {
  readonly ports: Ports
  readonly pool: Pool
}

export interface TestBank extends Process {
  readonly clock: TestClock
  readonly connectionString: string
  /** One more process on the same database. */
  another(): Process
  open(wish?: CustomerWish): Promise<Customer>
  makeToken(wish?: TokenWish): Promise<HeldToken>
  /** Ends it, after a look at every notice that was sent. */
  close(): Promise<void>
}

export interface CustomerWish {
  readonly method?: ConfirmationMethod
  readonly token?: HeldToken
  readonly balanceYen?: number
  readonly otpAtLogin?: boolean
}

export interface Customer {
  readonly contractId: string
  readonly loginPassword: string
  readonly method: ConfirmationMethod
  readonly cells: readonly string[]
  readonly mail: string
  readonly accountNumber: string
}

/** Contracts of the demonstration, whose passwords and cards the tests' own customers share. */
const LIKE = { 'confirmation-password': 0, 'customer-card': 1, 'image-card': 2 } as const

/** Fills a template database: the schema and the demonstration bank. */
async function prepareDemoBank(connectionString: string): Promise<void> {
  const pool = openPool({ connectionString, max: 4 }, () => {})
  try {
    await migrate(pool)
    const vault = openVault(pool, WRAPPING_KEY, () => MORNING_MS)
    const passwords = passwordHasher({ running: 2, waiting: 20 })
    const parts = { pool, vault, passwords, nowMs: MORNING_MS }
    // The demonstration's API key is made from it: the same in every test.
    await installationSecret(pool, vault, () => WRAPPING_KEY)
    await seedDemo(parts)
    await seedDemoStaff(parts)
    await institutionOn(pool, vault).publicKey()
  } finally {
    await pool.end()
  }
}

export async function openTestBank(): Promise<TestBank> {
  const database = await createTestDatabase(prepareDemoBank)
  const { connectionString } = database
  const clock: TestClock = { nowMs: MORNING_MS, now: () => clock.nowMs }
  const directory = zenginDirectory()
  const processes: Process[] = []
  const another = (): Process => {
    const pool = openPool({ connectionString, max: 12 }, () => {})
    const vault = openVault(pool, WRAPPING_KEY, clock.now)
    const ports: Ports = {
      clock,
      random: randomness,
      store: storeOn(pool),
      passwords: passwordHasher({ running: 2, waiting: 200 }),
      vault,
      directory,
      holidays: publicHolidays,
      institution: institutionOn(pool, vault),
      evidence: evidenceOn(pool, logKeysOn(pool, vault, clock)),
    }
    processes.push({ ports, pool })
    return { ports, pool }
  }
  const first = another()
  return {
    ...first,
    clock,
    connectionString,
    another,
    open: (wish = {}) => openCustomer(first, wish),
    makeToken: (wish = {}) => makeToken(first.ports, wish),
    async close() {
      await expectRightNotices(first.pool)
      await Promise.all(processes.map(({ pool }) => pool.end()))
      await database.drop()
    },
  }
}

let opened = 0

/**
 * Opens a contract with an account; its password and card are those of a demonstration customer.
 */
async function openCustomer({ ports, pool }: Process, wish: CustomerWish): Promise<Customer> {
  const method = wish.method ?? 'confirmation-password'
  const like = DEMO_CONTRACTS[LIKE[method]]
  if (like === undefined) throw new Error('the demonstration has changed')
  opened += 1
  const contractId = `T${String(opened).padStart(9, '0')}`
  const accountNumber = String(5_000_000 + opened)
  const { bankCode } = DEMO_BANK
  const mail = `${contractId}@customer.invalid`
  const text = typeof like.secret === 'string' ? like.secret : JSON.stringify(like.secret)
  const secret = await ports.vault.sealSecret({ bankCode, contractId }, text)
  await pool.query(
    `insert into contract (bank_code, contract_id, name, mail, login_password_hash, method,
                           sealed_secret, secret_key_version, otp_at_login, token_issuer,
                           token_serial)
     select $1, $2, 'テスト　タロウ', $3, login_password_hash, $4, $5, $6, $7, $8, $9
       from contract where bank_code = $1 and contract_id = $10`,
    [
      bankCode,
      contractId,
      mail,
      method,
      secret.sealed,
      secret.keyVersion,
      wish.otpAtLogin ?? false,
      wish.token?.issuer,
      wish.token?.serial,
      like.contractId,
    ],
  )
  await openAccount(pool, contractId, accountNumber, wish.balanceYen ?? 1_000_000)
  const cells = [...like.secret]
  return { contractId, loginPassword: like.loginPassword, method, cells, mail, accountNumber }
}

async function openAccount(pool: Pool, contractId: string, number: string, balanceYen: number) {
  await pool.query(
    `insert into account values ('1184', '001', 'ordinary', $1, $2, 'テスト　タロウ', $3)`,
    [number, contractId, balanceYen],
  )
  if (balanceYen === 0) return
  await pool.query(
    `insert into movement (bank_code, receipt_no, at, text, amount_yen, debit_branch, debit_type,
                           debit_number, credit_branch, credit_type, credit_number,
                           credit_balance_yen)
     values ('1184', nextval('receipt_no'), now(), '口座開設時の残高', $2, '000', 'internal',
             'opening', '001', 'ordinary', $1, $2)`,
    [number, balanceYen],
  )
}

export const newBrowser = (): Uint8Array => new Uint8Array(randomBytes(32))

/** A request before anyone is signed in, and one of a signed-in customer. */
export const request: Omit<Request, 'actor'> = { bank: DEMO_BANK, requestId: 'request of a test' }
export const requestOf = (customer: Customer): Request => ({
  ...request,
  actor: { kind: 'customer', id: customer.contractId },
})

export async function contractOf({ ports }: Process, { contractId }: Customer): Promise<Contract> {
  const contract = await ports.store.tables.contracts.find(DEMO_BANK.bankCode, contractId)
  if (contract === undefined) throw new Error('the contract of the test has vanished')
  return contract
}

export async function tokenOf({ ports }: Process, held: HeldToken): Promise<Token> {
  const token = await ports.store.tables.tokens.get(held)
  if (token === undefined) throw new Error('the token of the test has vanished')
  return token
}

/** What the customer is asked, and the right answers. */
export async function rightAnswers({ ports }: Process, customer: Customer): Promise<Answers> {
  const { positions } = await ports.store.transaction(async (tx) => {
    const contract = await tx.contracts.lock(DEMO_BANK.bankCode, customer.contractId)
    if (contract === undefined) throw new Error('the contract of the test has vanished')
    return challengeFor(ports, tx, contract)
  })
  const prefix = FIELD_PREFIX[customer.method]
  return Object.fromEntries(
    positions.map((position, place) => [`${prefix}${place + 1}`, customer.cells[position - 1]]),
  )
}

/** The same fields, one of them wrong. */
export function wrongAnswers(right: Answers): Answers {
  const [first] = Object.keys(right)
  return { ...right, [first ?? '']: 'x' }
}

/** The events of a contract in order, as `kind outcome`. */
export async function eventsOf({ pool }: Process, customer: Pick<Customer, 'contractId'>) {
  const text = 'select kind, outcome from event where contract_id = $1 order by seq'
  const { rows } = await pool.query<{ kind: string; outcome: string }>(text, [customer.contractId])
  return rows.map(({ kind, outcome }) => `${kind} ${outcome}`)
}

/** Everything that can be counted for a contract: equal before and after means nothing was done. */
export async function tracesOf({ pool }: Process, customer: Customer) {
  const one = async (text: string) => (await pool.query(text, [customer.contractId])).rows
  return {
    contract: await one('select * from contract where contract_id = $1'),
    receipts: await one('select * from receipt where contract_id = $1'),
    notices: await one('select * from notice where contract_id = $1'),
    transfers: await one('select * from transfer where contract_id = $1'),
    accounts: await one('select * from account where contract_id = $1'),
  }
}

/** So many calls at the same moment, shared between the processes. */
export const atOnce = <T>(count: number, call: (place: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, place) => call(place)))

/** The refusal, or undefined when it was done. */
export const refusalOf = (outcome: Outcome<unknown>): Refusal | undefined =>
  outcome.ok ? undefined : outcome.refusal
