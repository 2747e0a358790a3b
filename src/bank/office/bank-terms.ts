import type { BankProfile } from '../contract.ts'
import { readPhoneNumber } from '../phone-number.ts'
import { readLine } from '../plain-text.ts'
import { done, type Outcome, refused } from '../refusal.ts'

/** The terms of a bank by the names under which they are set; what is not named stays. */
export interface BankTerms {
  readonly name?: string
  readonly department?: string
  readonly phone?: string
  readonly hours?: string
  /** `none` takes it away. */
  readonly emergencyPhone?: string
  readonly englishName?: string
  readonly englishDepartment?: string
  readonly englishHours?: string
  readonly thresholdPassword?: number
  readonly thresholdConfirmation?: number
  readonly thresholdCode?: number
  readonly thresholdSeedGuesses?: number
  readonly limitWithCodeYen?: number
  readonly limitWithoutCodeYen?: number
  readonly feeSameBankYen?: number
  readonly feeOtherBankYen?: number
  readonly feeOtherBankLargeYen?: number
  readonly feeLargeFromYen?: number
}

/** Of a bank that says nothing else: thresholds as banks have them, and cautious limits. */
export const USUAL_TERMS: Pick<BankProfile, 'thresholds' | 'limits' | 'fees'> = {
  thresholds: { password: 6, confirmation: 6, code: 10, seedGuesses: 100 },
  limits: { withCodeYen: 1_000_000, withoutCodeYen: 100_000 },
  fees: { sameBankYen: 0, otherBankYen: 165, otherBankLargeYen: 330, largeFromYen: 30_000 },
}

const MOST_CHARACTERS = 60
const MOST_YEN = 9_999_999_999
/** A fee above this is a slip of the hand. */
const MOST_FEE_YEN = 10_000

/**
 * What numbers a term takes. Three codes are open at a time, so a threshold of 30 would let a
 * guesser hit once in ten thousand locks.
 */
const RANGES = {
  thresholdPassword: [1, 20],
  thresholdConfirmation: [1, 20],
  thresholdCode: [1, 30],
  thresholdSeedGuesses: [1, 1_000],
  limitWithCodeYen: [0, MOST_YEN],
  limitWithoutCodeYen: [0, MOST_YEN],
  feeSameBankYen: [0, MOST_FEE_YEN],
  feeOtherBankYen: [0, MOST_FEE_YEN],
  feeOtherBankLargeYen: [0, MOST_FEE_YEN],
  feeLargeFromYen: [0, MOST_YEN],
} as const satisfies Partial<Record<keyof BankTerms, readonly [number, number]>>

const LINES = [
  'name',
  'department',
  'hours',
  'englishName',
  'englishDepartment',
  'englishHours',
] as const satisfies readonly (keyof BankTerms)[]

/**
 * The bank with these terms in the place of its own. A bank that has no English name yet gets its
 * department and hours in Japanese where only the name is given.
 *
 * Refusals: `invalid-input` with the name of the term.
 */
export function withTerms(bank: BankProfile, terms: BankTerms): Outcome<BankProfile> {
  // 1. Each term by itself.
  const wrong = wrongTerm(terms)
  if (wrong !== undefined) return refused('invalid-input', wrong)
  const changed = merged(bank, terms)
  // 2. All of them together: the code protects more than no code, and a seed outlives a lock.
  const { limits, thresholds } = changed
  if (limits.withoutCodeYen > limits.withCodeYen) {
    return refused('invalid-input', 'limitWithoutCodeYen')
  }
  if (thresholds.seedGuesses < thresholds.code) {
    return refused('invalid-input', 'thresholdSeedGuesses')
  }
  return done(changed)
}

function wrongTerm(terms: BankTerms): keyof BankTerms | undefined {
  const line = LINES.find((name) => {
    const text = terms[name]
    return text !== undefined && readLine(text, MOST_CHARACTERS) === undefined
  })
  if (line !== undefined) return line
  if (terms.phone !== undefined && readPhoneNumber(terms.phone) === undefined) return 'phone'
  const { emergencyPhone = 'none' } = terms
  if (emergencyPhone !== 'none' && readPhoneNumber(emergencyPhone) === undefined) {
    return 'emergencyPhone'
  }
  return (Object.keys(RANGES) as (keyof typeof RANGES)[]).find((name) => {
    const number = terms[name]
    const [least, most] = RANGES[name]
    return number !== undefined && !(Number.isInteger(number) && number >= least && number <= most)
  })
}

function merged(bank: BankProfile, terms: BankTerms): BankProfile {
  const { contact, thresholds, limits, fees } = bank
  const line = (given: string | undefined, kept: string) => given?.trim() ?? kept
  const department = line(terms.department, contact.department)
  const hours = line(terms.hours, contact.hours)
  const { emergencyPhone: given = contact.emergencyPhone ?? 'none' } = terms
  const emergencyPhone = given === 'none' ? undefined : readPhoneNumber(given)
  const englishName = terms.englishName ?? bank.english?.name
  return {
    bankCode: bank.bankCode,
    name: line(terms.name, bank.name),
    contact: {
      department,
      phone: (terms.phone && readPhoneNumber(terms.phone)) ?? contact.phone,
      hours,
      ...(emergencyPhone !== undefined && { emergencyPhone }),
    },
    ...(englishName !== undefined && {
      english: {
        name: englishName.trim(),
        department: line(terms.englishDepartment, bank.english?.department ?? department),
        hours: line(terms.englishHours, bank.english?.hours ?? hours),
      },
    }),
    thresholds: {
      password: terms.thresholdPassword ?? thresholds.password,
      confirmation: terms.thresholdConfirmation ?? thresholds.confirmation,
      code: terms.thresholdCode ?? thresholds.code,
      seedGuesses: terms.thresholdSeedGuesses ?? thresholds.seedGuesses,
    },
    limits: {
      withCodeYen: terms.limitWithCodeYen ?? limits.withCodeYen,
      withoutCodeYen: terms.limitWithoutCodeYen ?? limits.withoutCodeYen,
    },
    fees: {
      sameBankYen: terms.feeSameBankYen ?? fees.sameBankYen,
      otherBankYen: terms.feeOtherBankYen ?? fees.otherBankYen,
      otherBankLargeYen: terms.feeOtherBankLargeYen ?? fees.otherBankLargeYen,
      largeFromYen: terms.feeLargeFromYen ?? fees.largeFromYen,
    },
  }
}
