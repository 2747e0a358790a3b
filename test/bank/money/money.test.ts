import { expect, test } from 'vitest'
import type { Contract } from '../../../src/bank/contract.ts'
import { dailyLimitYen, transferFeeYen } from '../../../src/bank/money/money.ts'
import { DEMO_BANK } from '../../../src/store/demo/demo-bank.ts'
import { MORNING_MS } from '../test-bank.ts'

const contract = (of: Partial<Contract>): Contract => ({
  bankCode: '1184',
  contractId: 'T00000001',
  name: '',
  mail: '',
  method: 'confirmation-password',
  otpAtLogin: false,
  frozen: false,
  confirmationFailures: 0,
  ...of,
})
const token = { issuer: '0000', serial: 'GM90000001' }

test.each([
  ['1184', 1, 0],
  ['1184', 1_000_000, 0],
  ['0001', 29_999, 165],
  ['0001', 30_000, 330],
  ['1181', 9_999_999_999, 330],
])('the fee to bank %s for %i yen is %i yen', (toBank, amountYen, feeYen) => {
  expect(transferFeeYen(DEMO_BANK, toBank, amountYen)).toBe(feeYen)
})

test.each([
  ['without a token', {}, 100_000],
  ['with one', { token }, 1_000_000],
  ['a moment before 0:00 after the start', { token, lowLimitUntilMs: MORNING_MS + 1 }, 100_000],
  ['at 0:00 after the start', { token, lowLimitUntilMs: MORNING_MS }, 1_000_000],
  ['with a lower limit of the customer', { token, dailyLimitYen: 30_000 }, 30_000],
  ['with a higher limit of the customer', { token, dailyLimitYen: 9_000_000 }, 1_000_000],
  ['low, with a higher one of the customer', { dailyLimitYen: 500_000 }, 100_000],
  ['with nothing allowed', { token, dailyLimitYen: 0 }, 0],
])('the daily limit %s is %i yen', (_, of, limitYen) => {
  expect(dailyLimitYen(DEMO_BANK, contract(of), MORNING_MS)).toBe(limitYen)
})
