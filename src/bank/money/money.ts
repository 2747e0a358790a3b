import type { BankProfile, Contract } from '../contract.ts'

/** The largest amount that any field takes: ten digits of yen, as the zengin format has them. */
export const MAX_AMOUNT_YEN = 9_999_999_999

/** The fee of a transfer in yen, from the bank's own table. */
export function transferFeeYen(bank: BankProfile, toBankCode: string, amountYen: number): number {
  if (toBankCode === bank.bankCode) return bank.fees.sameBankYen
  return amountYen >= bank.fees.largeFromYen ? bank.fees.otherBankLargeYen : bank.fees.otherBankYen
}

/**
 * What the contract may send in one Japanese day, in yen. Without a one-time password, and until
 * 0:00 after a start or an exchange, the low limit applies: a thief who registers an own token
 * gains nothing that day.
 */
export function dailyLimitYen(bank: BankProfile, contract: Contract, nowMs: number): number {
  const low = contract.token === undefined || isLimitLowered(contract, nowMs)
  const banks = low ? bank.limits.withoutCodeYen : bank.limits.withCodeYen
  return Math.min(banks, ownLimitYen(contract, nowMs) ?? banks)
}

/** Whether a start or an exchange of this day keeps the limit low. */
export const isLimitLowered = ({ lowLimitUntilMs }: Contract, nowMs: number): boolean =>
  lowLimitUntilMs !== undefined && nowMs < lowLimitUntilMs

/**
 * The limit of the customer's choice at that moment, or the bank's own; the low one of a start
 * apart.
 */
export function chosenLimitYen(bank: BankProfile, contract: Contract, nowMs: number): number {
  const { withCodeYen, withoutCodeYen } = bank.limits
  const highestYen = contract.token === undefined ? withoutCodeYen : withCodeYen
  return Math.min(highestYen, ownLimitYen(contract, nowMs) ?? highestYen)
}

function ownLimitYen({ dailyLimitYen, nextLimit }: Contract, nowMs: number): number | undefined {
  return nextLimit !== undefined && nowMs >= nextLimit.fromMs ? nextLimit.yen : dailyLimitYen
}

/** Whole yen in digits, up to the largest amount; undefined for any other text. */
export function readYen(text: string): number | undefined {
  if (!/^\d{1,10}$/.test(text)) return undefined
  const amountYen = Number(text)
  return amountYen <= MAX_AMOUNT_YEN ? amountYen : undefined
}
