/** Signed heads leave the database: to a file, or to a host that takes them. */
import { once } from 'node:events'
import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openNote } from '../../../src/evidence/head.ts'
import {
  type HeadsTarget,
  headPublisher,
  startHeadPublisher,
} from '../../../src/store/evidence/head-publishing.ts'
import { startSealer } from '../../../src/store/evidence/sealer.ts'
import { BANK, type LogBank, openLogBank } from './log-of-tests.ts'

let bank: LogBank
let folder: string
let file: string
let logged: Record<string, unknown>[]

beforeAll(async () => {
  bank = await openLogBank()
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-heads-'))
})
afterAll(async () => {
  await bank.close()
  fs.rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  await bank.clear()
  file = path.join(folder, String(Math.random()), 'heads.log')
  logged = []
})

const logger = pino({ level: 'warn' }, { write: (line: string) => logged.push(JSON.parse(line)) })
const partsTo = (target: HeadsTarget) => ({ pool: bank.pool, keys: bank.keys, logger, target })
const toFile = () => headPublisher(partsTo({ file }))
const grow = async (count: number) => {
  await bank.append(count)
  await bank.seal()
}
/** The sizes of the published heads, each opened with the key of the log. */
const sizes = async (lines = fs.readFileSync(file, 'utf8').trim().split('\n')) => {
  const keys = [...(await bank.keys.published()).values()]
  return lines.map((line) => openNote(JSON.parse(line).note, keys)?.size)
}

describe('to a file', () => {
  test('goes the newest head of a log that has grown, and nothing for one that has not', async () => {
    const publisher = toFile()
    await publisher.round()
    expect(fs.existsSync(file)).toBe(false)
    await grow(3)
    await publisher.round()
    await publisher.round()
    await grow(1)
    await grow(1)
    await publisher.round()
    expect(await sizes()).toEqual([3, 5])
    expect(logged).toEqual([])
  })

  test('goes on after a restart, and tells of each bank by itself', async () => {
    await grow(3)
    await bank.append(2, { bankCode: '0000' })
    await bank.seal()
    await toFile().round()
    await toFile().round()
    expect(await sizes()).toEqual([2, 3])
    await grow(4)
    await toFile().round()
    expect(await sizes()).toEqual([2, 3, 7])
    expect(logged).toEqual([])
  })

  test('a file that cannot be written is told, and no head is lost', async () => {
    await grow(3)
    fs.mkdirSync(file, { recursive: true })
    const publisher = toFile()
    await expect(publisher.round()).rejects.toThrow()
    fs.rmdirSync(file)
    await publisher.round()
    expect(await sizes()).toEqual([3])
  })
})

describe('a log that does not continue what was published', () => {
  const complaint = expect.objectContaining({ level: 50, bankCode: BANK, published: 12 })

  test.each([
    ['is shorter', 9],
    ['is as long', 12],
    ['is longer', 15],
  ])('and %s, is told at once, before and after a restart', async (_, count) => {
    await grow(12)
    const publisher = toFile()
    await publisher.round()
    const before = fs.readFileSync(file)
    await bank.clear()
    await grow(count)
    await publisher.round()
    expect(logged).toEqual([complaint])
    fs.writeFileSync(file, before)
    await toFile().round()
    expect(logged).toEqual([complaint, complaint])
    expect(await sizes()).toEqual([12, count])
  })

  test('because hashes of it are missing, is told as well', async () => {
    await grow(12)
    const publisher = toFile()
    await publisher.round()
    await grow(3)
    await bank.pool.query('delete from evidence_batch where first_leaf = 0')
    await publisher.round()
    expect(logged).toEqual([complaint])
  })
})

describe('to a host', () => {
  let bodies: string[]
  let status: number
  let server: http.Server
  let url: string

  beforeAll(async () => {
    server = http.createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      if (status < 300) bodies.push(`${request.method} ${request.headers['content-type']} ${body}`)
      response.writeHead(status, status === 302 ? { Location: '/' } : {}).end()
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/heads`
  })
  afterAll(() => server.close())
  beforeEach(() => {
    bodies = []
    status = 204
  })

  test('goes each head as one line of JSON', async () => {
    const publisher = headPublisher(partsTo({ url }))
    await grow(3)
    await publisher.round()
    await publisher.round()
    await grow(2)
    await publisher.round()
    const prefix = 'POST application/json '
    expect(bodies.every((body) => body.startsWith(prefix))).toBe(true)
    expect(await sizes(bodies.map((body) => body.slice(prefix.length)))).toEqual([3, 5])
  })

  test('what went out last is known to every process, and what did not is not', async () => {
    const { evidence } = bank.another().ports
    const publisher = headPublisher(partsTo({ url }))
    await grow(3)
    expect(await evidence.publishedHead(BANK)).toBeUndefined()
    await publisher.round()
    status = 500
    await grow(2)
    await expect(publisher.round()).rejects.toThrow()
    expect((await evidence.publishedHead(BANK))?.size).toBe(3)
  })

  test.each([500, 404, 302])('that answers with %s it is offered again', async (refused) => {
    const publisher = headPublisher(partsTo({ url }))
    await grow(3)
    status = refused
    await expect(publisher.round()).rejects.toThrow()
    status = 200
    await publisher.round()
    expect(bodies).toHaveLength(1)
  })

  test('that is away, nothing stops, and the next round says it', async () => {
    await grow(1)
    const publisher = startHeadPublisher(partsTo({ url: 'http://127.0.0.1:1/' }))
    await publisher.stop()
    expect(logged.map(({ level }) => level)).toEqual([40, 40])
  })
})

test('an orderly end seals and publishes what was done last', async () => {
  const sealer = startSealer({ pool: bank.pool, clock: bank.clock, keys: bank.keys }, logger)
  const publisher = startHeadPublisher(partsTo({ file }))
  await bank.append(5)
  await sealer.stop()
  await publisher.stop()
  expect(await bank.report({ headsFile: file })).toMatchObject({
    leaves: 5,
    unsealed: 0,
    findings: [],
  })
  expect((await sizes()).at(-1)).toBe(5)
  expect(logged).toEqual([])
})
