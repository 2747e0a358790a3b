import { type Command, Option } from 'commander'
import type { BankProfile } from '../bank/contract.ts'
import type { BankTerms } from '../bank/office/bank-terms.ts'
import type { BankOpeningForm } from '../bank/procedures/bank-opening.ts'
import { wholeNumber } from './option-values.ts'
import { addTokenType, type TokenTypeActions } from './token-type.ts'

/** What the wiring does for these commands; each returns the exit code. */
export interface BankActions extends TokenTypeActions {
  bankAdd(bankCode: string, form: BankOpeningForm): Promise<number>
  bankList(asJson: boolean): Promise<number>
  bankShow(bankCode: string, asJson: boolean): Promise<number>
  bankSet(bankCode: string, terms: BankTerms): Promise<number>
}

type Run = (exitCode: number) => void
interface Json {
  readonly json?: true
}

/** `ichido bank`: the banks of the centre, their terms and their types of token. */
export function addBank(ichido: Command, actions: BankActions, run: Run): void {
  const bank = ichido.command('bank').description('the banks of the centre')
  const opening = bank
    .command('add')
    .description('serve another bank; running processes do so within five seconds')
    .argument('<code>', 'the bank code, four digits')
    .requiredOption('--name <name>', 'as its pages show it')
    .requiredOption('--department <text>', 'whom customers call')
    .requiredOption('--phone <number>', 'the number they call')
    .requiredOption('--hours <text>', 'when they can call')
  withTermOptions(opening).action(async (code, options) =>
    run(await actions.bankAdd(code, options)),
  )
  bank
    .command('list')
    .description('list the banks')
    .option('--json', 'as one JSON array')
    .action(async ({ json }: Json) => run(await actions.bankList(json ?? false)))
  bank
    .command('show')
    .description('show the terms of a bank')
    .argument('<code>', 'the bank code')
    .option('--json', 'as one JSON object')
    .action(async (code, { json }: Json) => run(await actions.bankShow(code, json ?? false)))
  const change = bank
    .command('set')
    .description('change the terms that are named; running processes know within five seconds')
    .argument('<code>', 'the bank code')
    .option('--name <name>', 'as its pages show it')
    .option('--department <text>', 'whom customers call')
    .option('--phone <number>', 'the number they call')
    .option('--hours <text>', 'when they can call')
  withTermOptions(change).action(async (code, options: BankTerms, command: Command) => {
    if (Object.keys(options).length === 0) command.error('nothing to change was named')
    run(await actions.bankSet(code, options))
  })
  addTokenType(bank, actions, run)
}

/** The terms that every bank has and that a new one may leave as usual. */
const NUMBERS = [
  ['--threshold-password', 'wrong login passwords in a row until the lock'],
  ['--threshold-confirmation', 'wrong confirmations in a row until the lock'],
  ['--threshold-code', 'wrong codes in a row until the lock'],
  ['--threshold-seed-guesses', 'wrong codes in the life of a token until the lock for good'],
  ['--limit-with-code-yen', 'what a customer sends in a day with a one-time password'],
  ['--limit-without-code-yen', 'what a customer sends in a day without'],
  ['--fee-same-bank-yen', 'the fee of a transfer within the bank'],
  ['--fee-other-bank-yen', 'the fee to another bank'],
  ['--fee-other-bank-large-yen', 'the fee to another bank for large sums'],
  ['--fee-large-from-yen', 'what counts as a large sum'],
] as const

function withTermOptions(command: Command): Command {
  command
    .option('--emergency-phone <number>', 'the number they call outside those hours, or none')
    .option('--english-name <name>', 'as its English pages show it')
    .option('--english-department <text>', 'whom customers call, in English')
    .option('--english-hours <text>', 'when they can call, in English')
  for (const [flag, description] of NUMBERS) {
    command.addOption(new Option(`${flag} <number>`, description).argParser(wholeNumber))
  }
  return command
}

/** The terms of a bank, a line each, under the names of the options that set them. */
export function bankLines(bank: BankProfile): string[] {
  const { contact, english, thresholds, limits, fees } = bank
  const lines: [label: string, value: string | number][] = [
    ['code', bank.bankCode],
    ['name', bank.name],
    ['department', contact.department],
    ['phone', contact.phone],
    ['hours', contact.hours],
    ['emergency-phone', contact.emergencyPhone ?? ''],
    ['english-name', english?.name ?? ''],
    ['english-department', english?.department ?? ''],
    ['english-hours', english?.hours ?? ''],
    ['threshold-password', thresholds.password],
    ['threshold-confirmation', thresholds.confirmation],
    ['threshold-code', thresholds.code],
    ['threshold-seed-guesses', thresholds.seedGuesses],
    ['limit-with-code-yen', limits.withCodeYen],
    ['limit-without-code-yen', limits.withoutCodeYen],
    ['fee-same-bank-yen', fees.sameBankYen],
    ['fee-other-bank-yen', fees.otherBankYen],
    ['fee-other-bank-large-yen', fees.otherBankLargeYen],
    ['fee-large-from-yen', fees.largeFromYen],
  ]
  return lines.filter(([, value]) => value !== '').map(([label, value]) => `${label}: ${value}`)
}
