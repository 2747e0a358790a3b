import {
  createECDH,
  createHash,
  createHmac,
  generateKeyPairSync,
  hkdfSync,
  sign,
} from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { showToken, tokenNewCommand, tokenShowCommand } from '../../src/cli/token.ts'
import { originOf } from '../../src/cli/token-agreement.ts'
import { parseTokenFile, type TokenFile } from '../../src/cli/token-file.ts'
import vectors from '../vectors/provisioning.json' with { type: 'json' }

const SERVER = 'https://token.example'
const SERIAL = 'GM12345674'
const NOW_MS = 1_764_000_010_000
/** The bank's clock runs 90 s ahead of this computer's. */
const AHEAD_MS = 90_000

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const vector = vectors.agreements[0]
const tokenOfVector: TokenFile = {
  version: 1,
  serial: SERIAL,
  algorithm: 'SHA256',
  digits: 6,
  periodSeconds: 30,
  seed: base64url(Buffer.from(vector?.seedHex ?? '', 'hex')),
  server: SERVER,
  clockOffsetMs: 0,
}

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ichido-token-'))
  file = path.join(folder, 'token.json')
})
afterEach(() => rm(folder, { recursive: true }))

/** The server's half of the agreement, written against the contract's bytes alone. */
function bank(change: { confirm?: number; provision?: Response; forged?: boolean } = {}) {
  const institution = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = institution.publicKey.export({ format: 'jwk' })
  const coordinates = [x, y].map((part) => Buffer.from(part ?? '', 'base64url'))
  const institutionKey = Buffer.concat([Buffer.of(4), ...coordinates])
  const seen: { seed?: Buffer; proofHolds?: boolean; type?: string } = {}
  let expectedProof = ''

  const answer = (request: string, body: { type: string; publicKey: string; proof: string }) => {
    if (request === 'GET /time') return Response.json({ now: NOW_MS + AHEAD_MS })
    if (request === 'GET /institution-key')
      return Response.json({ publicKey: base64url(institutionKey) })
    if (request === `POST /provision/${SERIAL}/confirm`) {
      seen.proofHolds = body.proof === expectedProof
      return new Response(null, { status: change.confirm ?? 204 })
    }
    if (request !== 'POST /provision') return new Response(null, { status: 404 })
    if (change.provision) return change.provision
    const pair = createECDH('prime256v1')
    const serverKey = pair.generateKeys()
    const clientKey = Buffer.from(body.publicKey, 'base64url')
    const label = Buffer.from('ichido-provision-v1\0')
    const transcript = Buffer.concat([label, clientKey, serverKey, Buffer.from(SERIAL)])
    const hash = createHash('sha256').update(transcript).digest()
    const secret = pair.computeSecret(clientKey)
    seen.seed = Buffer.from(hkdfSync('sha256', secret, hash, 'ichido totp seed', 32))
    seen.type = body.type
    const message = Buffer.concat([Buffer.from('ichido confirm'), hash])
    expectedProof = base64url(createHmac('sha256', seen.seed).update(message).digest())
    const signer = { key: institution.privateKey, dsaEncoding: 'ieee-p1363' } as const
    const signature = sign('sha256', change.forged ? hash : transcript, signer)
    const [publicKey, signed] = [base64url(serverKey), base64url(signature)]
    const rest = { algorithm: 'SHA256', digits: 6, period: 30, now: NOW_MS + AHEAD_MS }
    return Response.json({ serial: SERIAL, publicKey, signature: signed, ...rest }, { status: 201 })
  }
  const fetch = async (input: string | URL | Request, init?: RequestInit) => {
    const { pathname } = new URL(String(input))
    const body = typeof init?.body === 'string' ? JSON.parse(init.body) : {}
    return answer(`${init?.method ?? 'GET'} ${pathname}`, body)
  }
  return { seen, fetch }
}

const unreachable = () => Promise.reject(new TypeError('fetch failed'))

function surroundings(fetch: typeof globalThis.fetch) {
  const [out, err]: [string[], string[]] = [[], []]
  const written = { out, err }
  const put = (lines: string[]) => (line: string) => void lines.push(line)
  return { written, around: { nowMs: () => NOW_MS, fetch, out: put(out), err: put(err) } }
}

describe('token new', () => {
  test('agrees with the server, confirms, and keeps the seed for the owner alone', async () => {
    const { seen, fetch } = bank()
    const { around, written } = surroundings(fetch)
    expect(await tokenNewCommand({ server: `${SERVER}/`, file }, around)).toBe(0)
    expect(written).toEqual({ out: [`serial ${SERIAL}`], err: [] })
    expect(seen).toMatchObject({ proofHolds: true, type: 'GM' })
    const token = parseTokenFile(await readFile(file, 'utf8'))
    expect(token?.seed).toBe(base64url(seen.seed ?? new Uint8Array()))
    expect(token?.clockOffsetMs).toBe(AHEAD_MS)
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  test.each([
    ['an unreachable server', unreachable, /cannot reach https:\/\/token\.example/],
    ['a forged signature', bank({ forged: true }).fetch, /could not prove that it is the bank/],
    ['a refused proof', bank({ confirm: 422 }).fetch, /did not accept the token/],
    ['an answer that is none', bank({ provision: new Response('<html>') }).fetch, /status 200/],
    [
      'an empty offer',
      bank({ provision: Response.json({}, { status: 201 }) }).fetch,
      /not a token/,
    ],
  ])('%s is refused in one line and leaves no file', async (_name, fetch, reason) => {
    const { around, written } = surroundings(fetch)
    expect(await tokenNewCommand({ server: SERVER, type: 'PC', file }, around)).toBe(1)
    expect(written.out).toEqual([])
    expect(written.err).toHaveLength(1)
    expect(written.err[0]).toMatch(reason)
    expect(written.err[0]).not.toContain('\n')
    await expect(stat(file)).rejects.toThrow('ENOENT')
  })

  test('never overwrites a file, nor asks the server for a token it could not keep', async () => {
    await writeFile(file, 'precious')
    const { seen, fetch } = bank()
    const { around, written } = surroundings(fetch)
    expect(await tokenNewCommand({ server: SERVER, file }, around)).toBe(1)
    expect(written.err[0]).toMatch(/already exists/)
    expect(await readFile(file, 'utf8')).toBe('precious')
    expect(seen.seed).toBeUndefined()
  })

  test('names wrong usage', async () => {
    const { around, written } = surroundings(unreachable)
    expect(await tokenNewCommand({ server: SERVER, type: 'SY', file }, around)).toBe(2)
    expect(await tokenNewCommand({ server: 'token', file }, around)).toBe(2)
    expect(await tokenNewCommand({ server: 'http://token.example', file }, around)).toBe(2)
    expect(written.err).toHaveLength(3)
  })
})

describe('token show', () => {
  test.each(vector?.codes ?? [])('shows $code at $nowMs', ({ nowMs, code, secondsLeft }) => {
    expect(showToken(tokenOfVector, nowMs)).toEqual({ serial: SERIAL, code, secondsLeft })
  })

  test('--json gives serial, code and secondsLeft by the clock of the server', async () => {
    await writeFile(file, JSON.stringify(tokenOfVector))
    const { around, written } = surroundings(bank().fetch)
    expect(await tokenShowCommand({ file, json: true }, around)).toBe(0)
    const shown = showToken(tokenOfVector, NOW_MS + AHEAD_MS)
    expect(written.out).toEqual([JSON.stringify(shown)])
  })

  test('offline it counts on the clock difference it remembers', async () => {
    await writeFile(file, JSON.stringify({ ...tokenOfVector, clockOffsetMs: -40_000 }))
    const { around, written } = surroundings(unreachable)
    expect(await tokenShowCommand({ file }, around)).toBe(0)
    const { code, secondsLeft } = showToken(tokenOfVector, NOW_MS - 40_000)
    const lines = [`serial ${SERIAL}`, `code ${code}`, `secondsLeft ${secondsLeft}`]
    expect(written.out).toEqual(lines)
  })

  test.each([
    ['no JSON', 'seed'],
    ['another version', JSON.stringify({ ...tokenOfVector, version: 2 })],
    ['a short seed', JSON.stringify({ ...tokenOfVector, seed: 'c2VjcmV0' })],
    ['a list', '[]'],
  ])('a file with %s is refused without its content', async (_name, content) => {
    await writeFile(file, content)
    const { around, written } = surroundings(unreachable)
    expect(await tokenShowCommand({ file }, around)).toBe(1)
    expect(written).toEqual({
      out: [],
      err: [`ichido: cannot read ${file}: it is not a token file`],
    })
  })

  test('a missing file is named', async () => {
    const { around, written } = surroundings(unreachable)
    expect(await tokenShowCommand({ file }, around)).toBe(1)
    expect(written.err[0]).toMatch(/no such file/)
  })
})

test.each([
  ['https://otp.example/x', true],
  ['http://127.0.0.1:8081', true],
  ['http://[::1]:8081', true],
  ['http://localhost:8081', true],
  ['http://127.0.0.1.evil.example', false],
  ['ftp://otp.example', false],
])('the server address %s: %s', (address, ok) => {
  expect(originOf(address).ok).toBe(ok)
})
