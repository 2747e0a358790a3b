/**
 * The demonstration bank 1184, exactly as others rely on it: contracts, cards, tokens, accounts and
 * the waiting bill. Every value is fixed, so that a check or a newcomer finds the same bank
 * everywhere. Never used in production mode.
 */
import type { BankProfile, ConfirmationMethod } from '../../bank/contract.ts'
import type { StaffRole } from '../../bank/office/staff.ts'
import { STANDARD_TOKEN_TYPES } from '../../bank/office/standard-token-types.ts'
import type { Announcement } from '../../bank/ports.ts'
import type { TokenState } from '../../bank/token.ts'

export const DEMO_BANK: BankProfile = {
  bankCode: '1184',
  name: '白河信用金庫（デモ）',
  contact: {
    department: '事務統括部 インターネットバンキング担当',
    phone: '0248-23-4513',
    hours: '平日 9:00～17:00',
    // Nobody's number: it stands for the one that answers at night.
    emergencyPhone: '0120-000-000',
  },
  english: {
    name: 'Shirakawa Shinkin Bank (demo)',
    department: 'Operations Department, Internet Banking',
    hours: 'weekdays 9:00 to 17:00',
  },
  thresholds: { password: 6, confirmation: 6, code: 10, seedGuesses: 100 },
  limits: { withCodeYen: 1_000_000, withoutCodeYen: 100_000 },
  fees: { sameBankYen: 0, otherBankYen: 165, otherBankLargeYen: 330, largeFromYen: 30_000 },
}

/** As banks warn of it: nine tenths of the losses are phishing in real time. */
export const DEMO_ANNOUNCEMENT: Announcement = {
  id: 'phishing',
  publishedOn: '2026-04-01',
  ja: {
    heading: '偽のメール・SMSにご注意ください',
    text: '当金庫がメールやSMSのリンクからログインや入力をお願いすることはありません。ワンタイムパスワードを電話やメールでおたずねすることもありません。',
  },
  en: {
    heading: 'Beware of fake mail and text messages',
    text: 'We never ask you by mail or text message to follow a link and log in. Nor do we ever ask for a one-time password by telephone or mail.',
  },
}

/** The guide's own history of token types. */
export const DEMO_TOKEN_TYPES = STANDARD_TOKEN_TYPES

export interface DemoToken {
  readonly type: string
  readonly serial: string
  readonly seedHex: string
  readonly state: TokenState
}

export interface DemoContract {
  readonly contractId: string
  readonly loginPassword: string
  readonly name: string
  readonly mail: string
  readonly method: ConfirmationMethod
  /** The confirmation password, or what is printed on the card, position 1 first. */
  readonly secret: string | readonly string[]
  readonly token?: DemoToken
  readonly otpAtLogin?: boolean
  readonly accounts: readonly { readonly number: string; readonly balanceYen: number }[]
}

const CARD_2 = '48 15 93 27 60 84 31 72 09 56 18 43 77 25 90 62 34 81 05 69'.split(' ')
const CARD_6 = '71 38 04 96 52 13 87 40 65 29 91 07 58 34 76 20 83 49 12 95'.split(' ')
const IMAGE_CARD_3 = 'cat umbrella train apple moon house bell fish star'.split(' ')

/** Contract n of the table in `docs/OPERATIONS.md`, in order. */
export const DEMO_CONTRACTS: readonly DemoContract[] = [
  {
    contractId: '10000000001',
    loginPassword: 'Ichido01',
    name: 'デモ　ハジメ',
    mail: 'customer1@demo.invalid',
    method: 'confirmation-password',
    secret: '482913',
    accounts: [
      { number: '0000011', balanceYen: 1_000_000 },
      { number: '0000012', balanceYen: 300_000 },
    ],
  },
  {
    contractId: '10000000002',
    loginPassword: 'Ichido02',
    name: 'デモ　フタバ',
    mail: 'customer2@demo.invalid',
    method: 'customer-card',
    secret: CARD_2,
    accounts: [{ number: '0000021', balanceYen: 1_000_000 }],
  },
  {
    contractId: '10000000003',
    loginPassword: 'Ichido03',
    name: 'デモ　ミツオ',
    mail: 'customer3@demo.invalid',
    method: 'image-card',
    secret: IMAGE_CARD_3,
    accounts: [{ number: '0000031', balanceYen: 1_000_000 }],
  },
  {
    contractId: '10000000004',
    loginPassword: 'Ichido04',
    name: 'デモ　ヨシコ',
    mail: 'customer4@demo.invalid',
    method: 'confirmation-password',
    secret: '771204',
    token: {
      type: 'SY',
      serial: 'SY20160412',
      seedHex: '5d1fa48c3be20f6792c4d81e7a350b96e8f1024d7cb93a5602e84fd1936ab7c4',
      state: 'active',
    },
    accounts: [{ number: '0000041', balanceYen: 1_000_000 }],
  },
  {
    contractId: '10000000005',
    loginPassword: 'Ichido05',
    name: 'デモ　イツキ',
    mail: 'customer5@demo.invalid',
    method: 'confirmation-password',
    secret: '350968',
    token: {
      type: 'PC',
      serial: 'PC20150520',
      seedHex: '8e02c7b1594fd63a0de7f284916bc53d72a90f4e18d5cb6037e1429fa85bd016',
      state: 'active',
    },
    accounts: [{ number: '0000051', balanceYen: 1_000_000 }],
  },
  {
    contractId: '10000000006',
    loginPassword: 'Ichido06',
    name: 'デモ　ムツミ',
    mail: 'customer6@demo.invalid',
    method: 'customer-card',
    secret: CARD_6,
    token: {
      type: 'HW',
      serial: '2V0716016FK2',
      seedHex: '17c9e4502bda8f6341a07e95cd2836fb60f41d8b953ace7204b96f18d35ea2c7',
      state: 'shipped',
    },
    accounts: [{ number: '0000061', balanceYen: 1_000_000 }],
  },
  {
    contractId: '10000000007',
    loginPassword: 'Ichido07',
    name: 'デモ　ナナエ',
    mail: 'customer7@demo.invalid',
    method: 'confirmation-password',
    secret: '118822',
    token: {
      type: 'GM',
      serial: 'GM20170312',
      seedHex: 'c3f85a0e9d1746b2f02c8be5a49137d6580e2fb97ac4d13e65b8079fd2e14ca3',
      state: 'active',
    },
    otpAtLogin: true,
    accounts: [{ number: '0000071', balanceYen: 1_000_000 }],
  },
]

/** A contract that the bank has opened and whose customer has not enrolled yet. */
export const DEMO_UNENROLLED = {
  contractId: '10000000008',
  enrolmentPassword: 'Hajimete08',
  name: 'デモ　ヤヨイ',
  mail: 'customer8@demo.invalid',
  method: 'confirmation-password',
  secret: '604417',
  accounts: [{ number: '0000081', balanceYen: 1_000_000 }],
} as const

export const DEMO_BRANCH = '001'

/** The telephone of contract n: no exchange gives numbers out that begin so. */
export const DEMO_PHONES: Readonly<Record<string, string>> = Object.fromEntries(
  [1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`1000000000${n}`, `0248-00-00${n}1`]),
)

/** Accounts at other banks whose holders' names the demonstration's interbank enquiry can tell. */
export const DEMO_PAYEES = [
  { bankCode: '0001', branchCode: '001', accountNumber: '1234567', name: 'ミズホ　タロウ' },
  { bankCode: '0005', branchCode: '001', accountNumber: '7654321', name: 'トウキヨウ　ハナコ' },
  { bankCode: '1181', branchCode: '001', accountNumber: '2345678', name: 'カ）アイヅショウテン' },
] as const

/** Hardware tokens on the shelf, by batch; each batch is of one shape. */
export const DEMO_STOCK = [
  {
    batchNo: '101',
    shape: 1,
    serials: ['2V0716016FK3', '2V0716016FK4', '2V0716016FK5', '2V0716016FK6'],
  },
  { batchNo: '102', shape: 2, serials: ['3K2204510AA1', '3K2204510AA2', '3K2204510AA3'] },
  { batchNo: '103', shape: 3, serials: ['FDH000812301', 'FDH000812302', 'FDH000812303'] },
] as const

export interface DemoStaff {
  readonly staffId: string
  readonly password: string
  readonly name: string
  readonly role: StaffRole
  readonly serial: string
  readonly seedHex: string
}

/** The staff of the demonstration, each with a second factor that is enrolled already. */
export const DEMO_STAFF: readonly DemoStaff[] = [
  {
    staffId: 'clerk',
    password: 'Clerk-demo-1',
    name: 'デモ　担当者',
    role: 'clerk',
    serial: 'ST00000018',
    seedHex: 'a1f3096be47c5d28930be61f74c2a85d1e90b7f3482dc6517a0fe9835bc41d26',
  },
  {
    staffId: 'supervisor',
    password: 'Supervisor-demo-1',
    name: 'デモ　役席者',
    role: 'supervisor',
    serial: 'ST00000026',
    seedHex: '3bd84a17c05fe2968e71d40b95a32fc86f1708ed54b9ca230e86fd91a7453cb0',
  },
  {
    staffId: 'auditor',
    password: 'Auditor-demo-1',
    name: 'デモ　監査',
    role: 'auditor',
    serial: 'ST00000034',
    seedHex: 'd7260c9af18b435e70c3e1a9485f6db21b94e7a05836df0c92e14b7d60f8a35c',
  },
  {
    staffId: 'administrator',
    password: 'Administrator-demo-1',
    name: 'デモ　管理者',
    role: 'administrator',
    serial: 'ST00000042',
    seedHex: '5e90b2d7f34c81a6072bd95e4fa1c83610d7e2948bf56a3ec71f0845dba92637',
  },
]
