/** The commands of the operator, as transcripts, and the letter that they write. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OPTIONS } from '../../bench/options.ts'
import { cellsOf } from '../../src/bank/confirmation.ts'
import { japanese } from '../../src/web/words/words.ts'
import { openTestBank, type TestBank } from '../bank/test-bank.ts'
import { follow, type Ichido, ichidoOn } from './transcript.ts'

let bank: TestBank
let ichido: Ichido
let folder: string
beforeAll(async () => {
  bank = await openTestBank()
  ichido = ichidoOn(bank)
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-letters-'))
})
afterAll(async () => {
  fs.rmSync(folder, { recursive: true })
  await bank.close()
})

test.each(['bank', 'customer', 'api-key', 'staff'])('the transcript of %s', async (name) => {
  const file = new URL(`./transcripts/${name}.txt`, import.meta.url)
  await follow(ichido, fs.readFileSync(file, 'utf8'))
})

test('a transcript that is not true fails', async () => {
  await expect(follow(ichido, '$ ichido bank show 1199\nthere is a bank\nexit 1')).rejects.toThrow()
  await expect(follow(ichido, '$ ichido bank show 1199\nthere is no bank …')).rejects.toThrow()
  await expect(follow(ichido, 'no command at all')).rejects.toThrow()
})

test('the bench takes the options of `npm run bench`, and no others', async () => {
  const { lines } = await ichido(['bench', '--help'])
  const told = [...lines.join('\n').matchAll(/^ {2}--([a-z-]+)( <)?/gm)]
  const taken = told.map(([, name, value]) => [name, value === undefined ? 'boolean' : 'string'])
  expect(Object.fromEntries(taken)).toEqual(
    Object.fromEntries(Object.entries(OPTIONS).map(([name, { type }]) => [name, type])),
  )
  for (const wrong of [['--slow'], ['--json'], ['fast']]) {
    expect((await ichido(['bench', ...wrong])).exitCode).toBe(2)
  }
})

test('the help names every command', async () => {
  const { lines, exitCode } = await ichido(['--help'])
  expect(exitCode).toBe(0)
  for (const command of [
    ...['serve', 'migrate', 'token', 'import', 'bank', 'staff', 'customer', 'api-key'],
    ...['audit', 'key', 'backup', 'restore', 'bench'],
  ]) {
    expect(lines.join('\n')).toMatch(new RegExp(`^  ${command} `, 'm'))
  }
})

describe('the letter', () => {
  const open = (contractId: string, method: string, file: string) =>
    ichido([
      ...['customer', 'add', contractId, '--bank', '1184', '--name', 'ヤマダ'],
      ...['--mail', 'x@customer.invalid', '--method', method, '--letter', file],
    ])

  test.each([
    ['L0000001', 'customer-card'],
    ['L0000002', 'image-card'],
  ] as const)(
    'of %s has the whole %s, is for its owner alone, and nothing else tells it',
    async (contractId, method) => {
      const file = path.join(folder, contractId)
      const { exitCode, lines } = await open(contractId, method, file)
      const text = `contract ${contractId} is open, its letter is in ${file}`
      expect([exitCode, lines]).toEqual([0, [text]])
      if (process.platform !== 'win32') expect(fs.statSync(file).mode & 0o777).toBe(0o600)
      const letter = fs.readFileSync(file, 'utf8')
      const { tables } = bank.ports.store
      const contract = await tables.contracts.find('1184', contractId)
      if (contract === undefined) throw new Error('not opened')
      const cells = await cellsOf(bank.ports, tables, contract)
      const words: Readonly<Record<string, string>> = japanese.parts.images
      const printed = cells.map((cell) => (method === 'image-card' ? words[cell] : cell))
      expect(cellsOfLetter(letter)).toEqual(printed)
    },
  )

  test('is claimed before the contract is opened: an existing file stays, and nothing is done', async () => {
    const file = path.join(folder, 'old')
    fs.writeFileSync(file, 'the letter of another')
    const { exitCode, lines } = await open('L0000003', 'customer-card', file)
    expect(exitCode).toBe(1)
    expect(lines[0]).toMatch(/already exists/)
    expect(fs.readFileSync(file, 'utf8')).toBe('the letter of another')
    const { contracts } = bank.ports.store.tables
    expect(await contracts.find('1184', 'L0000003')).toBeUndefined()
  })

  test('of a contract that is refused leaves no file behind', async () => {
    const file = path.join(folder, 'none')
    expect((await open('10000000001', 'customer-card', file)).exitCode).toBe(1)
    expect(fs.existsSync(file)).toBe(false)
  })
})

/** What the letter prints below each position, in the order of the positions. */
function cellsOfLetter(letter: string): (string | undefined)[] {
  const lines = letter.split('\n')
  const cells: string[] = []
  for (const [place, line] of lines.entries()) {
    const positions = [...line.matchAll(/\[(\d+)\]/g)].map(([, position]) => Number(position))
    const below = lines[place + 1]?.trim().split(/\s+/) ?? []
    for (const [column, position] of positions.entries()) {
      cells[position - 1] = below[column] ?? ''
    }
  }
  return cells
}
