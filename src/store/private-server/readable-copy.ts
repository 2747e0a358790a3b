/**
 * When root starts the server under a user without rights, that user may be unable to enter the
 * project folder (/root, a private clone, umask 077). The programs are then copied, once per
 * version, to a place that everybody can read and only root can write; the user's own folders keep
 * their permissions.
 */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { CannotServe } from './trouble.ts'

/** First a folder that only root writes and nothing sweeps; the others for read-only systems. */
const bases = () => ['/var/cache', '/var/tmp', os.tmpdir()]
const NEEDLESS = /\.a$|[/\\](pkgconfig|pgxs)$/
const WRITABLE_BY_OTHERS = 0o022

/** `native` itself when everybody can read it, else a verified copy. Both as absolute paths. */
export function placeReadable(native: string, version: string): string {
  const samples = ['bin/postgres', 'lib', 'share/postgresql/postgres.bki']
  if (samples.every((file) => everybodyReads(path.join(native, file)))) return native
  const list = listing(native)
  const digest = createHash('sha256').update(list).digest('hex').slice(0, 16)
  const troubles: string[] = []
  for (const base of bases()) {
    try {
      return copyBelow(base, `postgres-${version}-${digest}`, native, list)
    } catch (error) {
      troubles.push(String(error))
    }
  }
  throw new CannotServe(
    `PostgreSQL does not run as root, other users cannot read ${native}, and no place was ` +
      `found for a copy that they can read: ${troubles.join('; ')}. Start ichido as an ` +
      'ordinary user.',
  )
}

function everybodyReads(file: string): boolean {
  const { mode } = fs.statSync(file)
  const executable = fs.statSync(file).isDirectory() || path.basename(path.dirname(file)) === 'bin'
  const needed = executable ? 0o005 : 0o004
  return (mode & needed) === needed && everybodyEnters(path.dirname(file))
}

function everybodyEnters(folder: string): boolean {
  const parent = path.dirname(folder)
  return (fs.statSync(folder).mode & 0o001) !== 0 && (parent === folder || everybodyEnters(parent))
}

function copyBelow(base: string, name: string, native: string, list: string): string {
  if (!everybodyEnters(base)) throw new CannotServe(`others cannot enter ${base}`)
  const folder = path.join(base, 'ichido')
  makeFolder(folder)
  verifyRoots(folder)
  const place = path.join(folder, name)
  if (isComplete(place, list)) return place
  const draft = fs.mkdtempSync(path.join(folder, '.draft-'))
  try {
    copyReadable(native, draft)
    // What stands there is broken (half swept, say); another start may mend it at the same time.
    if (!isComplete(place, list)) fs.rmSync(place, { recursive: true, force: true })
    fs.renameSync(draft, place)
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true })
    if (!isComplete(place, list)) throw error
  }
  return place
}

/** Whether the place holds every file in full, made by root and changeable by nobody else. */
function isComplete(place: string, list: string): boolean {
  if (!fs.lstatSync(place, { throwIfNoEntry: false })) return false
  verifyRoots(place)
  return listing(place) === list
}

/** In a folder like /tmp anyone could have put this name before us: programs are run from it. */
function verifyRoots(folder: string): void {
  const stat = fs.lstatSync(folder)
  if (!stat.isDirectory() || stat.uid !== 0 || (stat.mode & WRITABLE_BY_OTHERS) !== 0) {
    throw new CannotServe(`${folder} is not a folder that only root can write`)
  }
}

/** Names and sizes of all files that matter, one a line, in a fixed order. */
function listing(folder: string, within = ''): string {
  let lines = ''
  for (const entry of sorted(folder)) {
    const file = path.join(folder, entry.name)
    const name = path.join(within, entry.name)
    if (NEEDLESS.test(file)) continue
    if (entry.isDirectory()) lines += listing(file, name)
    else lines += `${name} ${entry.isSymbolicLink() ? 'link' : fs.lstatSync(file).size}\n`
  }
  return lines
}

function copyReadable(from: string, to: string): void {
  makeFolder(to)
  for (const entry of sorted(from)) {
    const source = path.join(from, entry.name)
    const target = path.join(to, entry.name)
    if (NEEDLESS.test(source)) continue
    if (entry.isDirectory()) copyReadable(source, target)
    else if (entry.isSymbolicLink()) fs.symlinkSync(fs.readlinkSync(source), target)
    else {
      fs.copyFileSync(source, target)
      fs.chmodSync(target, path.basename(from) === 'bin' ? 0o755 : 0o644)
    }
  }
}

/** Makes the folder enterable whatever the umask; one that exists is left to `verifyRoots`. */
function makeFolder(folder: string): void {
  const isNew = fs.mkdirSync(folder, { recursive: true }) !== undefined
  if (isNew || path.basename(folder).startsWith('.draft-')) fs.chmodSync(folder, 0o755)
}

const sorted = (folder: string) =>
  fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
