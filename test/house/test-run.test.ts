/** A test run that was told to run something runs it, or says that it is not there. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const testRun = (...args: string[]) =>
  spawnSync(process.execPath, ['scripts/test.mjs', ...args], { cwd: root, encoding: 'utf8' })

test.each([
  ['a file that is not there', 'test/store/events.test.ts'],
  ['the beginning of a name', 'test/store/private-server.c'],
  ['a folder without tests', 'test/vectors'],
  ['a file that is no test', 'test/house/source.ts'],
  ['a place elsewhere', 'src/oath'],
  ['a text', ''],
])('%s ends it with code 2, whatever stands beside it', (_, argument) => {
  const { status, stdout, stderr } = testRun('test/oath/hotp.test.ts', argument)
  const said = `${argument} names no test: it takes folders and files below test/\n`
  expect([status, stdout, stderr]).toEqual([2, '', said])
})
