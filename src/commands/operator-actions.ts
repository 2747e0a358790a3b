import type { Actions } from '../cli/program.ts'
import { clockOf } from '../open-ports.ts'
import type { Settings } from '../settings.ts'
import { readDemoTokens } from '../store/demo/demo-readings.ts'
import { apiKeyActions } from './api-key-commands.ts'
import { auditCommands } from './audit-commands.ts'
import { backupCommands } from './backup-commands.ts'
import { bankActions } from './bank-commands.ts'
import { benchActions } from './bench-command.ts'
import type { AsCommand } from './command.ts'
import { customerActions } from './customer-commands.ts'
import { keyCommands } from './key-commands.ts'
import { seedImportCommands } from './seed-import-commands.ts'
import { staffActions } from './staff-commands.ts'

/** All that the command line can do beside serving. */
export function operatorActions(
  asCommand: AsCommand,
  settingsOrComplain: () => Settings | undefined,
): Omit<Actions, 'serve'> {
  return {
    // Opening the ports migrates; there is nothing left to do.
    migrate: () => asCommand(async () => 0),
    demoTokens: readDemoTokens,
    demoClock() {
      const settings = settingsOrComplain()
      return settings && clockOf(settings)
    },
    ...bankActions(asCommand),
    ...staffActions(asCommand),
    ...customerActions(asCommand),
    ...apiKeyActions(asCommand),
    ...seedImportCommands(asCommand),
    ...auditCommands(asCommand),
    ...keyCommands(asCommand, settingsOrComplain),
    ...backupCommands(asCommand, settingsOrComplain),
    ...benchActions,
  }
}
