import { Command, CommanderError, Option } from 'commander'
import type { DemoTokenReading } from '../bank/demo.ts'
import type { Clock } from '../bank/ports.ts'
import { type ApiKeyActions, addApiKey } from './api-key.ts'
import { type AuditActions, addAudit } from './audit.ts'
import { addBackup, type BackupActions } from './backup.ts'
import { addBank, type BankActions } from './bank.ts'
import { addBench, type BenchActions } from './bench.ts'
import { addCustomer, type CustomerActions } from './customer.ts'
import { addKey, type KeyActions } from './key.ts'
import { addImport, type ImportActions } from './seed-import.ts'
import { addStaff, type StaffActions } from './staff.ts'
import { tokenNewCommand, tokenShowCommand, tokenShowDemoCommand } from './token.ts'

/** What `main.ts` hands in, so that the command line knows nothing of stores and servers. */
export interface Actions
  extends BankActions,
    StaffActions,
    CustomerActions,
    ApiKeyActions,
    ImportActions,
    KeyActions,
    AuditActions,
    BackupActions,
    BenchActions {
  serve(): Promise<number>
  migrate(): Promise<number>
  demoTokens(): readonly DemoTokenReading[]
  /** The clock of the settings; without one they are wrong, and that was told. */
  demoClock(): Clock | undefined
}

const out = (line: string) => process.stdout.write(`${line}\n`)

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
  addBank(ichido, actions, run)
  addCustomer(ichido, actions, run)
  addStaff(ichido, actions, run)
  addApiKey(ichido, actions, run)
  addImport(ichido, actions, run)
  addKey(ichido, actions, run)
  addAudit(ichido, actions, run)
  addBench(ichido, actions, run)
  addBackup(ichido, actions, run)
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
  const showDemo = (account: string, json?: true) => {
    const clock = actions.demoClock()
    if (clock === undefined) return 2
    return tokenShowDemoCommand(account, actions.demoTokens(), { json }, clock)
  }
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
    .option('--file <file>', 'the file of `token new`')
    .option('--demo <account>', 'or a contract ID or staff ID of the demonstration')
    .option('--json', 'as one JSON object')
    .action(async ({ demo, file, json }: { demo?: string; file?: string; json?: true }) => {
      if (demo !== undefined) return run(showDemo(demo, json))
      if (file === undefined) token.error('token show needs --file or --demo')
      else run(await tokenShowCommand({ file, ...(json && { json }) }))
    })
  token
    .command('list')
    .description('list the tokens of the demonstration bank as otpauth URIs')
    .requiredOption('--demo', 'the demonstration bank: seeds of real tokens are never shown')
    .option('--json', 'as one JSON array')
    .action((options: { json?: true }) => {
      const tokens = actions.demoTokens()
      if (options.json) out(JSON.stringify(tokens))
      else
        for (const { contractId, staffId, type, otpauth } of tokens) {
          out(`${contractId ?? staffId ?? 'on-stock'} ${type} ${otpauth}`)
        }
    })
}
