import type { Request } from './bank/attempt.ts'
import {
  appointStaff,
  resetStaff,
  setStaffDisabled,
} from './bank/procedures/staff-administration.ts'
import type { Refused } from './bank/refusal.ts'
import type { StaffActions, StaffChoice, StaffListing } from './cli/staff.ts'
import type { AsCommand } from './command.ts'
import type { OpenPorts } from './open-ports.ts'

const out = (line: string) => process.stdout.write(`${line}\n`)
const err = (line: string) => process.stderr.write(`${line}\n`)

/** The commands about staff: the operator's hand, with an event like every other act. */
export function staffActions(asCommand: AsCommand): StaffActions {
  const onBank = (
    { bank: code }: StaffListing,
    work: (open: OpenPorts, request: Request) => Promise<number>,
  ) =>
    asCommand(async (open) => {
      const bank = await open.ports.store.tables.banks.profile(code)
      if (bank === undefined) {
        err(`there is no bank ${code} here`)
        return 1
      }
      const actor = { kind: 'system', id: 'cli' } as const
      return work(open, { bank, actor, requestId: open.ports.random.id() })
    })

  const disable = (disabled: boolean) => (of: StaffChoice) =>
    onBank(of, async ({ ports }, request) => {
      const outcome = await setStaffDisabled(ports, request, of.staffId, disabled)
      if (!outcome.ok) return tellRefusal(outcome, of.staffId)
      tell(of, { staffId: of.staffId, disabled })
      return 0
    })

  return {
    staffAdd: (of) =>
      onBank(of, async ({ ports }, request) => {
        const outcome = await appointStaff(ports, request, of)
        if (!outcome.ok) return tellRefusal(outcome, of.staffId)
        tell(of, outcome.value)
        return 0
      }),
    staffList: (of) =>
      onBank(of, async ({ ports }) => {
        const staff = await ports.store.tables.staff.list(of.bank)
        const shown = staff.map(({ staffId, name, role, disabled, token }) => {
          return { staffId, name, role, disabled, enrolled: token !== undefined }
        })
        if (of.json) out(JSON.stringify(shown))
        else for (const { staffId, role, name } of shown) out(`${staffId} ${role} ${name}`)
        return 0
      }),
    staffDisable: disable(true),
    staffEnable: disable(false),
    staffReset: (of) =>
      onBank(of, async ({ ports }, request) => {
        const outcome = await resetStaff(ports, request, of.staffId, of.newToken ?? false)
        if (!outcome.ok) return tellRefusal(outcome, of.staffId)
        tell(of, { staffId: of.staffId, ...outcome.value })
        return 0
      }),
  }
}

/** A first password is told here and kept nowhere: the operator passes it on, on paper. */
function tell({ json }: StaffListing, facts: Readonly<Record<string, unknown>>): void {
  if (json) return void out(JSON.stringify(facts))
  for (const [name, value] of Object.entries(facts)) out(`${name}: ${value}`)
}

const WHY: Readonly<Record<string, string>> = {
  staffId: 'the ID is taken, or not 3 to 32 small letters, digits, dots and hyphens',
  name: 'the name is empty or longer than 60 characters',
}

function tellRefusal({ refusal, field }: Refused, staffId: string): number {
  if (refusal === 'invalid-input' && field !== undefined) err(WHY[field] ?? `wrong: ${field}`)
  else if (refusal === 'wrong-state') err(`${staffId} is in that state already`)
  else if (refusal === 'out-of-order') err(`there is no ${staffId} at this bank`)
  else err(`refused: ${refusal}`)
  return 1
}
