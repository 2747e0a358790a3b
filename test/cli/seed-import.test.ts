/** `ichido import`, as an operator runs it: a process beside those that serve the database. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pskcFile } from '../../bench/rig/pskc-writer.ts'
import { SEED_FAULTS } from '../../src/bank/hardware/seed.ts'
import { seedFaultWords } from '../../src/cli/seed-fault-words.ts'
import { key, lock, locked } from '../bank/procedures/seed-imports.ts'
import { openTestBank, type TestBank, WRAPPING_KEY } from '../bank/test-bank.ts'
import { figure } from '../seed-files/reading.ts'

const MAIN = new URL('../../src/main.js', import.meta.url).href
const SCRIPT = `const { main } = await import(${JSON.stringify(MAIN)})
process.exitCode = await main(process.argv.slice(1))`
const KEY_OF_FIGURE_6 = '12345678901234567890123456789012'

let bank: TestBank
let folder: string
beforeAll(async () => {
  bank = await openTestBank()
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-import-'))
  fs.writeFileSync(path.join(folder, 'key'), WRAPPING_KEY.toString('hex'))
})
afterAll(async () => {
  await bank.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

async function ichido(...args: string[]) {
  const { PATH = '', SystemRoot = '' } = process.env
  const child = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT, '--', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, SystemRoot, ICHIDO_DATA: folder, DATABASE_URL: bank.connectionString },
  })
  const written = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    written.out += chunk
  })
  child.stderr.on('data', (chunk) => {
    written.err += chunk
  })
  const [exitCode] = await once(child, 'close')
  return { exitCode, ...written }
}

function written(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name)
  fs.writeFileSync(file, content)
  return file
}

const importing = (format: 'pskc' | 'csv', file: string, ...more: string[]) =>
  ichido('import', format, file, '--bank', '1184', ...more)

describe('done', () => {
  test('an encrypted file, with its key on the command line', async () => {
    const file = written('figure6.xml', figure(6))
    const done = await importing('pskc', file, '--key-hex', KEY_OF_FIGURE_6, '--json')
    expect(done).toEqual({ exitCode: 0, out: expect.stringMatching(/\n$/), err: '' })
    expect(JSON.parse(done.out)).toEqual({ imported: 1, batch: expect.stringMatching(/^\d+$/) })
    const text = `select actor_kind, actor_id, outcome from event where kind = 'seed-import'`
    expect((await bank.pool.query(text)).rows).toEqual([
      { actor_kind: 'system', actor_id: 'cli', outcome: 'done' },
    ])
  })

  test('with a key file, in hex or as it is, and with a passphrase file', async () => {
    const files = [
      ['--key-file', written('hex', `${Buffer.from(lock.key).toString('hex')}\n`)],
      ['--key-file', written('raw', lock.key)],
    ] as const
    for (const [option, secret] of files) {
      const file = written('locked.xml', locked([key()]))
      expect(await importing('pskc', file, option, secret)).toMatchObject({ exitCode: 0 })
    }
    const phrase = written('phrase', 'qwerty\r\n')
    const other = figure(7).replace('987654321', 'FIGURE7')
    const done = await importing('pskc', written('7.xml', other), '--passphrase-file', phrase)
    expect(done).toMatchObject({ exitCode: 0, err: '' })
    expect(done.out).toMatch(/^1 tokens are batch \d+\n$/)
  })

  test('a table; and what the importer should look at is told', async () => {
    const file = written('seeds.csv', `CLI00001,${'0f'.repeat(20)}\n`)
    expect(await importing('csv', file, '--json')).toMatchObject({ exitCode: 0, err: '' })
    const bulk = await importing('pskc', written('figure10.xml', figure(10)), '--shape', '3')
    expect(bulk).toMatchObject({ exitCode: 0 })
    expect(bulk.err).toContain('the last day of 3 tokens has passed')
  })
})

describe('refused', () => {
  test('with line, reason and way out, and nothing on standard output', async () => {
    const bad = pskcFile([key(), key({ digits: 5 })])
    const refused = await importing('pskc', written('bad.xml', bad), '--json')
    expect(refused).toMatchObject({ exitCode: 1, out: '' })
    expect(refused.err).toMatch(/^line \d+: codes must have 6 to 8 .*\nnothing was imported\n$/)
  })

  test.each([
    [
      'a wrong key',
      'pskc',
      figure(6),
      ['--key-hex', 'ab'.repeat(16)],
      /the key or passphrase is wrong/,
    ],
    ['no key', 'pskc', figure(6), [], /give its key with --key-file/],
    ['no passphrase', 'pskc', figure(7), [], /give its passphrase with --passphrase-file/],
    ['a key of another length', 'pskc', figure(6), ['--key-hex', 'ab'], /the file needs 16 bytes/],
    ['another format', 'pskc', 'CLI00002,00', [], /not well-formed/],
    [
      'a type without hardware',
      'csv',
      'CLI00002,00',
      ['--type', 'GM'],
      /no hardware tokens of type GM/,
    ],
  ] as const)('%s', async (_, format, content, more, words) => {
    const refused = await importing(format, written('refused', content), ...more)
    expect(refused).toMatchObject({ exitCode: 1, out: '' })
    expect(refused.err).toMatch(words)
    expect(refused.err).toMatch(/nothing was imported\n$/)
  })

  test('another bank, a file that is not there, a folder', async () => {
    const file = written('good.csv', `CLI00003,${'0f'.repeat(20)}\n`)
    for (const [args, words] of [
      [['import', 'csv', file, '--bank', '9999'], 'there is no bank 9999'],
      [['import', 'csv', `${file}.old`, '--bank', '1184'], 'ENOENT'],
      [['import', 'csv', folder, '--bank', '1184'], 'it is no file'],
      [['import', 'pskc', file, '--bank', '1184', '--key-file', `${file}.key`], 'ENOENT'],
    ] as const) {
      const refused = await ichido(...args)
      expect(refused).toMatchObject({ exitCode: 1, out: '' })
      expect(refused.err).toContain(words)
    }
  })
})

test('wrong usage', async () => {
  const file = written('good.xml', figure(3))
  for (const args of [
    ['pskc', file],
    ['pskc', '--bank', '1184'],
    ['xml', file, '--bank', '1184'],
    ['pskc', file, '--bank', '1184', '--key-hex', 'secret'],
    ['pskc', file, '--bank', '1184', '--key-hex', 'ab', '--passphrase-file', file],
    ['pskc', file, '--bank', '1184', '--shape', '4'],
    ['csv', file, '--bank', '1184', '--key-hex', 'ab'],
  ]) {
    const wrong = await ichido('import', ...args)
    expect(wrong).toMatchObject({ exitCode: 2, out: '' })
    // What was meant as a key is not repeated.
    expect(wrong.err).not.toContain('secret')
  }
})

test('every fault has words, which name the line', () => {
  for (const reason of SEED_FAULTS) {
    const words = seedFaultWords({ reason, line: 17, about: 'A', serial: 'S1', firstLine: 3 })
    expect(words).toMatch(/^line 17: .{10,}/)
    expect(words).not.toMatch(/undefined|\[object/)
  }
})
