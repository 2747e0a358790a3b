/** The commands around the wrapping key, with real files. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { KeyActions } from '../../src/cli/key.ts'
import { type Desk, keyJoinCommand, keySplitCommand } from '../../src/cli/key-ceremony.ts'
import { keyCommands } from '../../src/commands/key-commands.ts'
import { readSettings } from '../../src/settings.ts'

let folder: string
let keyFile: string
let actions: KeyActions
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-ceremony-'))
  keyFile = path.join(folder, 'key')
  const read = readSettings({ ICHIDO_DATA: folder })
  if (!read.ok) throw new Error(read.reasons.join())
  actions = keyCommands(
    () => Promise.reject(new Error('no database here')),
    () => read.settings,
  )
  const made = actions.keys.make()
  expect(actions.keys.write(keyFile, made.bytes, false)).toEqual({ ok: true, value: undefined })
})
afterEach(() => fs.rmSync(folder, { recursive: true }))

const at = (name: string) => path.join(folder, name)
const fingerprint = () => {
  const read = actions.keys.read(undefined)
  return read.ok ? read.value[0]?.fingerprint : undefined
}

function desk(typed = '') {
  const written = { out: '', err: '' }
  const input = new PassThrough()
  input.end(typed)
  const made: Desk = {
    input: input as unknown as NodeJS.ReadStream,
    out: (text) => {
      written.out += text
    },
    err: (text) => {
      written.err += text
    },
    nowMs: () => Date.parse('2026-11-24T00:30:00+09:00'),
  }
  return { desk: made, written }
}

async function split(): Promise<[string, string]> {
  const files: [string, string] = [at('share-1'), at('share-2')]
  expect(await keySplitCommand(actions, { shares: files }, desk().desk)).toBe(0)
  return files
}

describe('split', () => {
  test('writes a share into each file, readable by its owner only', async () => {
    const [one, two] = await split()
    const texts = [one, two].map((file) => fs.readFileSync(file, 'utf8'))
    expect(texts[0]).toContain('ichido key share 1 of 2\n')
    for (const text of texts) expect(text).toContain(`key ${fingerprint()}, split on 2026-11-24\n`)
    if (process.platform !== 'win32') expect(fs.statSync(two).mode & 0o777).toBe(0o600)
  })

  test('prints both when nobody looks at a screen', async () => {
    const { desk: here, written } = desk()
    expect(await keySplitCommand(actions, {}, here)).toBe(0)
    expect(written.out.match(/^ichido key share [12] of 2$/gm)).toHaveLength(2)
    expect(written.out).not.toContain(fs.readFileSync(keyFile, 'utf8').trim())
  })

  test('writes neither where one of the files exists', async () => {
    fs.writeFileSync(at('share-2'), 'precious')
    const { desk: here, written } = desk()
    const shares = [at('share-1'), at('share-2')]
    expect(await keySplitCommand(actions, { shares }, here)).toBe(1)
    expect(written).toEqual({ out: '', err: `${at('share-2')} exists already\n` })
    expect(fs.readdirSync(folder).sort()).toEqual(['key', 'share-2'])
    expect(fs.readFileSync(at('share-2'), 'utf8')).toBe('precious')
  })

  test('waits for a rotation that is under way', async () => {
    fs.appendFileSync(keyFile, `${'ab'.repeat(32)}\n`)
    const { desk: here, written } = desk()
    expect(await keySplitCommand(actions, {}, here)).toBe(1)
    expect(written.err).toMatch(/holds two keys/)
    expect(written.out).toBe('')
  })

  test('names a key file that is missing or malformed, without its content', async () => {
    fs.writeFileSync(keyFile, '1234secret')
    const malformed = desk()
    expect(await keySplitCommand(actions, {}, malformed.desk)).toBe(1)
    const reason = `the key file ${keyFile} does not hold 64 hexadecimal digits\n`
    expect(malformed.written).toEqual({ out: '', err: reason })
    fs.rmSync(keyFile)
    const missing = desk()
    expect(await keySplitCommand(actions, {}, missing.desk)).toBe(1)
    expect(missing.written).toEqual({ out: '', err: `there is no key file ${keyFile}\n` })
  })
})

describe('join', () => {
  test('makes the key file again from both files', async () => {
    const shares = await split()
    const { desk: here, written } = desk()
    const out = at('again')
    expect(await keyJoinCommand(actions, shares, { out }, here)).toBe(0)
    expect(fs.readFileSync(out)).toEqual(fs.readFileSync(keyFile))
    if (process.platform !== 'win32') expect(fs.statSync(out).mode & 0o777).toBe(0o600)
    expect(written.out).toBe(`key ${fingerprint()} is in ${out}\n`)
    expect(written.err).toMatch(/It was not tried on a database/)
  })

  test('asks for each line again until it is right, and shows nothing of it', async () => {
    const shares = await split()
    const lines = shares.flatMap((file) =>
      [...fs.readFileSync(file, 'utf8').matchAll(/^ {3}\d {3}(.+)$/gm)].map(
        ([, line]) => line ?? '',
      ),
    )
    const [first = '', ...rest] = lines
    const slip = first.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    const { desk: here, written } = desk([slip, first, ...rest, ''].join('\n'))
    expect(await keyJoinCommand(actions, [], { out: at('typed') }, here)).toBe(0)
    expect(fs.readFileSync(at('typed'))).toEqual(fs.readFileSync(keyFile))
    expect(written.err.match(/line 1: a character is wrong/g)).toHaveLength(1)
    expect(written.err).toContain(`Share 1 of key ${fingerprint()} is sound.`)
    for (const line of lines) expect(written.err + written.out).not.toContain(line)
  })

  test('that is broken off keeps nothing', async () => {
    const { desk: here, written } = desk('ABCD')
    expect(await keyJoinCommand(actions, [], { out: at('typed') }, here)).toBe(1)
    expect(written.err).toMatch(/the shares were not typed to the end\n$/)
    expect(fs.readdirSync(folder)).toEqual(['key'])
  })

  test('never overwrites a key without being told', async () => {
    const shares = await split()
    const before = fs.readFileSync(keyFile)
    fs.writeFileSync(at('other'), 'ab'.repeat(32), { mode: 0o600 })
    const refused = desk()
    expect(await keyJoinCommand(actions, shares, { out: at('other') }, refused.desk)).toBe(1)
    expect(refused.written.err).toMatch(/exists already, and the key in it would be lost/)
    expect(fs.readFileSync(at('other'), 'utf8')).toBe('ab'.repeat(32))
    const told = { out: at('other'), overwrite: true }
    expect(await keyJoinCommand(actions, shares, told, desk().desk)).toBe(0)
    expect(fs.readFileSync(at('other'))).toEqual(before)
  })

  test('tells shares that do not make up the key that they name', async () => {
    const [one] = await split()
    const [more, two] = [at('more-1'), at('more-2')]
    expect(await keySplitCommand(actions, { shares: [more, two] }, desk().desk)).toBe(0)
    const { desk: here, written } = desk()
    expect(await keyJoinCommand(actions, [one, two], { out: at('no') }, here)).toBe(1)
    expect(written.err).toBe(`these shares do not make up the key ${fingerprint()}\n`)
    expect(fs.existsSync(at('no'))).toBe(false)
  })

  test('names the file with the slip', async () => {
    const [one, two] = await split()
    const slip = (_: string, start: string, symbol: string) => start + (symbol === 'A' ? 'B' : 'A')
    const text = fs.readFileSync(two, 'utf8').replace(/^( {3}7 {3})(.)/m, slip)
    fs.writeFileSync(two, text)
    const { desk: here, written } = desk()
    expect(await keyJoinCommand(actions, [one, two], { out: at('no') }, here)).toBe(1)
    expect(written.err).toMatch(new RegExp(`^${two}: line 7: a character is wrong`))
  })

  test('names wrong usage', async () => {
    expect(await keyJoinCommand(actions, ['one'], { out: at('no') }, desk().desk)).toBe(2)
    expect(await keySplitCommand(actions, { shares: ['one'] }, desk().desk)).toBe(2)
  })
})
