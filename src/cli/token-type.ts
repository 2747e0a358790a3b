import { type Command, Option } from 'commander'
import type { TokenTypeForm } from '../bank/procedures/token-type-change.ts'
import type { TokenType } from '../bank/token-type.ts'
import { wholeNumber } from './option-values.ts'

export interface TokenTypeActions {
  tokenTypeList(bankCode: string, asJson: boolean): Promise<number>
  tokenTypeSet(bankCode: string, type: string, form: TokenTypeForm): Promise<number>
  /** From that day `YYYY-MM-DD`, or from today. */
  tokenTypeClose(bankCode: string, type: string, from: string | undefined): Promise<number>
}

type Run = (exitCode: number) => void

/** `ichido bank token-type`: which tokens a bank takes, and from when until when. */
export function addTokenType(bank: Command, actions: TokenTypeActions, run: Run): void {
  const tokenType = bank.command('token-type').description('the types of token that a bank takes')
  tokenType
    .command('list')
    .description('list the types of token')
    .argument('<code>', 'the bank code')
    .option('--json', 'as one JSON array')
    .action(async (code, { json }: { json?: true }) =>
      run(await actions.tokenTypeList(code, json ?? false)),
    )
  tokenType
    .command('set')
    .description('make a type known, or change what is named of one')
    .argument('<code>', 'the bank code')
    .argument('<type>', 'the prefix of its serials, such as HW')
    .option('--name <name>', 'as pages show it')
    .addOption(
      new Option('--medium <medium>', 'only of a new type').choices([
        'phone',
        'desktop',
        'hardware',
      ]),
    )
    .addOption(new Option('--kind <kind>', 'by time or by counter').choices(['totp', 'hotp']))
    .addOption(new Option('--algorithm <name>').choices(['SHA1', 'SHA256', 'SHA512']))
    .addOption(new Option('--digits <number>', '6 or 8').argParser(wholeNumber))
    .addOption(new Option('--period-seconds <number>', '30 or 60').argParser(wholeNumber))
    .option('--open-from <day>', 'first day of new registrations, YYYY-MM-DD or none')
    .option('--closed-from <day>', 'from this day on none, YYYY-MM-DD or none')
    .action(async (code, type, options: TokenTypeForm, command: Command) => {
      if (Object.keys(options).length === 0) command.error('nothing to change was named')
      run(await actions.tokenTypeSet(code, type, options))
    })
  tokenType
    .command('close')
    .description('take no new registrations; tokens in use go on')
    .argument('<code>', 'the bank code')
    .argument('<type>', 'the prefix of its serials')
    .option('--from <day>', 'from this day on, YYYY-MM-DD; today if not given')
    .action(async (code, type, { from }: { from?: string }) =>
      run(await actions.tokenTypeClose(code, type, from)),
    )
}

export function tokenTypeLine(type: TokenType): string {
  const { name, medium, kind, algorithm, digits, periodSeconds, openFrom, closedFrom } = type
  const computed = `${kind} ${algorithm} ${digits} digits${kind === 'totp' ? ` ${periodSeconds} s` : ''}`
  const from = openFrom === undefined ? [] : [`open from ${openFrom}`]
  const until = closedFrom === undefined ? [] : [`closed from ${closedFrom}`]
  return [`${type.type} ${name}`, medium, computed, ...from, ...until].join(', ')
}
