/** `ichido key rotate` beside two real servers under load: killed again and again, and done. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readKeys } from '../src/store/keys/key-file.ts'
import { atOnce, openTestBank, type TestBank, WRAPPING_KEY } from './bank/test-bank.ts'
import { runCommand, startCommand } from './command-process.ts'
import { startHttpLoad } from './http-load.ts'
import { type ServerProcess, startServer } from './server-process.ts'
import { visitor } from './web/visitor.ts'

let bank: TestBank
let folder: string
let settings: Record<string, string>
let servers: ServerProcess[]
beforeAll(async () => {
  bank = await openTestBank()
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-rotation-'))
  fs.writeFileSync(path.join(folder, 'key'), WRAPPING_KEY.toString('hex'), { mode: 0o600 })
  settings = { ICHIDO_DATA: folder, DATABASE_URL: bank.connectionString }
  servers = await Promise.all([startServer(settings), startServer(settings)])
})
afterAll(async () => {
  await Promise.all((servers ?? []).map((server) => server.stop()))
  await bank.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

const keysInFile = () => readKeys(path.join(folder, 'key'), true).length
const steps = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { step: string })
const versions = async () => {
  const text = `select bank_code || '/' || version as key from data_key order by 1`
  return (await bank.pool.query<{ key: string }>(text)).rows.map(({ key }) => key)
}
const rotate = (...args: string[]) => ['key', 'rotate', '--json', ...args]

test('keys rotate without a refused code, however often the command is killed', async () => {
  const [one, two] = servers
  if (one === undefined || two === undefined) throw new Error('two servers')
  await atOnce(400, () => bank.makeToken())
  const openPage = visitor(two.origins.banking)
  const form = await openPage.open('/1184/login')
  const load = await startHttpLoad(bank, servers)
  await load.goOn(20)
  // Killed at a moment of its own each time: between the file and the database, or in the middle of
  // sealing.
  for (const delayMs of [900, 1_300, 1_800, 2_400, 3_200]) {
    const { child, ended } = startCommand(rotate(), settings)
    setTimeout(() => child.kill('SIGKILL'), delayMs)
    await ended
    await load.goOn(10)
  }
  const done = await runCommand(rotate(), settings)
  expect(done.err).toBe('')
  expect(done.code).toBe(0)
  expect(steps(done.out).at(-1)).toEqual({ step: 'finished' })
  expect(keysInFile()).toBe(1)
  await load.goOn(20)
  expect(await load.stop()).toEqual([])
  const left = await versions()
  expect(left).toHaveLength(2)
  expect(left).not.toContain('0000/1')
  expect(left).not.toContain('1184/1')
  // A form that was open before all this is still good.
  const credentials = { contractId: '10000000001', loginPassword: 'Ichido01' }
  expect((await openPage.submit(form, credentials)).path).toBe('/1184/home')
  const fresh = await startServer(settings)
  expect(fresh.apiKey).toBe(one.apiKey)
  expect(await fresh.stop()).toBe(0)
}, 240_000)

test('in the background the servers finish what the command has begun', async () => {
  const before = await versions()
  const begun = await runCommand(rotate('--data', '--background', '--bank', '1184'), settings)
  expect(begun.code).toBe(0)
  expect(steps(begun.out).map(({ step }) => step)).toEqual([
    'data-key',
    'left-to-servers',
    'finished',
  ])
  await expect.poll(async () => (await versions()).length, { timeout: 120_000 }).toBe(2)
  const after = await versions()
  expect(after[0]).toBe(before[0])
  expect(after[1]).not.toBe(before[1])
}, 180_000)

test('the old key file is refused afterwards, by server and command', async () => {
  const old = path.join(folder, 'old')
  fs.writeFileSync(old, WRAPPING_KEY.toString('hex'), { mode: 0o600 })
  const wrong = { ...settings, ICHIDO_KEY_FILE: old }
  await expect(startServer(wrong)).rejects.toThrow('the key file does not open the keys')
  const refused = await runCommand(rotate(), wrong)
  expect([refused.code, refused.out]).toEqual([1, ''])
  expect(refused.err).toMatch(/^the key file does not open the keys of this database: use the one/)
  expect(fs.readFileSync(old, 'utf8')).toBe(WRAPPING_KEY.toString('hex'))
})

test.each([
  [['--bank', '99'], /four digits/],
  [['--bank', '1184', '--wrapping'], /rotates a data key only/],
  [['--wait', 'long'], /--wait takes seconds/],
])('wrong usage %s is told', async (args, words) => {
  const refused = await runCommand(rotate(...args), settings)
  expect([refused.code, refused.out]).toEqual([2, ''])
  expect(refused.err).toMatch(words)
})
