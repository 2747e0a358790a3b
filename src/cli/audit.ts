import { type Command, InvalidArgumentError, Option } from 'commander'
import { isDay } from '../bank/calendar.ts'

export interface AuditVerifyOptions {
  readonly bank?: string
  readonly heads?: string
  readonly key?: string
  readonly unsealedAfter: number
  readonly json?: true
}

export interface AuditHeadOptions {
  readonly bank?: string
  readonly json?: true
}

export interface AuditExportOptions {
  readonly bank: string
  readonly from?: string
  readonly to?: string
  readonly file?: string
}

export interface AuditReceiptOptions {
  readonly bank: string
  readonly heads?: string
  readonly export?: string
  readonly file?: string
}

export interface AuditRetainOptions {
  readonly bank: string
  readonly before: string
  readonly export: string
}

/** What `audit-commands.ts` hands in. Each returns the exit code. */
export interface AuditActions {
  auditVerify(options: AuditVerifyOptions): Promise<number>
  auditHead(options: AuditHeadOptions): Promise<number>
  auditExport(options: AuditExportOptions): Promise<number>
  auditReceipt(receiptNo: string, options: AuditReceiptOptions): Promise<number>
  auditRetain(options: AuditRetainOptions): Promise<number>
}

/** Longer than any transaction, and than a server takes to start. */
const UNSEALED_SECONDS = 300

export function addAudit(
  ichido: Command,
  actions: AuditActions,
  run: (exitCode: number) => void,
): void {
  const audit = ichido.command('audit').description('the evidence: the sealed log of all events')
  audit
    .command('verify')
    .description('examine logs, heads and events; exit 1 if anything was changed')
    .addOption(bankOption('one bank; without it all of them'))
    .option('--heads <file>', 'heads that were published (default: the file of this installation)')
    .option('--key <file>', 'verifier keys that were kept elsewhere, one a line')
    .addOption(
      new Option('--unsealed-after <seconds>', 'how long an event may wait to be sealed')
        .default(UNSEALED_SECONDS)
        .argParser(secondsOf),
    )
    .option('--json', 'as one JSON array, an object for each bank')
    .action(async (options) => run(await actions.auditVerify(options)))
  audit
    .command('head')
    .description('show the newest signed head of each log, with the key to keep')
    .addOption(bankOption('one bank; without it all of them'))
    .option('--json', 'as one JSON array')
    .action(async (options) => run(await actions.auditHead(options)))
  audit
    .command('export')
    .description('write events as JSON lines, tied to a signed head, for an auditor')
    .addOption(bankOption('the bank').makeOptionMandatory())
    .addOption(dayOption('--from <day>', 'from this Japanese day on, YYYY-MM-DD'))
    .addOption(dayOption('--to <day>', 'up to and with this day'))
    .option('--file <file>', 'a new file; without it standard output')
    .action(async (options) => run(await actions.auditExport(options)))
  audit
    .command('receipt')
    .description('write the proof of a receipt; tools/verify-receipt.mjs checks it')
    .argument('<receipt-no>', '受付番号')
    .addOption(bankOption('the bank').makeOptionMandatory())
    .option('--heads <file>', 'heads that were published (default: the file of this installation)')
    .option('--export <file>', 'the export that has it, if retention has removed its events')
    .option('--file <file>', 'a new file; without it standard output')
    .action(async (receiptNo, options) => run(await actions.auditReceipt(receiptNo, options)))
  audit
    .command('retain')
    .description('export the events before a day, declare it in the log, and remove their rows')
    .addOption(bankOption('the bank').makeOptionMandatory())
    .addOption(dayOption('--before <day>', 'this Japanese day stays').makeOptionMandatory())
    .requiredOption('--export <file>', 'a new file for what is removed: keep it')
    .action(async (options) => run(await actions.auditRetain(options)))
}

const bankOption = (description: string): Option =>
  new Option('--bank <code>', description).argParser((text: string) => {
    if (!/^\d{4}$/.test(text)) throw new InvalidArgumentError('it takes four digits')
    return text
  })

const dayOption = (flags: string, description: string): Option =>
  new Option(flags, description).argParser((text: string) => {
    if (!isDay(text)) throw new InvalidArgumentError('it takes a day, YYYY-MM-DD')
    return text
  })

function secondsOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('it takes whole seconds')
  return Number(text)
}
