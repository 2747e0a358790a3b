import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ConfirmationMethod, Contract } from '../bank/contract.ts'
import type { DemoCardReading } from '../bank/demo.ts'
import type { NewAccount } from '../bank/procedures/contract-opening.ts'
import { wholeNumber } from './option-values.ts'

/** What the wiring does for these commands; each returns the exit code. */
export interface CustomerActions {
  demoCard(contractId: string): DemoCardReading | undefined
  customerAdd(contractId: string, of: CustomerAddition): Promise<number>
  customerList(of: CustomerListing): Promise<number>
  customerShow(contractId: string, of: OfBank): Promise<number>
}

export interface OfBank {
  readonly bank: string
  readonly json?: true
}

export interface CustomerAddition extends OfBank {
  readonly name: string
  readonly mail: string
  readonly phone?: string
  readonly method: ConfirmationMethod
  readonly account: readonly NewAccount[]
  /** Where the letter goes; without it to standard output. */
  readonly letter?: string
}

export interface CustomerListing extends OfBank {
  readonly phone?: string
  readonly after?: string
  readonly most: number
}

type Run = (exitCode: number) => void

const USUAL_MOST = 100

/** `ichido customer`: contracts of a bank, and the cards of the demonstration. */
export function addCustomer(ichido: Command, actions: CustomerActions, run: Run): void {
  const customer = ichido.command('customer').description('customers of a bank')
  const ofBank = (name: string, description: string) =>
    customer
      .command(name)
      .description(description)
      .requiredOption('--bank <code>', 'the bank code')
      .option('--json', 'as JSON')
  ofBank('add', 'open a contract; the letter for the customer is made this once')
    .argument('<contract>', 'the contract ID, 6 to 12 letters or digits')
    .requiredOption('--name <kana>', 'the holder in kana')
    .requiredOption('--mail <address>', 'where notices go')
    .option('--phone <number>', 'by which the back office finds the customer')
    .addOption(
      new Option('--method <method>', 'with what the customer confirms without a token')
        .choices(['confirmation-password', 'customer-card', 'image-card'])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--account <branch-number[=yen]>', 'an account to open, at will with money in it')
        .argParser(readAccount)
        .default([], 'none'),
    )
    .option('--letter <file>', 'a new file for the letter, readable by you alone')
    .action(async (contractId, options: CustomerAddition) =>
      run(await actions.customerAdd(contractId, options)),
    )
  ofBank('list', 'list contracts in order of their IDs')
    .option('--phone <number>', 'only those with this telephone number')
    .option('--after <contract>', 'only those after this ID')
    .addOption(
      new Option('--most <number>', 'how many at most').argParser(wholeNumber).default(USUAL_MOST),
    )
    .action(async (options: CustomerListing) => run(await actions.customerList(options)))
  ofBank('show', 'show a contract; nothing secret is ever shown')
    .argument('<contract>', 'the contract ID')
    .action(async (contractId, options: OfBank) =>
      run(await actions.customerShow(contractId, options)),
    )
  addCard(customer, actions, run)
}

function addCard(customer: Command, actions: CustomerActions, run: Run): void {
  customer
    .command('card')
    .description('show the card of a customer of the demonstration bank')
    .argument('<contract>', 'the contract ID')
    .requiredOption('--demo', 'the demonstration bank: real cards are never shown')
    .option('--json', 'as one JSON object')
    .action((contractId: string, options: { json?: true }) => {
      const card = actions.demoCard(contractId)
      if (card === undefined) {
        process.stderr.write(`contract ${contractId} of the demonstration has no card\n`)
        return run(1)
      }
      const lines = options.json
        ? [JSON.stringify(card)]
        : card.cells.map((cell, place) => `${place + 1} ${cell}`)
      for (const line of lines) process.stdout.write(`${line}\n`)
    })
}

/** `001-1234567` or `001-1234567=50000`; the option may be given several times. */
function readAccount(text: string, before: readonly NewAccount[]): readonly NewAccount[] {
  const [, branchCode, accountNumber, yen] = /^(\d{3})-(\d{7})(?:=(\d{1,10}))?$/.exec(text) ?? []
  if (branchCode === undefined || accountNumber === undefined) {
    throw new InvalidArgumentError('It takes BRANCH-NUMBER or BRANCH-NUMBER=YEN: 001-1234567=50000')
  }
  const openingYen = yen === undefined ? {} : { openingYen: Number(yen) }
  return [...before, { branchCode, accountNumber, ...openingYen }]
}

/** What a contract shows of itself to the operator: no hash, no secret, no balance. */
export function readingOf(contract: Contract) {
  const { contractId, name, mail, phone, method, frozen, token, enrolment } = contract
  return {
    contractId,
    name,
    mail,
    ...(phone !== undefined && { phone }),
    method,
    state: frozen ? 'frozen' : contract.loginPasswordHash === undefined ? 'not-enrolled' : 'open',
    ...(enrolment && { enrolmentExpiresAt: new Date(enrolment.expiresAtMs).toISOString() }),
    ...(token && { serial: token.serial }),
  }
}
