import { type Command, Option } from 'commander'
import { STAFF_ROLES } from '../bank/office/staff.ts'

/** What the wiring does for these commands; each returns the exit code. */
export interface StaffActions {
  staffAdd(of: StaffAddition): Promise<number>
  staffList(of: StaffListing): Promise<number>
  staffDisable(of: StaffChoice): Promise<number>
  staffEnable(of: StaffChoice): Promise<number>
  staffReset(of: StaffChoice & { readonly newToken?: true }): Promise<number>
}

export interface StaffListing {
  readonly bank: string
  readonly json?: true
}

export interface StaffChoice extends StaffListing {
  readonly staffId: string
}

export interface StaffAddition extends StaffChoice {
  readonly name: string
  readonly role: string
}

type Run = (exitCode: number) => void

/** `ichido staff`: how a bank gets its first administrator; the others are appointed in the office. */
export function addStaff(ichido: Command, actions: StaffActions, run: Run): void {
  const staff = ichido.command('staff').description("the bank's staff in the back office")
  const onBank = (command: Command) =>
    command
      .requiredOption('--bank <code>', 'the bank code, four digits')
      .option('--json', 'as JSON')
  onBank(staff.command('add'))
    .description('appoint someone; prints the first password, once')
    .argument('<staff-id>', '3 to 32 small letters, digits, dots and hyphens')
    .requiredOption('--name <name>', 'the name that the pages show')
    .addOption(
      new Option('--role <role>', 'what the person may do')
        .choices(STAFF_ROLES)
        .makeOptionMandatory(),
    )
    .action(async (staffId, options) => run(await actions.staffAdd({ staffId, ...options })))
  onBank(staff.command('list'))
    .description('list the staff of a bank')
    .action(async (options) => run(await actions.staffList(options)))
  onBank(staff.command('disable'))
    .description('end sessions and let the person in no more')
    .argument('<staff-id>')
    .action(async (staffId, options) => run(await actions.staffDisable({ staffId, ...options })))
  onBank(staff.command('enable'))
    .description('let a disabled person in again')
    .argument('<staff-id>')
    .action(async (staffId, options) => run(await actions.staffEnable({ staffId, ...options })))
  onBank(staff.command('reset'))
    .description('unlock; prints a new first password, once')
    .argument('<staff-id>')
    .option('--new-token', 'retire the second factor as well: the next login makes another one')
    .action(async (staffId, options) => run(await actions.staffReset({ staffId, ...options })))
}
