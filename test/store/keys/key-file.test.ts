import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  claimKeyFile,
  followKeyFile,
  newKey,
  readKeyFile,
  readKeys,
  replaceKeys,
} from '../../../src/store/keys/key-file.ts'
import { fingerprintOf } from '../../../src/store/keys/wrapping-keys.ts'

let folder: string
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-key-'))
})
afterEach(() => fs.rmSync(folder, { recursive: true }))

test('is made when asked for, readable by its owner only, and the same ever after', () => {
  const file = path.join(folder, 'not', 'yet', 'key')
  const key = readKeyFile(file, true)
  expect(key).toHaveLength(32)
  expect(readKeyFile(file, true)).toEqual(key)
  expect(readKeyFile(file, false)).toEqual(key)
  if (process.platform !== 'win32') expect(fs.statSync(file).mode & 0o777).toBe(0o600)
  expect(fs.readdirSync(path.dirname(file))).toEqual(['key'])
})

test('is never made in production', () => {
  const file = path.join(folder, 'key')
  expect(() => readKeyFile(file, false)).toThrow(`the key file ${file} cannot be read`)
  expect(fs.readdirSync(folder)).toEqual([])
})

test.each([
  ['nothing', ''],
  ['too little', 'ab'.repeat(31)],
  ['too much', 'ab'.repeat(33)],
  ['something else', 'xy'.repeat(32)],
  ['the same key twice', `${'ab'.repeat(32)}\n${'AB'.repeat(32)}`],
  ['three keys', ['ab', 'cd', 'ef'].map((byte) => byte.repeat(32)).join('\n')],
  ['a key and something else', `${'ab'.repeat(32)}\nkey`],
])('with %s in it is refused, and its content is not told', (_, content) => {
  const file = path.join(folder, 'key')
  fs.writeFileSync(file, content)
  let message = ''
  try {
    readKeyFile(file, true)
  } catch (error) {
    message = (error as Error).message
  }
  expect(message).toBe(`the key file ${file} does not hold 64 hexadecimal digits`)
  expect(fs.readFileSync(file, 'utf8')).toBe(content)
})

test('processes that start at once end up with the same key', async () => {
  const file = path.join(folder, 'key')
  const module = new URL('../../../src/store/keys/key-file.js', import.meta.url).href
  const script = `import(${JSON.stringify(module)}).then(({ readKeyFile }) =>
    process.stdout.write(readKeyFile(process.argv[1], true).toString('hex')))`
  const keys = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const child = spawn(process.execPath, ['-e', script, file], { stdio: ['ignore', 'pipe', 2] })
      const chunks: Buffer[] = []
      child.stdout?.on('data', (chunk) => chunks.push(chunk))
      await once(child, 'close')
      return Buffer.concat(chunks).toString()
    }),
  )
  expect(keys[0]).toMatch(/^[0-9a-f]{64}$/)
  expect(new Set(keys).size).toBe(1)
  expect(fs.readdirSync(folder)).toEqual(['key'])
})

describe('with two keys, while a rotation is under way', () => {
  const [newer, older] = [newKey(), newKey()]

  test('gives both, the newest first, whatever ends its lines', () => {
    const file = path.join(folder, 'key')
    replaceKeys(file, [newer, older])
    expect(readKeys(file, false)).toEqual([newer, older])
    expect(readKeyFile(file, false)).toEqual(newer)
    fs.writeFileSync(file, [newer, older].map((key) => `${key.toString('hex')} \r\n`).join(''))
    expect(readKeys(file, false)).toEqual([newer, older])
    if (process.platform !== 'win32') expect(fs.statSync(file).mode & 0o777).toBe(0o600)
  })

  test('is followed by whoever has read it before', () => {
    const file = path.join(folder, 'key')
    expect(claimKeyFile(file, older)).toBe(true)
    const keys = followKeyFile(file, false)
    const names = () => keys.known().map(({ fingerprint }) => fingerprint)
    expect(names()).toEqual([fingerprintOf(older)])
    replaceKeys(file, [newer, older])
    expect(names()).toEqual([fingerprintOf(older)])
    expect(keys.find(fingerprintOf(newer))?.key.export()).toEqual(newer)
    expect(names()).toEqual([newer, older].map(fingerprintOf))
    replaceKeys(file, [newer])
    keys.refresh()
    expect(names()).toEqual([fingerprintOf(newer)])
    expect(keys.find(fingerprintOf(older))).toBeUndefined()
  })

  test('is never made anew by whoever follows it', () => {
    const file = path.join(folder, 'key')
    const keys = followKeyFile(file, true)
    fs.rmSync(file)
    expect(() => keys.find(fingerprintOf(newer))).toThrow(`the key file ${file} cannot be read`)
    expect(() => keys.refresh()).toThrow(`the key file ${file} cannot be read`)
    expect(fs.readdirSync(folder)).toEqual([])
    expect(keys.known()).toHaveLength(1)
  })
})

describe('replaced', () => {
  test('through a link, it stays where it is', () => {
    const [file, link] = [path.join(folder, 'managed', 'key'), path.join(folder, 'link')]
    claimKeyFile(file, newKey())
    fs.symlinkSync(file, link)
    const key = newKey()
    replaceKeys(link, [key])
    expect(fs.lstatSync(link).isSymbolicLink()).toBe(true)
    expect(readKeyFile(file, false)).toEqual(key)
    expect(fs.readdirSync(path.dirname(file))).toEqual(['key'])
  })

  test('by root, it stays the file of its owner', () => {
    const file = path.join(folder, 'key')
    claimKeyFile(file, newKey())
    // Another user can be given a file by root only; for everyone else the owner is the same.
    const owner = process.getuid?.() === 0 ? 12_345 : process.getuid?.()
    if (process.getuid?.() === 0) fs.chownSync(file, 12_345, 12_345)
    replaceKeys(file, [newKey()])
    expect(fs.statSync(file).uid).toBe(owner ?? 0)
  })

  test('never happens to one that is only claimed', () => {
    const file = path.join(folder, 'key')
    const key = newKey()
    expect(claimKeyFile(file, key)).toBe(true)
    expect(claimKeyFile(file, newKey())).toBe(false)
    expect(readKeyFile(file, false)).toEqual(key)
  })
})
