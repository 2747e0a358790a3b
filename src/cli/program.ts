import { Command, CommanderError, Option } from 'commander'
import type { DemoCardReading, DemoTokenReading } from '../bank/demo.ts'
import { type AuditActions, addAudit } from './audit.ts'
import { tokenNewCommand, tokenShowCommand } from './token.ts'

/** What `main.ts` hands in, so that the command line knows nothing of stores and servers. */
export interface Actions extends AuditActions {
  serve(): Promise<number>
  migrate(): Promise<number>
  demoTokens(): readonly DemoTokenReading[]
  demoCard(contractId: string): DemoCardReading | undefined
}

const out = (line: string) => process.stdout.write(`${line}\n`)
const err = (line: string) => process.stderr.write(`${line}\n`)

/**
 * Parses the arguments and runs the command. Returns the exit code: 0 done, 1 refused, 2 wrong
 * usage.
 */
export async function program(actions: Actions, args: readonly string[]): Promise<number> {
  let exitCode = 0
  const run = (code: number) => {
    exitCode = code
  }
  const ichido = new Command('ichido')
    .description('一度 — one-time passwords for a shinkin bank')
    .exitOverride()
    .showHelpAfterError('(ichido --help lists the commands)')
  ichido
    .command('serve')
    .description('serve bank site, token app, back office and API')
    .action(async () => run(await actions.serve()))
  ichido
    .command('migrate')
    .description('bring the schema of the database up to date')
    .action(async () => run(await actions.migrate()))
  addToken(ichido, actions, run)
  addCustomer(ichido, actions, run)
  addAudit(ichido, actions, run)
  try {
    await ichido.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? 0 : 2
  }
}

type Run = (exitCode: number) => void

function addToken(ichido: Command, actions: Actions, run: Run): void {
  const token = ichido.command('token').description('the desktop token (パソコン版)')
  token
    .command('new')
    .description('agree on a seed with the server and keep it in a file')
    .requiredOption('--server <url>', 'the address of the token app')
    .addOption(new Option('--type <type>').choices(['GM', 'PC']).default('GM'))
    .requiredOption('--file <file>', 'where to keep the token (readable by you alone)')
    .action(async (options) => run(await tokenNewCommand(options)))
  token
    .command('show')
    .description('show serial, code and seconds left')
    .requiredOption('--file <file>', 'the file of `token new`')
    .option('--json', 'as one JSON object')
    .action(async (options) => run(await tokenShowCommand(options)))
  token
    .command('list')
    .description('list the tokens of the demonstration bank as otpauth URIs')
    .requiredOption('--demo', 'the demonstration bank: seeds of real tokens are never shown')
    .option('--json', 'as one JSON array')
    .action((options: { json?: true }) => {
      const tokens = actions.demoTokens()
      if (options.json) out(JSON.stringify(tokens))
      else
        for (const { contractId, type, otpauth } of tokens) out(`${contractId} ${type} ${otpauth}`)
    })
}

function addCustomer(ichido: Command, actions: Actions, run: Run): void {
  ichido
    .command('customer')
    .description('customers of the bank')
    .command('card')
    .description('show the card of a customer of the demonstration bank')
    .argument('<contract>', 'the contract ID')
    .requiredOption('--demo', 'the demonstration bank: real cards are never shown')
    .option('--json', 'as one JSON object')
    .action((contractId: string, options: { json?: true }) => {
      const card = actions.demoCard(contractId)
      if (card === undefined) {
        err(`contract ${contractId} of the demonstration has no card`)
        return run(1)
      }
      if (options.json) out(JSON.stringify(card))
      else for (const [place, cell] of card.cells.entries()) out(`${place + 1} ${cell}`)
    })
}
