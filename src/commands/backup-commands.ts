import fs from 'node:fs'
import { CENTRE } from '../bank/token.ts'
import type { BackupActions } from '../cli/backup.ts'
import { openServer } from '../open-ports.ts'
import type { Settings } from '../settings.ts'
import { UnusableBackup } from '../store/backup/archive.ts'
import { checkBackup, factsOf, openBackup } from '../store/backup/check.ts'
import { makeBackup } from '../store/backup/dump.ts'
import { restoreBackup } from '../store/backup/load.ts'
import { movableClock, systemClock } from '../store/clock.ts'
import { systemEvent } from '../store/events/system-event.ts'
import { followKeyFile } from '../store/keys/key-file.ts'
import type { WrappingKeys } from '../store/keys/wrapping-keys.ts'
import { randomness } from '../store/randomness.ts'
import type { AsCommand } from './command.ts'

const err = (line: string) => process.stderr.write(`${line}\n`)

/** The commands that save the database and bring it back. */
export function backupCommands(
  asCommand: AsCommand,
  settings: () => Settings | undefined,
): BackupActions {
  return {
    backup: (file, tell) =>
      told(file, () =>
        asCommand(async ({ ports, clock, wrappingKeys, connectionString }) => {
          const made = await makeBackup(connectionString, wrappingKeys, file, clock.now())
          const { random, store } = ports
          const { key, rows } = made
          const act = {
            kind: 'backup',
            bankCode: CENTRE,
            by: 'backup',
            runId: random.id(),
          } as const
          const event = systemEvent(ports, { ...act, detail: { key, rows } })
          await store.tables.journal.append(event)
          tell(made)
          return 0
        }),
      ),
    restore: (file, checkOnly, tell) =>
      told(file, async () => {
        const known = settings()
        if (known === undefined) return 2
        const wrappingKeys = keysFor(known)
        const handle = await openBackup(file)
        try {
          // Before a server is started or a data folder is made: the file may be of no use.
          const checked = await checkBackup(handle, wrappingKeys)
          if (!checkOnly) return await restore(known, wrappingKeys, { file: handle, checked }, tell)
          tell(factsOf(checked))
          return 0
        } finally {
          await handle.close()
        }
      }),
  }
}

/** What makes a backup useless is told with its name. */
async function told(file: string, work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof UnusableBackup)) throw error
    err(`${file}: ${error.message}`)
    return 1
  }
}

/** The key has to be there first: one that is made now would open nothing. */
function keysFor({ keyFile, mode }: Settings): WrappingKeys {
  if (!fs.existsSync(keyFile)) {
    throw new Error(
      `there is no key file ${keyFile}: put the key there with which the backup was made`,
    )
  }
  return followKeyFile(keyFile, mode === 'demo')
}

async function restore(
  settings: Settings,
  wrappingKeys: WrappingKeys,
  backup: Parameters<typeof restoreBackup>[1],
  tell: Parameters<BackupActions['restore']>[2],
): Promise<number> {
  const server = await openServer(settings, { as: 'command', report: err })
  if (!server.ok) {
    err(server.reason)
    return 1
  }
  try {
    const { connectionString } = server
    const clock = settings.clockFile ? movableClock(settings.clockFile) : systemClock
    const parts = { connectionString, wrappingKeys, clock, random: randomness }
    tell(await restoreBackup({ ...parts, runId: randomness.id() }, backup))
    return 0
  } finally {
    await server.stop()
  }
}
