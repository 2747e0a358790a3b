/** The token site over real HTTP: provisioning, headers, and files of its folder only. */
import { createECDH, createHash, createHmac, hkdfSync } from 'node:crypto'
import fs from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MORNING_MS, openTestBank, type TestBank } from '../../bank/test-bank.ts'
import { expectProblem, type Site, serveToken } from '../http.ts'

let bank: TestBank
let site: Site
let folder: string
beforeAll(async () => {
  bank = await openTestBank()
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ichido-site-'))
  const app = path.join(folder, 'app')
  fs.mkdirSync(path.join(app, 'assets'), { recursive: true })
  fs.writeFileSync(path.join(app, 'index.html'), '<!doctype html><title>app</title>')
  fs.writeFileSync(path.join(app, 'assets', 'app-1a2b.js'), 'export {}')
  fs.writeFileSync(path.join(folder, 'secret.txt'), 'outside of the folder')
  site = await serveToken(bank.ports, pathToFileURL(`${app}/`))
})
afterAll(async () => {
  await site.close()
  await bank.close()
  fs.rmSync(folder, { recursive: true })
})

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const post = (to: string, body: unknown, type = 'application/json') =>
  fetch(`${site.origin}${to}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: JSON.stringify(body),
  })

/** The path exactly as written: `fetch` would tidy it. */
function raw(to: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; headers: http.IncomingHttpHeaders; text: string }>(
    (resolve, reject) => {
      const { port } = new URL(site.origin)
      http
        .get({ host: '127.0.0.1', port, path: to, headers }, (answer) => {
          const chunks: Buffer[] = []
          answer.on('data', (chunk: Buffer) => chunks.push(chunk))
          answer.on('end', () => {
            const text = Buffer.concat(chunks).toString()
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text })
          })
        })
        .on('error', reject)
    },
  )
}

async function provisioned() {
  const pair = createECDH('prime256v1')
  const clientKey = pair.generateKeys()
  const answer = await post('/provision', { type: 'GM', publicKey: base64url(clientKey) })
  const offer = (await answer.json()) as { serial: string; publicKey: string }
  const serverKey = Buffer.from(offer.publicKey, 'base64url')
  const label = Buffer.from('ichido-provision-v1\0')
  const transcript = Buffer.concat([label, clientKey, serverKey, Buffer.from(offer.serial)])
  const hash = createHash('sha256').update(transcript).digest()
  const shared = pair.computeSecret(serverKey)
  const seed = Buffer.from(hkdfSync('sha256', shared, hash, 'ichido totp seed', 32))
  const proof = createHmac('sha256', seed).update('ichido confirm').update(hash).digest()
  return {
    answer,
    offer,
    proof: base64url(proof),
    confirmPath: `/provision/${offer.serial}/confirm`,
  }
}

describe('provisioning', () => {
  test('201 with the fields of the contract, then 204, then 409', async () => {
    const { answer, offer, proof, confirmPath } = await provisioned()
    expect(answer.status).toBe(201)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(offer).toEqual({
      serial: expect.stringMatching(/^GM\d{8}$/),
      publicKey: expect.stringMatching(/^[\w-]{87}$/),
      signature: expect.stringMatching(/^[\w-]{86}$/),
      algorithm: 'SHA256',
      digits: 6,
      period: 30,
      now: MORNING_MS,
    })
    const confirmed = await post(confirmPath, { proof })
    expect([confirmed.status, await confirmed.text()]).toEqual([204, ''])
    await expectProblem(await post(confirmPath, { proof }), 409, 'serial-in-use')
  })

  test('422 for a wrong proof, and then the credential is gone', async () => {
    const { proof, confirmPath } = await provisioned()
    const wrong = base64url(Buffer.alloc(32))
    await expectProblem(await post(confirmPath, { proof: wrong }), 422, 'invalid-input', 'proof')
    await expectProblem(await post(confirmPath, { proof }), 404, 'serial-unknown')
  })

  test.each([
    [{ type: 'SY', publicKey: 'x' }, 'type'],
    [{ type: 'GM' }, 'publicKey'],
    [{ type: 'GM', publicKey: 7 }, 'publicKey'],
    [{ type: 'GM', publicKey: 'not base64url!' }, 'publicKey'],
    [{ type: 'GM', publicKey: base64url(Buffer.alloc(65, 4)) }, 'publicKey'],
    [{ type: 'GM', publicKey: `${base64url(Buffer.alloc(65, 4))}=` }, 'publicKey'],
    [{ type: 'GM', publicKey: 'A'.repeat(101) }, 'publicKey'],
    [{ type: 'GM', publicKey: 'x', seed: 'mine' }, 'seed'],
    [{}, 'type'],
  ])('400 for %j at %s', async (body, field) => {
    await expectProblem(await post('/provision', body), 400, 'invalid-input', field)
  })

  test('400 for a proof that is no base64url, 415 and 413 as everywhere', async () => {
    const { confirmPath } = await provisioned()
    const odd = await post(confirmPath, { proof: 'a+b/c=' })
    await expectProblem(odd, 400, 'invalid-input', 'proof')
    await expectProblem(await post(confirmPath, {}, 'text/plain'), 415, 'invalid-input')
    const large = { proof: 'x'.repeat(70_000) }
    await expectProblem(await post(confirmPath, large), 413, 'invalid-input')
  })

  test('the key to pin and the time are told to anyone, and never kept', async () => {
    const key = await fetch(`${site.origin}/institution-key`)
    expect(await key.json()).toEqual({
      publicKey: base64url(await bank.ports.institution.publicKey()),
    })
    expect(key.headers.get('cache-control')).toBe('no-store')
    const time = await fetch(`${site.origin}/time`)
    expect(await time.json()).toEqual({ now: MORNING_MS })
    expect(time.headers.get('cache-control')).toBe('no-store')
  })

  test('a flood from one address is told to come back, and only for a minute', async () => {
    bank.clock.nowMs += 120_000
    const statuses: number[] = []
    for (let sent = 0; sent < 320; sent += 1) statuses.push((await post('/provision', {})).status)
    expect(statuses.filter((status) => status === 400)).toHaveLength(300)
    expect(statuses.filter((status) => status === 429)).toHaveLength(20)
    bank.clock.nowMs += 60_000
    expect((await post('/provision', {})).status).toBe(400)
  })
})

describe('the files', () => {
  test('the app at /, and what is named by content for ever', async () => {
    const page = await raw('/')
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(page.headers['cache-control']).toBe('no-cache')
    const script = await raw('/assets/app-1a2b.js', { 'accept-encoding': 'gzip' })
    expect(script.headers['cache-control']).toContain('immutable')
    expect(script.headers['content-encoding']).toBe('gzip')
    expect(script.headers.vary).toBe('Accept-Encoding')
  })

  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '//secret.txt',
    '/.%00/index.html',
    '/index.html%00.js',
    '/%E0%A4%A',
    '/constructor',
    '/__proto__',
    '/assets',
    '/assets/',
  ])('%s is not found', async (to) => {
    const { status, text } = await raw(to)
    expect([400, 404]).toContain(status)
    expect(text).not.toContain('outside')
  })

  test('every answer has the headers of a page that holds keys', async () => {
    for (const to of ['/', '/time', '/no-such', '/provision']) {
      const { headers } = await raw(to)
      const policy = headers['content-security-policy'] ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toMatch(/unsafe|\*|https?:|data:/)
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(headers['cross-origin-opener-policy']).toBe('same-origin')
      expect(headers['set-cookie']).toBeUndefined()
      expect(headers['access-control-allow-origin']).toBeUndefined()
    }
  })
})
