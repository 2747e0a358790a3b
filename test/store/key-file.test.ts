import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readKeyFile } from '../../src/store/key-file.ts'

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
  ['two lines', `${'ab'.repeat(32)}\n${'ab'.repeat(32)}`],
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
  const module = new URL('../../src/store/key-file.js', import.meta.url).href
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
