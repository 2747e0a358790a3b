/** The demonstration bank as others rely on it: two installations have it alike, value for value. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Vault } from '../../../src/bank/ports.ts'
import { encodeBase32 } from '../../../src/oath/base32.ts'
import { openPool } from '../../../src/store/connection.ts'
import { readDemoTokens } from '../../../src/store/demo/demo-readings.ts'
import { type DemoParts, seedDemo } from '../../../src/store/demo/seed-demo.ts'
import { seedDemoEnrolment } from '../../../src/store/demo/seed-demo-enrolment.ts'
import { seedDemoHardware } from '../../../src/store/demo/seed-demo-hardware.ts'
import { seedDemoStaff } from '../../../src/store/demo/seed-demo-staff.ts'
import { openVault } from '../../../src/store/keys/vault.ts'
import { migrate } from '../../../src/store/migrate.ts'
import { passwordHasher } from '../../../src/store/passwords.ts'
import { MORNING_MS } from '../../bank/test-bank.ts'
import { createTestDatabase, type TestDatabase } from '../../database.ts'

interface Installation extends DemoParts {
  readonly vault: Vault
  readonly database: TestDatabase
}

const installations: Installation[] = []

/** As at a first start, under a key and at a time of its own; twice, as at a second start. */
async function install(key: string, nowMs: number): Promise<Installation> {
  const database = await createTestDatabase()
  const pool = openPool({ connectionString: database.connectionString, max: 4 }, () => {})
  await migrate(pool)
  const vault = openVault(pool, Buffer.alloc(32, key), () => nowMs)
  const passwords = passwordHasher({ running: 2, waiting: 40 })
  const parts = { pool, vault, passwords, nowMs }
  for (let start = 0; start < 2; start += 1) {
    await seedDemo(parts)
    await seedDemoEnrolment(parts)
    await seedDemoStaff(parts)
    await seedDemoHardware(parts)
  }
  return { ...parts, database }
}

beforeAll(async () => {
  installations.push(await install('one key', MORNING_MS))
  installations.push(await install('another key', MORNING_MS + 1e10))
})
afterAll(async () => {
  for (const { pool, database } of installations) {
    await pool.end()
    await database.drop()
  }
})

const CARD_2 = '48 15 93 27 60 84 31 72 09 56 18 43 77 25 90 62 34 81 05 69'
const CARD_6 = '71 38 04 96 52 13 87 40 65 29 91 07 58 34 76 20 83 49 12 95'
const CARD_3 = 'cat umbrella train apple moon house bell fish star'

/** Contract ID, method, what it confirms with, the token in use, whether a login asks for a code. */
const CONTRACTS = [
  ['10000000001', 'confirmation-password', '482913', null, false],
  ['10000000002', 'customer-card', CARD_2, null, false],
  ['10000000003', 'image-card', CARD_3, null, false],
  ['10000000004', 'confirmation-password', '771204', 'SY20160412', false],
  ['10000000005', 'confirmation-password', '350968', 'PC20150520', false],
  ['10000000006', 'customer-card', CARD_6, null, false],
  ['10000000007', 'confirmation-password', '118822', 'GM20170312', true],
  ['10000000008', 'confirmation-password', '604417', null, false],
]

const ACCOUNTS = [
  ['001', 'ordinary', '0000011', '10000000001', 1_000_000],
  ['001', 'ordinary', '0000012', '10000000001', 300_000],
  ['001', 'ordinary', '0000021', '10000000002', 1_000_000],
  ['001', 'ordinary', '0000031', '10000000003', 1_000_000],
  ['001', 'ordinary', '0000041', '10000000004', 1_000_000],
  ['001', 'ordinary', '0000051', '10000000005', 1_000_000],
  ['001', 'ordinary', '0000061', '10000000006', 1_000_000],
  ['001', 'ordinary', '0000071', '10000000007', 1_000_000],
  ['001', 'ordinary', '0000081', '10000000008', 1_000_000],
]

/** Serial, type, state, to whom it is on the way. */
const TOKENS = [
  ['2V0716016FK2', 'HW', 'shipped', '10000000006'],
  ['2V0716016FK3', 'HW', 'stocked', null],
  ['2V0716016FK4', 'HW', 'stocked', null],
  ['2V0716016FK5', 'HW', 'stocked', null],
  ['2V0716016FK6', 'HW', 'stocked', null],
  ['3K2204510AA1', 'HW', 'stocked', null],
  ['3K2204510AA2', 'HW', 'stocked', null],
  ['3K2204510AA3', 'HW', 'stocked', null],
  ['FDH000812301', 'HW', 'stocked', null],
  ['FDH000812302', 'HW', 'stocked', null],
  ['FDH000812303', 'HW', 'stocked', null],
  ['GM20170312', 'GM', 'active', null],
  ['PC20150520', 'PC', 'active', null],
  ['ST00000018', 'ST', 'active', null],
  ['ST00000026', 'ST', 'active', null],
  ['ST00000034', 'ST', 'active', null],
  ['ST00000042', 'ST', 'active', null],
  ['SY20160412', 'SY', 'active', null],
]

const LOGIN_PASSWORDS = [
  ['10000000001', 'Ichido01'],
  ['10000000002', 'Ichido02'],
  ['10000000003', 'Ichido03'],
  ['10000000004', 'Ichido04'],
  ['10000000005', 'Ichido05'],
  ['10000000006', 'Ichido06'],
  ['10000000007', 'Ichido07'],
] as const

const STAFF = [
  ['clerk', 'Clerk-demo-1'],
  ['supervisor', 'Supervisor-demo-1'],
  ['auditor', 'Auditor-demo-1'],
  ['administrator', 'Administrator-demo-1'],
] as const

interface Row {
  readonly issuer: string
  readonly serial: string
  readonly algorithm: 'SHA256'
  readonly sealed: Buffer
  readonly keyVersion: number
}

describe.each([0, 1])('installation %i', (place) => {
  const installation = () => {
    const found = installations[place]
    if (found === undefined) throw new Error('it was not installed')
    return found
  }
  const rowsOf = async (text: string): Promise<unknown[][]> =>
    (await installation().pool.query({ text, rowMode: 'array' })).rows

  test('the contracts, what they confirm with, and their tokens', async () => {
    const { vault } = installation()
    const contracts = await rowsOf(
      `select contract_id, method, sealed_secret, secret_key_version, token_serial, otp_at_login
         from contract order by contract_id`,
    )
    const read = []
    for (const [contractId, method, sealed, keyVersion, ...rest] of contracts) {
      const owner = { bankCode: '1184', contractId: contractId as string }
      const secret = { sealed: sealed as Buffer, keyVersion: keyVersion as number }
      const text = await vault.openSecret(owner, secret)
      const printed = text.startsWith('[') ? (JSON.parse(text) as string[]).join(' ') : text
      read.push([contractId, method, printed, ...rest])
    }
    expect(read).toEqual(CONTRACTS)
  })

  test('the accounts and their money, which stands in the books', async () => {
    expect(
      await rowsOf(
        `select branch_code, account_type, account_number, contract_id, balance_yen
           from account where contract_id is not null order by account_number`,
      ),
    ).toEqual(ACCOUNTS)
    expect(
      await rowsOf('select credit_number, amount_yen from movement order by credit_number'),
    ).toEqual(ACCOUNTS.map(([, , number, , balance]) => [number, balance]))
  })

  test('the tokens, and the seeds that are printed of them', async () => {
    const { vault, pool } = installation()
    expect(
      await rowsOf('select serial, type, state, shipped_to from token order by serial collate "C"'),
    ).toEqual(TOKENS)
    const { rows } = await pool.query<Row>(
      `select issuer, serial, algorithm, sealed_seed as sealed, key_version as "keyVersion"
         from token`,
    )
    for (const { issuer, serial, algorithm, sealed, keyVersion } of rows) {
      const seed = await vault.openSeed({ issuer, serial, algorithm, seed: { sealed, keyVersion } })
      const printed = readDemoTokens().find((token) => token.serial === serial)
      expect([serial, encodeBase32(seed)]).toEqual([serial, secretOf(printed?.otpauth)])
    }
  })

  test('the passwords are accepted, and others are not', async () => {
    const { passwords } = installation()
    const hashes = new Map(
      (await rowsOf(
        `select contract_id, login_password_hash from contract
         union all select staff_id, password_hash from staff`,
      )) as [string, string][],
    )
    for (const [id, password] of [...LOGIN_PASSWORDS, ...STAFF]) {
      expect([id, await passwords.verify(hashes.get(id), password)]).toEqual([id, true])
    }
    expect(await passwords.verify(hashes.get('10000000001'), 'Ichido02')).toBe(false)
    const enrolment = await rowsOf(
      'select contract_id, enrolment_hash from contract where enrolment_hash is not null',
    )
    expect(enrolment.map(([contractId]) => contractId)).toEqual(['10000000008'])
    expect(await passwords.verify(enrolment[0]?.[1] as string, 'Hajimete08')).toBe(true)
  })

  test('the limits, the thresholds and the bill that waits', async () => {
    expect(await rowsOf('select bank_code, limits, thresholds from bank')).toEqual([
      [
        '1184',
        { withCodeYen: 1_000_000, withoutCodeYen: 100_000 },
        { password: 6, confirmation: 6, code: 10, seedGuesses: 100 },
      ],
    ])
    expect(
      await rowsOf(
        `select biller_no, customer_no, confirmation_no, amount_yen from bill
          where biller_no = '58191' and customer_no = '20261122'`,
      ),
    ).toEqual([['58191', '20261122', '4711', 8_400]])
  })
})

const secretOf = (uri = 'otpauth://none') => new URL(uri).searchParams.get('secret')
