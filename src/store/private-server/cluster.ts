/** Creates the PostgreSQL cluster of a data folder, or checks that the one there can be opened. */
import fs from 'node:fs'
import path from 'node:path'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { type DataFolder, makePasswords, type Passwords } from './folder.ts'
import { processesIn } from './leftovers.ts'
import { clusterName, runToEnd, settingArguments, spawnOptions } from './run.ts'
import { CannotServe } from './trouble.ts'

/** The role that ichido works as, and its database: its own, without the rights of a superuser. */
export const PROGRAM = 'ichido'
const DRAFT_PREFIX = 'postgres.draft-'

/**
 * Makes sure that a complete cluster stands in the data folder. It is created under a draft's
 * name and renamed when it is whole and on disk, so a creation that was killed leaves nothing half
 * done.
 */
export async function prepareCluster(
  folder: DataFolder,
  binaries: Binaries,
  account: Account | undefined,
): Promise<void> {
  removeDrafts(folder)
  if (fs.existsSync(folder.cluster)) return checkVersion(folder, binaries)
  const draft = fs.mkdtempSync(path.join(folder.root, DRAFT_PREFIX))
  try {
    if (account) fs.lchownSync(draft, account.uid, account.gid)
    await create(draft, makePasswords(folder), binaries, account)
    fs.renameSync(draft, folder.cluster)
    syncFolder(folder.root)
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true })
    throw error
  }
}

async function create(
  draft: string,
  passwords: Passwords,
  binaries: Binaries,
  account: Account | undefined,
): Promise<void> {
  const options = spawnOptions(draft, account)
  const kind = ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8']
  // One door, and that for passwords; these are set below and never are arguments of a program.
  const [open, shut] = process.platform === 'win32' ? ['host', 'local'] : ['local', 'host']
  const doors = [`--auth-${open}=scram-sha-256`, `--auth-${shut}=reject`, '--username=postgres']
  const initdb = ['-D', clusterName(draft), '--data-checksums', ...kind, ...doors]
  await runToEnd(binaries.initdb, initdb, options)
  const statements = [
    `ALTER ROLE postgres PASSWORD '${passwords.superuser}'`,
    `CREATE ROLE ${PROGRAM} LOGIN CREATEDB PASSWORD '${passwords.program}'`,
    `CREATE DATABASE ${PROGRAM} OWNER ${PROGRAM}`,
    '',
  ]
  const settings = { exit_on_error: 'on', log_min_error_statement: 'panic' }
  const single = ['--single', '-D', clusterName(draft), ...settingArguments(settings), 'postgres']
  await runToEnd(binaries.postgres, single, options, statements.join('\n'))
}

function checkVersion(folder: DataFolder, binaries: Binaries): void {
  const file = path.join(folder.cluster, 'PG_VERSION')
  if (!fs.existsSync(file)) {
    throw new CannotServe(
      `${folder.cluster} is not a PostgreSQL folder. Move it away, or name another folder ` +
        'with ICHIDO_DATA.',
    )
  }
  const major = Number.parseInt(fs.readFileSync(file, 'utf8'), 10)
  if (major === binaries.major) return
  throw new CannotServe(
    `The data folder ${folder.root} was written by PostgreSQL ${major}, and this ichido ` +
      `brings ${binaries.major}. Take a backup with the ichido that wrote it (ichido backup), ` +
      'move the folder away, and restore with this one (ichido restore).',
  )
}

/** Drafts of creations that were killed, perhaps with their initdb still running. */
function removeDrafts(folder: DataFolder): void {
  for (const name of fs.readdirSync(folder.root)) {
    if (!name.startsWith(DRAFT_PREFIX)) continue
    const draft = path.join(folder.root, name)
    if (process.platform === 'linux') {
      for (const pid of processesIn(draft)) process.kill(pid, 'SIGKILL')
    }
    fs.rmSync(draft, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Makes a rename in the folder outlast a power cut; Windows does so by itself. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = fs.openSync(folder, 'r')
  fs.fsyncSync(descriptor)
  fs.closeSync(descriptor)
}
