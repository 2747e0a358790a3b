/** A receipt is proven by a bundle, and checked by a program that knows nothing of the server. */
import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ReceiptProof } from '../../../src/bank/evidence.ts'
import { headPublisher } from '../../../src/store/evidence/head-publishing.ts'
import { proveReceipt } from '../../../src/store/evidence/receipt-proof.ts'
import { BANK, type LogBank, openLogBank } from './log-of-tests.ts'

const PROGRAM = fileURLToPath(new URL('../../../../tools/verify-receipt.mjs', import.meta.url))

let bank: LogBank
let folder: string
let proof: ReceiptProof

beforeAll(async () => {
  bank = await openLogBank()
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-receipt-'))
  await bank.append(600)
  await bank.append(1, {
    kind: 'transfer',
    contractId: '10000000001',
    serial: 'GM12345678',
    receiptNo: '1000777',
    detail: { amountYen: 8_400, payeeName: '白河　花子\u001b[2J' },
  })
  await bank.append(700)
  await bank.seal()
  await publish()
  await bank.append(9)
  await bank.seal()
  proof = await prove('1000777')
})
afterAll(async () => {
  await bank.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

const headsFile = () => path.join(folder, 'heads.log')
const publish = () =>
  headPublisher({
    pool: bank.pool,
    keys: bank.keys,
    logger: pino({ level: 'silent' }),
    target: { file: headsFile() },
  }).round()

async function prove(receiptNo: string): Promise<ReceiptProof> {
  const publishedNote = JSON.parse(
    fs.readFileSync(headsFile(), 'utf8').trim().split('\n').at(-1) ?? '',
  ).note
  const made = await proveReceipt(bank.pool, bank.keys, {
    bankCode: BANK,
    receiptNo,
    publishedNote,
  })
  if (typeof made !== 'object' || !('events' in made)) throw new Error(`no proof: ${made}`)
  return made
}

let files = 0
function fileOf(text: string): string {
  files += 1
  const file = path.join(folder, `file-${files}`)
  fs.writeFileSync(file, text)
  return file
}

function check(bundle: object, more: readonly string[] = []) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [PROGRAM, fileOf(JSON.stringify(bundle)), ...more],
    { encoding: 'utf8' },
  )
  return { status, stdout, stderr }
}
const pinned = () => ['--key', fileOf(`${proof.verifierKey}\n`), '--heads', headsFile()]

describe('a genuine receipt', () => {
  test('is proven in plain words', () => {
    const { status, stdout, stderr } = check(proof, pinned())
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('Receipt 1000777 of bank 1184')
    expect(stdout).toContain('2026-11-24 10:00:00 (Japan)  transfer: done')
    expect(stdout).toContain('contract 10000000001')
    expect(stdout).toContain('amountYen: 8400')
    expect(stdout).toMatch(/PROVEN: entry 601 of the 1301 that the log had at 2026-11-24T01:00:00/)
    expect(stdout).toContain('the one that was kept')
    expect(stdout).toContain('The head was published')
    // What a terminal would obey does not reach it.
    expect(stdout).toContain('白河　花子?[2J')
    expect(stdout).not.toContain('\u001b')
  })

  test('without a key that was kept says so, and shows the key to compare', () => {
    const { status, stdout } = check(proof)
    expect(status).toBe(0)
    expect(stdout).toContain('compare it with one kept elsewhere')
    expect(stdout).toContain(proof.verifierKey)
    expect(stdout).toContain('was not compared with published ones')
  })

  test('is proven under the newest head when none was published that covers it', async () => {
    await bank.append(1, { receiptNo: '1000778' })
    await bank.append(1, { receiptNo: '1000778' })
    expect(await bank.ports.evidence.proofOfReceipt(BANK, '1000778')).toBe('unsealed')
    await bank.seal()
    const newer = await prove('1000778')
    expect(newer.events).toHaveLength(2)
    expect(check(newer).status).toBe(0)
    const { status, stderr } = check(newer, pinned())
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'NOT PROVEN: the head is not among the published ones: make the proof anew\n',
    })
  })

  test('is what the port gives; a receipt that there is not has no proof', async () => {
    const given = await bank.ports.evidence.proofOfReceipt(BANK, '1000777')
    expect(check(given as ReceiptProof, pinned()).status).toBe(0)
    const { evidence } = bank.ports
    const head = await evidence.newestHead(BANK)
    expect(head).toMatchObject({ bankCode: BANK, size: (await bank.report()).leaves })
    // Of two heads that cover the receipt, others have seen the older one.
    const published = await evidence.publishedHead(BANK)
    expect(published?.size).toBe(1301)
    expect((given as ReceiptProof).head).toBe(published?.note)
    expect(await evidence.newestHead('9999')).toBeUndefined()
    expect(await evidence.publishedHead('9999')).toBeUndefined()
    for (const receiptNo of ['1', '', 'x', "1'", '9'.repeat(40)]) {
      expect(await bank.ports.evidence.proofOfReceipt(BANK, receiptNo)).toBeUndefined()
    }
    expect(await bank.ports.evidence.proofOfReceipt('9999', '1000777')).toBeUndefined()
  })

  test('is proven in a folder of its own: the program needs nothing but Node', () => {
    const alone = path.join(folder, 'alone')
    fs.mkdirSync(alone)
    fs.copyFileSync(PROGRAM, path.join(alone, 'verify.mjs'))
    const file = fileOf(JSON.stringify(proof))
    const options = { cwd: alone, env: {}, encoding: 'utf8' as const }
    expect(execFileSync(process.execPath, ['verify.mjs', file], options)).toContain('PROVEN')
  })
})

describe('a receipt that was tampered with', () => {
  const event = () => proof.events[0] ?? { leaf: 0, event: '', path: [] }
  const withEvent = (change: object): object => ({ ...proof, events: [{ ...event(), ...change }] })
  const cases: Record<string, () => object> = {
    'another amount': () => withEvent({ event: event().event.replace('8400', '9400') }),
    'another outcome': () => withEvent({ event: event().event.replace('"done"', '"frozen"') }),
    'another leaf': () => withEvent({ leaf: event().leaf + 1 }),
    'a leaf beyond the tree': () => withEvent({ leaf: 1_301 }),
    'a leaf that is none': () => withEvent({ leaf: -1 }),
    'a path without its end': () => withEvent({ path: event().path.slice(0, -1) }),
    'a path that goes on': () => withEvent({ path: [...event().path, event().path[0]] }),
    'a path of other hashes': () => withEvent({ path: event().path.toReversed() }),
    'a path of no hashes': () => withEvent({ path: event().path.map(() => 'AAAA') }),
    'another size': () => ({ ...proof, head: proof.head.replace('\n1301\n', '\n1302\n') }),
    'another time': () => ({ ...proof, head: proof.head.replace('2026', '2025') }),
    'no signature': () => ({ ...proof, head: `${proof.head.split('\n\n')[0]}\n\n` }),
    'another receipt number': () => ({ ...proof, receiptNo: '1000776' }),
    'another bank': () => ({ ...proof, bankCode: '1185' }),
    'another key': () => ({ ...proof, verifierKey: proof.verifierKey.replace(/.$/, '!') }),
    'no events': () => ({ ...proof, events: [] }),
    'another form': () => ({ ...proof, format: 'ichido-receipt-proof-2' }),
    'nothing of it': () => ({}),
  }
  test.each(Object.keys(cases))('%s', (name) => {
    const { status, stdout, stderr } = check(cases[name]?.() ?? {})
    expect(status).toBe(1)
    expect(stderr).toMatch(/^NOT PROVEN: (?!unreadable).+\n$/)
    expect(stdout).not.toContain('The log had these very entries')
  })

  test('a key that is not the one that was kept', () => {
    const other = proof.verifierKey.replace('1184', '1185')
    const { status, stderr } = check(proof, ['--key', fileOf(other)])
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'NOT PROVEN: the key is not the one that was kept\n',
    })
  })

  test.each([[[]], [['one', 'two']], [['/there/is/no/such/file']], [['--nonsense']]])(
    'wrong usage: %j',
    (args) => {
      const { status, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
        encoding: 'utf8',
      })
      expect(status).toBe(2)
      expect(stderr).toContain('usage: ')
    },
  )
})

test('a log that does not lead to its head proves nothing', async () => {
  const { rows } = await bank.pool.query(
    `select seq, outcome from event where receipt_no = 1000777`,
  )
  await bank.pool.query(`update event set outcome = 'frozen' where seq = $1`, [rows[0].seq])
  await expect(bank.ports.evidence.proofOfReceipt(BANK, '1000777')).rejects.toThrow('audit verify')
  await bank.pool.query(`update event set outcome = 'done' where seq = $1`, [rows[0].seq])
})
