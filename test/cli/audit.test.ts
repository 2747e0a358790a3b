/** `ichido audit …` beside a running server and without one, as an operator and an auditor use it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestBank, type TestBank, WRAPPING_KEY } from '../bank/test-bank.ts'
import { type ServerProcess, startServer } from '../server-process.ts'

const MAIN = new URL('../../src/main.js', import.meta.url).href
const VERIFIER = fileURLToPath(new URL('../../../tools/verify-receipt.mjs', import.meta.url))

let bank: TestBank
let folder: string
let settings: Record<string, string>
let server: ServerProcess

beforeAll(async () => {
  bank = await openTestBank()
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-audit-'))
  fs.writeFileSync(path.join(folder, 'key'), WRAPPING_KEY.toString('hex'), { mode: 0o600 })
  settings = { ICHIDO_DATA: folder, DATABASE_URL: bank.connectionString }
  server = await startServer(settings)
})
afterAll(async () => {
  await server.stop()
  await bank.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

const file = (name: string): string => path.join(folder, name)

async function program(args: readonly string[], env: Record<string, string>) {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const [code] = await once(child, 'close')
  return { code, stdout, stderr }
}

const ichido = (...args: string[]) => {
  const script = `const { main } = await import(${JSON.stringify(MAIN)})
    process.exitCode = await main(${JSON.stringify(args)})`
  return program(['--input-type=module', '-e', script], settings)
}
const verifyReceipt = (...args: string[]) => program([VERIFIER, ...args], {})

/** Acts through the server, one of them with a receipt; then waits until all of it is sealed. */
async function act(): Promise<string> {
  const { tables } = bank.ports.store
  const receiptNo = await tables.journal.nextReceiptNo()
  const act = { actor: { kind: 'customer', id: '10000000001' }, kind: 'transfer' } as const
  const common = { ...act, bankCode: '1184', outcome: 'done', requestId: 'test' } as const
  for (const more of [{}, { receiptNo, detail: { amountYen: 5_000 } }, {}]) {
    const id = bank.ports.random.id()
    await tables.journal.append({ ...common, id, atMs: Date.now(), ...more })
  }
  for (let tries = 0; tries < 400; tries += 1) {
    const proof = await bank.ports.evidence.proofOfReceipt('1184', receiptNo)
    if (proof !== 'unsealed') return receiptNo
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the server does not seal')
}

describe('beside a running server', () => {
  test('verify says what was examined', async () => {
    await act()
    const { code, stdout } = await ichido('audit', 'verify')
    expect(stdout).toMatch(/^1184 \d+ leaves, \d+ events wait, \d+ published heads: clean$/m)
    expect(code).toBe(0)
    const { stdout: json } = await ichido('audit', 'verify', '--bank', '1184', '--json')
    expect(JSON.parse(json)).toMatchObject([{ bankCode: '1184', findings: [] }])
  })

  test('head shows the newest head, and the key that an auditor keeps', async () => {
    const { code, stdout } = await ichido('audit', 'head')
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^ichido\/1184\n\d+\n.{44}\ntime .+Z\n\n— ichido\/1184 .+\nichido\/1184\+.+\n/,
    )
    const { stdout: json } = await ichido('audit', 'head', '--bank', '1184', '--json')
    expect(stdout).toContain(JSON.parse(json)[0].verifierKey)
  })

  test('receipt and export make files that the other program verifies', async () => {
    const receiptNo = await act()
    const bundle = file('receipt.json')
    expect(await ichido('audit', 'receipt', receiptNo, '--bank', '1184', '--file', bundle)).toEqual(
      {
        code: 0,
        stdout: '',
        stderr: '',
      },
    )
    const { stdout: heads } = await ichido('audit', 'head', '--json')
    fs.writeFileSync(file('kept'), `${JSON.parse(heads)[0].verifierKey}\n`)
    const proven = await verifyReceipt(bundle, '--key', file('kept'))
    expect(proven.stdout).toContain('amountYen: 5000')
    expect(proven.code).toBe(0)
    const exported = await ichido('audit', 'export', '--bank', '1184', '--from', '2001-01-01')
    fs.writeFileSync(file('export.jsonl'), exported.stdout)
    const checked = await verifyReceipt(file('export.jsonl'), '--key', file('kept'))
    expect(checked.stdout).toMatch(/PROVEN: \d+ events/)
  })

  test('verify tells what was changed by hand, each in a line, and exits with 1', async () => {
    const receiptNo = await act()
    const edit = (outcome: string) =>
      bank.pool.query('update event set outcome = $2 where receipt_no = $1 returning id, seq', [
        receiptNo,
        outcome,
      ])
    const { rows } = await edit('frozen')
    const { code, stdout } = await ichido('audit', 'verify', '--bank', '1184')
    expect(code).toBe(1)
    expect(stdout).toMatch(
      new RegExp(
        `^1184 edited leaf \\d+ seq ${rows[0].seq} event "${rows[0].id}": the event is not`,
      ),
    )
    expect(stdout).toContain(': 1 findings')
    const refused = await ichido('audit', 'receipt', receiptNo, '--bank', '1184')
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toContain('run audit verify')
    await edit('done')
  })

  test('what cannot be done is said in one sentence', async () => {
    const unknown = await ichido('audit', 'receipt', '1', '--bank', '1184')
    expect(unknown).toMatchObject({ code: 1, stderr: 'bank 1184 has no receipt 1\n' })
    fs.writeFileSync(file('there'), 'x')
    const taken = await ichido('audit', 'export', '--bank', '1184', '--file', file('there'))
    expect(taken.code).toBe(1)
    expect(taken.stderr).toContain('exists already')
    const lost = await ichido('audit', 'verify', '--heads', file('nowhere'))
    expect(lost.code).toBe(1)
    expect(lost.stderr).toContain('nowhere')
  })

  test.each([
    [['audit', 'export']],
    [['audit', 'export', '--bank', '12']],
    [['audit', 'export', '--bank', '1184', '--from', '2026-02-30']],
    [['audit', 'retain', '--bank', '1184', '--before', 'yesterday', '--export', 'x']],
    [['audit', 'verify', '--unsealed-after', '-1']],
    [['audit', 'receipt']],
    [['audit', 'nothing']],
  ])('wrong usage: %j', async (args) => {
    expect((await ichido(...args)).code).toBe(2)
  })
})

test('after an orderly end the last head is in the file; retention needs no server', async () => {
  const receiptNo = await act()
  await server.stop()
  const { code, stdout, stderr } = await ichido('audit', 'verify')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/1184 \d+ leaves, 0 events wait, [1-9]\d* published heads: clean/)
  const bundle = file('published.json')
  await ichido('audit', 'receipt', receiptNo, '--bank', '1184', '--file', bundle)
  const heads = file('heads.log')
  expect((await verifyReceipt(bundle, '--heads', heads)).stdout).toContain('The head was published')

  const before = ['--before', '2999-01-01', '--export', file('old.jsonl')]
  const retained = await ichido('audit', 'retain', '--bank', '1184', ...before)
  expect(retained.stdout).toMatch(/^leaves 0 to \d+ are in .*old\.jsonl; \d+ rows are removed\n$/)
  expect((await verifyReceipt(file('old.jsonl'))).code).toBe(0)
  const gone = await ichido('audit', 'receipt', receiptNo, '--bank', '1184')
  expect(gone).toMatchObject({ code: 1, stdout: '' })
  expect(gone.stderr).toContain('exported to old.jsonl and removed')
  const kept = ['--export', file('old.jsonl'), '--file', file('kept.json')]
  expect(await ichido('audit', 'receipt', receiptNo, '--bank', '1184', ...kept)).toMatchObject({
    code: 0,
    stderr: '',
  })
  expect((await verifyReceipt(file('kept.json'), '--heads', heads)).code).toBe(0)
  const none = ['--bank', '1184', '--export', file('old.jsonl')]
  expect((await ichido('audit', 'receipt', '999', ...none)).stderr).toContain('has no receipt 999')
  const again = await ichido('audit', 'verify')
  expect(again.stdout).toMatch(/^1184 retention: the rows of the first \d+ leaves were removed/m)
  expect(again.code).toBe(0)
})
