import {
  appointStaff,
  resetStaff,
  setStaffDisabled,
} from '../bank/procedures/staff-administration.ts'
import type { Refused } from '../bank/refusal.ts'
import type { StaffActions, StaffChoice } from '../cli/staff.ts'
import { asOperator, err, type Hints, show, tellRefusal } from './as-operator.ts'
import type { AsCommand } from './command.ts'

const HINTS: Hints = {
  staffId: 'a staff ID has 3 to 32 small letters, digits, dots and hyphens',
  'staffId exists': 'the staff ID is taken',
  name: '--name takes 1 to 60 characters',
}

function tellOf(staffId: string, outcome: Refused): 1 {
  if (outcome.refusal === 'wrong-state') err(`${staffId} is in that state already`)
  else if (outcome.refusal === 'out-of-order') err(`there is no ${staffId} at this bank`)
  else return tellRefusal(outcome, HINTS)
  return 1
}

/** The commands about staff: the operator's hand, with an event like every other act. */
export function staffActions(asCommand: AsCommand): StaffActions {
  const onBank = asOperator(asCommand)
  const setDisabled = (disabled: boolean) => (of: StaffChoice) =>
    onBank(of.bank, async ({ ports }, request) => {
      const { staffId } = of
      const outcome = await setStaffDisabled(ports, request, staffId, disabled)
      if (!outcome.ok) return tellOf(staffId, outcome)
      return show(of.json, { staffId, disabled }, [disabled ? 'disabled' : 'enabled'])
    })

  return {
    // A first password is told here and kept nowhere: the operator passes it on, on paper.
    staffAdd: (of) =>
      onBank(of.bank, async ({ ports }, request) => {
        const outcome = await appointStaff(ports, request, of)
        if (!outcome.ok) return tellRefusal(outcome, HINTS)
        return show(of.json, outcome.value, [`password ${outcome.value.password}`])
      }),
    staffReset: (of) =>
      onBank(of.bank, async ({ ports }, request) => {
        const { staffId } = of
        const outcome = await resetStaff(ports, request, staffId, of.newToken ?? false)
        if (!outcome.ok) return tellOf(staffId, outcome)
        const { password } = outcome.value
        return show(of.json, { staffId, password }, [`password ${password}`])
      }),
    staffList: (of) =>
      onBank(of.bank, async ({ ports }) => {
        const staff = await ports.store.tables.staff.list(of.bank)
        const shown = staff.map(({ staffId, name, role, disabled, token }) => {
          return { staffId, name, role, disabled, enrolled: token !== undefined }
        })
        const lines = shown.map(({ staffId, role, name }) => `${staffId} ${role} ${name}`)
        return show(of.json, shown, lines)
      }),
    staffDisable: setDisabled(true),
    staffEnable: setDisabled(false),
  }
}
